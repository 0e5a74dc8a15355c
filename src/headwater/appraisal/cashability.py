"""When a saving releases a budget: marginal costs, whole steps, notice and backfill.

For each kind of placement or support j and month t

    cashable = κ(t) × (1 − β) × [ u × ΔQ + F × floor(ΔQ / step) ]

with ΔQ fewer children, u the marginal cost of one, F saved only when a whole step (a unit, a team,
a home) closes, κ the ramp after notice, β backfill by children who would otherwise have waited.
Every parameter is an input: without them only bounds are known.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Step:
    """The cashability of one line.

    Parameters
    ----------
    marginal
        Pounds a child a month that fall away with each child fewer.
    fixed
        Pounds a month saved when a whole step closes.
    step
        Children in a step.
    notice_months, ramp_months
        Months before any of it is released, and from then until all is.
    backfill
        Share of freed places taken up by others, 0 to 1.
    """

    marginal: float
    fixed: float
    step: float
    notice_months: int
    ramp_months: int
    backfill: float


def cashable(fewer: FloatArray, step: Step) -> FloatArray:
    """Return pounds released, array (draw, month), from children fewer, array (draw, month)."""
    months = np.arange(fewer.shape[1])
    since = months - step.notice_months
    ramp = np.clip(since / step.ramp_months, 0.0, 1.0) if step.ramp_months else since >= 0
    # A step that opens for more children costs what one that closes saves: truncate towards zero.
    # A little is added so that rounding does not lose a step that is just full.
    steps = np.trunc(fewer / step.step * (1.0 + 1e-9))
    return np.asarray(ramp * (1.0 - step.backfill) * (step.marginal * fewer + step.fixed * steps))


def first_cash(released: FloatArray) -> FloatArray:
    """Return the first month with any release, counting from 1, array (draw,); infinite if none."""
    some = released > 0.0
    return np.where(some.any(axis=1), some.argmax(axis=1) + 1.0, np.inf)


def break_even_share(saved: FloatArray, cost: FloatArray) -> float:
    """Return the share of the average saving that must be cashable to cover the cost.

    From the means over draws; infinite where nothing is saved.
    """
    mean = float(np.mean(saved))
    return float(np.mean(cost)) / mean if mean > 0.0 else float("inf")
