"""A workbook of tables of account: every row, amounts as numbers, text always as text.

Totals are formulas that a reader's own program works out again, with the value that was found
beside them; nothing that anybody wrote becomes a formula or a link.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from headwater.core.cash import SIGNS, Cash
from headwater.reporting.account import Account, Cell, Link
from headwater.reporting.bulk_sheet import BulkSheet, Written
from headwater.reporting.workbook import CREATED, NARROWEST, OPTIONS, WIDEST, sheet_name

MOST_ROWS = 1_000_000
"""Rows of one sheet; a longer table goes on in the next."""
LONGEST = 32_000
"""Characters of one cell."""
HEAD = 3
"""Rows above a table's column names: title, note, blank."""
SAMPLE = 200
"""Rows by whose words a column's width is set."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two amounts that must be the same, each from another table.

    Parameters
    ----------
    of
        The table, by id, and the column that add to the second.
    """

    what: str
    stated: Cash
    of: tuple[str, str]


def account_book(
    *, title: str, about: Sequence[str], accounts: Iterable[Account], ties: Sequence[Tie]
) -> bytes:
    """Return an .xlsx file; the same tables give the same bytes.

    Parameters
    ----------
    about
        What the first sheet says, line by line.
    ties
        What the sheet of checks works out again.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "author": "Headwater", "created": CREATED})
    parts = [part for account in accounts for part in _parts(account)]
    forms = _formats(book, _currencies(parts, ties))
    _first(book, forms, title, about, parts)
    if ties:
        _checks(book, forms, ties, parts)
    for part in parts:
        _sheet(book, forms, part)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Part:
    """As much of a table as one sheet holds."""

    account: Account
    name: str
    rows: Sequence[tuple[Cell, ...]]


def _parts(account: Account) -> Iterator[_Part]:
    count = max(-(-len(account.rows) // MOST_ROWS), 1)
    for i in range(count):
        name = sheet_name(account.id if count == 1 else f"{account.id[:26]} {i + 1}")
        yield _Part(account, name, account.rows[i * MOST_ROWS : (i + 1) * MOST_ROWS])


def _currencies(parts: Iterable[_Part], ties: Iterable[Tie]) -> set[str]:
    found = {tie.stated.currency for tie in ties}
    for part in parts:
        found |= {c.currency for row in part.rows[:SAMPLE] for c in row if isinstance(c, Cash)}
    return found


def _formats(book: Any, currencies: Iterable[str]) -> dict[str, Any]:
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "muted": {"font_color": "#4B5661"},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
        "text": {"text_wrap": True, "valign": "top"},
        "total": {"bold": True, "top": 1},
    }
    for currency in currencies:
        sign = SIGNS.get(currency, f"{currency} ")
        shape = f'"{sign}"#,##0.00;[Red]-"{sign}"#,##0.00'
        looks[currency] = {"num_format": shape, "valign": "top"}
        looks[f"{currency} total"] = {"num_format": shape, "bold": True, "top": 1}
    return {name: book.add_format(look) for name, look in looks.items()}


def _first(book: Any, forms: Any, title: str, about: Sequence[str], parts: Sequence[_Part]) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, title[:LONGEST], forms["title"])
    for row, line in enumerate(about, start=2):
        sheet.merge_range(row, 0, row, 1, "", forms["text"])
        sheet.write_string(row, 0, line[:LONGEST], forms["text"])
        sheet.set_row(row, 15 * (1 + len(line) // 120))
    row = len(about) + 3
    sheet.write_string(row, 0, "Sheet", forms["head"])
    sheet.write_string(row, 1, "What it holds", forms["head"])
    for i, part in enumerate(parts, start=row + 1):
        sheet.write_string(i, 0, part.name, forms["text"])
        sheet.write_string(i, 1, part.account.title, forms["text"])


def _checks(book: Any, forms: Any, ties: Sequence[Tie], parts: Sequence[_Part]) -> None:
    """Write each tie: what is stated, what the sheet adds to, and the difference."""
    sheet = book.add_worksheet("checks")
    sheet.write_string(0, 0, "Totals, worked out again from the sheets", forms["title"])
    said = "Every difference must be nothing. The second column is a formula: it adds the sheet."
    sheet.write_string(1, 0, said, forms["muted"])
    names = ("what", "the sheet adds to", "stated", "difference")
    for at, (name, width) in enumerate(zip(names, (60, 20, 20, 14), strict=True)):
        sheet.write_string(HEAD, at, name, forms["head"])
        sheet.set_column(at, at, width)
    for row, tie in enumerate(ties, start=HEAD + 1):
        look, stated, added = forms[tie.stated.currency], tie.stated.pence, _added(tie, parts)
        sheet.write_string(row, 0, tie.what, forms["text"])
        sheet.write_formula(row, 1, f"=ROUND({_sum(tie, parts)},2)", look, added / 100)
        sheet.write_number(row, 2, stated / 100, look)
        left, right = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row, 2)
        sheet.write_formula(row, 3, f"=ROUND({left}-{right},2)", look, (added - stated) / 100)


def _sum(tie: Tie, parts: Sequence[_Part]) -> str:
    """Return the formula that adds a column of a table, over all its sheets."""
    id_, column = tie.of
    found = []
    for part in parts:
        if part.account.id == id_ and part.rows:
            at = part.account.columns.index(column)
            first = xl_rowcol_to_cell(HEAD + 1, at)
            last = xl_rowcol_to_cell(HEAD + len(part.rows), at)
            found.append(f"SUM('{part.name}'!{first}:{last})")
    return "+".join(found) or "0"


def _added(tie: Tie, parts: Sequence[_Part]) -> int:
    """Return the pence that a column of a table adds to."""
    id_, column = tie.of
    cells = (
        row[part.account.columns.index(column)]
        for part in parts
        if part.account.id == id_
        for row in part.rows
    )
    return sum(cell.pence for cell in cells if isinstance(cell, Cash))


def _sheet(book: Any, forms: Any, part: _Part) -> None:
    account = part.account
    sheet = book.add_worksheet(part.name, worksheet_class=BulkSheet)
    sheet.write_string(0, 0, account.title, forms["title"])
    sheet.write_string(1, 0, account.note, forms["muted"])
    for at, name in enumerate(account.columns):
        sheet.write_string(HEAD, at, name, forms["head"])
        sheet.set_column(at, at, _width(account, at))
    row = HEAD + len(part.rows)
    sheet.write_below(HEAD + 1, _written(forms, part), len(account.columns))
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.autofilter(HEAD, 0, max(row, HEAD + 1), len(account.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


def _written(forms: Any, part: _Part) -> Iterator[list[Written]]:
    """Yield the rows of a table, and its total, with the format of each cell."""
    for cells in part.rows:
        yield [_cell(forms, cell, "") for cell in cells]
    if part.account.total and part.rows:
        yield [_cell(forms, cell, " total") for cell in part.account.total]


def _cell(forms: Any, cell: Cell, of: str) -> Written:
    if isinstance(cell, str):
        return cell[:LONGEST], forms["total" if of else "text"]
    if isinstance(cell, Cash):
        return cell.pence / 100, forms[f"{cell.currency}{of}"]
    words = cell.words if isinstance(cell, Link) else str(cell)
    return words[:LONGEST], forms["total" if of else "text"]


def _width(account: Account, at: int) -> int:
    cells = [row[at] for row in account.rows[:SAMPLE]]
    words = [c.words if isinstance(c, Link) else str(c) for c in cells]
    longest = max([len(account.columns[at]), *(len(word) for word in words)])
    return min(max(longest + 2, NARROWEST), WIDEST)
