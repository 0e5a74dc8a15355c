"""Laws of made-up returns, for every seed, year and place."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import made_returns as read
from headwater.catalogue.returns import layout
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear
from headwater.synthesis.annex_a import annex_a
from headwater.synthesis.cin import cin
from headwater.workflows.synthesise import Asked, Faults, make, written

RUNS = [(1, 2026), (2, 2019), (3, 2027)]
PLACES = ("T0", "T1", "T2", "T3", "T4")
CHANGED = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")


def tables(held, year):
    folder = f"returns/ssda903/{ReturnYear(year)}/"
    return {
        name.removeprefix(folder).removesuffix(".csv"): read.rows(data)
        for name, data in held.items()
        if name.startswith(folder)
    }


@pytest.mark.parametrize(("seed", "last_year"), RUNS)
def test_truth_is_what_a_count_of_the_written_files_gives(seed, last_year) -> None:
    held = read.files(seed, last_year)
    truth = {(row["child"], row["year"]): row for row in read.rows(held["truth/child_years.csv"])}
    seen = set()
    for year, children in read.episodes(held).items():
        last = date(year, 3, 31)
        for child, mine in children.items():
            usual = [row for row in mine if row["LS"] not in read.BREAKS]
            entries = sum(
                row["RNE"] == "S" and row["start"] > last.replace(year=year - 1) for row in usual
            )
            exits = sum(row["REC"] not in {"", "X1"} for row in usual)
            stock = sum(row["stop"] is None for row in usual)
            counted = (
                len(read.days_of_year(mine, year, breaks=False)),
                len(read.days_of_year(mine, year, breaks=True)),
                entries,
                exits,
                stock,
            )
            said = truth.get((child, str(ReturnYear(year))))
            names = ("days", "break_days", "entries", "exits", "stock")
            assert counted == (tuple(int(said[n]) for n in names) if said else (0,) * 5)
            seen.add((child, str(ReturnYear(year))))
    assert set(truth) <= seen


@pytest.mark.parametrize(("seed", "last_year"), RUNS)
def test_episodes_follow_on_one_another(seed, last_year) -> None:
    for year, children in read.episodes(read.files(seed, last_year)).items():
        last = date(year, 3, 31)
        for mine in children.values():
            assert mine == sorted(mine, key=lambda row: row["start"])
            for row in mine:
                assert row["start"] <= last
                assert row["stop"] is None or row["start"] < row["stop"] <= last
                assert (row["DEC"] == "") == (row["REC"] == "")
            for row, after in pairwise(mine):
                assert row["stop"] is not None
                assert row["stop"] <= after["start"]
                if row["REC"] == "X1":
                    assert after["start"] == row["stop"]
                    assert after["RNE"] != "S"
                    _change_is_coded(row, after)
                else:
                    assert after["RNE"] == "S"
                    assert after["start"] > row["stop"]
            assert mine[-1]["REC"] != "X1"


def _change_is_coded(row, after) -> None:
    moved = any(row[name] != after[name] for name in CHANGED)
    status = row["LS"] != after["LS"]
    assert (status, moved) == {
        "L": (True, False),
        "P": (False, True),
        "T": (False, True),
        "B": (True, True),
        "U": (True, True),
    }[after["RNE"]]
    temporary = row["PLACE"] in PLACES or after["PLACE"] in PLACES
    assert bool(row["REASON_PLACE_CHANGE"]) == (moved and not temporary)
    assert row["CIN"] == after["CIN"]


@pytest.mark.parametrize(("seed", "last_year"), RUNS)
def test_what_is_open_at_the_end_of_a_year_returns_in_the_next(seed, last_year) -> None:
    years = read.episodes(read.files(seed, last_year))
    for year, next_year in pairwise(sorted(years)):
        for child, mine in years[year].items():
            if mine[-1]["stop"] is None:
                again = years[next_year][child][0]
                for name in ("DECOM", "RNE", "LS", "CIN", "PLACE_PROVIDER", "PL_POST"):
                    assert again[name] == mine[-1][name]
        begun = {child for child, mine in years[next_year].items() if mine[0]["RNE"] != "S"}
        assert begun <= set(years[year])


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_a_return_has_the_tables_columns_and_codes_of_its_year(year) -> None:
    held = tables(read.files(4, year, 1, 2000), year)
    known = {table.name: table for table in layout("ssda903").in_year(year)}
    assert set(held) == set(known)
    header = {row["CHILD"]: row for row in held["header"]}
    for name, rows in held.items():
        for row in rows:
            assert [*row] == [column.name for column in known[name].in_year(year)]
            assert row["CHILD"] in header
            assert row.get("DOB", header[row["CHILD"]]["DOB"]) == header[row["CHILD"]]["DOB"]
            for column in known[name].in_year(year):
                cell = row[column.name]
                assert cell or not column.needed, (name, column.name)
                assert not (cell and column.codes) or cell in column.allows(year), (name, row)
        if known[name].once:
            assert len({row["CHILD"] for row in rows}) == len(rows)


def test_a_pupil_number_has_its_check_letter() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    numbers = [row["UPN"] for row in tables(read.files(), 2026)["header"]]
    whole = [upn for upn in numbers if not upn.startswith("UN")]
    assert len(whole) > 20
    assert len(set(whole)) == len(whole)
    for upn in whole:
        total = sum(int(digit) * place for place, digit in enumerate(upn[1:], start=2))
        assert upn[0] == letters[total % 23]


@given(seed=st.integers(0, 2**31 - 1))
@settings(max_examples=4, deadline=None)
def test_the_same_seed_gives_the_same_bytes(seed) -> None:
    asked = Asked("hartlepool", children=150, years=2, seed=seed, forms=("csv", "xml", "cin"))
    first, second = (written(make(asked, Faults())) for _ in range(2))
    assert first == second
    other = written(make(Asked("hartlepool", children=150, years=2, seed=seed // 2 + 1), Faults()))
    assert first["truth/children.csv"] != other["truth/children.csv"] or seed == seed // 2 + 1


def test_another_form_changes_no_life() -> None:
    few = written(make(Asked("hartlepool", children=150, years=2), Faults()))
    more = written(make(Asked("hartlepool", children=150, years=2, forms=("csv", "cin")), Faults()))
    assert {name: more[name] for name in few if "truth.json" not in name} == {
        name: entry for name, entry in few.items() if "truth.json" not in name
    }


ORDER = (
    *("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate"),
    *("ReasonForClosure", "DateOfInitialCPC", "Assessments", "CINPlanDates", "Section47"),
    *("ReferralNFA", "ChildProtectionPlans", "PreProceedingsandFGDM"),
)


@pytest.mark.parametrize("year", [2017, 2021, 2022, 2024, 2025, 2026, 2027])
def test_a_census_keeps_its_rules(year) -> None:
    lives = read.made(5, year, 1, 1500).lives
    root = etree.fromstring(cin(lives, year).encode())
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == str(last)
    keys = [child.findtext("ChildIdentifiers/LAchildID") for child in root.iter("Child")]
    assert len(set(keys)) == len(keys) > 100
    plans = 0
    for child in root.iter("Child"):
        named = child.find("ChildIdentifiers")
        assert (named.find("Sex") is not None) == (year >= 2025)
        assert (named.find("UPN") is None) == (named.find("UPNunknown") is not None)
        cases = child.findall("CINdetails")
        assert cases
        _no_case_overlaps(cases)
        for case in cases:
            tags = [ORDER.index(each.tag) for each in case]
            assert tags == sorted(tags)
            assert (case.find("CINPlanDates") is None) or year >= 2022
            assert (case.find("PreProceedingsandFGDM") is None) or year >= 2027
            plans += len(case.findall("ChildProtectionPlans"))
            _case_keeps_its_rules(case, first, last)
    assert plans


def _no_case_overlaps(cases) -> None:
    spans = [
        (each.findtext("CINreferralDate"), each.findtext("CINclosureDate") or "9999")
        for each in cases
        if each.findtext("ReferralNFA") == "0"
    ]
    assert all(a[1] <= b[0] for a, b in pairwise(sorted(spans)))


def _case_keeps_its_rules(case, first, last) -> None:
    start, closed = case.findtext("CINreferralDate"), case.findtext("CINclosureDate")
    within = [each for each in case.iter() if each.text and each.tag.endswith(("Date", "CPC"))]
    for each in within:
        if each.tag not in {"CINreferralDate", "CINclosureDate"}:
            assert start <= each.text, each.tag
            assert closed is None or each.text <= closed, each.tag
            assert each.text <= str(last)
    assert closed is None or str(first) <= closed <= str(last)
    if case.findtext("ReferralNFA") == "1":
        assert {each.tag for each in case} == {"CINreferralDate", "ReferralSource", "ReferralNFA"}
        return
    held = [date.fromisoformat(each.text) for each in case.iter("DateOfInitialCPC")]
    assert all(day.weekday() < 5 for day in held)
    for plan in case.findall("ChildProtectionPlans"):
        began = date.fromisoformat(plan.findtext("CPPstartDate"))
        assert began < first or began in held
        ended = plan.findtext("CPPendDate")
        for mine in case.findall("CINPlanDates"):
            before = (mine.findtext("CINPlanEndDate") or "9999") < str(began)
            after = ended is not None and mine.findtext("CINPlanStartDate") > ended
            assert before or after
        reviews = [each.text for each in plan.iter("CPPreviewDate")]
        assert all(str(began) < day <= (ended or str(last)) for day in reviews)


def test_a_workbook_is_the_same_each_time() -> None:
    lives = read.made(6, 2026, 1, 300).lives
    assert annex_a(lives) == annex_a(lives)


def test_every_place_can_be_lived_in() -> None:
    for place in ("301", "isles-of-scilly", "city of london", "england", "rutland"):
        held = make(Asked(place, children=60, years=1), Faults())
        assert len(held.lives.children) == 60


def test_nobody_is_in_care_when_grown_or_before_birth() -> None:
    held = read.files(7, 2026, 3)
    born = {
        row["CHILD"]: read.day(row["DOB"])
        for year in (2024, 2025, 2026)
        for row in tables(held, year)["header"]
    }
    for children in read.episodes(held).values():
        for child, mine in children.items():
            for row in mine:
                assert born[child] < row["start"]
                assert (row["stop"] or row["start"]) <= born[child] + timedelta(days=18 * 366)
