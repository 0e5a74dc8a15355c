"""The children of a place in the years after a base day, month by month and draw by draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headwater.core.ahead import Ahead
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.pathway import (
    MONTH,
    STOCKS,
    YEAR,
    Arms,
    Level,
    Pathway,
    Start,
    Stock,
)
from headwater.pathways.ahead import arms_ahead
from headwater.pathways.simulate import simulate
from headwater.pathways.stand_still import COUNTED, StandStill, stand_still, starts
from headwater.workflows.forecast.base import Base

MOST_CHILDREN = 1_200_000
"""Children simulated at most; above it, one stands for several, and chance is overstated."""
Change = Callable[[StandStill, Arms], Arms]
"""What a scenario does to the second arm."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Children of a place by month, as things are (arm 0) and in a scenario (arm 1).

    Parameters
    ----------
    months
        Whole days since the base day at which months begin, and the end; array (month + 1,).
    children
        By stock, as the pathway counts them, on the first day of each month and at the end; array
        (arm, draw, month + 1).
    days
        Child-days by stock; array (arm, draw, month).
    moves
        Moves made; array (arm, draw, transition, month).
    """

    base: Base
    still: StandStill
    months: IntArray
    children: dict[Stock, FloatArray]
    days: dict[Stock, FloatArray]
    moves: FloatArray

    def published(self, stock: Stock) -> FloatArray:
        """Return a stock by month as publishers count it; array (arm, draw, month + 1)."""
        own = self.children[stock]
        if stock == "plan":
            return own
        if stock == "care":
            return own + self.base.asylum
        parts = [self.published(name) for name in ("plan", "care")]
        return np.asarray(own + sum(parts) + self.base.leavers)


def look_ahead(  # noqa: PLR0913 - what a forecast rests on, by name
    base: Base,
    pathway: Pathway,
    levels: Sequence[Level],
    ahead: Mapping[Stock, Ahead],
    *,
    years: int,
    draws: int,
    seed: int,
    change: Change | None = None,
    progress: Callable[[float], None] | None = None,
) -> Outlook:
    """Simulate a place's children from its base day on.

    Parameters
    ----------
    pathway
        England's, one draw.
    levels
        The place's, as fitted.
    change
        What the second arm has different; none: nothing.
    """
    still = stand_still(pathway, levels, population=base.population, stocks=base.stocks)
    arms = arms_ahead(still, ahead, place=base.place.id, years=years, draws=draws, seed=seed)
    if change is not None:
        arms = change(still, arms)
    months = np.round(np.arange(12 * years + 1) * MONTH).astype(np.int64)
    each = max(1.0, base.population / MOST_CHILDREN)
    one = still.pathway
    tally = simulate(
        replace(one, multipliers=np.repeat(one.multipliers, draws, axis=0)),
        tuple(_fewer(group, each) for group in starts(still, days=float(months[-1]))),
        arms,
        period_edges=months,
        target="looked_after",
        seed=seed,
        progress=progress,
    )
    buckets = {name: [one.state(state) for state in COUNTED[name]] for name in STOCKS}
    return Outlook(
        base=base,
        still=still,
        months=months,
        children={n: tally.census[:, :, b].sum(axis=2) * each for n, b in buckets.items()},
        days={n: tally.days[:, :, b].sum(axis=2) * each for n, b in buckets.items()},
        moves=np.asarray(tally.entries * each),
    )


def _fewer(group: Start, each: float) -> Start:
    return group if each == 1.0 else replace(group, children=round(group.children / each))


def day_of(months: IntArray, year: int) -> int:
    """Return the index of the month that begins so many years after the base day."""
    return int(np.searchsorted(months, round(year * YEAR)))
