"""A workbook with one sheet a table: units, price base, basis and sources beside every row.

Text is written as text: nothing that a user or a source wrote becomes a formula or a link. The same
tables give the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.numerals import why_unknown
from headwater.reporting.table import Table, figures_of

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""One date for every workbook, so that equal cases give equal files."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
WIDEST, NARROWEST = 60, 9
READ_ME = (
    "Every number stands beside its unit; every row names its price base, basis and sources.",
    (
        "Basis: published (read in a source), computed (worked out from sourced figures), assumed"
        ", input (given by the user) or not known: the notes say why."
    ),
    "Low and high are the ends of the range named in the column 'ranges are'.",
)
"""What the first sheet of every workbook says of the others."""
HEAD = 4
"""Rows above a table's column names: title, price base, note, blank."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet of plain lines: (heading, lines) blocks."""

    title: str
    lines: tuple[str, ...]


def workbook_bytes(
    *,
    title: str,
    about: Sequence[str],
    tables: Iterable[Table],
    lists: Sequence[Lines],
    works: Sequence[Source],
) -> bytes:
    """Return an .xlsx file.

    Parameters
    ----------
    about
        What the first sheet says, line by line.
    lists
        Sheets of plain lines, such as the assumptions.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "author": "Headwater", "created": CREATED})
    forms = _formats(book)
    tables = tuple(tables)
    _first(book, forms, title, about, tables, lists)
    for table in tables:
        _sheet(book, forms, table)
    for block in lists:
        _list(book, forms, block)
    _sources(book, forms, works)
    book.close()
    return buffer.getvalue()


def sheet_name(title: str) -> str:
    """Return a name that a workbook takes: no reserved signs, 31 letters at most."""
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return kept[:31].strip() or "Sheet"


def _formats(book: Any) -> dict[str, Any]:
    held = {
        "title": {"bold": True, "font_size": 14},
        "muted": {"font_color": "#4B5661"},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
        "text": {"text_wrap": True, "valign": "top"},
        "money": {"num_format": "£#,##0;[Red]-£#,##0", "valign": "top"},
        "count": {"num_format": "#,##0.0", "valign": "top"},
        "whole": {"num_format": "#,##0", "valign": "top"},
        "share": {"num_format": '0.0"%"', "valign": "top"},
        "ratio": {"num_format": "0.000", "valign": "top"},
    }
    return {name: book.add_format(look) for name, look in held.items()}


def number_format(unit: str) -> str:
    """Return the name of the format for a unit."""
    for start, name in (("GBP", "money"), ("per cent", "share"), ("days", "whole")):
        if unit.startswith(start):
            return name
    if unit in {"draws", "years", "month", "seed of the random numbers"}:
        return "whole"
    words = ("ratio", "times", "factor", "as named")
    return "ratio" if any(word in unit for word in words) else "count"


def _first(
    book: Any,
    forms: Any,
    title: str,
    about: Sequence[str],
    tables: Sequence[Table],
    lists: Sequence[Lines],
) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title, forms["title"])
    for row, line in enumerate(about, start=2):
        sheet.merge_range(row, 0, row, 1, "", forms["text"])
        sheet.write_string(row, 0, line, forms["text"])
        sheet.set_row(row, 15 * (1 + len(line) // 120))
    row = len(about) + 3
    sheet.write_string(row, 0, "Sheet", forms["head"])
    sheet.write_string(row, 1, "What it holds", forms["head"])
    entries = [(sheet_name(t.id), t.title) for t in tables]
    entries += [(sheet_name(block.title), block.title) for block in lists]
    for i, (name, words) in enumerate([*entries, ("Sources", "Every source cited")], start=row + 1):
        sheet.write_string(i, 0, name, forms["text"])
        sheet.write_string(i, 1, words, forms["text"])


def _sheet(book: Any, forms: Any, table: Table) -> None:
    """Write one table: its header block, its columns, and what each row rests on."""
    sheet = book.add_worksheet(sheet_name(table.id))
    bases = sorted({f.price_base for f in figures_of(table)} - {""})
    sheet.write_string(0, 0, table.title, forms["title"])
    sheet.write_string(
        1, 0, f"Prices: {', '.join(bases)}" if bases else "No money in this table", forms["muted"]
    )
    sheet.write_string(2, 0, table.note, forms["muted"])
    columns = _columns(table)
    for at, (name, width) in enumerate(columns):
        sheet.write_string(HEAD, at, name, forms["head"])
        sheet.set_column(at, at, width)
    kinds = [(_numeric(table, i), _spanned(table, i)) for i in range(len(table.columns))]
    for row, cells in enumerate(table.rows, start=HEAD + 1):
        _row(sheet, forms, row, kinds, cells)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


def _columns(table: Table) -> list[tuple[str, int]]:
    """Return every column's name and width: a column of figures has its unit and span beside it."""
    found: list[tuple[str, int]] = []
    for i, name in enumerate(table.columns):
        cells = [row[i] for row in table.rows]
        longest = max([len(name), *(len(c) for c in cells if isinstance(c, str))])
        if not _numeric(table, i):
            found.append((name, min(max(longest + 2, NARROWEST), WIDEST)))
            continue
        ends = [(f"{name}: low", 13), (f"{name}: high", 13)] if _spanned(table, i) else []
        found += [(name, 16), *ends, (f"{name}: unit", 20)]
    return [*found, ("ranges are", 16), ("basis", 18), ("sources", 50), ("notes", 50)]


