"""What a file is, by what it holds and never by its name: its tables, or why it is not read."""

import hashlib
from collections.abc import Iterator

from headwater.core.finding import Finding, Where, found
from headwater.readers.returns import plain_records, ssd, ssda903, ssda903_xml
from headwater.readers.returns.annex_a import read_annex_a
from headwater.readers.returns.cin_xml import is_ours, read_cin
from headwater.readers.returns.csv_text import Sheet, read_csv
from headwater.readers.returns.pieces import ZIP, Piece
from headwater.readers.returns.raw import ROW, RawTable

PARQUET = b"PAR1"
HEAD = 10_000
"""Bytes in which a document's type would be declared."""
SPACES = b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"


def tables_of(piece: Piece) -> Iterator[RawTable | Finding]:
    """Yield the tables of a file, and what is amiss in the file as a whole.

    A document in XML is known by its root, a workbook by its sheets' headings, records in JSON, CSV
    and Parquet by the names of their columns. Nothing is yielded of a file that is none of these.
    """
    data = piece.data
    start = data[:200].lstrip(SPACES)
    if data.startswith(ZIP):
        yield from _told(*read_annex_a(piece.name, data))
    elif data.startswith(PARQUET):
        yield from _parquet(piece)
    elif start.startswith(b"<"):
        yield from _document(piece)
    elif ssd.is_json(data):
        yield from _told(*ssd.read_ssd(piece.name, data))
    else:
        hashed = hashlib.sha256(data).hexdigest()
        for sheet in read_csv(piece.name, data):
            yield from _sheet(piece.name, hashed, sheet)


def _told(
    tables: tuple[RawTable, ...], findings: tuple[Finding, ...]
) -> Iterator[RawTable | Finding]:
    yield from tables
    yield from findings


def _document(piece: Piece) -> Iterator[RawTable | Finding]:
    """Yield the tables of a document in XML; one that declares a type of its own is refused."""
    plain = piece.data[:HEAD].replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        yield found(
            "wrong",
            Where(piece.name),
            "declares a document type or entities, which a return never does; it is not read.",
            remedy="Export it again from the case system.",
        )
    elif ssda903_xml.is_ours(piece.data):
        hashed = hashlib.sha256(piece.data).hexdigest()
        yield from ssda903_xml.read_xml(piece.name, hashed, piece.data)
    elif is_ours(piece.data):
        yield from _told(*read_cin(piece.name, piece.data))


def _sheet(name: str, hashed: str, sheet: Sheet) -> Iterator[RawTable]:
    """Yield the table that a sheet holds, of the first form that knows its columns."""
    for form in (ssda903, ssd, plain_records):
        made = [*form.read_sheet(name, sheet, hashed)]
        if made:
            yield from made
            return


def _parquet(piece: Piece) -> Iterator[RawTable | Finding]:
    """Yield the table of a Parquet file, its cells as text; its first row is row 1."""
    import io  # noqa: PLC0415

    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    try:
        frame = pl.read_parquet(io.BytesIO(piece.data))
        text = frame.select(pl.all().cast(pl.String).fill_null(""))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        said = str(error).splitlines()[0][:100]
        rule = f"is no Parquet file of a table that can be read ({said}); it is not read."
        yield found("wrong", Where(piece.name), rule, remedy="Write it again.")
        return
    text = text.rename({name: f"{name} (own)" for name in text.columns if name == ROW})
    numbered = text.with_columns(pl.int_range(1, text.height + 1, dtype=pl.Int64).alias(ROW))
    hashed = hashlib.sha256(piece.data).hexdigest()
    yield from _sheet(piece.name, hashed, Sheet(tuple(text.columns), numbered, ()))
