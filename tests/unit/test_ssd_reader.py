"""Extracts of the standard safeguarding dataset."""

import pytest

from headwater.catalogue.returns import layout
from headwater.readers.returns.ssd import match, read_ssd

HEAD = (
    "earl_episode_id,earl_person_id,earl_episode_start_date,"
    "earl_episode_end_date,earl_episode_reason"
)


def read(data: bytes, name: str = "eh.csv"):
    tables, findings = read_ssd(name, data)
    every = (*findings, *(each for table in tables for each in table.findings))
    return tables, [str(each) for each in every if "separated by" not in each.rule]


@pytest.mark.parametrize("name", [*layout("ssd").tables])
def test_every_table_is_known_by_its_own_columns(name):
    assert match([*layout("ssd").tables[name].columns]).table == name


def test_names_may_lack_what_stands_before_them():
    short = [
        "earl_episode_id",
        "person_id",
        "start_date",
        "end_date",
        "reason",
        "end_reason",
        "organisation",
        "worker_id",
    ]
    found = match(short)
    assert found.table == "ssd_early_help_episodes"
    assert [*found.columns.values()] == [*layout("ssd").tables[found.table].columns]


def test_columns_that_fit_two_tables_equally_are_taken_for_neither():
    assert match(["person_id", "start_date", "end_date"]) is None


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_of_any_usual_kind(separator, encoding):
    text = f"{HEAD}\r\n1,C1,2024-01-01,,Café\r\n".replace(",", separator)
    (table,), found = read(text.encode(encoding))
    (row,) = table.frame.to_dicts()
    assert (row["earl_person_id"], row["earl_episode_reason"], row["row"]) == ("C1", "Café", 2)
    assert bool(found) == (encoding in {"cp1252", "utf-16"})


def test_json_of_one_table_or_several():
    rows = (
        '[{"earl_person_id": "C1", "earl_episode_id": 1, "earl_episode_start_date": "2024-01-01"}]'
    )
    for text in (rows, f'{{"ssd_early_help_episodes": {rows}}}'):
        (table,), found = read(text.encode(), "eh.json")
        assert table.frame["earl_episode_id"].to_list() == ["1"]
        assert found == []


def test_a_quotation_never_closed_costs_its_own_row_only():
    text = f'{HEAD}\n1,"C1,2024-01-01,,a\n2,C2,2024-01-01,,b\n3,"C\n3",2024-01-01,,c\n'
    (table,), found = read(text.encode())
    assert table.frame["earl_person_id"].to_list() == ["C1", "C2", "C\n3"]
    rule = "holds a quotation mark that is not closed: it is read as if it were not there."
    assert found == [f"eh.csv, row 2: {rule}"]


def test_ragged_rows_repeated_headings_and_unknown_columns_are_found():
    (table,), found = read(f"{HEAD},foo\n1,C1\n{HEAD},foo\n\n2,C2,2024-01-01,,b,c\n".encode())
    assert table.frame["row"].to_list() == [2, 5]
    assert found == [
        "eh.csv, row 2: has fewer cells than there are headings: the last are taken as blank.",
        "eh.csv, row 3: has the headings again; it was not read.",
        "eh.csv, row 1, foo: is no column of the table; it was not read.",
    ]
