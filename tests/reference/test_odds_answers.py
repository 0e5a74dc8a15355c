"""Odds of payment triggers whose answers are known.

Peterborough: the published trigger (7.5% fewer reconvictions in all, 10% in one cohort), ten
controls for each case, on the log rate ratio. Conference trial: 44.8% of controls in care, 36.2% of
those referred. Newpin: bands of restoration rates as published to investors. Utah: 110 children
flagged, one used special education.
"""

from itertools import product

import numpy as np
import pytest
from scipy.stats import binom, norm

from headwater.evaluation.anyway import gross_price, implied_baseline, regression_to_mean
from headwater.evaluation.precision import (
    audit_that_deters,
    claims_to_check,
    least_effect,
    people_needed,
)
from headwater.evaluation.rules.banded import band_chances
from headwater.evaluation.simulate import simulate
from odds_tables import CONCURRENT, FOUR, HISTORIC, KNOWN, given, peterborough, rule, study

DRAWS = 60_000
FIVE_POINTS = rule(kind="point_threshold", threshold=0.05, pays=1)

PETERBOROUGH = [
    (1000, 0.10, 1, (0.000, 0.02, 0.26, 0.50, 0.98)),
    (1000, 0.10, 3, (0.011, 0.13, 0.36, 0.50, 0.87)),
    (2000, 0.075, 3, (0.008, 0.21, 0.61, 0.79, 0.99)),
    (3000, 0.075, 3, (0.002, 0.16, 0.64, 0.84, 1.00)),
]
FALLS = (0.0, 0.05, 0.084, 0.10, 0.15)


@pytest.mark.parametrize(("people", "line", "dispersion", "chances"), PETERBOROUGH)
def test_peterborough_by_formula(people, line, dispersion, chances):
    trigger = rule(kind="point_threshold", threshold=line, pays=1)
    of = peterborough(people, dispersion)
    for fall, chance in zip(FALLS, chances, strict=True):
        assert trigger.chance(of.sampling(fall)) == pytest.approx(chance, abs=0.00501)


@pytest.mark.parametrize(("people", "line", "dispersion", "chances"), PETERBOROUGH)
def test_peterborough_counted_event_by_event(people, line, dispersion, chances):
    trigger = rule(kind="point_threshold", threshold=line, pays=1)
    of = peterborough(people, dispersion)
    for fall, chance in zip(FALLS, chances, strict=True):
        paid = trigger.pay(simulate(of, fall, draws=10_000, seed=1)).mean()
        assert paid == pytest.approx(chance, abs=0.0125)


SIZES = [
    (50, CONCURRENT, (0.31, 0.47, 0.64)),
    (100, KNOWN, (0.16, 0.44, 0.77)),
    (100, CONCURRENT, (0.24, 0.46, 0.70)),
    (200, CONCURRENT, (0.16, 0.44, 0.77)),
    (200, HISTORIC, (0.24, 0.46, 0.70)),
    (400, CONCURRENT, (0.08, 0.42, 0.85)),
    (400, FOUR, (0.04, 0.40, 0.91)),
    (1000, CONCURRENT, (0.01, 0.38, 0.95)),
]
POINTS = (0.0, 0.043, 0.086)


@pytest.mark.parametrize(("people", "comparator", "chances"), SIZES)
def test_sizes_of_childrens_services_by_formula(people, comparator, chances):
    of = study(people=people, comparator=comparator)
    for points, chance in zip(POINTS, chances, strict=True):
        assert FIVE_POINTS.chance(of.sampling(points)) == pytest.approx(chance, abs=0.01)


@pytest.mark.parametrize(("people", "comparator", "chances"), SIZES)
def test_sizes_of_childrens_services_counted_child_by_child(people, comparator, chances):
    # Half a child either way makes whole children continuous, as the formula takes them to be.
    of = study(people=people, comparator=comparator)
    halves = np.random.default_rng(5).uniform(-0.5, 0.5, DRAWS) / people
    for points, chance in zip(POINTS, chances, strict=True):
        seen = simulate(of, points, draws=DRAWS, seed=1)
        smooth = np.mean(seen.effect + halves >= 0.05)
        assert smooth == pytest.approx(chance, abs=0.01)


@pytest.mark.parametrize("people", [50, 100, 200])
def test_counting_whole_children_is_exact(people):
    # P(C − T ≥ 5 points of n) for two binomials, summed over every pair of counts.
    counts = np.arange(people + 1)
    of = study(people=people)
    for points in POINTS:
        control = binom.pmf(counts, people, 0.448)
        treated = binom.cdf(counts - round(0.05 * people + 0.49), people, 0.448 - points)
        exact = float(control @ treated)
        paid = FIVE_POINTS.pay(simulate(of, points, draws=DRAWS, seed=1)).mean()
        assert paid == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize(("people", "comparator"), [*product((100, 380, 5000), (CONCURRENT, FOUR))])
def test_a_line_at_the_promise_is_a_coin_toss(people, comparator):
    of = study(people=people, comparator=comparator)
    trigger = rule(kind="point_threshold", threshold=0.086, pays=1)
    assert trigger.chance(of.sampling(0.086)) == pytest.approx(0.5)


def test_favourable_drift_as_large_as_the_line_pays_a_worthless_service_half_the_time():
    drifting = {**HISTORIC, "drift_mean": given(0.05)}
    of = study(comparator=drifting)
    assert FIVE_POINTS.chance(of.sampling(0.0)) == pytest.approx(0.5)
    paid = FIVE_POINTS.pay(simulate(of, 0.0, draws=DRAWS, seed=1)).mean()
    assert paid == pytest.approx(0.5, abs=0.02)


