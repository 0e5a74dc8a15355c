"""One bad return, or one bad file of a pathway, each; and exactly what is said."""

from pathlib import Path

import pytest

from headwater.core.errors import InputError
from headwater.workflows.fit_pathway.answer import fit_pathway
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.local_pathway import known_place, write_local_pathway
from headwater.workflows.local_pathway import read_local_pathway as read

HEAD = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
NAMED = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
CELLS = "[" + ", ".join(["[1.0, 1.0, 1.0, 1.0, 1.0]"] * 6) + "]"
GOOD = f"""\
place = "hartlepool"
first_day = 2022-04-01
last_day = 2025-03-31
children = 10
returns = ["ssda903"]

[[level]]
route = "care_ends"
events = 3
expected = 2.5
prior = 1.0
weight = 0.5
times = 1.1
spread = 0.1

[[move]]
moves = ["looked_after -> left_care_home"]
events = {CELLS.replace("1.0", "1")}
ratio = {CELLS}
pooled = 10.0
"""


def year(folder: Path, first: int, rows: list[str], *, births: bool = True) -> Path:
    """Write a year's return of some episodes."""
    at = folder / str(first)
    at.mkdir(parents=True)
    (at / "episodes.csv").write_text("\n".join([HEAD, *rows, ""]))
    if births:
        (at / "header.csv").write_text(f"{NAMED}\nA1,1,01/06/2014,WBRI,UN1,,\n")
    return at


def episode(day: str) -> str:
    return f"A1,{day},S,C2,N1,U4,PR1,,,,,,SC000001"


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Read a file of a pathway and return what is wrong, a problem a line."""
    monkeypatch.chdir(tmp_path)

    def of(text: str) -> list[str]:
        Path("own.toml").write_text(text)
        with pytest.raises(InputError) as caught:
            read("own.toml")
        return str(caught.value).splitlines()

    return of


def test_a_good_file_is_read_and_written_back_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text(GOOD)
    own = read("own.toml")
    Path("again.toml").write_text(write_local_pathway(own))
    assert read("again.toml") == own
    here = known_place("again.toml")
    assert here.place.id == "hartlepool"
    level = next(each for each in here.levels if each.route == "care_ends")
    assert level.weight == 0.5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"hartlepool"', '"hartlepol"', "own.toml, line 1, place: there is no place called"),
        (
            '"care_ends"',
            '"care_end"',
            "own.toml, line 8, level.0.route: there is no level 'care_end'.",
        ),
        ("left_care_home", "left_home", "own.toml, line 17, move.0.moves: there is no move"),
        ('"ssda903"', '"903"', "own.toml, line 5, returns: there is no return '903'."),
        ("times = 1.1", "times = 0", "own.toml, line 13, level.0.times: must be above 0, got 0."),
        ("times = 1.1", "tims = 1.1", "own.toml, line 13, level.0.tims: is not known here."),
        (
            "first_day = 2022-04-01",
            "first_day = 2026-04-01",
            "own.toml: first_day 2026-04-01 comes after last_day 2025-03-31.",
        ),
        ("[[1, 1, 1, 1, 1], ", "[", "own.toml, line 16, move.0: events needs 6 rows of 5 or 1"),
    ],
)
def test_a_faulty_file_says_where_and_what(said, old, new, message):
    assert old in GOOD
    lines = said(GOOD.replace(old, new))
    assert any(line.startswith(message) for line in lines), lines


def test_a_file_that_is_not_there():
    with pytest.raises(InputError, match="is neither a file nor a shipped local pathway"):
        forecast("nowhere.toml")


def test_a_year_that_lacks_between_two(tmp_path):
    year(tmp_path, 2022, [episode("01/05/2022")])
    year(tmp_path, 2024, [episode("01/05/2022"), "B2,01/06/2024,S,C2,N1,U4,PR1,,,,,,SC000001"])
    with pytest.raises(InputError) as caught:
        fit_pathway([tmp_path], place="hartlepool")
    assert str(caught.value) == (
        "returns: lack 2023-24 of SSDA903: children looked after, between 2022-23 and 2024-25. Add"
        " those years, or leave out the years before the gap."
    )


def test_births_that_are_not_known(tmp_path):
    year(tmp_path, 2023, [episode("01/05/2023")], births=False)
    with pytest.raises(InputError) as caught:
        fit_pathway([tmp_path], place="hartlepool")
    assert "Give the header with the episodes; births stand in it." in str(caught.value)


def test_records_that_end_on_no_31_march(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text(GOOD.replace("2025-03-31", "2025-06-30"))
    with pytest.raises(InputError, match="A forecast starts on a 31 March"):
        forecast("own.toml", years=1, draws=40)


def test_records_of_part_of_the_children_fit_leaving_alone(tmp_path):
    rows = [episode("01/05/2023")]
    made = fit_pathway([year(tmp_path, 2023, rows), year(tmp_path, 2024, rows)], place="hartlepool")
    assert "Only rates of leaving and of coming back are fitted" in made.cautions[0]
    (tmp_path / "own.toml").write_text(made.own)
    own = read(str(tmp_path / "own.toml"))
    assert {each.route for each in own.level} == {"care_ends"}
    assert own.stock == ()
