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
from headwater.core.errors import InputError, Problem
from headwater.core.instrument import KINDS as INSTRUMENTS
from headwater.core.odds import COMPARATORS, odds_faults
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
    if entry.get("agreement") == "grant":
        grant = check_model(Grant, entry, place, text, then=_grant_faults)
        return Agreement(grant.contract(), place, text, digest, grant)
    return Agreement(_contract(entry, place, text), place, text, digest)


def _contract(entry: dict[str, Any], place: str, text: str) -> Contract:
    """Return a contract; faults of its payment rules stand beside those of the rest."""
    contract, problems = None, list[Problem]()
    kinds = frozenset(KINDS) | frozenset(INSTRUMENTS) | COMPARATORS | {"as_changed"}
    try:
        contract = check_model(Contract, entry, place, text, kinds=kinds, then=_contract_faults)
    except InputError as error:
        problems += error.problems
    table = entry.get("odds")
    if isinstance(table, dict) and table.get("rule"):
        from headwater.workflows.odds.table import read_rules  # noqa: PLC0415 - slow to load

        try:
            read_rules(table, None if contract is None else contract.odds, place, text)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems or contract is None:
        raise InputError(problems)
    return contract


def _contract_faults(contract: Contract) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong in a contract, and in its table of odds."""
    yield from agreement_faults(contract)
    if contract.odds is None:
        return
    yield from ((("odds", *loc), said) for loc, said in odds_faults(contract.odds))
    if contract.odds.currency not in {contract.currency, "per cent"}:
        said = f"{contract.odds.currency} is not the agreement's {contract.currency}."
        yield ("odds", "currency"), (said, f'Write currency = "{contract.currency}".')
    if contract.odds.price_base != "cash":
        said = f"'{contract.odds.price_base}': an agreement pays in cash of its day."
        yield ("odds", "price_base"), (said, 'Write price_base = "cash".')
    if not contract.odds.rule and not contract.expected:
        remedy = "Add [[expected]], so that the agreement itself is worked out, or [[odds.rule]]."
        yield ("odds", "rule"), ("is missing: how would be paid?", remedy)


def _grant_faults(grant: Grant) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong in a grant, and in the terms that it comes to."""
    found = [*grant_faults(grant)]
    yield from found or agreement_faults(grant.contract())
