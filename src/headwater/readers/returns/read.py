"""From paths to a return that can be checked: pieces, tables, cells, years.

1. Every file behind the paths; zips within bounds.
2. Each file's tables by what it holds: columns, root element, headings of sheets.
3. Cells to dates, codes and numbers.
4. The year of each file; an extract has none.
5. One table of every year for each kind, each row with its file and row.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Finding, Where, found
from headwater.core.layout import TableLayout
from headwater.readers.returns import cin_years, ssda903
from headwater.readers.returns.cells import CHILD, TypedTable, typed
from headwater.readers.returns.forms import FORMS, key_of, layout_of, layouts, name_of
from headwater.readers.returns.pieces import Piece, pieces
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.recognise import tables_of
from headwater.readers.returns.validity import codes, integrity
from headwater.readers.returns.years import YEAR, Dated, dated, of_year

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Return:
    """Everything read, of every form and year.

    Parameters
    ----------
    forms
        Years by form that was read: "ssda903", "cin", "annex_a", "ssd", "plain"; none of extracts.
    years
        Those of every form.
    tables
        Rows by table, with `CHILD`, `year`, `file` and `row`.
    files
        SHA-256 by file.
    faults
        What is amiss in files, cells, codes and between tables, in order of files and rows.
    """

    forms: Mapping[str, tuple[int, ...]]
    years: tuple[int, ...]
    tables: Mapping[str, "pl.DataFrame"]
    files: Mapping[str, str]
    faults: tuple[Fault, ...]


def read_return(paths: Sequence[Path]) -> Return:
    """Read every file behind paths that is of a known form.

    Raises
    ------
    InputError
        If a path does not exist, or there is no file behind them.
    """
    held, findings = pieces(paths)
    faults = [Fault("file", finding) for finding in findings]
    files: dict[str, str] = {}
    tables: list[TypedTable] = []
    census: list[Dated] = []
    for piece in held:
        raws = list(_raws(piece, faults))
        if raws:
            files[piece.name] = hashlib.sha256(piece.data).hexdigest()
            files |= {raw.file: files[piece.name] for raw in raws}
        for form in FORMS:
            mine = [raw for raw in raws if raw.form == form]
            if form == "cin":
                census += _census(mine, faults)
            else:
                tables += [_typed(raw) for raw in mine]
    faults += [fault for table in tables for fault in table.faults]
    placed, doubts = dated([table for table in tables if table.form == ssda903.FORM])
    faults += doubts
    placed += census
    placed += [of_year(table, None) for table in tables if table.form != ssda903.FORM]
    faults += [f for each in placed for f in codes(each, _layout(each))]
    stacked = _stacked(placed)
    faults += integrity(
        {each: frame for each, frame in stacked.items() if each in ssda903.layout().tables},
        ssda903.layout().tables,
    )
    forms = _years(placed)
    every = {year for years in forms.values() for year in years}
    return Return(forms, tuple(sorted(every)), stacked, files, tuple(faults))


def only(held: Return, form: str) -> Return:
    """Return what was read of one form."""
    names = {name_of(form, table) for table in layouts(form)}
    tables = {name: frame for name, frame in held.tables.items() if name in names}
    years = held.forms.get(form, ())
    return replace(held, forms={form: years}, years=years, tables=tables)


def _raws(piece: Piece, faults: list[Fault]) -> Iterator[RawTable]:
    """Yield a file's tables; why there are none is a fault."""
    some = False
    for raw in tables_of(piece):
        some = True
        if isinstance(raw, Finding):
            faults.append(Fault("file", raw))
        else:
            yield raw
    if not some:
        rule = "is no file of a return by what it holds; it is not read."
        at = Where(piece.name)
        faults.append(Fault("file", found("noted", at, rule, remedy="Check its first row.")))


def _typed(raw: RawTable, year: int | None = None) -> TypedTable:
    return typed(raw, _raw_layout(raw), key=key_of(raw.form, raw.table), year=year)


def _raw_layout(raw: RawTable) -> TableLayout:
    return layout_of(raw.form, raw.table)


def _layout(each: Dated) -> TableLayout:
    return layout_of(each.table.form, each.table.table)


def _census(raws: Sequence[RawTable], faults: list[Fault]) -> Iterator[Dated]:
    """Yield the tables of a census with their year; none where that is not known."""
    if not raws:
        return
    year, doubts = cin_years.year_of(raws)
    faults += doubts
    for raw in raws:
        table = _typed(raw, year)
        faults += table.faults
        if year is not None:
            yield of_year(table, year)


def _stacked(placed: Sequence[Dated]) -> dict[str, "pl.DataFrame"]:
    """Return one table of each kind: rows of every file, each with its file and row."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    parts: dict[str, list[pl.DataFrame]] = {}
    for each in placed:
        frame = each.frame.with_columns(pl.lit(each.table.file).alias("file"))
        columns = _layout(each).columns
        keep = list(dict.fromkeys((*columns, CHILD, YEAR, "file", "row")))
        name = name_of(each.table.form, each.table.table)
        parts.setdefault(name, []).append(frame.select(keep))
    return {name: pl.concat(held) for name, held in parts.items()}


def _years(placed: Sequence[Dated]) -> dict[str, tuple[int, ...]]:
    """Return the years by form, in the order in which forms are known."""
    found_years: dict[str, set[int]] = {}
    for each in placed:
        held = found_years.setdefault(each.table.form, set())
        held |= {int(year) for year in each.frame[YEAR].drop_nulls().unique()}
    return {form: tuple(sorted(found_years[form])) for form in FORMS if form in found_years}
