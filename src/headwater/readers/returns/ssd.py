"""Extracts of the standard safeguarding dataset: CSV or JSON, each table known by its columns."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from headwater.catalogue.returns import layout
from headwater.core.finding import Finding
from headwater.readers.returns.csv_text import Sheet, decoded, read_csv
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.json_text import from_json, plain_cell
from headwater.readers.returns.raw import ROW, RawTable
from headwater.readers.returns.rows import Rows

FORM = "ssd"
SHARE = 0.5
"""Share of a file's columns that must be a table's for it to be taken as that table, where fewer
than `LEAST` bear the table's whole names."""
LEAST = 3
VAGUE = frozenset({"id", "date", "type", "code", "desc", "json", "flag", "team"})
"""Ends of names that are no name by themselves."""


@dataclass(frozen=True, slots=True)
class Match:
    """A table, and its columns by their place in the file."""

    table: str
    columns: Mapping[int, str]


def read_ssd(name: str, data: bytes) -> tuple[tuple[RawTable, ...], tuple[Finding, ...]]:
    """Read one file, which may hold one table (CSV) or several (JSON).

    Returns
    -------
    tables
        None where the file holds no table of the dataset.
    findings
        What is amiss in the file as a whole.
    """
    faults = Faults(name)
    if not data.strip():
        faults.add("wrong", "", "is empty.")
        return (), faults.all()
    hashed = hashlib.sha256(data).hexdigest()
    if is_json(data):
        return tuple(_json(name, decoded(data, faults), hashed, faults)), faults.all()
    made = [table for sheet in read_csv(name, data) for table in read_sheet(name, sheet, hashed)]
    if not made:
        faults.add("wrong", 1, "has no table of the dataset under these headings.")
    return tuple(made), faults.all()


def is_json(data: bytes) -> bool:
    """Whether a file begins as JSON does."""
    return data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] in {b"[", b"{"}


def match(heading: Sequence[str]) -> Match | None:
    """Return the table that columns belong to; None where they fit none, or two equally well.

    A column may lack what stands before its name: "start_date" is "earl_episode_start_date".
    """
    found = sorted(
        ((len(columns), table, columns) for table, columns in _fits(heading)), reverse=True
    )
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return Match(found[0][1], found[0][2])


def _fits(heading: Sequence[str]) -> Iterator[tuple[str, dict[int, str]]]:
    said = [cell.strip().casefold().replace(" ", "_") for cell in heading]
    for table in layout(FORM).tables:
        known = _names(table)
        columns = {place: known[cell] for place, cell in enumerate(said) if cell in known}
        once = {name: place for place, name in reversed(columns.items())}
        enough = len(once) >= min(LEAST, len(layout(FORM).tables[table].columns))
        whole = sum(cell in layout(FORM).tables[table].columns for cell in said)
        if enough and (whole >= LEAST or len(once) >= SHARE * sum(bool(cell) for cell in said)):
            yield table, {place: name for name, place in sorted(once.items(), key=lambda x: x[1])}


@cache
def _names(table: str) -> Mapping[str, str]:
    """Return a table's columns by their names, whole or without what stands before."""
    known: dict[str, str] = {}
    for name in sorted(layout(FORM).tables[table].columns, key=len, reverse=True):
        parts = name.casefold().split("_")
        ends = ("_".join(parts[i:]) for i in range(1, len(parts)))
        known |= {end: name for end in ends if end not in VAGUE}
    return known | {name.casefold(): name for name in layout(FORM).tables[table].columns}


def read_sheet(name: str, sheet: Sheet, hashed: str = "") -> Iterator[RawTable]:
    """Yield the table of the dataset that a sheet holds; nothing if it is none."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    matched = match(sheet.headings)
    if matched is None:
        return
    own = Faults(name)
    _unread(sheet.headings, matched, 1, own)
    held = {column: sheet.headings[place] for place, column in matched.columns.items()}
    columns = [
        pl.col(held[column]).alias(column) if column in held else pl.lit("").alias(column)
        for column in layout(FORM).tables[matched.table].columns
    ]
    rows = sheet.frame.select(*columns, pl.col(ROW))
    read = rows.filter(pl.any_horizontal(pl.col(*held) != ""))
    if not read.height:
        own.add("noted", 1, "holds headings and no row.")
    yield RawTable(FORM, matched.table, name, hashed, read, (*sheet.findings, *own.all()))


def _json(name: str, text: str, hashed: str, faults: Faults) -> Iterator[RawTable]:
    for called, entries in from_json(text, faults):
        heading = [*dict.fromkeys(key for entry in entries for key in entry)]
        matched = match(heading)
        if matched is None:
            faults.add("wrong", "", "has no table of the dataset with these fields.", called)
            continue
        own = Faults(f"{name}, {called}" if called else name)
        _unread(heading, matched, 0, own)
        held = Rows(tuple(layout(FORM).tables[matched.table].columns))
        fields = {heading[place]: column for place, column in matched.columns.items()}
        for number, entry in enumerate(entries, start=1):
            held.add(number, {fields[k]: plain_cell(v) for k, v in entry.items() if k in fields})
        yield RawTable(FORM, matched.table, own.file, hashed, held.frame(), own.all())


def _unread(heading: Sequence[str], matched: Match, line: int, faults: Faults) -> None:
    for place, cell in enumerate(heading):
        if cell and place not in matched.columns:
            faults.add("noted", line, "is no column of the table; it was not read.", cell)
