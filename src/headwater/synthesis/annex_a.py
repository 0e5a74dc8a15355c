"""Ofsted's Annex A: a workbook of eleven lists on the last day of the years, from the lives.

Lists 1 to 5 hold the six months before that day, 6 to 10 who is open on it or was in those six
months, and 11 adopters, who are made up beside the children adopted.
"""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import xlsxwriter

from headwater.catalogue.returns import layout
from headwater.synthesis.annex_a_care import list_8, list_9, list_10, list_11
from headwater.synthesis.annex_a_lists import (
    Lists,
    list_1,
    list_2,
    list_3,
    list_4,
    list_5,
    list_6,
    list_7,
    scene,
)
from headwater.synthesis.lives import Lives

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""One date for every workbook, so that equal lives give equal files."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Row = dict[str, object]
LISTS: dict[str, Callable[[Lists], Iterator[Row]]] = {
    "list_1": list_1,
    "list_2": list_2,
    "list_3": list_3,
    "list_4": list_4,
    "list_5": list_5,
    "list_6": list_6,
    "list_7": list_7,
    "list_8": list_8,
    "list_9": list_9,
    "list_10": list_10,
    "list_11": list_11,
}


def annex_a(lives: Lives) -> bytes:
    """Return the workbook."""
    held, of = io.BytesIO(), scene(lives)
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        book.set_properties({"created": CREATED, "title": "Made-up children: Annex A"})
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, table in layout("annex_a").tables.items():
            sheet = book.add_worksheet(name.replace("list_", "List "))
            columns = [*table.columns]
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(LISTS[name](of), start=1):
                for at, column in enumerate(columns):
                    _cell(sheet, (number, at), row.get(column, ""), style)
    return held.getvalue()


def _cell(sheet: object, at: tuple[int, int], value: object, style: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), style)  # type: ignore[attr-defined]  # noqa: DTZ001
    elif isinstance(value, int):
        sheet.write_number(*at, value)  # type: ignore[attr-defined]
    elif value:
        sheet.write_string(*at, str(value))  # type: ignore[attr-defined]
