"""How far an estimate of a service's effect scatters about the truth: by formula and by simulation.

The effect of a share is its change in points, treated against comparator; of events, the part by
which their rate falls (or rises).
"""

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.odds import Odds


def shares(odds: Odds, effect: FloatArray | float) -> FloatArray:
    """Return the rate with the service, for true effects; never outside what can be."""
    sign = 1.0 if odds.good == "rise" else -1.0
    if odds.outcome == "events":
        return np.maximum(odds.without * (1.0 + sign * np.asarray(effect)), 0.0)
    return np.clip(odds.without + sign * np.asarray(effect), 0.0, 1.0)


def standard_error(odds: Odds, effect: FloatArray | float) -> FloatArray:
    """Return the standard deviation of the estimate, drift in it.

    Of a share: √(p₁(1−p₁)/n + p₀(1−p₀)/m + drift²). Of events, of the log of the ratio:
    √(D(1/nλ₁ + 1/mλ₀)).
    """
    with_it, n = shares(odds, effect), odds.counted
    m = _compared(odds)
    if odds.outcome == "events":
        own = odds.dispersion / (n * np.maximum(with_it, 1e-12))
        other = odds.dispersion / (m * odds.without) if np.isfinite(m) else 0.0
        relative = odds.comparator.drift_sd / odds.without
        return np.sqrt(own + other + relative**2)
    own = with_it * (1.0 - with_it) / n
    other = odds.without * (1.0 - odds.without) / m if np.isfinite(m) else 0.0
    return np.sqrt(own + other + odds.comparator.drift_sd**2)


def _compared(odds: Odds) -> float:
    """Return how many people the comparison counts as independent; infinite where it is given."""
    comparator = odds.comparator
    if comparator.kind == "known":
        return float("inf")
    if comparator.kind == "historic":
        return float(comparator.people or 1)
    return odds.counted * comparator.per_case


def centre(odds: Odds, effect: FloatArray | float) -> FloatArray:
    """Return the mean of the estimate: the true effect, and what drift adds to it."""
    drift = 0.0 if odds.comparator.kind == "concurrent" else odds.comparator.drift
    if odds.outcome == "events":
        drift /= odds.without
    return np.asarray(effect) + (drift if odds.good == "fall" else -drift)


def chance_above(odds: Odds, effect: FloatArray | float, trigger: float) -> FloatArray:
    """Return the chance that the estimate reaches a trigger, by the normal formula."""
    from scipy.stats import norm  # noqa: PLC0415 - slow to load

    spread, middle = standard_error(odds, effect), centre(odds, effect)
    if odds.outcome == "events":
        sign = 1.0 if odds.good == "rise" else -1.0
        far = (np.log1p(sign * middle) - np.log1p(sign * trigger)) * sign
        return np.asarray(norm.cdf(far / spread))
    return np.asarray(norm.cdf((middle - trigger) / spread))


def simulated(odds: Odds, effect: float, *, draws: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return estimates of an effect and the standard errors an evaluator would state; (draw,).

    People are counted one by one (events with their dispersion); a comparator drifts.
    """
    random = np.random.default_rng([seed, 7])
    comparator, n, m = odds.comparator, max(round(odds.counted), 1), _compared(odds)
    drift = comparator.drift + comparator.drift_sd * random.standard_normal(draws)
    if comparator.kind == "concurrent":
        drift = drift - comparator.drift
    moved = shares(odds, effect) - drift
    others = odds.without * np.ones(draws)
    if odds.outcome == "share":
        treated = random.binomial(n, np.clip(moved, 0.0, 1.0)) / n
        control = random.binomial(round(m), odds.without, draws) / m if np.isfinite(m) else others
        spread = np.sqrt(treated * (1 - treated) / n + control * (1 - control) / m)
        estimate = control - treated if odds.good == "fall" else treated - control
        return estimate, spread
    treated = _events(random, n, np.maximum(moved, 0.0), odds.dispersion)
    control = _events(random, round(m), others, odds.dispersion) if np.isfinite(m) else others
    ratio = treated / np.maximum(control, 1e-12)
    own = odds.dispersion / np.maximum(n * treated, 1e-12)
    other = odds.dispersion / (m * np.maximum(control, 1e-12)) if np.isfinite(m) else 0.0
    estimate = 1.0 - ratio if odds.good == "fall" else ratio - 1.0
    return estimate, ratio * np.sqrt(own + other)


def _events(
    random: np.random.Generator, people: int, mean: FloatArray, dispersion: float
) -> FloatArray:
    """Return events a person: Poisson, or gamma-Poisson where they scatter more."""
    total = people * mean
    if dispersion <= 1.0:
        return np.asarray(random.poisson(total) / people)
    scale = dispersion - 1.0
    level = random.gamma(np.maximum(total / scale, 1e-12), scale)
    return np.asarray(random.poisson(level) / people)
