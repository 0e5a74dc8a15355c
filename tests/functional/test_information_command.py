"""`headwater business-case --value-of-information --pilot N`: what it prints and advises."""

import io
import json
import re

import numpy as np
import openpyxl
import pytest
import typer
from report_walker import walk
from typer.testing import CliRunner

from headwater.appraisal.information import partial
from headwater.cli import business_case
from headwater.workflows.business_case import Pilot, Question, read_case, run_business_case
from headwater.workflows.business_case.decision import decisions
from headwater.workflows.business_case.inputs import EFFECT, RISK, inputs
from headwater.workflows.business_case.pilot import (
    ALONGSIDE,
    BUY,
    EITHER,
    LEAVE,
    TEST,
    study,
    study_worth,
)
from headwater.workflows.business_case.run import work_through

NORFOLK = (
    *("--place", "norfolk", "--programme", "family_group_conference", "--cohort", "150"),
    *("--cost-per-child", "2000", "--draws", "200", "--years", "2"),
)
ASKED = ("--value-of-information", "--pilot", "200")
WIDTH = 80


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("information")
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    business_case.register(app)
    files = {name: folder / f"out.{name}" for name in ("json", "html", "xlsx")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("headwater.cli.output.console.width", WIDTH)
        words = ["business-case", *NORFOLK, *ASKED, "--json", str(files["json"])]
        words += ["--report", str(files["html"]), "--xlsx", str(files["xlsx"])]
        result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout, files


@pytest.fixture(scope="module")
def found(ran):
    return json.loads(ran[1]["json"].read_bytes())["result"]["information"]


def test_the_screen_says_what_to_know_and_whether_to_test(ran):
    text = ran[0]
    for part in (
        r"What knowing more is worth",
        r"To the council knowing every input before deciding is worth most\s+where",
        r"Worth of knowing one input: council",
        r"effect of the programme +£",
        r"England: 26,783 children a year",
        r"A pilot of 200 families, as a trial: costs £400k \(assumed\), result after 12\s+months",
        r"CAUTION Its result comes after 12 months, when the year's children have started",
        r"CAUTION Finding 200 families here, where 150 children start in a year, takes\s+about 16",
        r"Rule of thumb: ",
    ):
        assert re.search(part, text), part
    assert (
        max(len(one) for one in text.splitlines() if not one.lstrip().startswith("http")) <= WIDTH
    )


def test_every_share_and_both_budgets_are_there(found):
    for whom in ("council", "all public budgets"):
        lines = [line for line in found["shares"] if line["for_whom"] == whom]
        shares = [line["share"]["value"] for line in lines]
        assert shares == sorted(shares)
        assert {10.0 * i for i in range(11)} <= {round(share, 9) for share in shares}
        pilots = [line["share"] for line in found["pilot"]["lines"] if line["for_whom"] == whom]
        assert pilots == [line["share"] for line in lines]


def test_knowing_more_is_worth_most_where_it_breaks_even(found):
    for whom in ("council", "all public budgets"):
        lines = [line for line in found["shares"] if line["for_whom"] == whom]
        (even,) = [line for line in lines if line["now"] == "breaks even"]
        assert even["net"]["value"] == pytest.approx(0.0, abs=0.01)
        assert even["here"]["value"] == max(line["here"]["value"] for line in lines)


def test_nothing_is_worth_more_than_knowing_everything(found):
    most = {}
    for line in found["shares"]:
        most.setdefault(line["for_whom"], {})[line["share"]["value"]] = line["here"]["value"]
    for line in found["inputs"]:
        for one, cap in zip(line["by_share"], most[line["for_whom"]].values(), strict=True):
            assert 0.0 <= one["value"] <= cap + 1e-6
    for line in found["pilot"]["lines"]:
        cap = most[line["for_whom"]][line["share"]["value"]]
        assert 0.0 <= line["year_here"]["value"] <= cap + 1e-6


def test_england_is_the_cohort_times_a_sourced_count(found):
    times = found["eligible"]["value"] / 150
    assert found["eligible"]["sources"]
    for line in found["shares"]:
        assert line["england"]["value"] == pytest.approx(times * line["here"]["value"])
        assert set(found["eligible"]["sources"]) <= set(line["england"]["sources"])


def test_where_nothing_is_cash_it_is_left_and_where_all_is_cash_waiting_only_harms(found):
    advice = {
        (line["for_whom"], line["share"]["value"]): line["advice_here"]
        for line in found["pilot"]["lines"]
    }
    assert advice["council", 0.0] == LEAVE
    assert advice["council", 100.0] == BUY
    assert set(advice.values()) <= {BUY, LEAVE, TEST, ALONGSIDE, EITHER}


def test_the_report_has_its_section_and_no_bare_digit(ran):
    walked = walk(ran[1]["html"].read_text("utf-8"))
    assert walked.bare == []
    ids = {held["id"] for _, held in walked.tags if "id" in held}
    assert "knowing-more" in ids


def test_the_workbook_has_its_tables(ran):
    book = openpyxl.load_workbook(io.BytesIO(ran[1]["xlsx"].read_bytes()))
    assert {"information", "information-inputs", "pilot", "pilot-worth"} <= set(book.sheetnames)


@pytest.fixture(scope="module")
def pilots(small_case):
    case = small_case(draws=200)
    wide = {"scale": "odds_ratio", "value": 0.95, "low": 0.3, "high": 3.0, "months": 12}
    unsure = case.model_copy(
        update={
            "effect": type(case)
            .model_validate({**case.model_dump(), "effect": {**wide, "source": "made up"}})
            .effect
        }
    )

    def call(pilot: Pilot):
        return run_business_case(unsure, question=Question(pilot)).information.pilot

    return call


def test_where_little_is_known_and_many_years_are_decided_for_testing_is_right(pilots):
    few, many = (pilots(Pilot(400, cost=20_000.0, years=years)) for years in (1, 10))
    assert {line.advice_here for line in few.lines} <= {BUY, LEAVE}
    assert {line.advice_here for line in many.lines} & {TEST, EITHER, ALONGSIDE}


def test_a_larger_trial_tells_more_and_may_be_larger_than_the_cohort(pilots):
    small, large = pilots(Pilot(20)), pilots(Pilot(20_000))
    assert small.effect_resolved.value < large.effect_resolved.value <= 100.0
    for one, other in zip(small.lines, large.lines, strict=True):
        assert one.year_here.value <= other.year_here.value + 1e-6


def test_a_pilot_that_is_hardly_what_it_says_is_told_so(pilots):
    cheap = pilots(Pilot(400, cost=1000.0, years=5, delay_months=60.0)).cautions
    assert [one.split(",")[0] for one in cheap] == [
        "Its result comes after 60 months",
        "It is said to cost £1",
    ]
    assert pilots(Pilot(400, years=6, delay_months=60.0)).cautions == ()


def test_the_report_shows_only_shares_at_which_the_pilot_tells(ran, found):
    told = [
        line
        for line in found["pilot"]["lines"]
        if max(line["year_here"]["value"], line["year_england"]["value"]) >= 0.5
    ]
    assert 0 < len(told) < len(found["pilot"]["lines"])
    text = ran[1]["html"].read_text("utf-8")
    table = text[text.index('<table id="pilot-worth"') :].split("</table>")[0]
    assert table.count('<th role="rowheader"') == len(told)


def test_what_never_pays_is_known_in_the_workbook(ran):
    sheet = openpyxl.load_workbook(io.BytesIO(ran[1]["xlsx"].read_bytes()))["pilot-worth"]
    words = {cell for row in sheet.iter_rows(min_row=6, values_only=True) for cell in row}
    assert "never" in words
    assert "not known" not in words


def test_a_result_at_once_costs_nobody_any_waiting(pilots):
    pilot = pilots(Pilot(400, cost=0.0, delay_months=0.0))
    for line in pilot.lines:
        assert line.net_here.value == pytest.approx(line.year_here.value)


def test_children_of_several_years_are_discounted_once(small_case):
    """A result at once, for the years of the cohort itself, is worth what it is for the cohort."""
    starts = [{"year": f"{y}-{y + 1 - 2000}", "children": 25} for y in range(2025, 2029)]
    case = small_case(draws=200, cohort={"children": 100, "ages": [10, 12], "starts": starts})
    run = work_through(case)
    decision = decisions(run, inputs(run))[1]
    pilot = Pilot(10**6, cost=0.0, delay_months=0.0)
    found = study_worth(decision, study(run, pilot, decision))
    both = [decision.index(name) for name in (EFFECT, RISK)]
    certain = partial(decision.explained, [i for i in both if i is not None])
    np.testing.assert_allclose(found.net, certain, rtol=0.02, atol=1.0)
    assert found.net.max() > 100.0


def test_what_its_own_families_save_is_counted_as_their_help_is(small_case):
    """Half are helped, all are paid for; and no pilot is run for the help alone."""
    run = work_through(small_case(draws=200))
    decision = decisions(run, inputs(run))[0]
    children = run.tally.children
    mean = decision.explained.mean
    half = (mean - mean[0]) / 2
    for cost in (0.0, 2000.0 * children):
        pilot = Pilot(children, cost=cost, delay_months=12.0)
        found = study_worth(decision, study(run, pilot, decision))
        paid = np.maximum(cost - half, 0.0)
        np.testing.assert_allclose(found.net, -np.maximum(mean, 0.0) - paid, atol=1e-6)


def test_without_an_effect_or_a_cost_there_is_no_decision_to_inform(small_case):
    shipped = read_case("stronger-families-norfolk").model_copy(update={"draws": 200})
    for case in (shipped, small_case(draws=200, delivery=None)):
        found = run_business_case(case, question=Question(Pilot(200))).information
        assert found.in_words[0].startswith("Not known: ")
        assert (found.shares, found.inputs, found.pilot) == ((), (), None)


def test_it_is_not_worked_out_unless_it_is_asked(small_case):
    assert run_business_case(small_case()).information is None
