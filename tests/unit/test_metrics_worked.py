"""Each metric's worked example, and what the records cannot tell."""

from datetime import date

import pytest

from headwater.core.errors import InputError
from headwater.workflows.measure.answer import measure
from headwater.workflows.measure.ask import Asked
from returns_sample import BORN, EPISODES, HEADER, episode

ANCHOR = [
    episode("Z", "01/05/2024", "30/03/2025", rec="E8"),
    episode("Z", "01/05/2025", "30/03/2026", rec="E8"),
]


def stay(start, stop="", **rest):
    return episode("A1", start, stop, **rest)


def found(folder, metric, rows, *, born=BORN, list_="who\nA1\n", missing="", **asked):
    years = {2025: [], 2026: []}
    for row in [*rows, *ANCHOR]:
        years[2025 if "/2025" in row.split(",")[7] and row.split(",")[7][3:5] < "04" else 2026] += [
            row
        ]
    for year, held in years.items():
        part = folder / str(year)
        part.mkdir(parents=True)
        (part / "episodes.csv").write_text("\n".join([EPISODES, *held]))
        children = sorted({row.split(",")[0] for row in held})
        (part / "header.csv").write_text(
            "\n".join([HEADER, *(f"{child},M,{born},WBRI,UN1,," for child in children)])
        )
    if missing:
        (folder / "2026" / "missing.csv").write_text(missing)
    (folder / "cohort.txt").write_text(list_)
    question = Asked(
        metric,
        paths=(folder / "2025", folder / "2026"),
        cohort=folder / "cohort.txt",
        first_day=asked.pop("first_day", date(2025, 4, 1)),
        last_day=asked.pop("last_day", date(2026, 3, 31)),
        **asked,
    )
    return measure(question)


def units(*args, **kwargs):
    return found(*args, **kwargs).members[0].units.value


def test_the_day_on_which_care_ends_is_not_counted(tmp_path):
    rows = [stay("01/05/2025", "31/07/2025", rec="E4A")]
    assert units(tmp_path, "days_in_care", rows, first_day=date(2025, 7, 1)) == 30


def test_two_stays_break_a_run_of_sevens(tmp_path):
    rows = [stay("21/04/2025", "24/04/2025", rec="E4A")]
    window = {"first_day": date(2025, 4, 1), "last_day": date(2025, 5, 8)}
    assert units(tmp_path, "sevens_out_of_care", rows, **window) == 4


def test_one_night_in_care_spoils_its_week_alone(tmp_path):
    rows = [stay("10/04/2025", "11/04/2025", rec="E4A")]
    window = {"first_day": date(2025, 4, 1), "last_day": date(2025, 4, 28)}
    assert units(tmp_path, "weeks_out_of_care", rows, **window) == 3


@pytest.mark.parametrize(
    ("stop", "again", "months", "expected"),
    [
        ("01/06/2025", None, 6, 1),
        ("01/06/2025", "01/11/2025", 6, 0),
        ("01/06/2025", "01/12/2025", 6, 1),
        ("01/12/2025", None, 6, None),
        ("01/12/2025", "01/02/2026", 6, 0),
    ],
)
def test_home_counts_once_the_months_have_passed(tmp_path, stop, again, months, expected):
    rows = [stay("01/05/2025", stop, rec="E4A")]
    if again:
        rows.append(stay(again))
    result = found(tmp_path, "returned_home", rows, months=months)
    assert result.members[0].units.value == expected
    if expected is None:
        assert "the records end before it can be known" in result.members[0].units.note


def test_leaving_care_otherwise_is_not_going_home(tmp_path):
    assert (
        units(tmp_path, "returned_home", [stay("01/05/2025", "01/06/2025", rec="E8")], months=3)
        == 0
    )


