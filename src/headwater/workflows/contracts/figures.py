"""Amounts, shares and counts of a contract as figures, each with its source."""

from fractions import Fraction

from headwater.contracts.agreement import Contract
from headwater.contracts.amounts import Unseen, is_known
from headwater.core.figure import Basis, Figure
from headwater.core.source import Source

CASH = "cash of its day"
"""Amounts of an agreement are in the money of the day on which they are paid."""


def figure_of(
    contract: Contract,
    value: Fraction | Unseen | None,
    unit: str,
    basis: Basis,
    keys: tuple[str, ...],
    *,
    why: str = "",
) -> Figure:
    """Return a number of a contract; one that is not published says why it is not known."""
    if value is None or not is_known(value):
        return Figure(None, unit, "not known", note=why or "not published")
    money = unit.startswith("GBP")
    return Figure(
        float(value),
        unit,
        basis,
        sources=cited_keys(contract, keys),
        price_base=CASH if money else "",
    )


def cited_keys(contract: Contract, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return keys of a contract's sources as they stand in a document; all where none is named."""
    return tuple(f"{contract.id}.{key}" for key in (keys or tuple(contract.source)))


def sources_of(contract: Contract) -> tuple[Source, ...]:
    """Return a contract's own sources; their dates are not stated."""
    return tuple(
        Source(key=f"{contract.id}.{key}", title=key.replace("_", " "), url=url)
        for key, url in contract.source.items()
    )


def count(contract: Contract, number: int, unit: str) -> Figure:
    """Return a count worked out from a contract's files."""
    return Figure(number, unit, "computed", sources=cited_keys(contract, ()))
