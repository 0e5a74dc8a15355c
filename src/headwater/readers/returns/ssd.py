"""Extracts of the standard safeguarding dataset: CSV or JSON, each table known by its columns."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from headwater.catalogue.returns import layout
from headwater.core.finding import Finding
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.rows import Rows
from headwater.readers.returns.text_table import decoded, from_json, plain_cell, records

FORM = "ssd"
SHARE = 0.5
"""Share of a file's columns that must be a table's for it to be taken as that table."""
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
    text = decoded(data, faults)
    is_json = text.lstrip()[:1] in {"[", "{"}
    made = _json(name, text, hashed, faults) if is_json else _csv(name, text, hashed, faults)
    return tuple(made), faults.all()


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
        if enough and len(once) >= SHARE * sum(bool(cell) for cell in said):
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


def _csv(name: str, text: str, hashed: str, faults: Faults) -> Iterator[RawTable]:
    rows = records(text, faults)
    line, heading = next(rows, (0, []))
    matched = match(heading)
    if matched is None:
        faults.add("wrong", line, "has no table of the dataset under these headings.")
        return
    own = Faults(name)
    _unread(heading, matched, line, own)
    held = Rows(tuple(layout(FORM).tables[matched.table].columns))
    for number, cells in rows:
        if len(cells) != len(heading):
            own.add("doubtful", number, "has not as many cells as there are headings.")
        if cells == heading:
            own.add("noted", number, "has the headings again; it was not read.")
            continue
        places = matched.columns.items()
        read = {column: cells[place] for place, column in places if place < len(cells)}
        if any(read.values()):
            held.add(number, read)
    frame = held.frame()
    if not frame.height:
        own.add("noted", line, "holds headings and no row.")
    yield RawTable(FORM, matched.table, name, hashed, frame, own.all())


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
