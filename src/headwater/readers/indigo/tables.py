"""A CSV table: its encoding, its heading, its rows."""

import csv
import io
from collections.abc import Iterator

from headwater.catalogue.indigo import PROJECT_ID, TABLE_NAME, Table, standard
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import PROJECTS, Record
from headwater.core.indigo_text import key_of, unguard
from headwater.readers.indigo.files import File
from headwater.readers.indigo.grid import Row, columns, records

MOST_ROWS = 100_000
"""Rows of one table; all that is published has a few thousand."""
MOST_IN_A_CELL = 1_000_000
"""Characters of one cell."""


def read_csv(file: File, findings: list[Finding]) -> list[Record]:
    """Return the rows of one CSV table, named after what it holds: `projects_results.csv`."""
    where = Where(file.name)
    rows = _rows(file, _text(file, findings), findings)
    first = next(rows, None)
    if first is None:
        findings.append(found("noted", where, "is empty."))
        return []
    head = [unguard(heading) for heading in first[1]]
    table = table_of(file.stem, head)
    if table is None:
        rule = "is no table of projects; it was not read."
        remedy = "Name it after its table (projects_results.csv), with a column 'Project ID'."
        findings.append(found("noted", where, rule, remedy=remedy))
        return []
    made = columns(file.name, head, table, findings)
    if all(column.holds.path for column in made):
        rule = "has no column 'Project ID': its rows belong to no project."
        findings.append(found("wrong", where, rule, remedy="Add the column."))
    guards: list[int] = []
    held = records(file.name, table, made, _unguarded(rows, guards), findings)
    if guards:
        rule = (
            f"{len(guards):,} cells have an apostrophe before what looks like a formula"
            f" (the first in row {guards[0]}); it was taken off."
        )
        findings.append(found("noted", where, rule))
    return held


def table_of(name: str, head: list[str]) -> Table | None:
    """Return the table that a file or sheet holds, or None.

    One that the standard does not know is a table if a column names the project.
    """
    known, inner = standard(), name.strip()
    if inner.casefold().startswith(f"{PROJECTS}_"):
        inner = inner[len(PROJECTS) + 1 :]
    if named := known.named(inner):
        return known.table(named)
    slug = inner.casefold()
    placed = key_of(PROJECT_ID) in {key_of(heading) for heading in head}
    return known.table(slug) if placed and TABLE_NAME.match(slug) else None


def _unguarded(rows: Iterator[Row], guards: list[int]) -> Iterator[Row]:
    """Yield rows without the apostrophe that keeps a spreadsheet from computing a cell."""
    for number, cells in rows:
        bare = [unguard(text) for text in cells]
        guards += [number] * sum(one != other for one, other in zip(bare, cells, strict=True))
        yield number, bare


def _text(file: File, findings: list[Finding]) -> str:
    """Return a file's text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    data = file.data
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = f"byte 0x{data[error.start]:02x}"
        rule = f"is not UTF-8 ({byte}); it was read as Windows-1252."
        where = Where(file.name, str(line))
        findings.append(found("repaired", where, rule, remedy="Save the file as UTF-8."))
        return data.decode("cp1252" if _is_cp1252(data) else "latin-1")


def _is_cp1252(data: bytes) -> bool:
    return not set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _rows(file: File, text: str, findings: list[Finding]) -> Iterator[Row]:
    """Yield the rows with their numbers, the heading first, until one cannot be read."""
    csv.field_size_limit(MOST_IN_A_CELL)
    reader = csv.reader(io.StringIO(text, newline=""))
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                rule = f"holds more than {MOST_ROWS:,} rows; the rest was not read."
                findings.append(found("wrong", Where(file.name), rule, remedy="Split it."))
                return
            yield number, cells
    except csv.Error as error:
        where = Where(file.name, str(number + 1))
        rule = f"cannot be read ({error}); nor can what follows."
        findings.append(found("wrong", where, rule, remedy="Look for a quotation mark left open."))
