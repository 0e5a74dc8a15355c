"""Sheets as files: the shape that is uploaded, and the shape that a pipeline leaves."""

import csv
import io
from collections.abc import Iterable

from headwater.synthesis.fault_kinds import read_day
from headwater.synthesis.sheet import Bench, Row, Sheet

DATES = frozenset(
    (
        *("DOB", "DECOM", "DEC", "MC_DOB", "REVIEW", "DUC", "DATE_INT", "DATE_MATCH"),
        *("DATE_PLACED", "DATE_PLACED_CEASED", "DATE_PERM", "MIS_START", "MIS_END"),
        *("SW_DECOM", "SW_DEC", "DOLO_START", "DOLO_END"),
    )
)
"""Columns that hold days."""


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[object]], separator: str = ",") -> str:
    """Return rows as CSV with a heading."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def upload_file(sheet: Sheet) -> bytes:
    """Return a file as it is uploaded."""
    return as_csv(sheet.columns, sheet.rows, sheet.separator).encode(sheet.encoding)


def upload_name(sheet: Sheet) -> str:
    """Return where it is written: "ssda903/2025-26/episodes.csv"."""
    return f"ssda903/{sheet.folder}/{sheet.name}.csv"


def pipeline_files(bench: Bench, place: str) -> dict[str, bytes]:
    """Return one file a table, its years stacked, with ISO dates and columns LA and YEAR."""
    made = {}
    for name in dict.fromkeys(name for name, _ in bench.sheets):
        sheets = list(bench.of(name))
        columns = [*dict.fromkeys(column for sheet in sheets for column in sheet.columns)]
        rows = [
            [*_stacked(sheet, row, columns), place, str(sheet.year)]
            for sheet in sheets
            for row in sheet.rows
        ]
        made[f"ssda903_pipeline/{name}.csv"] = as_csv([*columns, "LA", "YEAR"], rows).encode()
    return made


def _stacked(sheet: Sheet, row: Row, columns: list[str]) -> Iterable[str]:
    for column in columns:
        cell = row[sheet.at(column)] if column in sheet.columns else ""
        yield _iso(cell) if column in DATES else cell


def _iso(cell: str) -> str:
    try:
        day = read_day(cell)
    except ValueError:
        return cell
    return day.isoformat() if day else ""
