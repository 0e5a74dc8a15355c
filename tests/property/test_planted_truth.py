"""What made-up returns plant is found, and nothing else; what is true of them is counted."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from headwater.core.layout import ReturnYear
from headwater.metrics.spans import days, periods, spans
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from headwater.workflows.check_return.answer import check_return
from headwater.workflows.synthesise import Faults, make
from headwater.workflows.synthesise.answer import synthesise
from headwater.workflows.synthesise.asked import Asked
from headwater.workflows.synthesise.faults import read_faults

SHOWN_ELSEWHERE = {"overlap", "gap"}
"""Faults that show in the row after the one that was spoilt."""
HARMLESS = {"bom_file"}
"""Faults that a reader takes in its stride."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("seed", "last", "form", "shape"),
    [
        (1, 2026, "csv", "upload"),
        (2, 2019, "csv", "upload"),
        (3, 2025, "csv", "pipeline"),
        (4, 2027, "csv", "upload"),
        (5, 2021, "xml", "upload"),
        (6, 2026, "xml", "upload"),
    ],
)
def test_sound_returns_of_any_year_and_form_have_nothing_amiss_and_their_days_are_true(
    tmp_path, seed, last, form, shape
):
    asked = Asked("norfolk", 1500, 3, last_year=last, seed=seed, forms=(form,), shape=shape)
    synthesise(asked, out=tmp_path)
    found = check_return([tmp_path / "returns"])
    assert [line for line in found.faults if line.level in {"wrong", "doubtful"}] == []
    truth = defaultdict(int)
    for row in rows(tmp_path / "truth" / "child_years.csv"):
        truth[row["year"]] += int(row["days"]) + int(row["break_days"])
    assert {line.year: line.days.value for line in found.care} == truth


@pytest.mark.parametrize(("seed", "last"), [(1, 2026), (2, 2019), (3, 2027)])
def test_every_form_of_one_authority_has_nothing_amiss_and_names_the_same_children(
    tmp_path, seed, last
):
    forms = ("csv", "cin", "annex-a", "attendance")
    synthesise(Asked("norfolk", 1500, 3, last_year=last, seed=seed, forms=forms), out=tmp_path)
    found = check_return([tmp_path / "returns"])
    assert {line.form for line in found.forms} == {"ssda903", "cin", "annex_a", "plain"}
    assert [line for line in found.faults if line.level in {"wrong", "doubtful"}] == []


def test_cases_and_plans_of_the_census_are_those_that_were_lived(tmp_path):
    asked = Asked("hartlepool", 1500, 3, seed=9, forms=("cin",))
    synthesise(asked, out=tmp_path)
    held = records(read_return([tmp_path / "returns"]))
    lives = make(asked, Faults()).lives
    cases, first_after = lives.cases, held.covers["need"]
    went_on, plans = cases.kind > 0, cases.plan_stop > cases.plan
    plans &= cases.plan >= 0
    lived = {
        "need": (cases.child[went_on], cases.start[went_on], cases.stop[went_on]),
        "plan": (cases.child[plans], cases.plan[plans], cases.plan_stop[plans]),
    }
    for state, rows in lived.items():
        own = held.episodes.state == held.episodes.states.index(state)
        read = spans(held.episodes, own)
        keys = [held.children.key[person] for person in read.person]
        counted = _days(keys, read.start, read.stop, *first_after)
        keys = [lives.children.key[child] for child in rows[0]]
        assert counted == _days(keys, *rows[1:], *first_after) != {}


def _days(keys, starts, stops, first, after):
    """Return each child's days within a time, a day once."""
    held = defaultdict(set)
    for key, start, stop in zip(keys, starts.tolist(), stops.tolist(), strict=True):
        held[str(key)] |= set(range(max(start, first), min(stop, after)))
    return {key: len(days) for key, days in held.items() if days}


def test_each_childs_days_are_those_that_it_lived(tmp_path):
    synthesise(Asked("hartlepool", 1500, 3, seed=9), out=tmp_path)
    held = records(read_return([tmp_path / "returns" / "ssda903"]))
    broken = held.episodes.traits["legal_status"].among({"V3", "V4"})
    care = held.episodes.state == held.episodes.states.index("looked after")
    whole = periods(spans(held.episodes, care & ~broken))
    place = {key: i for i, key in enumerate(held.children.key)}
    counted = 0
    for row in rows(tmp_path / "truth" / "child_years.csv"):
        year = ReturnYear(int(row["year"][:4]) + 1)
        first = (year.first_day.toordinal(), year.last_day.toordinal() + 1)
        low, high = (day - 719163 for day in first)
        mine = whole.person == place[row["child"]]
        own = type(whole)(whole.person[mine], whole.start[mine], whole.stop[mine])
        assert days(own, low, high) == int(row["days"]), row
        counted += 1
    assert counted > 100


def test_what_was_planted_is_found_and_nothing_else_is(tmp_path):
    made = tmp_path / "made"
    synthesise(Asked("norfolk", 3000, 3), out=made, faults=read_faults("everyday"))
    held = read_return([made / "returns" / "ssda903"])
    faults = [*held.faults, *check(held)]
    at_row, of_child, of_file = defaultdict(set), defaultdict(set), defaultdict(set)
    for fault in faults:
        at_row[fault.finding.file, fault.finding.row].add(fault.number)
        of_child[fault.child].add(fault.number)
        of_file[fault.finding.file].add(fault.number)
    planted = rows(made / "truth" / "faults.csv")
    children = set()
    for row in planted:
        file = row["file"].removeprefix("ssda903/")
        children |= {row["child"], row["after"]}
        if row["kind"] in HARMLESS:
            continue
        if row["kind"] == "two_ids":
            assert row["column"] == "CHILD"
            if file.endswith("episodes.csv"):
                assert of_child[row["after"]] & {"identity", "562"}, row
        elif row["kind"] in SHOWN_ELSEWHERE:
            assert of_child[row["child"]] & set(row["rules"].split()), row
        elif row["row"]:
            assert at_row[file, row["row"]], row
        else:
            assert of_file[file], row
    strangers = [f for f in faults if f.child and f.child not in children and f.finding.stops]
    assert [str(fault.finding) for fault in strangers] == []
    assert "identity" in {fault.number for fault in faults}


def test_what_a_return_says_is_not_counted_again_from_an_extract(tmp_path):
    forms = ("csv", "cin", "annex-a")
    synthesise(Asked("norfolk", 1500, 3, forms=forms), out=tmp_path)
    both, care = ([tmp_path / "returns"], [tmp_path / "returns" / "ssda903"])
    assert check_return(both).care == check_return(care).care
    said = {line.what: line.rows.value for line in check_return(both).said}
    alone = {line.what: line.rows.value for line in check_return([tmp_path / "returns/cin"]).said}
    assert {what: said[what] for what in alone} == alone
    assert {"early help", "contact"} <= said.keys() - alone.keys()
