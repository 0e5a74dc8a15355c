"""What is amiss in extracts and workbooks, and between files, that no published rule has."""

import pytest

from headwater.readers.returns.check import check
from headwater.readers.returns.read import read_return
from headwater.workflows.check_return.answer import check_return
from return_samples import EARLY_HELP, HELPED, census, person, workbook
from returns_sample import episode, write

EARLY = "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date"
PERSON = "pers_person_id,pers_dob,pers_sex"


def said(folder, **files):
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    held = read_return([folder])
    return [str(fault.finding) for fault in (*held.faults, *check(held))]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1,A,2024-02-01,2024-01-01"], "is before it began; the row is not counted."),
        (["1,A,2024-02-01,2024-03-01", "2,A,2024-02-01,2024-03-01"], "counted once."),
        (["1,A,2024-02-01,2024-03-01", "2,A,2024-02-15,"], "is before the time before it ended"),
        (["1,A,2024-02-01,", "2,A,2024-03-01,"], "begins while the time before it is open."),
        (["1,A,2010-02-01,"], "is long before the child was born."),
        (["1,,2024-02-01,"], "earl_person_id: is blank, and must not be."),
        (["1,A,soon,"], "'soon' is no date"),
    ],
)
def test_an_extracts_times_are_held_against_each_other(tmp_path, rows, words):
    sound = ["8,B,2024-01-01,2024-02-01", "9,B,2024-02-01,"]
    people = f"{PERSON}\nA,2015-01-01,M\nB,2015-01-01,F\n"
    lines = said(tmp_path, eh="\n".join([EARLY, *sound, *rows]), people=people)
    assert [line for line in lines if words in line]
    assert not [line for line in said(tmp_path, eh="\n".join([EARLY, *sound])) if "eh" in line]


def test_a_workbook_is_checked_by_the_same_command(tmp_path):
    late = ("C2", "x) Other", *HELPED[2:5], "2024-05-20", "2024-04-08", "Family hub")
    (tmp_path / "a.xlsx").write_bytes(workbook(("EH", [EARLY_HELP, HELPED, late])))
    found = check_return([tmp_path])
    assert [line.form for line in found.forms] == ["annex_a"]
    assert found.care == ()
    rules = {(fault.row, fault.column) for fault in found.faults}
    assert rules == {("3", "Gender"), ("3", "Assessment completion date")}
    early_help = next(line for line in found.said if line.what == "early help")
    assert (early_help.children.value, early_help.rows.value) == (1, 1)


def test_a_census_read_twice_or_of_two_authorities_is_told(tmp_path):
    text = census(person("A1"), person("A2"))
    lines = said(tmp_path, a=text, b=text.replace(b">201<", b">202<"))
    assert any("the same return twice, perhaps in two forms" in line for line in lines)
    assert any("'202' is another authority than 201" in line for line in lines)


def test_a_return_and_an_extract_of_the_same_state_are_told(tmp_path):
    write(tmp_path, episode("A1", "01/05/2025"))
    care = "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date\n1,A1,2025-05-01\n"
    assert any(
        "speaks of 'looked after', and so does a return" in x for x in said(tmp_path, x=care)
    )
