"""SSDA903, the return of children looked after: its files in CSV, its document in XML."""

from collections.abc import Iterator, Sequence

import headwater.catalogue.returns as catalogue
from headwater.core.finding import Finding, Where, found
from headwater.core.layout import Layout, TableLayout
from headwater.readers.returns.csv_text import Sheet
from headwater.readers.returns.raw import ROW, RawTable

FORM = "ssda903"
SAME = {"CHILDID": "CHILD", "PL": "PLACE", "POST": "HOME_POST"}
"""Headings that name a column otherwise: the XML form does."""
ADDED = ("LA", "YEAR")
"""Columns that regional pipelines add."""
EMPTY = "holds headings and no row."
ENOUGH = 0.6
"""The part of a table's columns that must be there for a file to be taken for it."""


def layout() -> Layout:
    """Return the layout of the return."""
    return catalogue.layout(FORM)


def recognise(headings: Sequence[str]) -> TableLayout | None:
    """Return the table whose columns headings name, in any order, with others beside them."""
    known = {column_of(heading) for heading in headings}
    best: TableLayout | None = None
    score = (0.0, 0.0)
    for table in layout().tables.values():
        names = set(table.columns)
        needed = {name for name, column in table.columns.items() if column.needed}
        here = len(names & known) / len(names)
        fit = (here, len(names & known) / len(names | known))
        if "CHILD" in known and here >= ENOUGH and len(needed - known) <= 1 and fit > score:
            best, score = table, fit
    return best


def column_of(heading: str) -> str:
    """Return the layout's name of a column: "place " is PLACE, CHILDID is CHILD."""
    name = heading.strip().strip("\ufeff").upper().replace(" ", "_")
    return SAME.get(name, name)


def read_sheet(file: str, sheet: Sheet, sha: str = "") -> Iterator[RawTable]:
    """Yield the table that a sheet holds, in the layout's columns; nothing if it is none of ours.

    Columns that the layout does not know are left out and said; one that it needs and that is not
    there is said.
    """
    table = recognise(sheet.headings)
    if table is None:
        return
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    held: dict[str, str] = {}
    for heading in sheet.headings:
        held.setdefault(column_of(heading), heading)
    columns = [
        pl.col(held[name]).alias(name) if name in held else pl.lit("").alias(name)
        for name in (*table.columns, *(each for each in ADDED if each in held))
    ]
    empty = () if sheet.frame.height else (found("noted", Where(file), EMPTY),)
    findings = (*sheet.findings, *_columns(file, table, sheet.headings, set(held)), *empty)
    frame = sheet.frame.select(*columns, pl.col(ROW))
    yield RawTable(FORM, table.name, file, sha, frame, findings)


def _columns(
    file: str, table: TableLayout, headings: Sequence[str], held: set[str]
) -> Iterator[Finding]:
    where = Where(file)
    for name, column in table.columns.items():
        if name not in held:
            yield found(
                "wrong" if column.needed else "doubtful",
                where,
                f"is no column of this file, which reads as '{table.name}'.",
                column=name,
                remedy="Export it with every column of the return.",
            )
    strange = [
        heading for heading in headings if column_of(heading) not in {*table.columns, *ADDED}
    ]
    if strange:
        more = f" and {len(strange) - 3:,} more" if len(strange) > 3 else ""
        yield found(
            "noted",
            where,
            f"has {len(strange):,} column{'s' if len(strange) > 1 else ''} that the return does"
            " not have; not read.",
            value=", ".join(strange[:3]) + more,
        )