@pytest.mark.parametrize(
    ("place", "again", "expected"), [("U4", None, 1), ("U4", "01/07/2025", 0), ("K1", None, 0)]
)
def test_stepping_down_is_from_residential_care_to_a_family(tmp_path, place, again, expected):
    rows = [
        stay("01/05/2025", "01/06/2025", place="K2"),
        stay("01/06/2025", again or "", rne="P", place=place, rec="X1" if again else ""),
    ]
    if again:
        rows.append(stay(again, rne="P", place="K2"))
    assert units(tmp_path, "stepped_down", rows, months=3) == expected


def test_moves_are_new_placements_and_not_new_statuses(tmp_path):
    rows = [
        stay("01/05/2025", "01/06/2025"),
        stay("01/06/2025", "01/07/2025", rne="L", ls="C1"),
        stay("01/07/2025", rne="P", ls="C1", place="K2"),
    ]
    assert units(tmp_path, "placement_moves", rows) == 1


def test_missing_times_are_not_known_without_their_table(tmp_path):
    rows = [stay("01/05/2025")]
    without = found(tmp_path / "a", "missing_from_care", rows)
    assert without.metric.units.value is None
    assert "no record of 'missing' was read" in without.members[0].units.note
    heading = "CHILD,DOB,MISSING,MIS_START,MIS_END"
    spell = f"A1,{BORN},M,02/06/2025,04/06/2025"
    assert units(tmp_path / "b", "missing_from_care", rows, missing=f"{heading}\n{spell}\n") == 1


def test_nothing_is_counted_beyond_the_18th_birthday(tmp_path):
    rows = [stay("01/05/2025")]
    assert units(tmp_path, "days_in_care", rows, born="11/05/2007") == 10


def test_days_out_of_care_end_with_death(tmp_path):
    rows = [stay("01/04/2025", "11/04/2025", rec="E2")]
    window = {"first_day": date(2025, 4, 1), "last_day": date(2025, 4, 30)}
    assert units(tmp_path, "days_out_of_care", rows, **window) == 0


def test_a_member_starts_when_the_list_says_and_is_followed_as_long_as_asked(tmp_path):
    member = found(
        tmp_path, "days_out_of_care", [], list_="who,started\nA1,2025-05-31\n", follow=1
    ).members[0]
    assert (member.first_day, member.last_day) == ("2025-05-31", "2025-06-29")
    assert member.units.value == 30
    assert not member.in_records


def test_a_window_that_no_return_covers_cannot_be_checked(tmp_path):
    result = found(tmp_path, "days_in_care", [stay("01/05/2025")], first_day=date(2023, 4, 1))
    assert result.metric.unknown.value == 1
    assert "no return of that time was read" in result.members[0].units.note


def test_short_breaks_are_care_only_if_they_are_said_to_be(tmp_path):
    rows = [stay("01/05/2025", "05/05/2025", ls="V3", place="R1", rec="E8")]
    assert units(tmp_path / "a", "days_in_care", rows) == 0
    assert units(tmp_path / "b", "days_in_care", rows, leave_out=()) == 4


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"metric": "days_in_cara"}, "'days_in_cara' is none. Did you mean 'days_in_care'?"),
        ({"metric": "returned_home"}, "--months: is missing: how long must 'returned_home' last?"),
        ({"months": 3}, "--months: is nothing that 'days_in_care' asks for."),
        ({"leave_out": ("remnd",)}, "'remnd' is no choice. Did you mean 'remand'?"),
        ({"last_day": date(2024, 1, 1)}, "--to: 2024-01-01 is before 2025-04-01."),
        ({"follow": -1}, "--follow: -1 is not from 1 to 120."),
        ({"list_": "key\nA1\n"}, "has no column 'who'"),
        ({"list_": "who\nA1\nA1\n"}, "row 3, who: 'A1' stands in row 2 too."),
        ({"list_": "who,started\nA1,soon\n"}, "row 2, started: 'soon' is no date."),
        ({"list_": "who,started\n"}, "lists nobody"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(tmp_path, asked, words):
    metric = asked.pop("metric", "days_in_care")
    with pytest.raises(InputError) as caught:
        found(tmp_path, metric, [stay("01/05/2025")], **asked)
    assert words in str(caught.value)