def _numeric(table: Table, i: int) -> bool:
    return any(isinstance(row[i], Figure) for row in table.rows)


def _spanned(table: Table, i: int) -> bool:
    """Tell whether any figure of a column has a range."""
    return any(isinstance(row[i], Figure) and row[i].low is not None for row in table.rows)  # type: ignore[union-attr]


def _row(
    sheet: Any,
    forms: Any,
    row: int,
    kinds: Sequence[tuple[bool, bool]],
    cells: tuple[str | Figure, ...],
) -> None:
    """Write a row; `kinds` says of each column whether it holds figures, and any with a range."""
    at = 0
    for (numeric, spanned), cell in zip(kinds, cells, strict=True):
        if isinstance(cell, Figure):
            at = _figure(sheet, forms, row, at, cell, spanned=spanned)
            continue
        sheet.write_string(row, at, str(cell), forms["text"])
        at += 2 + 2 * spanned if numeric else 1
    figures = [cell for cell in cells if isinstance(cell, Figure)]
    notes = [why_unknown(f) if f.value is None else f.note for f in figures]
    for offset, words in enumerate(
        (
            _joined(f.interval for f in figures if f.low is not None),
            _joined("not known" if f.value is None else f.basis for f in figures),
            _joined(key for f in figures for key in f.sources),
            _joined(notes),
        )
    ):
        sheet.write_string(row, at + offset, words, forms["text"])


def _figure(sheet: Any, forms: Any, row: int, at: int, figure: Figure, *, spanned: bool) -> int:
    """Write a figure, its range where its column has one, and its unit; return the next column."""
    values = (figure.value, figure.low, figure.high) if spanned else (figure.value,)
    name = number_format(figure.unit)
    if name == "count" and all(value is None or float(value).is_integer() for value in values):
        name = "whole"
    look = forms[name]
    for offset, value in enumerate(values):
        if value is not None:
            sheet.write_number(row, at + offset, float(value), look)
    if figure.value is None:
        sheet.write_string(row, at, "not known", forms["muted"])
    sheet.write_string(row, at + len(values), figure.unit, forms["text"])
    return at + len(values) + 1


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _list(book: Any, forms: Any, block: Lines) -> None:
    sheet = book.add_worksheet(sheet_name(block.title))
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, block.title, forms["title"])
    for row, line in enumerate(block.lines, start=2):
        sheet.write_string(row, 0, line, forms["text"])
    sheet.freeze_panes(1, 0)


def _sources(book: Any, forms: Any, works: Sequence[Source]) -> None:
    sheet = book.add_worksheet("Sources")
    sheet.write_string(0, 0, "Sources", forms["title"])
    columns = (
        ("key", 30),
        ("title", 70),
        ("publisher", 30),
        ("date", 16),
        ("address", 70),
        ("licence", 24),
    )
    for at, (name, width) in enumerate(columns):
        sheet.write_string(2, at, name, forms["head"])
        sheet.set_column(at, at, width)
    for row, work in enumerate(works, start=3):
        held = (work.key, work.title, work.publisher, work.date, work.url, work.licence)
        for at, words in enumerate(held):
            sheet.write_string(row, at, words, forms["text"])
    sheet.freeze_panes(3, 1)
