"""Twelve questions to an agreement, priced by the engine that pays."""

import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from headwater.catalogue.files import DATA
from headwater.cli.lint import show_lint
from headwater.cli.main import app
from headwater.contracts.check_agreement import QUESTIONS
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.lint.answer import NO_MODEL, lint
from headwater.workflows.odds.answer import odds
from headwater.workflows.odds.read import asked_of, read_odds

DAYS = Path(str(DATA / "examples/care-days.toml"))


@pytest.fixture(scope="module")
def found():
    return lint(read_agreement(str(DAYS)), draws=400)


def by_id(found):
    return {check.question.id: check for check in found.checks}


def test_every_question_is_put(found):
    assert [check.question.id for check in found.checks] == list(QUESTIONS)


def test_what_is_paid_anyway_is_priced_by_the_engine(found):
    # 150 children × 0.552 × 730 days × 12.50, each child capped at 8,000.
    assert found.nothing.value == pytest.approx(150 * 0.552 * 8_000, rel=0.02)
    assert found.promised.value == pytest.approx(150 * 0.638 * 8_000, rel=0.02)
    anyway = by_id(found)["deadweight_estimated"]
    assert anyway.question.answer is False
    assert anyway.exposure.value == found.nothing.value


def test_five_points_of_drift_cost_what_five_points_earn(found):
    # 150 children × 0.05 × 8,000.
    assert by_id(found)["baseline_frozen"].exposure.value == pytest.approx(60_000, rel=0.05)


def test_a_question_without_a_money_model_says_so(found):
    publication = by_id(found)["publication"]
    assert publication.question.answer is None
    assert publication.exposure.value is None
    assert publication.how == NO_MODEL


def test_what_a_safeguard_says_is_cited(tmp_path):
    path = tmp_path / "said.toml"
    said = '\n[safeguard.publication]\nanswer = true\nwords = "all results"\nclause = "9.2"\n'
    path.write_text(DAYS.read_text("utf-8") + said, encoding="utf-8")
    check = by_id(lint(read_agreement(str(path)), draws=100))["publication"]
    assert check.question.answer is True
    assert check.question.shown_by == "all results (9.2)"


def test_lint_and_odds_pay_by_the_same_engine_on_the_same_luck():
    shown = odds(read_odds("edge-of-care"), draws=1000).rules[0].at
    asked = lint(read_agreement("edge-of-care"), draws=1000)
    assert asked.nothing.value == shown[1].pays.value
    assert asked.promised.value == shown[-1].pays.value


def test_no_gap_exposes_more_than_the_agreement_can_pay():
    found = lint(read_agreement("edge-of-care"), draws=400)
    priced = [check.exposure.value or 0.0 for check in found.checks]
    assert max(priced) <= 1_000_000
    assert by_id(found)["refusal_limited"].exposure.value > 0


def test_what_is_not_yet_due_half_way_is_exposed_where_nobody_may_leave(found):
    # Outcomes come evenly from October 2026 to March 2028; the middle is 30 September 2027.
    left = by_id(found)["termination"].exposure.value
    assert left == pytest.approx(found.promised.value / 3, rel=0.03)


def test_what_to_add_is_said_once():
    done = CliRunner().invoke(app, ["lint", "essex_mst"], env={"COLUMNS": "80"})
    said = " ".join(done.stdout.split())
    assert said.count("[[expected]]") == 1
    assert said.index("No gap can be priced") < said.index("1. Is the cohort")
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_an_unpublished_price_is_named(tmp_path):
    text = DATA.joinpath("contracts/norfolk_stronger_families.toml").read_text("utf-8")
    text += (
        '\n[[expected]]\nmetric = "out_of_care"\npeople = 9\nwithout = 0.5\npromised = 0.6\n'
        "first_day = 2020-01-01\nlast_day = 2021-01-01\n"
        'because = "made up"\n'
    )
    path = tmp_path / "norfolk.toml"
    path.write_text(text, encoding="utf-8")
    found = lint(read_agreement(str(path)), draws=100)
    assert found.add == "No gap can be priced: nobody published the numbers of 'days_out_of_care'."
    assert found.promised.value is None


