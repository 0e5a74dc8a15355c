"""Text of a CSV file to rows of cells: any common encoding and separator, no good row lost."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.finding import Finding
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import ROW

if TYPE_CHECKING:
    import polars as pl

SEPARATORS = ",;\t|"
BOM = b"\xef\xbb\xbf"
SLICE = 64_000_000
"""Bytes read at a time, so that a large file takes little memory."""
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST = 50
"""Lines that one row may run over, where a cell holds line breaks."""
MOST_COLUMNS = 10_000
_ENDS = re.compile(r"\r\n|\n|\r")
Numbered = tuple[int, list[str]]
"""The line that a row begins on, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a heading, all text, "" for blank; `row` says where each stands."""

    headings: tuple[str, ...]
    frame: "pl.DataFrame"
    findings: tuple[Finding, ...]


def read_csv(name: str, data: bytes) -> Iterator[Sheet]:
    """Yield the rows of a CSV file, a large one in slices; nothing where it holds no heading."""
    plain = data.removeprefix(BOM)
    sheets = _quick(name, plain) if plain.isascii() else None
    if sheets is not None:
        yield from sheets
        return
    faults = Faults(name)
    text = decoded(data, faults)
    first = text.lstrip("\r\n \t").split("\n", 1)[0].rstrip("\r")
    separator = max(SEPARATORS, key=first.count)
    if not 0 < first.count(separator) < MOST_COLUMNS:
        return
    if separator != ",":
        shown = {"\t": "a tab"}.get(separator, f"'{separator}'")
        faults.add("noted", "", f"cells are separated by {shown}, not commas.")
    held = _slow(text, separator, faults)
    if held is not None:
        yield Sheet(*held, faults.all())


def decoded(data: bytes, faults: Faults) -> str:
    """Return the text; where it is not UTF-8 it is taken for Windows-1252, and that is found."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            faults.add("noted", "", "is in UTF-16, and was read so.")
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        rule = "is not UTF-8: the file was read as Windows-1252."
        faults.add("repaired", row, rule, value=f"byte 0x{data[error.start]:02x}")
        return data.decode("cp1252", errors="replace")


def _quick(name: str, data: bytes) -> Iterator[Sheet] | None:
    """Read a file whose every line has a cell for each heading; None for any other."""
    heading, _, body = data.partition(b"\n")
    headings = tuple(cell.strip() for cell in heading.decode().rstrip("\r").split(","))
    commas = len(headings) - 1
    body = body.rstrip(b"\r\n")
    lines = body.count(b"\n") + 1 if body else 0
    odd = (
        not commas
        or not all(headings)
        or len({each.upper() for each in headings}) <= commas
        or body.count(b",") != lines * commas
        or any(mark in data for mark in (b'"', b"\0", b"\n\n", b"\n\r"))
        or heading.strip() in body
        or ROW in headings
    )
    return None if odd else _slices(name, headings, body)


