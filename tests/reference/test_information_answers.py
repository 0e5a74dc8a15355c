"""Values of information against answers known otherwise: normal theory, a nested calculation."""

import math

import numpy as np
import pytest

from headwater.appraisal.information import each, explain, partial, perfect, sampled
from headwater.appraisal.trial import resolved
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
    share = resolved(standard("input 0"), 25.0 / size)
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
