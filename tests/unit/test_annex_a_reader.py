"""Annex A workbooks as local authorities really write them."""

from datetime import datetime

import pytest

from headwater.catalogue.returns import layout
from headwater.readers.returns.annex_a import read_annex_a
from headwater.readers.returns.annex_a_headings import headings
from return_samples import EARLY_HELP, HELPED, workbook


def read(*sheets):
    tables, findings = read_annex_a("a.xlsx", workbook(*sheets))
    return tables, [str(f) for f in (*findings, *(x for table in tables for x in table.findings))]


def rows(*cells):
    """Return the rows of early help, read from a sheet with Ofsted's headings."""
    (table,), found = read(("EH", [EARLY_HELP, *cells]))
    return table.frame.to_dicts(), found


@pytest.mark.parametrize("name", [f"list_{number}" for number in range(1, 12)])
def test_every_list_is_known_by_its_own_headings(name):
    table = layout("annex_a").tables[name]
    columns = [*table.columns]
    found = headings("Sheet1", [(1, columns)])
    assert found.table == name
    assert [*found.columns.values()] == columns


def test_a_sound_list_is_read_without_findings():
    (row,), found = rows(HELPED)
    assert found == []
    assert (row["Child Unique ID"], row["Gender"], row["row"]) == ("C1", "a) Male", 2)


def test_headings_may_stand_lower_and_be_worded_otherwise():
    heads = (
        "Child ID",
        "Sex",
        "Ethnicity",
        "DOB",
        "Age",
        "EHA start date",
        "Assesment completion date",
        "Organisation",
        "Notes",
    )
    (table,), found = read(("Families", [("Early help, 2024",), (), heads, (*HELPED, "seen")]))
    assert table.table == "list_2"
    (row,) = table.frame.to_dicts()
    assert row["Assessment completion date"] == "2024-05-20"
    assert row["row"] == 4
    assert found == [
        "a.xlsx, Families, row 3, notes: 'Notes' is no heading of the list; it was not read."
    ]


def test_a_heading_is_not_taken_for_its_opposite():
    heads = (
        "Child Unique ID",
        "Gender",
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Child Protection Plan Review Date",
    )
    (table,), found = read(
        ("CP", [heads, ("C1", "b) Female", "2024-01-01", "a) Neglect", "2024-05-01")])
    )
    assert table.table == "list_7"
    assert table.frame["Child Protection Plan End Date"].to_list() == [""]
    assert any("Review Date' is no heading of the list" in line for line in found)


@pytest.mark.parametrize(
    ("written", "column", "means"),
    [
        ("A) MALE", "Gender", "a) Male"),
        ("Female", "Gender", "b) Female"),
        ("b", "Gender", "b) Female"),
        ("m", "Gender", "a) Male"),
        ("White", "Ethnicity", "a) White"),
        ("(e) Other ethnic group", "Ethnicity", "e) Other ethnic group"),
    ],
)
def test_usual_words_are_known_however_they_are_spelt(written, column, means):
    cells = list(HELPED)
    cells[EARLY_HELP.index(column)] = written
    (row,), found = rows(cells)
    assert (row[column], found) == (means, [])


def test_an_unknown_word_is_kept_and_found():
    cells = list(HELPED)
    cells[2] = "White Cornish"
    (row,), found = rows(cells)
    assert row["Ethnicity"] == "White Cornish"
    assert found == [
        "a.xlsx, EH, row 2, Ethnicity: 'White Cornish' is no usual word of this list; it was kept."
    ]


def test_dates_of_every_kind_are_read():
    days = [datetime(2024, 4, 8), "08/04/2024", 45390, "2024-04-08 09:30:00"]  # noqa: DTZ001
    read_rows, found = rows(*((*HELPED[:5], day, *HELPED[6:]) for day in days))
    starts = [row["Assessment start date"] for row in read_rows]
    assert starts == ["2024-04-08", "08/04/2024", "2024-04-08", "2024-04-08"]
    assert ["count of days" in line for line in found] == [True]


def test_numbers_are_whole_where_a_spreadsheet_made_them_decimal():
    (row,), _ = rows((1001.0, *HELPED[1:]))
    assert row["Child Unique ID"] == "1001"


def test_the_headings_again_and_blank_rows_are_no_children():
    read_rows, found = rows(HELPED, (None,) * 8, EARLY_HELP, ("C2", *HELPED[1:]))
    assert [row["row"] for row in read_rows] == [2, 5]
    assert found == ["a.xlsx, EH, row 4: has the headings again; it was not read as a child."]


def test_a_list_may_stand_in_two_sheets_and_others_are_named():
    tables, found = read(
        ("North", [EARLY_HELP, HELPED]), ("Guide", [("Read me",)]), ("South", [EARLY_HELP, HELPED])
    )
    assert [table.file for table in tables] == ["a.xlsx, North", "a.xlsx, South"]
    assert found == ["a.xlsx, Guide: holds no list; it was not read."]


def test_a_sheets_name_decides_between_lists_with_the_same_headings():
    heads = (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Allocated Team",
        "Does the Child have a Disability",
        "Number of Section 47 Enquiries in the last 12 months",
    )
    assert headings("List 5", [(1, heads)]).table == "list_5"