def test_newpin_bands():
    chances = band_chances(100, 0.62, (0.55, 0.60, 0.65, 0.70))
    assert chances == pytest.approx((0.062, 0.239, 0.393, 0.246, 0.059), abs=0.0006)
    more = band_chances(200, 0.62, (0.55, 0.60, 0.65, 0.70))
    assert more == pytest.approx((0.02, 0.24, 0.53, 0.20, 0.01), abs=0.006)


def test_newpin_as_a_rule_pays_its_return_by_band():
    bands = [(0.55, 3.0), (0.60, 7.5), (0.65, 12.0), (0.70, 15.0)]
    newpin = rule(kind="banded", on="success", band=[{"at_least": a, "pays": p} for a, p in bands])
    of = study(
        people=100, better="higher", baseline=given(0.25), promised=given(0.37), comparator=KNOWN
    )
    paid = newpin.pay(simulate(of, 0.37, draws=DRAWS, seed=1))
    for amount, chance in zip(
        (0, 3.0, 7.5, 12.0, 15.0), (0.062, 0.239, 0.393, 0.246, 0.059), strict=True
    ):
        assert np.mean(paid == amount) == pytest.approx(chance, abs=0.01)
    assert newpin.chance(of.sampling(0.37)) == pytest.approx(1 - 0.0623, abs=0.0005)


def test_people_for_a_test_of_the_conference_trial():
    assert people_needed(study(), 0.086, significance=0.05, power=0.8) == 508


def test_siblings_multiply_the_people_needed():
    siblings = {"size": given(1.73), "icc": given(0.5)}
    of = study(clusters=siblings)
    assert of.design_effect == pytest.approx(1 + 0.73 * 0.5)
    assert people_needed(of, 0.086, significance=0.05, power=0.8) == pytest.approx(
        508 * 1.365, abs=1
    )


def test_the_least_effect_of_508_is_the_trials():
    assert least_effect(study(people=508), significance=0.05, power=0.8) == pytest.approx(
        0.086, abs=0.0001
    )


def test_the_least_fall_that_peterborough_shows():
    of = peterborough(1658, 3)
    least = least_effect(of, significance=0.05, power=0.8)
    assert least == pytest.approx(0.1, abs=0.0002)
    assert people_needed(of, 0.1, significance=0.05, power=0.8) == 1658


def test_drift_can_make_every_number_too_few():
    drifting = {"kind": "known", "drift_sd": given(0.05)}
    assert people_needed(study(comparator=drifting), 0.086, significance=0.05, power=0.8) is None


def test_claims_to_check():
    assert claims_to_check(sure=0.95, wrong=0.05) == 59
    assert claims_to_check(sure=0.95, wrong=0.10) == 29


def test_the_part_of_claims_to_check_so_that_a_false_one_does_not_pay():
    assert [audit_that_deters(penalty=k) for k in (1, 3, 9)] == [0.5, 0.25, 0.1]


def test_utah():
    found = implied_baseline(110, 1, 0.5)
    assert found.effect == pytest.approx(109 / 110)
    assert (found.likely_without, found.likely_avoided, found.paid_avoided) == (2, 1, 109)
    assert found.alarm


def test_the_gross_price_of_the_conference_trial_is_the_net_price_over_seven_and_a_half():
    # 63.8% not in care with the service for 8.6 points: 7.4 successes for each additional one.
    assert 1 / gross_price(1.0, 0.086, 0.552) == pytest.approx(63.8 / 8.6)


def test_regression_to_the_mean_of_the_worst_tenth():
    # The worst tenth stands 1.755 sd off the mean; half of that goes by itself at ρ = 0.5.
    edge = float(norm.ppf(0.9))
    moved = regression_to_mean(correlation=0.5, mean=0, sd=1, cutoff=edge)
    assert moved == pytest.approx(0.5 * 1.755, abs=0.001)
    below = regression_to_mean(correlation=0.5, mean=0, sd=1, cutoff=-edge, chosen="below")
    assert below == pytest.approx(moved)


def test_difference_in_differences_adds_four_variances():
    four = {
        "kind": "difference_in_differences",
        "people_before": 200,
        "controls_per_case": 1,
        "controls_before": 200,
        "drift_sd": given(0),
    }
    of = study(comparator=four)
    assert of.error(0.0) == pytest.approx(np.sqrt(4 * 0.448 * 0.552 / 200))
    seen = simulate(of, 0.0, draws=DRAWS, seed=1)
    assert seen.effect.std() == pytest.approx(of.error(0.0), rel=0.02)


def test_the_same_people_before_take_noise_away():
    four = {
        "kind": "difference_in_differences",
        "people_before": 200,
        "controls_per_case": 1,
        "controls_before": 200,
        "drift_sd": given(0),
        "correlation": given(0.8),
    }
    mean = {"outcome": "mean", "baseline": given(17), "sd": given(6), "promised": given(2)}
    of = study(comparator=four, **mean)
    assert of.error(0.0) == pytest.approx(np.sqrt(4 * 36 / 200 * (1 - 0.8)))
    seen = simulate(of, 2.0, draws=DRAWS, seed=1)
    assert seen.effect.mean() == pytest.approx(2.0, abs=0.02)
    assert seen.effect.std() == pytest.approx(of.error(0.0), rel=0.02)
