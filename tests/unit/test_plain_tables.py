"""Plain episodes and observations, and the metrics whose worked examples they carry."""

from datetime import date

import polars as pl
import pytest

from headwater.core.errors import InputError
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from headwater.workflows.measure.answer import measure
from headwater.workflows.measure.ask import Asked

ENDS = ("Z,need,2024-01-01,2024-01-02", "Z,need,2027-12-31,2028-01-01")
"""Rows that say for which time the file speaks."""
STATES = ("plan", "looked after", "missing")
EVENTS = ("referral", "section 47", "proceedings")
HEAD = "who,state,start,stop,legal_status,placement,began,ended,born"


def found(
    folder, metric, *, lived=(), seen=(), who="A", first="2025-05-01", last="2026-04-30", **asked
):
    spells = [f"Z,{state},{day},{day[:-1]}2,,,,," for state in STATES for day in ("2024-01-01",)]
    spells += [f"Z,{state},2028-01-01,2028-01-02,,,,," for state in STATES]
    spells += [f"{row},,,,," for row in ENDS]
    spells += [row + "," * (HEAD.count(",") - row.count(",")) for row in lived]
    events = [f"Z,,{name},{day},0" for name in EVENTS for day in ("2024-01-01", "2028-01-01")]
    (folder / "a.csv").write_text("\n".join([HEAD, *spells]))
    (folder / "b.csv").write_text("\n".join(["who,family,measure,day,value", *events, *seen]))
    (folder / "cohort.txt").write_text(f"who\n{who}\n")
    question = Asked(
        metric,
        paths=(folder / "a.csv", folder / "b.csv"),
        cohort=folder / "cohort.txt",
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        **asked,
    )
    return measure(question)


def units(*args, **kwargs):
    return found(*args, **kwargs).members[0].units.value


def referral(day):
    return f"A,,referral,{day},1"


EXAMPLES = [
    ("referred_again", {"seen": [referral("2025-05-01")]}, 0),
    ("referred_again", {"seen": [referral("2025-05-01"), referral("2025-07-09")]}, 1),
    (
        "section_47",
        {
            "seen": ["A,,section 47,2025-05-02,1", "A,,section 47,2025-08-04,1"],
            "last": "2025-06-30",
        },
        1,
    ),
    (
        "new_plan",
        {
            "lived": ["A,plan,2025-06-01,2025-09-01", "A,plan,2025-12-01,"],
            "first": "2025-07-01",
        },
        1,
    ),
    ("plan_ended", {"lived": ["A,plan,2025-01-01,2025-06-01"], "months": 12}, 1),
    (
        "plan_ended",
        {"lived": ["A,plan,2025-01-01,2025-06-01", "A,plan,2026-05-31,"], "months": 12},
        0,
    ),
    (
        "plan_ended",
        {"lived": ["A,plan,2025-01-01,2025-06-01", "A,plan,2026-06-01,"], "months": 12},
        1,
    ),
    (
        "plan_ended",
        {"lived": ["A,plan,2025-01-01,2025-06-01", "A,looked after,2025-05-30,"], "months": 12},
        0,
    ),
    (
        "need_closed",
        {
            "lived": ["A,need,2025-01-01,2025-06-01"],
            "seen": [referral("2025-11-30")],
            "months": 6,
        },
        0,
    ),
    (
        "need_closed",
        {
            "lived": ["A,need,2025-01-01,2025-06-01"],
            "seen": [referral("2025-12-01")],
            "months": 6,
        },
        1,
    ),
    (
        "need_closed",
        {
            "lived": ["A,need,2025-01-01,2025-06-01"],
            "seen": [referral("2025-11-30")],
            "months": 6,
            "leave_out": ("no further action",),
        },
        1,
    ),
    ("need_closed", {"lived": ["A,need,2025-01-01,2025-06-01,,,,RC5"], "months": 6}, 0),
    ("no_escalation", {"lived": ["A,need,2025-01-01,"], "months": 6}, 1),
    ("no_escalation", {"lived": ["A,plan,2025-10-31,"], "months": 6}, 0),
    ("no_escalation", {"lived": ["A,plan,2025-11-01,"], "months": 6}, 1),
    ("no_proceedings", {"lived": ["A,looked after,2025-06-02,,C1"], "months": 30}, 0),
    ("no_proceedings", {"lived": ["A,looked after,2025-06-02,,V2"], "months": 30}, 1),
    ("no_proceedings", {"seen": ["A,,proceedings,2025-06-02,1"], "months": 30}, 0),
    (
        "child_days",
        {"lived": ["A,need,2025-05-01,,,,,,2007-05-31"], "last": "2025-07-29"},
        30,
    ),
    (
        "stayed_in_placement",
        {
            "lived": [
                "A,looked after,2025-01-01,2026-03-01,V2,U4,S",
                "A,looked after,2026-03-01,,V2,U4,P",
            ],
            "months": 12,
        },
        0,
    ),
    (
        "stayed_in_placement",
        {"lived": ["A,looked after,2025-01-01,,V2,U4,S"], "months": 12},
        1,
    ),
    (
        "care_proportion",
        {"lived": ["A,looked after,2025-05-11,2025-06-30,C2"], "last": "2025-08-08"},
        50,
    ),
]


@pytest.mark.parametrize(("metric", "given", "expected"), EXAMPLES)
def test_each_worked_example_counts_as_it_says(tmp_path, metric, given, expected):
    assert units(tmp_path, metric, **given) == expected


def test_the_share_of_days_in_care_is_of_all_the_days_lived(tmp_path):
    lived = ["A,looked after,2025-05-11,2025-06-30,C2", "B,need,2025-05-01,"]
    line = found(tmp_path, "care_proportion", lived=lived, who="A\nB", last="2025-08-08").metric
    assert (line.units.value, line.share.value, line.out_of) == (50, 25.0, "child_days")


