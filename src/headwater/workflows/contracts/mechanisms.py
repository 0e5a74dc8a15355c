"""What real contracts do, which terms and fields say it, and which shipped contracts do it."""

import tomllib
from typing import Literal

from headwater.catalogue.files import DATA
from headwater.core.model import Frozen
from headwater.workflows.agreements import shipped_contracts
from headwater.workflows.contracts.published import read_published

BELONGS = {
    "terms": "what is due",
    "parties": "who pays and is paid",
    "evidence": "what proves an outcome",
    "instrument": "what becomes of the money after it is paid: the money side of an agreement file",
}


class Mechanism(Frozen):
    """A mechanism.

    Parameters
    ----------
    by
        Kinds of term or fields of an agreement that say it.
    belongs
        What it is about.
    """

    by: tuple[str, ...]
    belongs: Literal["terms", "parties", "evidence", "instrument"] = "terms"
    note: str = ""


def mechanisms() -> dict[str, Mechanism]:
    """Return every mechanism by name, in the order of names."""
    written = tomllib.loads((DATA / "mechanisms.toml").read_text(encoding="utf-8"))
    return {name: Mechanism.model_validate(one) for name, one in written["mechanism"].items()}


def shown_in() -> dict[str, tuple[str, ...]]:
    """Return for each mechanism the shipped contracts that do it."""
    found: dict[str, list[str]] = {}
    for name in shipped_contracts():
        for mechanism in read_published(name).mechanisms:
            found.setdefault(mechanism, []).append(name)
    return {name: tuple(contracts) for name, contracts in found.items()}
