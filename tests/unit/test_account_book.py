"""A workbook of account: what is written at once is read back as it was written."""

import io

import openpyxl

from headwater.core.cash import Cash
from headwater.reporting.account import Account
from headwater.reporting.account_book import Tie, account_book

TEXTS = (
    "=1+1",
    "http://example.org",
    " blanks ",
    "a & <b> \"c\" 'd'",
    "ü€",
    "",
    "007",
    "line\ntwo",
)


def made() -> bytes:
    rows = [(text, Cash(pence, "GBP"), text) for pence, text in enumerate(TEXTS, start=-3)]
    total = ("all", Cash(sum(range(-3, 5)), "GBP"), "")
    table = Account("every", "Every line", ("what", "amount", "again"), rows, total)
    tie = Tie("they add", Cash(4, "GBP"), ("every", "amount"))
    return account_book(title="T", about=("about",), accounts=[table], ties=[tie])


def test_rows_are_read_back_as_they_were_written() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["every"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=5)]
    expected = [(text or None, pence / 100, text or None) for pence, text in enumerate(TEXTS, -3)]
    assert rows == [*expected, ("all", 0.04, None)]
    assert {cell.data_type for cell in sheet["A"][4:] if cell.value} == {"s"}
    assert sheet["B5"].number_format.startswith('"£"')
    assert sheet.dimensions == "A1:C13"


def test_the_same_rows_give_the_same_bytes() -> None:
    assert made() == made()
