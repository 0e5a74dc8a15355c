"""A workbook from outside, sheet by sheet, every cell as text; formulas are not worked out."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from headwater.core.finding import Finding, Where, found
from headwater.readers.indigo.files import File, unpacks_safely

BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    RuntimeError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    zlib.error,
)
"""What a workbook provokes that is not one, or not whole; the last is of its XML."""
MOST_CELLS = 20_000_000
"""Cells of a sheet that are read; a list of every child of the largest authority has two million.
"""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]{1,30})"')

Row = tuple[int, Sequence[str]]
"""The number of a row, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name
        The file and the sheet, as a user finds them.
    rows
        Those that are not blank, and blank ones between them.
    merged
        Ranges of cells that were merged, as "A3:A5"; only the first holds their value.
    """

    name: str
    title: str
    rows: list[Row]
    merged: tuple[str, ...]


def sheets(file: File, findings: list[Finding], most_rows: int) -> Iterator[Sheet]:
    """Yield every sheet; what cannot be read is found, and ends the reading."""
    if not unpacks_safely(file, findings):
        return
    try:
        if _declares_a_type(file):
            rule = "declares a document type; it was not read."
            findings.append(found("wrong", Where(file.name), rule))
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(file.data), read_only=True)
        for sheet in book.worksheets:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                made = _sheet(file, sheet, findings, most_rows)
            yield made
    except BROKEN as error:
        rule = f"is no workbook that can be read ({type(error).__name__})."
        remedy = "Open it in a spreadsheet program and save it again."
        findings.append(found("wrong", Where(file.name), rule, remedy=remedy))


def _declares_a_type(file: File) -> bool:
    """Tell whether a part of a workbook declares a document type: none that is meant well does."""
    with zipfile.ZipFile(BytesIO(file.data)) as packed:
        for entry in packed.infolist():
            with packed.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                    return True
    return False


def _sheet(file: File, sheet: Any, findings: list[Finding], most_rows: int) -> Sheet:
    name = f"{file.name}, {sheet.title}"
    rows = [*_rows(name, sheet, findings, most_rows)]
    return Sheet(name, sheet.title, rows, _merged(file, sheet))


def _merged(file: File, sheet: Any) -> tuple[str, ...]:
    """Return the merged ranges, which openpyxl does not tell of a sheet that it streams."""
    with zipfile.ZipFile(BytesIO(file.data)) as packed:
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        if path not in packed.namelist():
            return ()
        return tuple(match.decode() for match in _MERGED.findall(packed.read(path)))


def _rows(name: str, sheet: Any, findings: list[Finding], most_rows: int) -> Iterator[Row]:
    """Yield the rows of a sheet with their numbers, blank ones at its end left out."""
    sheet.reset_dimensions()
    waiting: list[Row] = []
    cells = 0
    for number, held in enumerate(sheet.iter_rows(), start=1):
        cells += len(held)
        if number > most_rows or cells > MOST_CELLS:
            rule = f"holds more than {most_rows:,} rows; the rest was not read."
            if cells > MOST_CELLS:
                rule = f"holds more than {MOST_CELLS:,} cells; the rest was not read."
            findings.append(found("wrong", Where(name), rule, remedy="Split it."))
            return
        row = (number, [_text(name, number, cell, findings) for cell in held])
        waiting.append(row)
        if any(row[1]):
            yield from waiting
            waiting = []


def _text(name: str, number: int, cell: Any, findings: list[Finding]) -> str:
    """Return what a cell holds as text; dates as ISO has them."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        what = "is a formula; its result was not read." if cell.data_type == "f" else "is an error."
        where, column = Where(name, str(number)), cell.column_letter
        findings.append(
            found(
                "wrong",
                where,
                what,
                column=column,
                value=str(value),
                remedy="Put the value in its place.",
            )
        )
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
