"""A table of figures, before it is drawn: the report and the workbook show the same ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.reporting.numerals import why_unknown

Cell = str | Figure
MANY = 3
"""Rows that share a reason for being unknown from which it is said once, below the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words and figures; the first cell of a row names it.

    Parameters
    ----------
    id
        A slug: the anchor in the report, the name of the sheet.
    every
        In the report only each `every`-th row is shown, counted from the first; the workbook has
        them all.
    apart
        Rows, by index, that only the workbook has; a note says what they hold.
    fold
        Whether columns and rows that are wholly unknown for one reason are said in a line below.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    every: int = 1
    apart: frozenset[int] = frozenset()
    fold: bool = True


def figures_of(table: Table) -> Iterator[Figure]:
    """Yield every figure of a table."""
    for row in table.rows:
        yield from (cell for cell in row if isinstance(cell, Figure))


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a table is shown on a page.

    Parameters
    ----------
    unknown
        (names, why) of the columns and rows left out because nothing in them is known.
    usual
        The sources of most of its figures, stated once.
    units
        The unit of each shown column if all its figures share it, else nothing.
    numeric
        Whether each shown column holds figures.
    bases
        The price bases of its money.
    intervals
        What its spans are.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unknown: tuple[tuple[tuple[str, ...], str], ...]
    usual: tuple[str, ...]
    units: tuple[str, ...]
    numeric: tuple[bool, ...]
    bases: tuple[str, ...]
    intervals: tuple[str, ...]


def layout(table: Table) -> Layout:
    """Return what is shown of a table: thinned, and without the columns that say nothing."""
    rows, folded = _folded(table)
    left_out = {
        i: why
        for i in range(len(table.columns))
        if table.fold and (why := _blank([row[i] for row in rows]))
    }
    kept = [i for i in range(len(table.columns)) if i not in left_out]
    shown = tuple(tuple(row[i] for i in kept) for row in rows)
    figures = [cell for row in shown for cell in row if isinstance(cell, Figure)]
    return Layout(
        columns=tuple(table.columns[i] for i in kept),
        rows=shown,
        unknown=_grouped([*((table.columns[i], why) for i, why in left_out.items()), *folded]),
        usual=_most_common(figures),
        units=tuple(_one_unit([row[i] for row in shown]) for i in range(len(kept))),
        numeric=tuple(any(isinstance(row[i], Figure) for row in shown) for i in range(len(kept))),
        bases=tuple(sorted({f.price_base for f in figures if _priced(f)})),
        intervals=tuple(sorted({f.interval for f in figures if _spanned(f)})),
    )


def _priced(figure: Figure) -> bool:
    return figure.value is not None and figure.price_base != ""


def _spanned(figure: Figure) -> bool:
    return bool(figure.interval) and figure.low != figure.high and len(figure.interval) < 40


def _folded(table: Table) -> tuple[list[tuple[Cell, ...]], list[tuple[str, str]]]:
    """Take out the rows of single figures that are unknown for one and the same reason."""
    rows = [row for i, row in enumerate(table.rows) if i not in table.apart][:: table.every]
    reasons = [_only_reason(row) if table.fold else "" for row in rows]
    counted = Counter(reason for reason in reasons if reason)
    common = {reason for reason, times in counted.items() if times >= MANY and times < len(rows)}
    kept = [row for row, reason in zip(rows, reasons, strict=True) if reason not in common]
    out = [
        (str(row[0]), reason) for row, reason in zip(rows, reasons, strict=True) if reason in common
    ]
    return kept, out


def _only_reason(row: tuple[Cell, ...]) -> str:
    """Return why the one figure of a row is not known, or nothing."""
    figures = [cell for cell in row if isinstance(cell, Figure)]
    alone = len(figures) == 1 and len(row) == 2 and figures[0].value is None
    return why_unknown(figures[0]) if alone else ""


def _grouped(left_out: list[tuple[str, str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Join the columns and rows that share a reason."""
    reasons: dict[str, list[str]] = {}
    for name, why in left_out:
        reasons.setdefault(why, []).append(name)
    return tuple((tuple(names), why) for why, names in reasons.items())


def _blank(cells: list[Cell]) -> str:
    """Return the one reason why nothing in these cells is known, or nothing."""
    reasons = {
        why_unknown(cell) if isinstance(cell, Figure) and cell.value is None else ""
        for cell in cells
    }
    return reasons.pop() if len(reasons) == 1 else ""


def blank_row(row: tuple[Cell, ...]) -> str:
    """Return the one reason why no figure of a row is known, or nothing."""
    figures: list[Cell] = [cell for cell in row if isinstance(cell, Figure)]
    return _blank(figures) if len(figures) > 1 else ""


def _one_unit(cells: list[Cell]) -> str:
    units = {cell.unit for cell in cells if isinstance(cell, Figure) and cell.value is not None}
    return units.pop() if len(units) == 1 else ""


def _most_common(figures: list[Figure]) -> tuple[str, ...]:
    counted = Counter(f.sources for f in figures if f.sources)
    return counted.most_common(1)[0][0] if counted and counted.most_common(1)[0][1] > 2 else ()
