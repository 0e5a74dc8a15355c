"""`headwater odds`, as a council's finance officer sees it."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.evaluation.simulate import simulate
from headwater.evaluation.study import study_of
from headwater.workflows.agreements import shipped_examples
from headwater.workflows.odds.answer import odds
from headwater.workflows.odds.as_written import as_written
from headwater.workflows.odds.read import read_odds
from odds_tables import asked, given, peterborough, study

LINE = "threshold = 0.05\npays = 1_000_000\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the shipped example; return its JSON and its screen."""
    path = tmp_path_factory.mktemp("odds") / "odds.json"
    words = ["odds", "family-group-conferences", "--draws", "4000", "--json", str(path)]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return json.loads(path.read_text("utf-8")), " ".join(done.stdout.split())


def test_the_two_chances_come_first(run):
    _, screen = run
    nothing = "If the service changes nothing, 'all if 5 points better' still pays in 14 of 100"
    missed = "If it does all that is promised (8.6 points), nothing is paid in 21 of 100."
    assert screen.index(nothing) < screen.index(missed) < screen.index("How often it pays")


def test_luck_is_named_where_there_are_too_few_people(run):
    _, screen = run
    assert "With 380 people luck matters: 822 would be needed" in screen


def test_every_rule_stands_beside_every_effect(run):
    result = run[0]["result"]
    assert len(result["rules"]) == 8
    for rule in result["rules"]:
        assert [at["name"] for at in rule["at"]] == [e["name"] for e in result["effects"]]
    harm, nothing, half, promised = (e["effect"]["value"] for e in result["effects"])
    assert (harm, nothing, half, promised) == pytest.approx((-4.3, 0, 4.3, 8.6))


def test_every_number_says_where_it_comes_from(run):
    document = run[0]
    given_lines = {line["what"]: line for line in document["result"]["given"]}
    assert given_lines["without the service"]["figure"]["sources"] == ["taylor2024fgc"]
    assert given_lines["likeness within clusters"]["figure"]["basis"] == "assumed"
    assert set(document["sources"]) == {"taylor2024fgc"}


def test_money_stands_in_the_files_prices(run):
    result = run[0]["result"]
    assert {at["pays"]["price_base"] for r in result["rules"] for at in r["at"]} == {"2025-26"}


def test_the_comparison_is_refused_and_a_price_is_named_instead(run):
    trigger = run[0]["result"]["trigger"]
    assert trigger["compare"] is False
    assert trigger["gross_price"]["value"] == pytest.approx(30_000 * 0.086 / 0.638)
    assert "Do not let 'all if 5 points better' decide payment" in trigger["said"]


def answer(**changes):
    return odds(asked(**changes), draws=2_000)


def test_a_line_at_the_promise_is_named():
    line = {"kind": "point_threshold", "threshold": 0.086, "pays": 1}
    said = " ".join(answer(rule=[line]).warnings)
    assert "its line is the promise itself (8.6 points)" in said
    assert "half of the time, however many people are helped" in said


def test_a_line_above_the_promise_is_named():
    line = {"kind": "point_threshold", "threshold": 0.1, "pays": 1}
    assert "is above the promise" in " ".join(answer(rule=[line]).warnings)


def test_a_tie_on_the_line_is_named():
    said = " ".join(answer(people=100).warnings)
    assert "one person moves the result by 1 point," in said
    assert "Whether 'at least' or 'more than' is written decides them" in said


def test_a_fixed_baseline_shows_what_drift_does():
    result = answer(comparator={"kind": "known", "drift_sd": given(0.03)})
    drifts = [(line.drift.value, line.nothing.value) for line in result.drifts]
    assert drifts[-1] == (pytest.approx(5), pytest.approx(50))
    assert "improve by 5 points by themselves" in " ".join(result.warnings)


def test_utah_is_an_alarm():
    implied = {
        "paid_baseline": given(110),
        "observed": given(1),
        "evidence_upper": given(0.5),
    }
    (check,) = (c for c in answer(implied=implied).checks if c.id == "implied_baseline")
    assert check.alarm
    assert "about 2 were to be expected and 1 avoided, not 109" in check.said


def test_regression_to_the_mean_says_how_much_was_to_be_expected_anyway():
    chosen = {
        "correlation": given(0.6),
        "cutoff": given(17),
        "mean": given(10),
        "sd": given(6),
        "improvement": given(4),
    }
    (check,) = (c for c in answer(selection=chosen).checks if c.id == "regression_to_the_mean")
    assert "3.98 points of the 4-point improvement were to be expected anyway" in check.said
    assert check.alarm


def test_what_is_to_be_expected_anyway_enters_a_mean_that_was_chosen_by():
    chosen = {
        "correlation": given(0.6),
        "cutoff": given(17),
        "mean": given(10),
        "sd": given(6),
        "shifts_estimate": True,
    }
    of = study(
        outcome="mean",
        sd=given(6),
        baseline=given(20),
        promised=given(4),
        comparator={"kind": "known", "drift_sd": given(0.5)},
        selection=chosen,
    )
    assert of.sampling(0.0).mean == pytest.approx(3.984, abs=0.001)


