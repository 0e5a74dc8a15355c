"""Laws of the value of information, whatever the draws."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.appraisal.information import each, explain, partial, perfect, sampled
from headwater.appraisal.trial import net_of_waiting, noise, resolved, wait

NEAR = 1e-9
"""Rounding, relative to the largest net benefit."""
ADVANCED = settings(max_examples=60, deadline=None)


@st.composite
def worlds(draw):
    """Draws of a few inputs, some of them of a few values only, and a net benefit of them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    draws, count = draw(st.sampled_from([40, 200, 700])), draw(st.integers(1, 5))
    shapes = draw(st.lists(st.sampled_from("ngbc"), min_size=count, max_size=count))
    make = {
        "n": lambda: rng.standard_normal(draws),
        "g": lambda: rng.gamma(0.5, size=draws),
        "b": lambda: rng.integers(0, 2, draws).astype(float),
        "c": lambda: np.full(draws, 3.0),
    }
    inputs = [make[shape]() for shape in shapes]
    slopes = rng.standard_normal(count) * 10.0 ** draw(st.integers(-3, 6))
    value = sum(slope * x for slope, x in zip(slopes, inputs, strict=True))
    value = value * (1.0 + draw(st.sampled_from([0.0, 0.5])) * inputs[0])
    value = value + draw(st.sampled_from([0.0, 1.0, 100.0])) * rng.standard_normal(draws)
    offset = float(np.std(value)) * draw(st.floats(-3, 3))
    shares = np.linspace(0.0, 1.0, 3)[:, None]
    return inputs, shares * (value - value.mean() + offset) - 0.1 * offset


@ADVANCED
@given(worlds())
def test_no_value_is_below_nought_and_none_above_knowing_everything(world):
    inputs, net = world
    found, little = explain(net, inputs), NEAR * np.abs(net).max()
    assert (perfect(found) >= 0.0).all()
    assert (each(found) >= 0.0).all()
    assert (each(found) <= perfect(found) + little).all()
    assert (partial(found, range(len(inputs))) <= perfect(found) + little).all()
    assert (partial(found, []) == 0.0).all()


@ADVANCED
@given(worlds(), st.randoms(use_true_random=False))
def test_another_input_never_lowers_what_a_set_is_worth(world, chance):
    inputs, net = world
    found, little = explain(net, inputs), NEAR * np.abs(net).max()
    order = list(range(len(inputs)))
    chance.shuffle(order)
    worth = [partial(found, order[:size]) for size in range(len(order) + 1)]
    for fewer, more in pairwise(worth):
        assert (more >= fewer - little).all()


def read(inputs):
    """Return what inputs add to the shares in two arms, array (arm, input, draw)."""
    centred = [values - values.mean() for values in inputs]
    return np.array([[(1.0 + i + arm) * x for i, x in enumerate(centred)] for arm in range(2)])


@ADVANCED
@given(worlds(), st.lists(st.integers(1, 10**6), min_size=2, max_size=4))
def test_a_larger_trial_is_worth_no_less_and_never_more_than_certainty(world, sizes):
    inputs, net = world
    found, little = explain(net, inputs), NEAR * np.abs(net).max()
    usual = np.linspace(0.2, 0.6, len(inputs[0]))
    which = range(min(2, len(inputs)))
    parts = read([inputs[i] for i in which])
    last = np.zeros(len(net))
    for size in sorted(sizes):
        shares = dict(enumerate(resolved(parts, noise(usual, usual / 2, families=size)).tolist()))
        worth = sampled(found, shares)
        assert (worth >= last - little).all()
        assert (worth <= partial(found, which) + little).all()
        last = worth


@ADVANCED
@given(worlds())
def test_no_trial_is_worth_nothing_and_an_endless_one_is_worth_certainty(world):
    inputs, net = world
    found = explain(net, inputs)
    which = range(len(inputs))
    assert (sampled(found, dict.fromkeys(which, 0.0)) == 0.0).all()
    shares = [resolved(read([values])[:1], np.zeros(1)) for values in inputs]
    endless = {i: float(share[0]) for i, share in enumerate(shares)}
    scale = np.abs(net).max() + 1e-12
    np.testing.assert_allclose(
        sampled(found, endless) / scale, partial(found, which) / scale, atol=1e-5
    )


@ADVANCED
@given(worlds(), st.floats(0.1, 100.0))
def test_values_are_in_the_unit_of_the_net_benefit(world, times):
    inputs, net = world
    one, many = (each(explain(factor * net, inputs)) for factor in (1.0, times))
    np.testing.assert_allclose(many, times * one, rtol=1e-6, atol=1e-6 * np.abs(net).max())


@given(st.integers(1, 30), st.floats(0.0, 40.0))
def test_children_start_before_or_after_a_result_and_none_is_lost(years, delay):
    factors = 0.965 ** np.arange(30)
    waited = wait(years, delay_years=delay, factors=factors)
    assert waited.after + waited.before == pytest.approx(factors[:years].sum())
    assert min(waited.after, waited.before) >= 0.0


@given(st.floats(0.0, 1e6), st.floats(-1e6, 1e6), st.floats(0.0, 1e6), st.floats(0.0, 5.0))
def test_waiting_longer_or_paying_more_never_helps(worth, mean, cost, delay):
    factors = 0.965 ** np.arange(10)

    def tested(later: float, dearer: float) -> float:
        waited = wait(5, delay_years=delay + later, factors=factors)
        (net,) = net_of_waiting(np.array([worth]), np.array([mean]), waited, cost=cost + dearer)
        return float(net)

    assert tested(1.0, 0.0) <= tested(0.0, 0.0) + 1e-6
    assert tested(0.0, 1.0) <= tested(0.0, 0.0)
