"""Agreement files: read, checked, and known by their hash."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from headwater.catalogue.files import DATA
from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults
from headwater.contracts.grant import Grant, grant_faults
from headwater.contracts.terms import KINDS
from headwater.core.instrument import KINDS as INSTRUMENTS
from headwater.workflows.agreement_schema import agreement_schema
from headwater.workflows.written import Loc, Said, check_model, read_toml


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it was written.

    Parameters
    ----------
    name
        Of its file.
    hash
        SHA-256 of its text: the agreement's version.
    grant
        The grant whose terms the contract is, where it is one.
    """

    contract: Contract
    name: str
    text: str
    hash: str
    grant: Grant | None = None


def shipped_contracts() -> dict[str, Path]:
    """Return the contracts that come with Headwater, by name."""
    folder = Path(str(DATA / "contracts"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def shipped_examples() -> dict[str, Path]:
    """Return the made-up agreements that come with Headwater, by name."""
    folder = Path(str(DATA / "examples"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def shipped_agreements() -> dict[str, Path]:
    """Return every agreement that comes with Headwater: real contracts and examples."""
    return shipped_contracts() | shipped_examples()


def read_agreement(name: str) -> Agreement:
    """Read a shipped contract by name, or an agreement file by path.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    entry, place, text = read_toml(
        name, kind="contract", shipped=shipped_agreements(), numbers=Decimal
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    kinds = frozenset(KINDS) | frozenset(INSTRUMENTS) | {"as_changed"}
    if entry.get("agreement") == "grant":
        grant = check_model(Grant, entry, place, text, then=_grant_faults)
        return Agreement(grant.contract(), place, text, digest, grant)
    contract = check_model(Contract, entry, place, text, kinds=kinds, then=agreement_faults)
    return Agreement(contract, place, text, digest)


def _grant_faults(grant: Grant) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong in a grant, and in the terms that it comes to."""
    found = [*grant_faults(grant)]
    yield from found or agreement_faults(grant.contract())


def schema() -> dict[str, Any]:
    """Return the JSON Schema of agreement files."""
    return agreement_schema()