@pytest.fixture(scope="module")
def edge_of_care():
    return odds(read_odds("edge-of-care"), draws=4_000)


def test_an_agreement_is_worked_out_first_by_its_own_engine(edge_of_care):
    own, line, linear, _ = edge_of_care.rules
    assert own.name == "the agreement as it is written"
    assert own.at[0].by_formula.value is None
    # Its trigger is the rule's line: it pays in the same draws, but by the child.
    assert [at.chance.value for at in own.at] == [at.chance.value for at in line.at]
    assert own.at[-1].pays.value < linear.at[-1].pays.value
    assert edge_of_care.by_formula == line.name


def test_an_agreement_pays_by_draw_what_its_terms_say():
    edge = read_odds("edge-of-care")
    own = as_written(edge.agreement, edge.odds, seed=1)
    seen = simulate(study_of(edge.odds), 0.086, draws=500, seed=1)
    fewer = np.rint(100 * 380 * seen.effect) / 100
    due = np.where(np.rint(100 * 380 * seen.effect) >= 1900, 20_000 * fewer, 0.0)
    assert own.pay(seen) == pytest.approx(np.minimum(due, 1_000_000))


def test_an_agreement_that_compares_nothing_pays_for_nothing():
    result = odds(read_odds("care-days"), draws=2_000)
    own = result.rules[0]
    assert own.false_pay.value == 100
    # 150 children, 55.2% of whom stay out of care anyway, each at no more than 8,000.
    assert own.at[1].pays.value == pytest.approx(150 * 0.552 * 8_000, rel=0.02)
    assert "looks at those helped alone" in " ".join(result.warnings)


def test_what_people_do_not_cost_is_paid_for_certain(tmp_path):
    text = shipped_examples()["edge-of-care"].read_text("utf-8")
    block = '[[term]]\nid = "start"\nkind = "block_payment"\namount = 50000\non = [2026-04-01]\n\n'
    path = tmp_path / "block.toml"
    path.write_text(text.replace("[safeguard.ref", block + "[safeguard.ref", 1), encoding="utf-8")
    block_too = read_odds(str(path))
    own = as_written(block_too.agreement, block_too.odds, seed=1)
    assert own.sure == 50_000
    result = odds(block_too, draws=2_000)
    assert result.rules[0].false_pay.value == result.rules[1].false_pay.value


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ("peterborough_one_service", "A promise kept exactly is then paid half of the time"),
        ("utah_prek", "claims that 99% was prevented"),
        ("essex_mst", "still pays in 50 of 100 such contracts"),
        ("newpin_nsw", "AUD 69"),
    ],
)
def test_what_could_have_been_known_at_signature(contract, words):
    result = odds(read_odds(contract), draws=20_000)
    said = (*result.first_lines, *result.warnings, *(check.said for check in result.checks))
    assert words in " ".join(said)


def test_a_shipped_contract_cites_its_own_sources(tmp_path):
    path = tmp_path / "odds.json"
    words = ["odds", "utah_prek", "--draws", "1000", "--json", str(path)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    document = json.loads(path.read_text("utf-8"))
    assert set(document["sources"]) == {"bellwether", "made_the_grade"}
    assert document["result"]["rules"][0]["at"][0]["pays"]["unit"] == "per cent of the full payment"


def test_events_read_in_per_cent():
    events = {
        "outcome": "events",
        "unit": "reconviction",
        "people": 1000,
        "baseline": given(1.55),
        "promised": given(0.1, scale="relative"),
        "dispersion": given(3),
        "comparator": {"kind": "concurrent", "controls_per_case": 10},
        "rule": [{"kind": "point_threshold", "threshold": 0.1, "pays": 1}],
    }
    result = answer(**events)
    assert "all that is promised (10%)" in result.first_lines[1]
    assert result.trigger.gross_price.value is None


def test_events_promised_for_each_person_are_the_same_as_a_part_of_them():
    of = peterborough(1000, 3, promised=given(0.155))
    assert of.natural(0.1) == pytest.approx(0.155)


def test_without_worth_or_risk_the_screen_says_so(tmp_path):
    result = answer()
    assert result.rules[0].worst_regret.value is None
    assert "add [odds.worth]" in result.rules[0].worst_regret.note
    path = tmp_path / "bare.toml"
    path.write_text(BARE, encoding="utf-8")
    done = CliRunner().invoke(app, ["odds", str(path), "--draws", "1000"])
    assert done.exit_code == 0
    assert "How far payment misses" not in done.stdout


BARE = """\
[odds]
title = "bare"
outcome = "share"
unit = "child in care"
better = "lower"
people = 100
price_base = "cash"
baseline = { value = "44.8%", because = "made up" }
promised = { value = "8.6%", because = "made up" }
comparator = { kind = "concurrent", controls_per_case = 1 }
rule = [{ kind = "point_threshold", threshold = "5%", pays = 1000 }]
"""


def test_another_seed_is_another_luck_and_the_same_seed_the_same():
    shipped = read_odds("family-group-conferences")
    one, again, other = (odds(shipped, draws=1_000, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one.rules != other.rules
