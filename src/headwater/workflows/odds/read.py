"""What `headwater odds` is asked of: an agreement with `[odds]`, or a file that holds only that."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from headwater.catalogue.files import DATA
from headwater.catalogue.sources import sources
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.odds import Odds
from headwater.core.source import Source
from headwater.evaluation.rule import Rule
from headwater.workflows.agreements import Agreement, read_agreement, shipped_agreements
from headwater.workflows.odds.figures import every_given
from headwater.workflows.odds.table import read_rules, read_table
from headwater.workflows.written import read_toml


@dataclass(frozen=True, slots=True)
class Asked:
    """A table and its payment rules.

    Parameters
    ----------
    name
        Of the file.
    agreement
        The agreement that the table stands in; None where it stands alone.
    sources
        The agreement's own, by the key that its numbers give.
    """

    odds: Odds
    rules: tuple[Rule, ...]
    name: str
    agreement: Agreement | None = None
    sources: dict[str, Source] = field(default_factory=dict)


def shipped_odds() -> dict[str, Path]:
    """Return the tables that come with Headwater by themselves, by name."""
    folder = Path(str(DATA / "odds"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_odds(name: str) -> Asked:
    """Read the `[odds]` of a shipped example or contract, or of a file.

    Raises
    ------
    InputError
        With every fault of the file, in its order; or where it has no `[odds]`.
    """
    entry, place, text = read_toml(
        name,
        kind="agreement or table of odds",
        shipped=shipped_odds() | shipped_agreements(),
        numbers=Decimal,
    )
    if "agreement" in entry:
        return asked_of(read_agreement(name))
    if not isinstance(entry.get("odds"), dict):
        raise InputError(_none(place))
    odds, rules = read_table(entry, place, text)
    _check_keys(odds, (), place)
    return Asked(odds, rules, place)


def asked_of(agreement: Agreement) -> Asked:
    """Return the `[odds]` of an agreement.

    Raises
    ------
    InputError
        Where it has none.
    """
    odds = agreement.contract.odds
    if odds is None:
        raise InputError(_none(agreement.name))
    rules = read_rules({"rule": odds.rule}, odds, agreement.name, agreement.text)
    own = {
        key: Source(key=key, title=key.replace("_", " "), url=url)
        for key, url in agreement.contract.source.items()
    }
    _check_keys(odds, own, agreement.name)
    return Asked(odds, rules, agreement.name, agreement, own)


def _check_keys(odds: Odds, own: Collection[str], place: str) -> None:
    """Refuse a source of one word that is nearly a key: taken for words it would cite nothing."""
    known = [*own, *sources()]
    problems = [
        Problem(f"{place}, odds.{where}.source", f"no source '{given.source}'.{near}")
        for where, given in every_given(odds)
        if len(given.source.split()) == 1 and given.source not in known
        if (near := did_you_mean(given.source, known))
    ]
    if problems:
        raise InputError(problems)


def _none(place: str) -> Problem:
    return Problem(
        place,
        "has no [odds] table: what is promised, how many people, and what they are compared with.",
        "Add one as in the shipped example that `headwater contracts edge-of-care --copy FILE`"
        " writes.",
    )
