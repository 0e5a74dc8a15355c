"""Cells of text to dates, codes and numbers: one that cannot be read is a fault, its row stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Level, Where, found
from headwater.core.layout import Column, TableLayout
from headwater.readers.returns.numbers import BLANK_RULES, DATE_RULES, SCORE
from headwater.readers.returns.raw import ROW, RawTable

if TYPE_CHECKING:
    import polars as pl

FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""How dates are written, the commonest first; a year of two digits is no date."""
PARTLY_KNOWN = r"^(\d{2}/\d{2}/\d{4}|zz/\d{2}/\d{4}|zz/zz/(\d{4}|zzzz)|\d{4}-\d{2}-\d{2})$"
CHILD = "CHILD"
"""The column that names the child, whatever the return calls it."""
YEARS = (1900, 2100)
"""Years that a day may have; another is a slip."""
MOST_LISTED = 20_000
"""Faults of one kind in one column that are listed one by one; the rest are counted in the last."""


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table whose dates are dates and whose numbers are numbers; null where blank or unread.

    Parameters
    ----------
    frame
        Codes in capitals; `CHILD`, `row` and, where it was written, `YEAR`.
    """

    form: str
    table: str
    file: str
    frame: "pl.DataFrame"
    faults: tuple[Fault, ...]


def typed(raw: RawTable, layout: TableLayout, *, key: str, year: int | None = None) -> TypedTable:
    """Return a table with every cell read by its column's kind.

    Parameters
    ----------
    key
        The column that names the child, which stands under `CHILD` as well; "" for none.
    year
        The year of return, where it is known before the cells are read: what the return of another
        year asks for is not missed.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    text = raw.frame.with_columns(
        pl.col(name).str.strip_chars().replace("", None)
        for name in raw.frame.columns
        if name != ROW
    )
    if CHILD not in text.columns:
        text = text.with_columns((pl.col(key) if key else pl.lit(None, pl.String)).alias(CHILD))
    made = text.with_columns(_read(column, text[column.name]) for column in layout.columns.values())
    faults = [Fault(_kind(finding.column), finding) for finding in raw.findings]
    for column in layout.columns.values():
        faults += _unread(raw, column, text, made)
        if column.needed and (year is None or column.first <= year <= column.last):
            faults += _blank(raw, column, text)
    return TypedTable(raw.form, raw.table, raw.file, made, tuple(faults))


def _kind(column: str) -> str:
    return "column" if column else "file"


def _read(column: Column, cells: "pl.Series") -> "pl.Series":
    """Return a column's cells by its kind; null where they cannot be read."""
    import polars as pl  # noqa: PLC0415

    if column.kind == "date":
        return _sane(_dates(cells))
    if column.kind == "whole number":
        return cells.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    if column.kind == "code":
        return cells.str.to_uppercase()
    return cells


def _dates(cells: "pl.Series") -> "pl.Series":
    made = cells.str.to_date(FORMATS[0], strict=False)
    for form in FORMATS[1:]:
        if made.null_count() == cells.null_count():
            return made
        more = cells.filter(made.is_null()).str.to_date(form, strict=False)
        made = made.scatter(made.is_null().arg_true(), more)
    return made


def _sane(dates: "pl.Series") -> "pl.Series":
    """Return dates without those of a year that nobody lives in."""
    if dates.is_empty() or dates.dt.year().is_between(*YEARS).fill_null(value=True).all():
        return dates
    return dates.set(~dates.dt.year().is_between(*YEARS), None)


def _unread(
    raw: RawTable, column: Column, text: "pl.DataFrame", made: "pl.DataFrame"
) -> Iterator[Fault]:
    """Yield a fault for each cell that holds something else than its column's kind."""
    import polars as pl  # noqa: PLC0415

    values = made[column.name]
    bad = values.is_null() & text[column.name].is_not_null()
    if column.kind == "date":
        rule, remedy = "is no date: the cell is taken as unknown.", "Write it as dd/mm/yyyy."
        number = DATE_RULES.get((raw.table, column.name), "date")
        yield from listed(raw.file, text.filter(bad), Says(number, column.name, rule, remedy))
    elif column.kind == "whole number":
        between = ""
        if column.least is not None and column.most is not None:
            bad |= ~values.is_between(column.least, column.most).fill_null(value=True)
            between = f" from {column.least} to {column.most}"
        number = SCORE if column.name == "SDQ_SCORE" else "number"
        says = Says(number, column.name, f"is no whole number{between}.", "Correct it.")
        yield from listed(raw.file, text.filter(bad), says)
    elif column.kind == "partial date":
        odd = ~pl.col(column.name).str.to_lowercase().str.contains(PARTLY_KNOWN)
        rule, remedy = "is no date, nor one partly known.", "Write zz for what is not known."
        yield from listed(raw.file, text.filter(odd), Says("date", column.name, rule, remedy))


def _blank(raw: RawTable, column: Column, text: "pl.DataFrame") -> Iterator[Fault]:
    at = (raw.table, column.name)
    number = BLANK_RULES.get(at) or DATE_RULES.get(at, "blank")
    says = Says(number, column.name, "is blank, and must not be.", "Fill it in.")
    yield from listed(raw.file, text.filter(text[column.name].is_null()), says)


@dataclass(frozen=True, slots=True)
class Says:
    """What is said of each row that breaks a rule."""

    number: str
    column: str
    rule: str
    remedy: str = ""
    level: Level = "wrong"


def listed(file: str, rows: "pl.DataFrame", says: Says) -> Iterator[Fault]:
    """Yield a fault for each row; beyond `MOST_LISTED`, the last says how many more there are."""
    import polars as pl  # noqa: PLC0415

    shown = rows.head(MOST_LISTED)
    cells = shown[says.column].cast(pl.String).fill_null("").to_list()
    children = shown[CHILD].fill_null("").to_list()
    rest = {"column": says.column, "remedy": says.remedy}
    for at, value, child in zip(shown[ROW].to_list(), cells, children, strict=True):
        where = Where(file, str(at))
        yield Fault(says.number, found(says.level, where, says.rule, value=value, **rest), child)
    more = rows.height - shown.height
    if more:
        rule = f"{says.rule} {more:,} more rows of this file are so, and are not listed."
        yield Fault(says.number, found(says.level, Where(file), rule, **rest))
