"""Text of a CSV file to rows of cells: any common encoding and separator, no good row lost."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.finding import Finding, Where, found
from headwater.readers.returns.raw import ROW

if TYPE_CHECKING:
    import polars as pl

SEPARATORS = ",;\t|"
BOM = b"\xef\xbb\xbf"
SLICE = 64_000_000
"""Bytes read at a time, so that a large file takes little memory."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a heading, all text, "" for blank; `row` says where each stands."""

    headings: tuple[str, ...]
    frame: "pl.DataFrame"
    findings: tuple[Finding, ...]


def read_csv(name: str, data: bytes) -> Iterator[Sheet]:
    """Yield the rows of a CSV file, a large one in slices; nothing where it holds no heading."""
    plain = data.removeprefix(BOM)
    sheets = _quick(plain) if plain.isascii() else None
    if sheets is not None:
        yield from sheets
        return
    findings: list[Finding] = []
    text = _decoded(name, data, findings)
    first = text.lstrip("\r\n \t").split("\n", 1)[0].rstrip("\r")
    separator = max(SEPARATORS, key=first.count)
    if not first.count(separator):
        return
    if separator != ",":
        shown = {"\t": "a tab"}.get(separator, f"'{separator}'")
        findings.append(found("noted", Where(name), f"cells are separated by {shown}, not commas."))
    held = _slow(name, text, separator, findings)
    if held is not None:
        yield Sheet(*held, tuple(findings))


def _decoded(name: str, data: bytes, findings: list[Finding]) -> str:
    if data.startswith(UTF16):
        findings.append(found("noted", Where(name), "is in UTF-16, and was read so."))
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        findings.append(
            found(
                "repaired",
                Where(name, str(row)),
                "is not UTF-8: the file was read as Windows-1252.",
                value=f"byte 0x{data[error.start]:02x}",
                remedy="Save it as UTF-8.",
            )
        )
        return data.decode("cp1252", errors="replace")


def _quick(data: bytes) -> Iterator[Sheet] | None:
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
    )
    return None if odd else _slices(headings, body)


def _slices(headings: tuple[str, ...], body: bytes) -> Iterator[Sheet]:
    """Yield the rows of lines of equally many cells, a slice at a time."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    schema = dict.fromkeys(headings, pl.String)
    at, row = 0, 2
    while True:
        end = body.find(b"\n", at + SLICE) + 1 or len(body)
        frame = pl.read_csv(
            io.BytesIO(body[at:end]),
            has_header=False,
            schema=schema,
            quote_char=None,
        )
        places = pl.int_range(row, row + frame.height, dtype=pl.Int64).alias(ROW)
        yield Sheet(headings, frame.with_columns(pl.all().fill_null("")).with_columns(places), ())
        row, at = row + frame.height, end
        if at >= len(body):
            return


def _slow(
    name: str, text: str, separator: str, findings: list[Finding]
) -> tuple[tuple[str, ...], "pl.DataFrame"] | None:
    """Read line by line, and say of each that has too few or too many cells.

    No cell of a return holds a line's end: a quotation mark that is never closed spoils its own
    line, and no other.
    """
    import polars as pl  # noqa: PLC0415

    headings: tuple[str, ...] = ()
    rows: list[list[str]] = []
    places: list[int] = []
    for at, line in enumerate(io.StringIO(text.replace("\0", ""), newline=None), start=1):
        cells = next(csv.reader([line.rstrip("\n")], delimiter=separator), [])
        if '"' in line and headings and len(cells) != len(headings):
            cells = _unquoted(name, at, line, separator, cells, findings)
        if not any(cell.strip() for cell in cells):
            continue
        if not headings:
            headings = _headings(name, at, cells, findings)
            continue
        rows.append(_fitted(name, at, cells, headings, findings))
        places.append(at)
    if not headings:
        return None
    frame = pl.DataFrame(
        {heading: [row[i] for row in rows] for i, heading in enumerate(headings)},
        schema=dict.fromkeys(headings, pl.String),
    )
    return headings, frame.with_columns(pl.Series(ROW, places, dtype=pl.Int64))


def _unquoted(
    name: str, at: int, line: str, separator: str, cells: list[str], findings: list[Finding]
) -> list[str]:
    """Return the cells of a line whose quotation marks do not match, split at every separator."""
    if line.count('"') % 2 == 0:
        return cells
    rule = "holds a quotation mark that is not closed: it is read as if it were not there."
    findings.append(found("doubtful", Where(name, str(at)), rule, remedy="Delete it."))
    return [cell.strip().strip('"') for cell in line.split(separator)]


def _headings(name: str, at: int, cells: list[str], findings: list[Finding]) -> tuple[str, ...]:
    """Return headings, each once: a blank or repeated one is numbered, so that none is lost."""
    made: list[str] = []
    for i, cell in enumerate(cells):
        heading = cell.strip() or f"column {i + 1}"
        if heading.upper() in (other.upper() for other in made):
            findings.append(
                found(
                    "doubtful",
                    Where(name, str(at)),
                    "heads two columns: the first is read.",
                    column=heading,
                    remedy="Name each column once.",
                )
            )
            heading = f"{heading} ({i + 1})"
        made.append(heading)
    return tuple(made)


def _fitted(
    name: str, at: int, cells: list[str], headings: tuple[str, ...], findings: list[Finding]
) -> list[str]:
    """Return a row's cells, one for each heading."""
    over = [cell for cell in cells[len(headings) :] if cell.strip()]
    if over or len(cells) < len(headings):
        findings.append(
            found(
                "doubtful",
                Where(name, str(at)),
                f"has {len(cells)} cells under {len(headings)} headings"
                f"{': those beyond are not read' if over else ': the last are taken as blank'}.",
                value=over[0] if over else "",
                remedy="Check that no cell holds the separator.",
            )
        )
    return (cells + [""] * len(headings))[: len(headings)]
