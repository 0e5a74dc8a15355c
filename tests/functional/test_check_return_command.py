"""`headwater check-return`: what it shows, what it writes, what it refuses."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.core.errors import InputError
from returns_sample import episode, sound, write

RUN = CliRunner()


def run(*words):
    return RUN.invoke(app, ["check-return", *map(str, words)], env={"COLUMNS": "80"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(
        tmp_path_factory.mktemp("faulty"),
        episode("A1", "01/05/2025", "01/08/2025"),
        episode("A1", "20/07/2025", rne="P", place="K2"),
        episode("=1+1", "01/06/2025", "01/07/2025", rec="ZZ"),
    )


@pytest.fixture(scope="module")
def found(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "checked.json"
    assert run(folder, "--json", path).exit_code == 0
    return json.loads(path.read_text())["result"]


def test_care_is_counted_once_and_beside_it_the_sum_and_what_repairs_would_make_of_it(found):
    (year,) = found["care"]
    days = {name: year[name]["value"] for name in ("days", "plain_days", "repaired_days")}
    assert days == {"days": 335 + 30, "plain_days": 335 + 30 + 12, "repaired_days": 335 + 30}
    assert year["days"]["unit"] == "care days"
    assert [year[name]["value"] for name in ("entered", "left", "on_last_day")] == [2, 1, 1]


def test_each_breach_is_listed_with_its_place_and_what_it_may_move(found):
    at = {(each["number"], each["row"]): each for each in found["faults"]}
    overlap = at["501", "3"]
    assert (overlap["file"], overlap["column"], overlap["value"]) == (
        "episodes.csv",
        "DECOM",
        "2025-07-20",
    )
    assert (overlap["child"], overlap["days"]) == ("A1", "12")
    assert at["149", "4"]["value"] == "ZZ"
    assert "501" not in found["not_checked"]
    known, checked = (found[name]["value"] for name in ("rules_known", "rules_checked"))
    assert known == checked + len(found["not_checked"])


def test_a_repair_is_offered_with_both_ends(found):
    (moved,) = found["moved"]
    assert (moved["before"], moved["after"], moved["days"]) == ("2025-08-01", "2025-07-20", "-12")


def test_nothing_in_the_workbook_is_a_formula(folder, tmp_path):
    path = tmp_path / "checked.xlsx"
    assert run(folder, "--xlsx", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_a_sound_return_has_nothing_amiss(tmp_path):
    done = run(sound(tmp_path))
    assert done.exit_code == 0
    assert "Nothing is amiss by the rules that are checked." in done.output


def test_a_return_of_another_year_than_said_is_refused(tmp_path):
    done = run(sound(tmp_path), "--year", "2024-25")
    assert isinstance(done.exception, InputError)
    assert "says 2024-25, and the dates are of 2025-26" in str(done.exception)


def test_files_that_are_no_return_are_refused_each_with_its_reason(tmp_path):
    (tmp_path / "notes.txt").write_text("hello\n")
    (tmp_path / "empty.csv").write_text("")
    done = run(tmp_path)
    assert isinstance(done.exception, InputError)
    said = str(done.exception)
    assert "empty.csv: is empty; it is not read." in said
    assert "notes.txt: is no file of a return by what it holds" in said


def test_a_heading_without_rows_is_no_return(tmp_path):
    write(tmp_path)
    done = run(tmp_path)
    assert isinstance(done.exception, InputError)
