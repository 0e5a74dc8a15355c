"""Laws of payment rules, for every kind and every study."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.evaluation.anyway import implied_baseline, regression_to_mean
from headwater.evaluation.missing import missing_bounds
from headwater.evaluation.precision import least_effect, people_needed, with_people
from headwater.evaluation.rules import RULES
from headwater.evaluation.simulate import simulate
from headwater.evaluation.study import study_of
from headwater.workflows.odds import as_written as own_terms
from headwater.workflows.odds.read import read_odds
from odds_tables import given as number
from odds_tables import peterborough, rule, study

EXAMPLES = {
    "point_threshold": {"threshold": 0.05, "pays": 1000},
    "ci_lower": {"threshold": 0.0, "confidence": 0.9, "pays": 1000},
    "linear_floor_cap": {"price": 100, "cap": 1500, "clawback": 300},
    "shrunk_linear": {
        "price": 100,
        "cap": 1500,
        "prior_mean": number(0.04),
        "prior_sd": number(0.04),
    },
    "posterior_prob": {"least": 0.02, "pays": 1000},
    "banded": {
        "on": "effect",
        "below": -100,
        "band": [{"at_least": 0.03, "pays": 500}, {"at_least": 0.08, "pays": 1000}],
    },
    "individual_gross": {"price": 10, "cap": 1200},
    "hybrid": {"block": 200, "milestone": 1, "price": 60, "cap": 900},
}
RULE = st.sampled_from(sorted(EXAMPLES))
PEOPLE = st.integers(40, 1500)
BASE = st.floats(0.25, 0.75)
COMPARATOR = st.one_of(
    st.builds(
        lambda k: {"kind": "concurrent", "controls_per_case": k}, st.sampled_from([0.5, 1, 4])
    ),
    st.builds(lambda sd: {"kind": "known", "drift_sd": number(sd)}, st.floats(0, 0.06)),
    st.builds(
        lambda m, sd: {"kind": "historic", "people": m, "drift_sd": number(sd)},
        st.integers(50, 900),
        st.floats(0, 0.06),
    ),
)
ICC = st.one_of(st.none(), st.floats(0.0, 1.0))


def drawn(people, base, comparator, icc, **more):
    clusters = None if icc is None else {"size": number(1.73), "icc": number(icc)}
    return study(
        people=people, baseline=number(base), comparator=comparator, clusters=clusters, **more
    )


def of_kind(kind):
    return rule(kind=kind, **EXAMPLES[kind])


def test_every_kind_has_an_example():
    assert sorted(EXAMPLES) == sorted(RULES)


@settings(max_examples=40, deadline=None)
@given(RULE, PEOPLE, BASE, COMPARATOR, ICC)
def test_a_better_service_is_paid_at_least_as_often(kind, people, base, comparator, icc):
    of, trigger = drawn(people, base, comparator, icc), of_kind(kind)
    effects = np.linspace(-0.1, 0.2, 13)
    chances = [trigger.chance(of.sampling(float(effect))) for effect in effects]
    # Less noise at a lower rate can outweigh a better effect, but hardly.
    assert all(b >= a - 1e-3 for a, b in pairwise(chances))


@settings(max_examples=25, deadline=None)
@given(RULE, PEOPLE, BASE, COMPARATOR, ICC, st.integers(0, 999))
def test_on_the_same_luck_a_better_service_never_looks_worse(
    kind, people, base, comparator, icc, seed
):
    of, trigger = drawn(people, base, comparator, icc), of_kind(kind)
    worse, better = (simulate(of, effect, draws=400, seed=seed) for effect in (0.02, 0.09))
    assert np.all(better.effect >= worse.effect - 1e-12)
    if kind not in {"ci_lower", "shrunk_linear", "posterior_prob"}:  # these weigh the error too
        assert np.all(trigger.pay(better) >= trigger.pay(worse) - 1e-6)


@pytest.mark.parametrize("icc", [1e-300, 1e-15, 1e-14, 1e-13, 1e-11, 1e-9])
@pytest.mark.parametrize("people", [41, 1500])
def test_people_hardly_alike_are_counted_as_if_each_stood_alone(icc, people):
    for comparator in ({"kind": "concurrent", "controls_per_case": 1}, {"kind": "known"}):
        more = {} if "controls_per_case" in comparator else {"drift_sd": number(0.03)}
        alone, alike = (
            simulate(drawn(people, 0.25, comparator | more, one), 0.02, draws=400, seed=3)
            for one in (None, icc)
        )
        assert np.isfinite(alike.effect).all()
        assert np.mean(alike.effect != alone.effect) < 0.01


@settings(max_examples=40, deadline=None)
@given(RULE, PEOPLE, BASE, COMPARATOR, st.floats(-0.2, 0.2), st.integers(0, 999))
def test_payment_stays_within_its_limits(kind, people, base, comparator, effect, seed):
    of, trigger = drawn(people, base, comparator, 0.5), of_kind(kind)
    paid = trigger.pay(simulate(of, effect, draws=400, seed=seed))
    low, high = trigger.limits(of.cohort)
    assert paid.min() >= low - 1e-6
    assert paid.max() <= high + 1e-6


@settings(max_examples=15, deadline=None)
@given(PEOPLE, BASE, COMPARATOR, ICC, st.floats(-0.1, 0.2), st.integers(0, 999))
def test_pay_in_proportion_without_limits_is_right_on_average(
    people, base, comparator, icc, effect, seed
):
    of = drawn(people, base, comparator, icc)
    trigger = rule(kind="linear_floor_cap", price=100, clawback=1e12)
    seen = simulate(of, effect, draws=20_000, seed=seed)
    off = trigger.pay(seen) - 100 * seen.truth
    assert abs(off.mean()) < 5 * off.std() / np.sqrt(len(off)) + 1e-6


@settings(max_examples=15, deadline=None)
@given(PEOPLE, st.floats(1, 5), st.floats(-0.1, 0.3), st.integers(0, 999))
def test_events_too_are_paid_for_rightly_on_average(people, dispersion, effect, seed):
    of = peterborough(people, dispersion)
    trigger = rule(kind="linear_floor_cap", price=100, clawback=1e12)
    seen = simulate(of, effect, draws=5_000, seed=seed)
    off = trigger.pay(seen) - 100 * seen.truth
    assert abs(off.mean()) < 5 * off.std() / np.sqrt(len(off)) + 1e-6


@settings(max_examples=25, deadline=None)
@given(RULE, st.integers(300, 1500), BASE, COMPARATOR, ICC, st.floats(-0.05, 0.12))
def test_formula_and_count_agree_but_for_whole_people(kind, people, base, comparator, icc, effect):
    of, trigger = drawn(people, base, comparator, icc), of_kind(kind)
    seen = simulate(of, effect, draws=8_000, seed=1)
    counted = trigger.won(seen, trigger.pay(seen)).mean()
    # One person more or less is 1/n; draws add four standard errors of at most 0.0056.
    one = of.sampling(effect)
    whole = 0.4 * max(1.0 / people, 1.0 / people / max(comparator.get("controls_per_case", 1), 1))
    allowed = 0.0225 + whole / one.sd
    assert counted == pytest.approx(trigger.chance(one), abs=allowed)


@settings(max_examples=50, deadline=None)
@given(PEOPLE, BASE, COMPARATOR, ICC, st.floats(0.02, 0.2))
def test_more_people_never_blur_an_estimate(people, base, comparator, icc, effect):
    of = drawn(people, base, comparator, icc)
    assert with_people(of, 2 * people).sampling(effect).sd <= of.sampling(effect).sd + 1e-12


@settings(max_examples=50, deadline=None)
@given(PEOPLE, BASE, ICC, st.floats(0.03, 0.2))
def test_people_needed_and_least_effect_are_each_others_inverse(people, base, icc, effect):
    of = drawn(people, base, {"kind": "concurrent", "controls_per_case": 1}, icc)
    needed = people_needed(of, effect, significance=0.05, power=0.8)
    least = least_effect(with_people(of, needed), significance=0.05, power=0.8)
    assert least == pytest.approx(effect, rel=0.03)


@given(BASE, st.floats(0, 0.2), st.floats(0.01, 0.6))
def test_missing_outcomes_never_leave_their_bounds(base, effect, missing):
    of = study(baseline=number(base), missing=number(missing))
    bounds = missing_bounds(of, effect)
    assert bounds.low <= effect <= bounds.high
    assert bounds.low >= -1
    assert bounds.high <= 1


@given(st.floats(0, 1), st.floats(-3, 3), st.floats(0.1, 20))
def test_regression_to_the_mean_never_passes_the_mean(correlation, edge, sd):
    moved = regression_to_mean(correlation=correlation, mean=0, sd=sd, cutoff=edge * sd)
    all_of_it = regression_to_mean(correlation=0, mean=0, sd=sd, cutoff=edge * sd)
    assert 0 <= moved <= all_of_it


@given(st.floats(1, 1000), st.floats(0, 1), st.floats(0, 0.99))
def test_no_more_is_likely_avoided_than_is_paid_for_where_there_is_an_alarm(paid, part, upper):
    found = implied_baseline(paid, part * paid, upper)
    if found.alarm:
        assert found.likely_avoided <= found.paid_avoided + 1e-9


def test_the_same_seed_gives_the_same_draws_however_many_are_asked():
    of = study()
    few, many = (simulate(of, 0.05, draws=draws, seed=7).theta for draws in (100, 300))
    assert np.array_equal(few, many[:100])


AGREEMENT = st.sampled_from(["edge-of-care", "care-days"])


@settings(max_examples=12, deadline=None)
@given(AGREEMENT, st.floats(-0.1, 0.2), st.floats(0.0, 0.1), st.integers(0, 999))
def test_an_agreement_never_pays_a_better_service_less_on_the_same_luck(name, effect, more, seed):
    asked = read_odds(name)
    own = own_terms.as_written(asked.agreement, asked.odds, seed=seed)
    worse, better = (
        own.pay(simulate(study_of(asked.odds), one, draws=200, seed=seed))
        for one in (effect, effect + more)
    )
    assert np.all(better >= worse)
    assert worse.min() >= 0
    assert better.max() <= 1_500_000


@settings(max_examples=8, deadline=None)
@given(AGREEMENT, st.integers(1, 20_000), st.integers(0, 999))
def test_how_many_draws_are_settled_at_a_time_changes_nothing(name, cells, seed):
    asked = read_odds(name)
    own = own_terms.as_written(asked.agreement, asked.odds, seed=seed)
    seen = simulate(study_of(asked.odds), 0.05, draws=40, seed=seed)
    whole = own.pay(seen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_terms, "CELLS", cells)
        assert np.array_equal(own.pay(seen), whole)