@pytest.mark.parametrize("width", [80, 60])
def test_a_narrow_screen_breaks_lines_at_blanks_and_keeps_them_in(found, width):
    screen = Console(width=width, record=True, force_terminal=False)
    show_lint(screen, found)
    lines = screen.export_text().splitlines()
    assert all(len(line) <= width for line in lines)
    answers = lines[lines.index(next(line for line in lines if line.startswith(" 1."))) :]
    assert all(line[:4].strip() in {"", *(f"{i}." for i in range(1, 13))} for line in answers)


def test_amounts_have_the_range_of_draws(found):
    for figure in (found.promised, found.nothing):
        assert figure.low < figure.value < figure.high
        assert figure.interval == "80% of draws"


def written(tmp_path, text):
    path = tmp_path / "agreement.toml"
    path.write_text(text, encoding="utf-8")
    return read_agreement(str(path))


EDGE = DATA.joinpath("examples/edge-of-care.toml").read_text("utf-8")
NO_ODDS = EDGE[: EDGE.index("[odds]")]


def test_false_claims_cost_what_as_many_more_successes_earn(tmp_path):
    # 380 × (0.552 + 0.086) × 0.05 = 12.1 successes; paid on a comparison, each earns w, so that
    # they are far more than a twentieth of what is paid.
    text = EDGE.replace("independent = true", "independent = false")
    found = lint(written(tmp_path, text), draws=1000)
    each = (found.promised.value - found.nothing.value) / (380 * 0.086)
    exposed = by_id(found)["data_independent"].exposure.value
    assert exposed == pytest.approx(380 * 0.638 * 0.05 * each, rel=1e-6)
    assert exposed > 0.3 * found.promised.value


def test_what_passes_the_promise_of_a_cohort_is_no_single_draw(tmp_path):
    exposed = {
        by_id(lint(written(tmp_path, NO_ODDS), draws=2000, seed=seed))["limits"].exposure.value
        for seed in range(1, 5)
    }
    # Promised 32.68 with an error of 18.6, capped at a million: one in 20 passes 63.3 × 20,000.
    assert all(value == pytest.approx(1_000_000 - 600_000, rel=0.1) for value in exposed)


def test_outcomes_that_must_last_are_not_said_to_pay_nothing(tmp_path):
    text = DAYS.read_text("utf-8").replace(
        'of = "day_out"\nclause = "3.1"', 'of = "day_out"\nwhere = { least_days = 90 }'
    )
    found = lint(written(tmp_path, text), draws=100)
    assert found.promised.value is None
    assert found.add == (
        "No gap can be priced: 'days' pays for outcomes that last, and [[expected]] does not say"
        " how long they do: add lasts_days."
    )


@pytest.mark.parametrize(("lasts", "pays"), [(182, True), (181, False)])
def test_outcomes_that_must_last_are_paid_where_they_last_as_long(lasts, pays, tmp_path):
    text = DAYS.read_text("utf-8").replace(
        'of = "day_out"\nclause = "3.1"', 'of = "day_out"\nwhere = { least_days = 182 }'
    )
    long = text.replace("last_day = 2028-03-31\n", f"last_day = 2028-03-31\nlasts_days = {lasts}\n")
    assert long.count("lasts_days") == 1
    amount = lint(written(tmp_path, long), draws=100).promised.value
    assert amount is not None
    assert (amount > 0) == pays


def test_instalments_for_outcomes_that_last_are_worked_out(tmp_path):
    """100 certain outcomes of 182 days: £500 at 91 days and £700 at 182; none reaches a year."""
    text = DAYS.read_text("utf-8")
    start, end = text.index("[[term]]"), text.index("[[expected]]")
    term = (
        '[[term]]\nid = "stays"\nkind = "sustainment"\nof = "day_out"\ninstalment = ['
        "{ days = 91, amount = 500 }, { days = 182, amount = 700 },"
        " { months = 12, amount = 900 }]\n\n"
    )
    tail = text[end:].replace("people = 150\neach = 730", "people = 100\nlasts_days = 182")
    tail = tail[: tail.index("[odds]")] if "[odds]" in tail else tail
    certain = tail.replace("without = 0.552", "without = 0").replace(
        "promised = 0.638", "promised = 1"
    )
    found = lint(written(tmp_path, text[:start] + term + certain), draws=50)
    assert found.promised.value == 100 * (500 + 700)