def term(child, *, missed, excluded=0, day="2025-12-20"):
    held = {
        "sessions possible": 100,
        "sessions missed without leave": missed,
        "fixed-period exclusions": excluded,
    }
    return [f"{child},F1,{name},{day},{value}" for name, value in held.items()]


SPEAKS = [
    f"Y,,{name},{day},0"
    for name in (
        "sessions possible",
        "sessions missed without leave",
        "fixed-period exclusions",
        "antisocial behaviour",
        "offences under 18",
        "work began",
    )
    for day in ("2024-01-01", "2027-12-31")
]


def incidents(name, before, last):
    return [f",F1,{name},2025-02-01,{before}", f",F1,{name},2026-03-01,{last}"]


FAMILIES = [
    ("schooling_met", [*term("A", missed=14), *term("B", missed=0, excluded=2)], 0, 1),
    ("schooling_met", [*term("A", missed=14), *term("B", missed=0, excluded=3)], 0, 0),
    ("schooling_met", [*term("A", missed=15)], 0, 0),
    ("schooling_met", [*term("A", missed=99, day="2025-04-30"), *term("A", missed=1)], 0, 1),
    ("schooling_met", [*incidents("offences under 18", 1, 1)], 0, None),
    ("antisocial_fell", incidents("antisocial behaviour", 10, 4), 0, 1),
    ("antisocial_fell", incidents("antisocial behaviour", 10, 5), 0, 0),
    ("antisocial_fell", incidents("antisocial behaviour", 0, 0), 0, None),
    ("offending_fell", incidents("offences under 18", 6, 4), 0, 1),
    ("offending_fell", incidents("offences under 18", 6, 5), 0, 0),
    ("stayed_in_work", ["P,F1,work began,2025-05-01,1"], 6, 1),
    ("stayed_in_work", ["P,F1,work began,2025-11-01,1"], 6, 0),
    (
        "stayed_in_work",
        ["P,F1,work began,2025-05-01,1", "P,F1,work ended,2025-10-31,1"],
        6,
        0,
    ),
    (
        "stayed_in_work",
        ["P,F1,work began,2025-05-01,1", "Q,F1,work ended,2025-10-31,1"],
        6,
        1,
    ),
]


@pytest.mark.parametrize(("metric", "seen", "months", "expected"), FAMILIES)
def test_a_familys_tests_are_those_of_the_programme(tmp_path, metric, seen, months, expected):
    made = found(tmp_path, metric, seen=[*SPEAKS, *seen], who="F1", months=months)
    assert made.members[0].units.value == expected
    if expected:
        assert made.members[0].proof


def test_a_childs_metric_does_not_tell_of_a_family(tmp_path):
    seen = [*SPEAKS, *term("A", missed=1)]
    made = found(tmp_path, "new_plan", seen=seen, who="F1")
    assert made.members[0].units.value is None
    assert "is a family's" in made.members[0].units.note


def test_csv_and_parquet_say_the_same(tmp_path):
    text = f"{HEAD}\nA,looked after,2025-05-01,2025-06-01,C2,U4,S,E4A,2015-01-01\n"
    (tmp_path / "csv").mkdir()
    (tmp_path / "parquet").mkdir()
    (tmp_path / "csv" / "a.csv").write_text(text)
    frame = pl.read_csv(text.encode(), try_parse_dates=True)
    frame.write_parquet(tmp_path / "parquet" / "a.bin")
    one, other = (records(read_return([tmp_path / name])).episodes for name in ("csv", "parquet"))
    assert len(one) == 1
    for name in ("person", "state", "start", "stop"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.traits["ended"].word(0) == other.traits["ended"].word(0) == "E4A"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,prison,2025-05-01,", "is no state"),
        ("A,need,2025-05-01,2025-04-01", "is before the start"),
        ("A,need,soon,", "is no date"),
        ("A,need,0225-05-01,", "is no date"),
        (",need,2025-05-01,", "is blank, and must not be"),
    ],
)
def test_a_row_that_cannot_be_counted_is_found_and_costs_no_other(tmp_path, row, words):
    (tmp_path / "a.csv").write_text(f"who,state,start,stop\n{row}\nB,need,2025-05-01,\n")
    held = read_return([tmp_path])
    faults = [str(fault.finding) for fault in (*held.faults, *check(held))]
    assert any(line.startswith("a.csv, row 2") and words in line for line in faults)
    assert records(held).children.key[-1] == "B"
    assert len(records(held).episodes) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,offences,2025-05-01,1", "names nobody"),
        ("A,,offences,2025-05-01,many", "is no number"),
        ("A,,offences,2025-05-01,inf", "is no number"),
    ],
)
def test_an_observation_that_says_nothing_is_found(tmp_path, row, words):
    text = f"who,family,measure,day,value\n{row}\nB,,offences,2025-05-01,2\n"
    (tmp_path / "a.csv").write_text(text)
    held = read_return([tmp_path])
    assert any(words in str(fault.finding) for fault in check(held))
    assert records(held).observations.value.tolist() == [2.0]


def test_a_window_that_extracts_do_not_speak_of_cannot_be_checked(tmp_path):
    (tmp_path / "a.csv").write_text("who,state,start,stop\nA,looked after,2025-05-01,\n")
    (tmp_path / "c.txt").write_text("who\nA\n")
    asked = Asked(
        "days_in_care",
        paths=(tmp_path / "a.csv",),
        cohort=tmp_path / "c.txt",
        first_day=date(2025, 4, 1),
        last_day=date(2026, 3, 31),
    )
    assert measure(asked).members[0].units.value is None
    with pytest.raises(InputError, match="nowhere"):
        read_return([tmp_path / "nowhere"])
