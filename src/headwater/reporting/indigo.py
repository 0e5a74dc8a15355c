"""Writing INDIGO data: the same tables as CSV, one document, or a workbook with a sheet a table.

What is written reads back as it was. No cell is one that a spreadsheet would compute.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from headwater.catalogue.indigo import PROJECT_ID, Table, standard
from headwater.core.errors import InputError, Problem
from headwater.core.indigo import PROJECTS, Cell, Exchange, Record
from headwater.core.indigo_json import Number, dumped, is_table, loaded, nested
from headwater.core.indigo_text import guard, json_number
from headwater.reporting.workbook import CREATED, OPTIONS

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""
INLINE = {"in_memory": False, "constant_memory": True}
"""Each text in its own cell: a table of shared ones is not read back to the letter."""
MARK = b"\xef\xbb\xbf"
"""Tells a spreadsheet that a CSV file is UTF-8."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it is written: its columns, and a row of cells for each record."""

    table: Table
    columns: tuple[tuple[str, bool], ...]
    records: tuple[Record, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The headings: the project's id first."""
        own = "ID" if self.table.name == PROJECTS else PROJECT_ID
        return (own, *(self.table.write_heading(path, json=j) for path, j in self.columns))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield each record's cells in the order of the columns."""
        for record in self.records:
            held = {(path, cell.json): cell.text for path, cell in record.cells}
            yield (record.project, *(held.get(column, "") for column in self.columns))


def sheets(exchange: Exchange) -> tuple[Sheet, ...]:
    """Return every table that holds a row: published columns first, then whatever else there is."""
    records: dict[str, list[Record]] = {}
    for record in exchange.records:
        records.setdefault(record.table, []).append(record)
    return tuple(
        Sheet(standard().table(name), _columns(standard().table(name), held), tuple(held))
        for name, held in sorted(records.items(), key=lambda item: standard().order(item[0]))
    )


def _columns(table: Table, records: Iterable[Record]) -> tuple[tuple[str, bool], ...]:
    used = {(path, cell.json) for record in records for path, cell in record.cells}
    published = [
        (path, False)
        for path, field in table.fields.items()
        if field.kind != "status" or (path, False) in used
    ]
    return (*published, *sorted(used - set(published)))


def to_csv(exchange: Exchange) -> Mapping[str, bytes]:
    """Return the files of a folder by name: `projects.csv`, `projects_results.csv`."""
    return {_file_name(sheet.table.name): _csv(sheet) for sheet in sheets(exchange)}


def _file_name(table: str) -> str:
    return f"{PROJECTS}.csv" if table == PROJECTS else f"{PROJECTS}_{table}.csv"


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (sheet.head, *sheet.rows()):
        writer.writerow([guard(text) for text in row])
    return MARK + out.getvalue().encode()


def to_document(exchange: Exchange) -> str:
    """Return one JSON document: each project with its id and its data as it is published."""
    entries = [
        _entry(project.id, [project.record] if project.record else [], project.rows)
        for project in exchange.projects
    ]
    loose = [record for record in exchange.unplaced if record.table == PROJECTS]
    rows = [record for record in exchange.unplaced if record.table != PROJECTS]
    entries += [_entry("", [record], ()) for record in loose]
    entries += [_entry("", [], rows)] if rows else []
    return dumped({"projects": entries}, step=" ") + "\n"


def _entry(name: str, own: Iterable[Record], rows: Iterable[Record]) -> dict[str, Any]:
    tables: dict[str, list[Any]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(_nested(row, ()))
    said = [_nested(record, tables) for record in own]
    data: dict[str, Any] = {**(said[0] if said else {}), **tables}
    return {"id": name, "data": data}


def _nested(record: Record, taken: Iterable[str]) -> dict[str, Any]:
    """Return a record as nested objects; what would be read as a table is kept apart."""
    table = standard().table(record.table)
    leaves = [(path, _plain(table, path, cell), cell) for path, cell in record.cells]
    if record.table == PROJECTS:
        taken = {*taken, *(path for path, value, _ in leaves if is_table(value) or value == [])}
    return nested(leaves, taken)


def _plain(table: Table, path: str, cell: Cell) -> Any:
    """Return a cell as JSON has it: a number where the standard has one, else text."""
    if cell.json:
        return loaded(cell.text, [])
    field = table.fields.get(path)
    numeric = field is not None and field.kind == "number" and json_number(cell.text)
    return Number(cell.text) if numeric else cell.text


def to_workbook(exchange: Exchange) -> bytes:
    """Return a workbook with a sheet for each table.

    Raises
    ------
    InputError
        If a text is longer than a cell of a workbook holds.
    """
    made = sheets(exchange)
    _check_lengths(made)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {**OPTIONS, **INLINE})
    book.set_properties({"title": "INDIGO data", "author": "Headwater", "created": CREATED})
    for sheet in made:
        _write(book.add_worksheet(sheet.table.title), sheet)
    if not made:
        book.add_worksheet("Projects")
    book.close()
    return buffer.getvalue()


def _check_lengths(made: Iterable[Sheet]) -> None:
    problems = [
        Problem(
            f"{sheet.table.title}, {heading} of {row[0] or 'no project'}",
            f"{len(text):,} characters are more than a workbook's cell holds ({LONGEST_CELL:,}).",
            "Export to a folder of CSV files or to JSON.",
        )
        for sheet in made
        for row in (sheet.head, *sheet.rows())
        for heading, text in zip(sheet.head, row, strict=True)
        if len(text) > LONGEST_CELL
    ]
    if problems:
        raise InputError(problems)


def _write(page: Any, sheet: Sheet) -> None:
    fields = sheet.table.fields
    numeric = [
        path in fields and fields[path].kind == "number" and not json
        for path, json in sheet.columns
    ]
    for at, text in enumerate(sheet.head):
        _write_text(page, 0, at, text)
    for number, row in enumerate(sheet.rows(), start=1):
        for at, (text, is_number) in enumerate(zip(row, (False, *numeric), strict=True)):
            if is_number and _keeps(text):
                page.write_number(number, at, float(text))
            elif text:
                _write_text(page, number, at, text)


def _write_text(page: Any, row: int, at: int, text: str) -> None:
    """Write a text as it is; one that has the form of rich text goes in pieces, never as markup."""
    if text.startswith("<r>") and text.endswith("</r>"):
        page.write_rich_string(row, at, text[0], text[1], text[2:])
    else:
        page.write_string(row, at, text)


def _keeps(text: str) -> bool:
    """Whether a spreadsheet's number is read back as the same text."""
    return json_number(text) and f"{float(text):.16G}" == text
