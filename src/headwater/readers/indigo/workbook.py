"""A workbook: one project in the standard's form, or a sheet for each table."""

import re

from headwater.catalogue.indigo import Heading, Table, standard
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import PROJECTS, Cell, Record
from headwater.readers.indigo.files import File
from headwater.readers.indigo.grid import Column, Row, columns, records
from headwater.readers.indigo.tables import MOST_ROWS, table_of
from headwater.readers.workbook_file import Sheet, sheets

POJ = re.compile(r"INDIGO-POJ-\d{4,}")
HEAD = 15
"""Rows among which the heading is looked for."""
SHARE = 0.5
"""Share of the cells of a row that must name fields for it to be taken as the heading."""


def read_workbook(file: File, findings: list[Finding]) -> list[Record]:
    """Return the rows of every sheet that holds a table."""
    return [
        row for sheet in sheets(file, findings, MOST_ROWS) for row in _sheet(file, sheet, findings)
    ]


def _sheet(file: File, sheet: Sheet, findings: list[Finding]) -> list[Record]:
    name, rows = sheet.name, sheet.rows
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
