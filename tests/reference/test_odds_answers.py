"""The odds of triggers against worked answers: published sizes, closed forms, published tables."""

import numpy as np
import pytest
from scipy.stats import binom

from headwater.core.odds import Comparator, Odds
from headwater.evaluation.estimates import chance_above, simulated
from headwater.evaluation.sizes import (
    audit_rate_that_deters,
    implied_baseline,
    people_needed,
    regression_to_the_mean,
    sample_to_find_errors,
)


def peterborough(people: int, dispersion: float) -> Odds:
    """Return a comparison of reconviction events as Peterborough's: ten compared for each."""
    return Odds(
        outcome="events",
        without=1.55,
        promised=0.1,
        people=people,
        comparator=Comparator(kind="concurrent", per_case=10),
        dispersion=dispersion,
        because="worked table",
    )


@pytest.mark.parametrize(
    ("people", "trigger", "dispersion", "chances"),
    [
        (1000, 0.10, 1.0, (0.000, 0.02, 0.26, 0.50, 0.98)),
        (1000, 0.10, 3.0, (0.011, 0.13, 0.36, 0.50, 0.87)),
        (2000, 0.075, 3.0, (0.008, 0.21, 0.61, 0.79, 0.99)),
        (3000, 0.075, 3.0, (0.002, 0.16, 0.64, 0.84, 1.00)),
    ],
)
def test_peterborough_by_the_formula(people, trigger, dispersion, chances):
    found = chance_above(
        peterborough(people, dispersion), np.array([0.0, 0.05, 0.084, 0.1, 0.15]), trigger
    )
    # The table is written to two or three places.
    assert found == pytest.approx(chances, abs=0.0055)


TRIAL = {"without": 0.448, "promised": 0.086, "because": "worked table"}


@pytest.mark.parametrize(
    ("people", "comparator", "chances"),
    [
        (50, {"kind": "concurrent"}, (0.31, 0.47, 0.64)),
        (100, {"kind": "known"}, (0.16, 0.44, 0.77)),
        (100, {"kind": "concurrent"}, (0.24, 0.46, 0.70)),
        (200, {"kind": "concurrent"}, (0.16, 0.44, 0.77)),
        (200, {"kind": "historic", "people": 200, "drift_sd": 0.05}, (0.24, 0.46, 0.70)),
        (400, {"kind": "concurrent"}, (0.08, 0.42, 0.85)),
        (400, {"kind": "concurrent", "per_case": 4}, (0.04, 0.40, 0.91)),
        (1000, {"kind": "concurrent"}, (0.01, 0.38, 0.95)),
    ],
)
def test_sizes_of_childrens_services(people, comparator, chances):
    odds = Odds(people=people, comparator=Comparator(**comparator), **TRIAL)
    effects = (0.0, 0.043, 0.086)
    assert chance_above(odds, np.array(effects), 0.05) == pytest.approx(chances, abs=0.01)
    for effect, by_formula in zip(
        effects, chance_above(odds, np.array(effects), 0.05), strict=True
    ):
        estimate, _ = simulated(odds, effect, draws=40_000, seed=5)
        # People are whole: the estimate moves in steps of 1/n, which the formula does not know.
        step = float(chance_above(odds, effect, 0.05 - 1 / people) - by_formula)
        assert float(np.mean(estimate >= 0.05)) == pytest.approx(by_formula, abs=0.01 + step)


def test_a_trigger_at_the_promise_is_a_coin_toss_at_any_size():
    for people in (50, 1000, 100_000):
        odds = Odds(people=people, comparator=Comparator(kind="concurrent"), **TRIAL)
        assert chance_above(odds, 0.086, 0.086) == pytest.approx(0.5)


def test_drift_of_five_points_makes_a_worthless_service_pay_half_of_the_time():
    comparator = Comparator(kind="historic", people=200, drift=0.05)
    odds = Odds(people=200, comparator=comparator, **TRIAL)
    assert chance_above(odds, 0.0, 0.05) == pytest.approx(0.5)


def test_newpins_return_is_mostly_luck():
    # A true rate of 62% and 100 families: the chances of 0, 3, 7.5, 12 and 15% a year.
    edges = np.array([54, 59, 64, 69, 100])
    chances = np.diff(np.concatenate([[0.0], binom.cdf(edges, 100, 0.62)]))
    assert 100 * chances == pytest.approx([6.2, 23.9, 39.3, 24.6, 5.9], abs=0.06)


def test_people_needed_for_the_conference_trials_effect():
    assert people_needed(0.448, 0.362) == 508


def test_claims_to_check_and_the_audit_that_deters():
    assert sample_to_find_errors(0.05) == 59
    assert sample_to_find_errors(0.10) == 29
    assert [audit_rate_that_deters(k) for k in (1, 3, 9)] == [0.5, 0.25, 0.1]


def test_the_implied_baseline_of_utahs_pre_school():
    found = implied_baseline(110, 1, 0.5)
    assert found.alarm
    assert found.effect == pytest.approx(109 / 110)
    assert found.expected_flagged == 2.0


def test_regression_to_the_mean_of_those_chosen_for_a_bad_score():
    found = regression_to_the_mean(mean=50.0, sd=10.0, cutoff=60.0, correlation=0.6)
    scores = np.random.default_rng(1).standard_normal((2, 400_000))
    first = 50 + 10 * scores[0]
    second = 50 + 10 * (0.6 * scores[0] + 0.8 * scores[1])
    chosen = first > 60
    assert found.chosen_mean == pytest.approx(first[chosen].mean(), abs=0.1)
    assert found.expected_after == pytest.approx(second[chosen].mean(), abs=0.1)
