"""A workbook: one project in the standard's form, or a sheet for each table."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from headwater.catalogue.indigo import Heading, Table, standard
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import PROJECTS, Cell, Record
from headwater.readers.indigo.files import File, unpacks_safely
from headwater.readers.indigo.grid import Column, Row, columns, records
from headwater.readers.indigo.tables import MOST_ROWS, table_of

POJ = re.compile(r"INDIGO-POJ-\d{4,}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
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
HEAD = 15
"""Rows among which the heading is looked for."""
SHARE = 0.5
"""Share of the cells of a row that must name fields for it to be taken as the heading."""


def read_workbook(file: File, findings: list[Finding]) -> list[Record]:
    """Return the rows of every sheet that holds a table."""
    if not unpacks_safely(file, findings):
        return []
    try:
        if _declares_a_type(file):
            rule = "declares a document type; it was not read."
            findings.append(found("wrong", Where(file.name), rule))
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(file.data), read_only=True)
            return [row for sheet in book.worksheets for row in _sheet(file, sheet, findings)]
    except BROKEN as error:
        rule = f"is no workbook that can be read ({type(error).__name__})."
        remedy = "Open it in a spreadsheet program and save it again."
        findings.append(found("wrong", Where(file.name), rule, remedy=remedy))
        return []


def _declares_a_type(file: File) -> bool:
    """Tell whether a part of a workbook declares a document type: none that is meant well does."""
    with zipfile.ZipFile(BytesIO(file.data)) as packed:
        for entry in packed.infolist():
            with packed.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                    return True
    return False


def _sheet(file: File, sheet: Any, findings: list[Finding]) -> list[Record]:
    name = f"{file.name}, {sheet.title}"
    rows = [*_rows(name, sheet, findings)]
    if sheet.title == standard().overview_sheet:
        return _overview(file, name, rows)
    head = next((row for row in rows if any(row[1])), (0, ()))
    table = table_of(sheet.title, list(head[1]))
    if table is None:
        if any(any(cells) for _, cells in rows):
            findings.append(
                found("noted", Where(name), "is no table of projects; it was not read.")
            )
        return []
    made, start = _heading(name, rows, table, findings)
    held = records(name, table, made, rows[start:], findings)
    if any(not column.holds.path for column in made):
        return held
    own = _project_of(file)
    if not own and held:
        rule = "names no project, and nor does the workbook: its rows belong to none."
        remedy = "Add a column 'Project ID', or name the file after the project's id."
        findings.append(found("wrong", Where(name), rule, remedy=remedy))
    return [Record(each.table, own, each.cells, each.where) for each in held]


def _project_of(file: File) -> str:
    """Return the project that a workbook in the standard's form is named after, or nothing."""
    match = POJ.search(file.stem)
    return match[0] if match else ""


def _heading(
    name: str, rows: list[Row], table: Table, findings: list[Finding]
) -> tuple[list[Column], int]:
    """Return the columns and the index of the first row of data: by headings, else by place."""
    for index, (_, cells) in enumerate(rows[:HEAD]):
        said = [text for text in cells if text]
        named = [text for text in said if table.resolve(text) or table.names_project(text)]
        placed = any(table.names_project(text) for text in said)
        if placed or (len(named) > 1 and len(named) >= SHARE * len(said)):
            return columns(name, cells, table, findings), index + 1
    if not table.columns:
        findings.append(found("wrong", Where(name), "has no row of headings; it was not read."))
        return [], len(rows)
    rule = f"has no row of headings: read by place, from row {table.first_row}."
    findings.append(found("doubtful", Where(name), rule, remedy="Check the first rows."))
    made = [Column(path, Heading(path)) for path in table.columns]
    return made, next((i for i, row in enumerate(rows) if row[0] >= table.first_row), len(rows))


def _overview(file: File, name: str, rows: list[Row]) -> list[Record]:
    """Return the one row of a project from the first sheet of its form."""
    at = {(number, i): text for number, cells in rows for i, text in enumerate(cells)}
    held = {
        path: Cell(text)
        for place, path in standard().overview.items()
        if (text := at.get((int(place[1:]), ord(place[0]) - ord("A")), ""))
    }
    return [Record(PROJECTS, _project_of(file), tuple(sorted(held.items())), Where(name))]


def _rows(name: str, sheet: Any, findings: list[Finding]) -> Iterator[Row]:
    """Yield the rows of a sheet with their numbers, blank ones at its end left out."""
    sheet.reset_dimensions()
    waiting: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS:
            rule = f"holds more than {MOST_ROWS:,} rows; the rest was not read."
            findings.append(found("wrong", Where(name), rule, remedy="Split it."))
            return
        row = (number, [_text(name, number, cell, findings) for cell in cells])
        waiting.append(row)
        if any(row[1]):
            yield from waiting
            waiting = []


def _text(name: str, number: int, cell: Any, findings: list[Finding]) -> str:
    """Return what a cell holds as text; dates as the standard has them."""
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