def test_an_outcome_whose_last_day_is_after_the_last_period_is_named(tmp_path):
    """The last begins on 31 March 2028 and lasts three years: until 30 March 2031."""
    text = DAYS.read_text("utf-8").replace(
        "last_day = 2028-03-31\n", "last_day = 2028-03-31\nlasts_days = 1095\n"
    )
    assert any(
        "goes on to 2031-03-30;" in said for said in lint(written(tmp_path, text), draws=50).beware
    )


def test_a_grant_is_not_told_to_add_what_it_cannot_hold():
    found = lint(read_agreement("families-first-grant"), draws=100)
    assert "[[expected]]" not in found.add
    assert found.add.startswith("No gap has a price: nothing is paid for results.")


def test_a_promise_that_is_not_the_one_tested_is_named(tmp_path):
    assert lint(read_agreement("care-days"), draws=100).beware == ()
    text = DAYS.read_text("utf-8").replace("promised = 0.638", "promised = 0.7")
    (said,) = lint(written(tmp_path, text), draws=100).beware
    assert "from 55.2% to 70%" in said
    assert "from 55.2% to 63.8%" in said


def test_more_outcomes_than_can_be_settled_are_refused_with_how_many_can(tmp_path):
    text = DAYS.read_text("utf-8").replace("people = 150\neach", "people = 1000000\neach")
    with pytest.raises(InputError, match=r"Choose 100 or fewer"):
        lint(written(tmp_path, text), draws=1000)
    with pytest.raises(InputError, match=r"Let \[\[expected\]\] stand for fewer people"):
        odds(asked_of(written(tmp_path, text)), draws=1000)


def test_choosing_people_earns_nothing_where_those_compared_are_chosen_alike(found):
    chosen = by_id(lint(read_agreement("edge-of-care"), draws=100))["refusal_limited"]
    assert "nothing if both are chosen alike" in chosen.how
    assert "chosen alike" not in by_id(found)["refusal_limited"].how


STARTS = """[[metric]]
id = "start"
name = "Start"
about = "person"
unit = "child"
[[price]]
metric = "start"
amount = 5000
per = "child"
[[term]]
id = "starts"
kind = "outcome_payment"
of = "start"
[[expected]]
metric = "start"
people = 150
without = 1
promised = 1
first_day = 2026-10-01
last_day = 2028-03-31
because = "made up"
"""


def test_false_claims_cost_no_less_than_their_part_of_what_is_paid(tmp_path):
    text = DAYS.read_text("utf-8")
    found = lint(written(tmp_path, text[: text.index("[safeguard.data_ind")] + STARTS), draws=400)
    exposed = by_id(found)["data_independent"].exposure.value
    assert exposed == pytest.approx(0.05 * found.promised.value)


def test_outcomes_after_the_last_period_and_a_promise_paid_less_are_named(tmp_path):
    text = DAYS.read_text("utf-8")
    text = text[: text.index("[odds]")].replace("last_day = 2028-03-31", "last_day = 2029-06-30")
    found = lint(written(tmp_path, text), draws=100)
    (said,) = found.beware
    assert said == (
        "[[expected]] of 'day_out' goes on to 2029-06-30; the last period ends on 2029-03-31, and"
        " what comes later is not paid."
    )
    less = lint(written(tmp_path, text.replace("promised = 0.638", "promised = 0.4")), draws=100)
    assert less.beware[-1].startswith("It pays less if the promise is kept than if nothing changes")
    assert all((check.exposure.value or 0.0) >= 0.0 for check in less.checks)


def test_a_mean_stands_in_the_unit_of_its_range(capsys):
    from rich.console import Console  # noqa: PLC0415

    from headwater.cli.lint import show_lint  # noqa: PLC0415

    show_lint(Console(width=200), lint(read_agreement("edge-of-care"), draws=1000))
    assert re.search(r"It pays £[0-9.]+m \[£0\.00m to £[0-9.]+m\]", capsys.readouterr().out)
