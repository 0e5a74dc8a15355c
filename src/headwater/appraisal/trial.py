"""A trial in two equal arms, counted at a follow-up: what it tells, and what it costs to wait for.

Waiting is not free: children who start before the result go without help, if helping is the better
bet today :cite:p:`eckermann2008time`.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Noise:
    """Variance of what a trial reads, by chance of who is in it: control arm, and difference."""

    control: float
    difference: float


def noise(usual: FloatArray, helped: FloatArray, *, families: float) -> Noise:
    """Return a trial's sampling variances, means over draws.

    p(1 − p) ÷ n in each arm of n families, half of all, one child counted in each.

    Parameters
    ----------
    usual, helped
        Share with the outcome in each arm, arrays (draw,).
    """
    arm = families / 2.0
    control, other = (float(np.mean(share * (1.0 - share))) / arm for share in (usual, helped))
    return Noise(control, control + other)


def resolved(prior: FloatArray, sampling: float) -> float:
    """Return the share of a quantity's variance that reading it with noise resolves, 0 to 1.

    prior variance ÷ (prior variance + sampling variance): exact where both are normal
    :cite:p:`raiffa1961applied`, else the moments that are matched :cite:p:`heath2018efficient`.

    Parameters
    ----------
    prior
        The quantity in draws, array (draw,).
    """
    variance = float(np.var(prior))
    return variance / (variance + sampling) if variance > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Years of children, discounted, who start after a trial's result, and who start before it."""

    after: float
    before: float


def wait(years: int, *, delay_years: float, factors: FloatArray) -> Wait:
    """Return how many years of children a result comes in time for, and for how many too late.

    Children start evenly within each year.

    Parameters
    ----------
    years
        Years of children that the decision is for.
    factors
        Discount factor of each year, array (year,), at least `years` long.
    """
    late = np.clip(delay_years - np.arange(years), 0.0, 1.0)
    return Wait(float((1.0 - late) @ factors[:years]), float(late @ factors[:years]))


def net_of_waiting(worth: FloatArray, mean: FloatArray, waited: Wait, *, cost: float) -> FloatArray:
    """Return what testing first is worth against deciding now, pounds, array (threshold,).

    What is learnt for those who start after the result, less the cost of the trial, less the net
    benefit that those who start before it go without.

    Parameters
    ----------
    worth, mean
        Value of the trial's result and mean net benefit, pounds for a year of children, arrays
        (threshold,).
    """
    return np.asarray(worth * waited.after - np.maximum(mean, 0.0) * waited.before - cost)
