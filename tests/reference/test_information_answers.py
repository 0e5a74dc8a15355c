"""Values of information against answers known otherwise: normal theory, a nested calculation."""

import math

import numpy as np
import pytest

from headwater.appraisal.information import by_chance, each, explain, partial, perfect, sampled
from headwater.appraisal.trial import noise, resolved
from headwater.core.arrays import FloatArray
from headwater.core.worlds import normals

DRAWS = 40_000
CLOSE = 0.006
"""How near an answer must come, in spreads of what is known."""
SLOPES = (3.0, 2.0, 0.0)
THRESHOLDS = (-4.0, -1.0, 0.0, 1.0, 4.0)


def gain(mean: float, spread: float) -> float:
    """Return E[max(X, 0)] − max(E[X], 0) of a normal X: Raiffa and Schlaifer's unit normal loss."""
    u = abs(mean) / spread
    density = math.exp(-u * u / 2.0) / math.sqrt(2.0 * math.pi)
    return spread * (density - u * 0.5 * math.erfc(u / math.sqrt(2.0)))


def standard(name: str, draws: int = DRAWS) -> FloatArray:
    """Return normal numbers with a mean of exactly nought and a spread of exactly one."""
    z = normals(1, name, draws)
    return (z - z.mean()) / z.std()


@pytest.fixture(scope="module")
def linear():
    """Return what explains a net benefit that is linear in normal inputs, and of luck."""
    inputs = [standard(f"input {i}") for i in range(len(SLOPES))]
    value = sum(slope * z for slope, z in zip(SLOPES, inputs, strict=True)) + 2.0 * standard("luck")
    return explain(np.array(THRESHOLDS)[:, None] + value, inputs)


@pytest.mark.parametrize("place", range(len(THRESHOLDS)))
def test_knowing_normal_inputs_is_worth_what_normal_theory_says(linear, place):
    mean = THRESHOLDS[place]
    both = math.hypot(*SLOPES)
    known = {
        3.0: each(linear)[0, place],
        2.0: each(linear)[1, place],
        both: partial(linear, [0, 1])[place],
    }
    for spread, found in known.items():
        assert found == pytest.approx(gain(mean, spread), abs=CLOSE * spread)
    assert perfect(linear)[place] == pytest.approx(gain(mean, both), abs=CLOSE * both)


def test_an_input_that_plays_no_role_and_luck_are_worth_nothing(linear):
    assert each(linear)[2].max() < 0.01


@pytest.mark.parametrize("size", [1, 10, 100, 10_000])
def test_a_normal_sample_is_worth_what_normal_theory_says(linear, size):
    """A mean of n readings with variance 25 resolves 1 ÷ (1 + 25/n) of a standard normal input."""
    (share,) = resolved(standard("input 0")[None, None], np.array([25.0 / size]))
    assert share == pytest.approx(1.0 / (1.0 + 25.0 / size))
    found = sampled(linear, {0: share})[1]
    assert found == pytest.approx(gain(-1.0, 3.0 * math.sqrt(share)), abs=CLOSE * 3.0)


def product(effect: FloatArray, price: FloatArray) -> FloatArray:
    """Return a net benefit in which inputs multiply: children × price − cost."""
    return np.asarray(10.0 * effect * price - 12.0)


def test_inputs_that_multiply_are_worth_what_a_nested_calculation_says():
    """Outer draws of one input, inner draws of the other: the definition, step by step."""
    effect = np.asarray(1.0 + 0.6 * normals(2, "effect", DRAWS))
    price = np.exp(0.5 * normals(2, "price", DRAWS))
    found = explain(product(effect, price)[None, :], [effect, price])
    outer, inner = effect[:1000], price[:, None]
    for known, given in (
        (each(found)[0, 0], product(outer, inner[:2000]).mean(axis=0)),
        (each(found)[1, 0], product(effect[:2000, None], price[:1000]).mean(axis=0)),
    ):
        nested = np.maximum(given, 0.0).mean() - max(given.mean(), 0.0)
        assert known == pytest.approx(nested, rel=0.15)
    whole = product(effect, price)
    exact = np.maximum(whole, 0.0).mean() - max(whole.mean(), 0.0)
    assert perfect(found)[0] == pytest.approx(exact, rel=0.05)


WORLDS = 4000
FAMILIES = (20, 200, 2000)


@pytest.mark.parametrize("families", FAMILIES)
def test_a_trial_is_worth_what_weighing_every_world_by_its_counts_says(families):
    """Count a trial in every world, then weigh all worlds by how likely those counts are in each.

    Nothing is fitted and nothing taken to be normal: the definition, by Bayes' rule.
    """
    usual = np.clip(0.45 + 0.018 * standard("usual", WORLDS), 0.0, 1.0)
    effect = -0.085 + 0.025 * standard("effect", WORLDS)
    helped = np.clip(usual + effect, 0.0, 1.0)
    net = np.array([[0.06], [0.085], [0.1]]) * 1e6 - 1e6 * (0.17 + effect)
    explained = explain(net, [effect, usual])
    parts = explain(np.stack([usual, helped]), [effect, usual]).parts.transpose(1, 0, 2)
    shares = resolved(parts, noise(usual, helped, families=families))
    found = sampled(explained, dict(enumerate(shares.tolist())))
    expected = weighed(net, np.stack([usual, helped]), arm=families // 2)
    np.testing.assert_allclose(found, expected, atol=0.04 * expected.max())


def weighed(net: FloatArray, shares: FloatArray, *, arm: int) -> FloatArray:
    """Return the value of a trial's counts in two arms, array (threshold,)."""
    rng = np.random.default_rng(3)
    likely = np.zeros((net.shape[1], net.shape[1]))
    for share in shares:
        seen = rng.binomial(arm, share)[:, None]
        likely += seen * np.log(share) + (arm - seen) * np.log1p(-share)
    weights = np.exp(likely - likely.max(axis=1, keepdims=True))
    after = net @ (weights / weights.sum(axis=1, keepdims=True)).T
    return np.asarray(np.maximum(after, 0.0).mean(axis=1) - np.maximum(after.mean(axis=1), 0.0))


def test_readings_together_resolve_what_normal_theory_says():
    """If the risk is known, the programme's arm alone tells of the effect; else the difference."""
    effect, risk = standard("effect"), standard("risk")
    for spread, expected in ((1e-6, 1.0 / (1.0 + 4.0)), (1e6, 1.0 / (1.0 + 8.0))):
        zero = np.zeros_like(effect)
        parts = np.array([[zero, spread * risk], [effect, spread * risk]])
        assert resolved(parts, np.array([4.0, 4.0]))[0] == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("draws", [200, 1000])
def test_what_an_input_without_a_role_seems_worth_is_seldom_above_what_is_said_of_chance(draws):
    rng, above = np.random.default_rng(4), []
    for _ in range(40):
        inputs = list(rng.standard_normal((10, draws)))
        net = 3.0 * inputs[0] + 10.0 * rng.standard_normal(draws)
        net = (net - net.mean())[None, :]
        found = explain(net, inputs)
        above += (each(found)[1:, 0] > by_chance(found, net)[0]).tolist()
    assert sum(above) <= 0.05 * len(above)
