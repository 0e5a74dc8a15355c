"""From paths to a return that can be checked: pieces, tables, cells, years.

1. Every file behind the paths; zips within bounds.
2. Each file's tables by their columns, or an XML document by its root.
3. Cells to dates, codes and numbers.
4. The year of each file.
5. One table of every year for each kind, each row with its file and row.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Finding, Where, found
from headwater.readers.returns import ssda903, ssda903_xml
from headwater.readers.returns.cells import TypedTable, typed
from headwater.readers.returns.csv_text import read_csv
from headwater.readers.returns.pieces import Piece, pieces
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.validity import codes, integrity
from headwater.readers.returns.years import YEAR, Dated, dated

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Return:
    """Everything read of a return, of every year.

    Parameters
    ----------
    tables
        Rows by table, with `year`, `file` and `row`.
    files
        SHA-256 by file.
    faults
        What is amiss in files, cells, codes and between tables, in order of files and rows.
    """

    form: str
    years: tuple[int, ...]
    tables: Mapping[str, "pl.DataFrame"]
    files: Mapping[str, str]
    faults: tuple[Fault, ...]


def read_return(paths: Sequence[Path]) -> Return:
    """Read every file of SSDA903 behind paths.

    Raises
    ------
    InputError
        If a path does not exist, or there is no file behind them.
    """
    held, findings = pieces(paths)
    layout = ssda903.layout()
    faults = [Fault("file", finding) for finding in findings]
    tables: list[TypedTable] = []
    files: dict[str, str] = {}
    for piece in held:
        some = False
        for raw in tables_of(piece):
            if isinstance(raw, Finding):
                faults.append(Fault("file", raw))
                continue
            some = True
            tables.append(typed(raw, layout.tables[raw.table], key=layout.key))
        if some:
            files[piece.name] = hashlib.sha256(piece.data).hexdigest()
        else:
            faults.append(_unknown(piece))
    faults += [fault for table in tables for fault in table.faults]
    placed, doubts = dated(tables, key=layout.key)
    faults += doubts
    faults += [f for each in placed for f in codes(each, layout.tables[each.table.table])]
    stacked = _stacked(placed)
    faults += integrity(stacked, layout.tables)
    years = {int(y) for frame in stacked.values() for y in frame[YEAR].drop_nulls().unique()}
    return Return(ssda903.FORM, tuple(sorted(years)), stacked, files, tuple(faults))


def tables_of(piece: Piece) -> Iterator[RawTable | Finding]:
    """Yield the tables of a file, and why it is not read where it is refused."""
    sha = ""
    start = piece.data.lstrip(b"\xef\xbb\xbf \r\n\t")[:200]
    if start.startswith(b"<"):
        if b"<!DOCTYPE" in piece.data[:10_000] or b"<!ENTITY" in piece.data[:10_000]:
            yield found(
                "wrong",
                Where(piece.name),
                "declares a document type or entities, which a return never does; it is not read.",
                remedy="Export it again from the case system.",
            )
        elif ssda903_xml.is_ours(piece.data):
            yield from ssda903_xml.read_xml(piece.name, sha, piece.data)
        return
    for sheet in read_csv(piece.name, piece.data):
        yield from ssda903.read_sheet(piece.name, sha, sheet)


def _unknown(piece: Piece) -> Fault:
    return Fault(
        "file",
        found(
            "noted",
            Where(piece.name),
            "is no file of this return by its columns; it is not read.",
            remedy="Check its first row.",
        ),
    )


def _stacked(placed: Sequence[Dated]) -> dict[str, "pl.DataFrame"]:
    """Return one table of each kind: rows of every file, each with its file and row."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    parts: dict[str, list[pl.DataFrame]] = {}
    for each in placed:
        frame = each.frame.with_columns(pl.lit(each.table.file).alias("file"))
        keep = [*ssda903.layout().tables[each.table.table].columns, YEAR, "file", "row"]
        parts.setdefault(each.table.table, []).append(frame.select(keep))
    return {name: pl.concat(held) for name, held in parts.items()}