def _slices(name: str, headings: tuple[str, ...], body: bytes) -> Iterator[Sheet]:
    """Yield the rows of lines, a slice at a time; one whose lines differ is read row by row."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    schema = dict.fromkeys(headings, pl.String)
    at, row = 0, 2
    while True:
        end = body.find(b"\n", at + SLICE) + 1 or len(body)
        part = body[at:end]
        try:
            frame = pl.read_csv(
                io.BytesIO(part), has_header=False, schema=schema, quote_char=None
            ).with_columns(pl.all().fill_null(""))
            places = pl.int_range(row, row + frame.height, dtype=pl.Int64).alias(ROW)
            yield Sheet(headings, frame.with_columns(places), ())
        except pl.exceptions.PolarsError:
            faults = Faults(name)
            held = _slow(part.decode(), ",", faults, headings=headings, before=row - 1)
            if held is not None:
                yield Sheet(*held, faults.all())
        row, at = row + part.rstrip(b"\n").count(b"\n") + 1, end
        if at >= len(body):
            return


def _slow(
    text: str,
    separator: str,
    faults: Faults,
    *,
    headings: tuple[str, ...] = (),
    before: int = 0,
) -> tuple[tuple[str, ...], "pl.DataFrame"] | None:
    """Read row by row, and say of each that has too few or too many cells.

    A row that runs over lines, because a cell holds line breaks, is put together; a quotation mark
    that is never closed costs its own line and no other.

    Parameters
    ----------
    headings, before
        Where the text is a later part of a file: its headings, and the lines before it.
    """
    import polars as pl  # noqa: PLC0415

    written: list[str] = []
    rows: list[list[str]] = []
    places: list[int] = []
    for line, cells in _numbered(text, separator, faults, before=before):
        at = line + before
        if not any(cells):
            continue
        if not headings:
            headings, written = _headings(at, cells, faults), cells
            continue
        if cells == written:
            faults.add("noted", at, "has the headings again; it was not read.")
            continue
        rows.append(_fitted(at, cells, headings, faults))
        places.append(at)
    if not headings:
        return None
    frame = pl.DataFrame(
        {heading: [row[i] for row in rows] for i, heading in enumerate(headings)},
        schema=dict.fromkeys(headings, pl.String),
    )
    return headings, frame.with_columns(pl.Series(ROW, places, dtype=pl.Int64))


def _numbered(text: str, separator: str, faults: Faults, *, before: int = 0) -> Iterator[Numbered]:
    """Yield the rows of a text, its heading first."""
    lines = _ENDS.split(text.replace("\0", ""))
    at = wanted = 0
    while at < len(lines):
        if '"' not in lines[at]:
            cells, taken = [cell.strip() for cell in lines[at].split(separator)], 1
        else:
            taken = _taken(lines, at, separator, wanted)
            cells = _cells("\n".join(lines[at : at + taken]), separator) if taken else []
        if not taken:
            rule = "holds a quotation mark that is not closed: it is read as if it were not there."
            faults.add("doubtful", at + 1 + before, rule)
            cells = [cell.strip().strip('"') for cell in lines[at].split(separator)]
        if any(cells):
            wanted = wanted or len(cells)
            yield at + 1, cells
        at += max(taken, 1)


def _taken(lines: Sequence[str], at: int, separator: str, wanted: int) -> int:
    """Return over how many lines a row runs; nought where its quotation is not closed.

    One that runs over several must have as many cells as the heading.
    """
    marks = 0
    for taken in range(1, min(LONGEST, len(lines) - at) + 1):
        marks += lines[at + taken - 1].count('"')
        if marks % 2:
            continue
        if taken == 1:
            return taken
        cells = _cells("\n".join(lines[at : at + taken]), separator)
        return taken if len(cells) == wanted or not wanted else 0
    return 0


def _cells(row: str, separator: str) -> list[str]:
    try:
        rows = [*csv.reader([row], delimiter=separator)]
    except csv.Error:
        return row.split(separator)
    return [cell.strip() for cell in rows[0]] if rows else []


def _headings(at: int, cells: list[str], faults: Faults) -> tuple[str, ...]:
    """Return headings, each once: a blank or repeated one is numbered, so that none is lost."""
    made: list[str] = []
    seen: set[str] = set()
    for i, cell in enumerate(cells):
        heading = cell.strip() or f"column {i + 1}"
        if heading == ROW:
            heading = f"{ROW} ({i + 1})"
        elif heading.upper() in seen:
            faults.add("doubtful", at, "heads two columns: the first is read.", heading)
            heading = f"{heading} ({i + 1})"
        seen.add(heading.upper())
        made.append(heading)
    return tuple(made)


def _fitted(at: int, cells: list[str], headings: tuple[str, ...], faults: Faults) -> list[str]:
    """Return a row's cells, one for each heading."""
    over = [cell for cell in cells[len(headings) :] if cell.strip()]
    if over:
        rule = "has more cells than there are headings: those beyond are not read."
        faults.add("doubtful", at, rule, value=over[0])
    elif len(cells) < len(headings):
        rule = "has fewer cells than there are headings: the last are taken as blank."
        faults.add("doubtful", at, rule)
    return (cells + [""] * len(headings))[: len(headings)]
