"""Agreement files: read, checked, and known by their hash."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from headwater.catalogue.files import DATA
from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults
from headwater.contracts.terms import KINDS
from headwater.workflows.written import check_model, read_toml


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it was written.

    Parameters
    ----------
    name
        Of its file.
    hash
        SHA-256 of its text: the agreement's version.
    """

    contract: Contract
    name: str
    text: str
    hash: str


def shipped_contracts() -> dict[str, Path]:
    """Return the contracts that come with Headwater, by name."""
    folder = Path(str(DATA / "contracts"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_agreement(name: str) -> Agreement:
    """Read a shipped contract by name, or an agreement file by path.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    entry, place, text = read_toml(
        name, kind="contract", shipped=shipped_contracts(), numbers=Decimal
    )
    contract = check_model(
        Contract, entry, place, text, kinds=frozenset(KINDS), then=agreement_faults
    )
    return Agreement(contract, place, text, hashlib.sha256(text.encode()).hexdigest())
