"""Ofsted's Annex A workbook: each sheet that holds one of the eleven lists, as a table.

1. The workbook is opened with a limit on what it may unpack to.
2. In each sheet the row of headings is found, and with it the list.
3. Cells are put in Ofsted's words where that is safe; other words are kept and found.
"""

import hashlib
from collections.abc import Sequence

from headwater.catalogue.returns import layout
from headwater.core.finding import Finding, Level, Where, found
from headwater.readers.indigo.files import File
from headwater.readers.returns.annex_a_headings import Heading, headings, plain
from headwater.readers.returns.annex_a_words import cell_of
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.rows import Rows
from headwater.readers.workbook_file import Row, Sheet, sheets

FORM = "annex_a"
MOST_ROWS = 1_000_000
ADULTS = "list_11"
"""The list of adults, which names no child."""


def read_annex_a(name: str, data: bytes) -> tuple[tuple[RawTable, ...], tuple[Finding, ...]]:
    """Read one workbook.

    Returns
    -------
    tables
        A table for each sheet that holds a list; a list may stand in several.
    findings
        What is amiss in the workbook as a whole, its formulas, and sheets that hold no list.
    """
    findings: list[Finding] = []
    if not data:
        return (), (found("wrong", Where(name), "is empty."),)
    hashed = hashlib.sha256(data).hexdigest()
    tables = []
    for sheet in sheets(File(name, data), findings, MOST_ROWS):
        table = _table(sheet, hashed)
        if table is not None:
            tables.append(table)
        elif any(any(cells) for _, cells in sheet.rows):
            findings.append(found("noted", Where(sheet.name), "holds no list; it was not read."))
    if not tables and not any(finding.stops for finding in findings):
        findings.append(found("wrong", Where(name), "holds no list of Annex A."))
    return tuple(tables), tuple(findings)


def _table(sheet: Sheet, hashed: str) -> RawTable | None:
    head = headings(sheet.title, sheet.rows)
    if head is None:
        return None
    faults = Faults(sheet.name)
    _missing(head, sheet, faults)
    _merged(head, sheet, faults)
    rows = Rows(tuple(layout(FORM).tables[head.table].columns))
    for number, cells in sheet.rows[head.index + 1 :]:
        _row(head, number, cells, rows, faults)
    frame = rows.frame()
    if not frame.height:
        faults.add("noted", "", "holds headings and no row.")
    return RawTable(FORM, head.table, sheet.name, hashed, frame, faults.all())


def _row(head: Heading, number: int, cells: Sequence[str], rows: Rows, faults: Faults) -> None:
    """Add a row; a blank one, or the headings again, is none."""
    if not any(cell.strip() for cell in cells):
        return
    if _is_heading(head, cells):
        faults.add("noted", number, "has the headings again; it was not read as a child.")
        return
    read: dict[str, str] = {}
    for place, column in head.columns.items():
        if place < len(cells):
            read[column], said = cell_of(head.table, column, cells[place])
            if said:
                level: Level = "repaired" if "count of days" in said else "doubtful"
                faults.add(level, number, said, column, cells[place])
    outside = [cell for cell in cells[max(head.columns) + 1 :] if cell and not head.unknown]
    if outside:
        faults.add("noted", number, "has cells beyond the headings.", value=outside[0])
    if any(read.values()):
        rows.add(number, read)
    else:
        faults.add("doubtful", number, "has cells under no known heading; it was not read.")


def _is_heading(head: Heading, cells: Sequence[str]) -> bool:
    """Tell whether a row repeats the headings: half of its cells or more are their own."""
    said = [place for place, cell in enumerate(cells) if cell]
    again = [place for place in said if cells[place].strip() == head.words.get(place)]
    return len(again) >= max(2, len(said) / 2)


def _missing(head: Heading, sheet: Sheet, faults: Faults) -> None:
    """Find columns that the sheet lacks, and headings that mean none."""
    number = _number(sheet.rows[head.index])
    for column in layout(FORM).tables[head.table].columns.values():
        if column.name not in head.columns.values():
            level: Level = "doubtful" if column.needed else "noted"
            faults.add(level, number, "is a column that the sheet lacks.", column.name)
    for text in head.unknown:
        faults.add(
            "noted", number, "is no heading of the list; it was not read.", plain(text), text
        )


def _merged(head: Heading, sheet: Sheet, faults: Faults) -> None:
    first = _number(sheet.rows[head.index]) + 1
    for cells in sheet.merged:
        digits = [int("".join(c for c in end if c.isdigit()) or 0) for end in cells.split(":")]
        if digits[-1] >= first:
            faults.add(
                "doubtful", digits[0], "was merged: only its first cell holds the value.", cells
            )


def _number(row: Row) -> int:
    return row[0]
