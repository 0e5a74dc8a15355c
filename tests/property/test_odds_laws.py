"""Laws of payment rules: whatever the size, the promise and the luck."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.odds import Comparator, Odds
from headwater.evaluation.estimates import chance_above
from headwater.evaluation.rules import Found, Gross, Hybrid, Linear, Setting, rules

SIZES = st.integers(20, 5000)


def found(people: int, effect: float, seed: int) -> Found:
    random = np.random.default_rng(seed)
    spread = (0.5 / people) ** 0.5
    estimate = effect + spread * random.standard_normal(4000)
    succeeded = random.binomial(people, min(0.5 + effect, 1.0), 4000).astype(float)
    return Found(estimate, np.full(4000, spread), succeeded, people)


@given(SIZES, st.floats(0.1, 0.9), st.floats(0.01, 0.09), st.floats(-0.2, 0.2))
def test_a_larger_effect_is_never_less_likely_to_pay(people, without, promised, trigger):
    odds = Odds(
        without=without,
        promised=promised,
        people=people,
        comparator=Comparator(kind="concurrent"),
        because="any",
    )
    effects = np.linspace(0.0, promised, 9)
    chances = chance_above(odds, effects, trigger)
    # A rate nearer to a half scatters more, which can lower a chance above a half.
    if trigger >= promised:
        assert np.all(np.diff(chances) >= -1e-9)
    assert np.all((chances >= 0.0) & (chances <= 1.0))


@given(SIZES, st.floats(0.02, 0.3), st.integers(0, 99))
def test_every_rule_pays_the_budget_if_the_promise_is_kept(people, promised, seed):
    kept = found(people, promised, seed)
    setting = Setting(1000.0, promised, promised / 2, 0.5, people)
    for rule in rules(setting, kept):
        paid = rule.pay(kept)
        if isinstance(rule, Linear | Gross | Hybrid) or not paid.any():
            continue  # priced by the unit, not scaled to these draws
        assert float(np.mean(paid)) == pytest.approx(1000.0), rule.name


@given(SIZES, st.floats(-0.3, 0.3), st.integers(0, 99))
def test_a_price_by_the_unit_keeps_to_its_limits_and_is_unbiased_between(people, effect, seed):
    drawn = found(people, effect, seed)
    rule = Linear(100.0, -500.0, 900.0)
    paid = rule.pay(drawn)
    assert paid.min() >= -500.0
    assert paid.max() <= 900.0
    free = Linear(100.0, -1e12, 1e12).pay(drawn)
    assert float(np.mean(free)) == pytest.approx(100.0 * people * float(np.mean(drawn.estimate)))
