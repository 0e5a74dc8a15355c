"""A trial in two equal arms, counted at a follow-up: what it tells, and what it costs to wait for.

Waiting is not free: children who start before the result go without help, if helping is the better
bet today :cite:p:`eckermann2008time`.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray

LEAST = 1e-15
"""Variance of a reading below which chance plays no part in it."""


def noise(usual: FloatArray, helped: FloatArray, *, families: float) -> FloatArray:
    """Return the variance of what each arm reads, by chance of who is in it, array (arm,).

    p(1 − p) ÷ n in each arm of n families, half of all, one child counted in each; mean over draws.

    Parameters
    ----------
    usual, helped
        Share with the outcome in each arm, arrays (draw,).
    """
    arm = families / 2.0
    return np.array([float(np.mean(share * (1.0 - share))) / arm for share in (usual, helped)])


def resolved(parts: FloatArray, sampling: FloatArray) -> FloatArray:
    """Return the share of each input's variance that noisy readings resolve, array (input,).

    All readings are weighed together with what is known of every input before: with m the slopes of
    the readings in an input of unit variance and S their variance, known and by chance, it is
    mᵀ S⁻¹ m, 0 to 1; exact where all is linear and normal :cite:p:`raiffa1961applied`, else the
    moments that are matched :cite:p:`heath2018efficient`.

    Parameters
    ----------
    parts
        What each input adds to each reading, array (reading, input, draw); means are nought.
    sampling
        Variance of each reading by chance, array (reading,).
    """
    spreads = np.sqrt(np.einsum("rid,rid->ri", parts, parts) / parts.shape[2])
    own = parts[spreads.argmax(axis=0), np.arange(parts.shape[1])]
    slopes = np.zeros_like(spreads)
    shared = np.einsum("rid,id->ri", parts, own) / parts.shape[2]
    np.divide(shared, spreads.max(axis=0), out=slopes, where=spreads.max(axis=0) > 0.0)
    variance = slopes @ slopes.T + np.diag(np.maximum(sampling, LEAST))
    known = np.einsum("ri,ri->i", slopes, np.linalg.solve(variance, slopes))
    return np.asarray(np.clip(known, 0.0, 1.0))


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


def net_of_waiting(
    worth: FloatArray, mean: FloatArray, waited: Wait, *, cost: float | FloatArray
) -> FloatArray:
    """Return what testing first is worth against deciding now, pounds, array (threshold,).

    What is learnt for those who start after the result, less the cost of the trial, less the net
    benefit that those who start before it go without.

    Parameters
    ----------
    worth, mean
        Value of the trial's result and mean net benefit, pounds for a year of children, arrays
        (threshold,).
    cost
        Pounds, less what the trial's own families save; one or an array (threshold,).
    """
    return np.asarray(worth * waited.after - np.maximum(mean, 0.0) * waited.before - cost)
