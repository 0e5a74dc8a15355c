"""How a line of a statement was worked out, in words."""

from collections.abc import Callable

from headwater.contracts.column import Basis, Column
from headwater.contracts.term import Term
from headwater.core.cash import Cash
from headwater.core.exact import decimal
from headwater.core.units import units_said

Said = Callable[[Cash, Cash, Cash], str]
"""From what was taken up, what is left and the difference without its sign."""

LESS: dict[str, Said] = {
    "cap": lambda before, after, _: f"{before} would pass the limit: {after} is due",
    "clawback": lambda before, _, part: f"{before}, of which and of earlier {part} is taken back",
    "threshold": lambda before, _, part: f"of {before}, {part} is not due: condition not met",
    "retention": lambda before, _, part: f"of {before}, {part} is kept back",
    "deadweight": lambda before, _, part: f"of {before}, {part} would have come about anyway",
    "best_of": lambda before, after, _: f"of the routes' {before} only the best is due: {after}",
}
"""What a term that takes something away says, by kind."""
MORE: dict[str, Said] = {
    "cap": lambda before, _, part: f"{_and(before)}{part} carried from earlier periods",
    "floor": lambda before, after, _: f"{before} is below the least: {after} is due",
    "threshold": lambda before, _, part: f"{_and(before)}{part} held until the condition was met",
    "retention": lambda before, _, part: f"{_and(before)}{part} that was kept back is released",
    "best_of": lambda before, after, _: f"of the routes' {before} to date the best gives {after}",
}
"""What a term that adds something says, by kind."""


def _and(before: Cash) -> str:
    return f"{before}, and " if before.pence else ""


def because(term: Term, column: Column, cell: int, pence: int, currency: str) -> str:
    """Return how a line was worked out: "3 days × £120.00 = £360.00"."""
    whole = Cash(int(column.values[0, cell]), currency)
    if column.basis:
        join = " × " if column.basis[-1].name == "price" else ", "
        parts = join.join(_basis(basis, cell, currency) for basis in column.basis)
        if since := _since(column.basis, cell):
            return f"{parts}, {since}; less what was due before: {whole}"
        if term.kind == "return_unspent":
            return f"{parts}: {Cash(-pence, currency)} goes back"
        same = whole.pence == pence
        return f"{parts} = {whole}" if same else f"{parts}; {whole} in all"
    if column.words:
        return f"{whole}, {column.words}"
    before, part = Cash(whole.pence - pence, currency), Cash(abs(pence), currency)
    words = (MORE if pence > 0 else LESS).get(term.kind)
    if words:
        return words(before, whole, part)
    return f"{before} becomes {whole}" if before.pence else str(whole)


def _since(bases: tuple[Basis, ...], cell: int) -> str:
    """Return from where on what is to date is counted; "" where nothing is."""
    for basis in bases:
        if basis.stood is not None:
            stood = units_said(decimal(int(basis.stood[0, cell]), basis.places), basis.name)
            return f"to date, from {stood} on by the terms {basis.since}"
        if basis.since:
            return f"{basis.since} to date"
    return "to date" if any(basis.to_date for basis in bases) else ""


def _basis(basis: Basis, cell: int, currency: str) -> str:
    values = basis.values[0] if basis.values.ndim > 1 else basis.values
    number = int(values[cell])
    if basis.money:
        if basis.name == "price":
            return _price(number, basis.places, currency)
        return f"{basis.name} {Cash(number, currency)}"
    text = decimal(number, basis.places)
    return f"value {text}" if basis.name == "value" else units_said(text, basis.name)


def _price(number: int, places: int, currency: str) -> str:
    """Return a price with its parts of a penny, if it has any: "£12.50", "£0.035"."""
    pence, rest = divmod(number, 10 ** (places - 2))
    parts = f"{rest:0{places - 2}}".rstrip("0") if rest else ""
    return f"{Cash(pence, currency)}{parts}"
