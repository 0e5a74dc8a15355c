"""The children of a place in the years after a base day, month by month and draw by draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headwater.core.ahead import NOWHERE, Ahead
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.local_pathway import LocalPathway
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
from headwater.core.worlds import own_seed
from headwater.pathways.ahead import arms_ahead
from headwater.pathways.simulate import simulate
from headwater.pathways.stand_still import COUNTED, StandStill, stand_still, starts
from headwater.workflows.forecast.base_day import Base
from headwater.workflows.forecast.own_base import with_own_children

MOST_CHILDREN = 1_200_000
"""Children simulated at most; above it, one stands for several, and chance is overstated."""
SETTLED = 10
"""Draws beside the others in which no level wanders, for the centre of a forecast."""
Change = Callable[[StandStill, Arms], Arms]
"""What a scenario does to the second arm."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Children of a place by month, as things are (arm 0) and in a scenario (arm 1).

    Draws are centred on the course on which no level wanders, because belief was learnt on that
    course and spreads about it; both arms of a draw by the same factor. The course is the published
    stock × what it comes to where no level wanders ÷ where the place stands still, on the same
    luck: what chance does to both falls out.

    Parameters
    ----------
    months
        Whole days since the base day at which months begin, and the end; array (month + 1,).
    children
        By stock, as the pathway counts them, on the first day of each month and at the end; array
        (arm, draw, month + 1).
    days
        Child-days by stock; array (arm, draw, month).
    course
        Children by stock on the course on which no level wanders; array (month + 1,).
    moves
        Moves made; array (arm, draw, transition, month).
    """

    base: Base
    still: StandStill
    months: IntArray
    children: dict[Stock, FloatArray]
    days: dict[Stock, FloatArray]
    course: dict[Stock, FloatArray]
    moves: FloatArray

    @property
    def middles(self) -> FloatArray:
        """Years from the base day to the middle of each month; array (month,)."""
        return np.asarray((self.months[1:] + self.months[:-1]) / 2 / YEAR)

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
    settled: int = SETTLED,
    change: Change | None = None,
    own: LocalPathway | None = None,
    progress: Callable[[float], None] | None = None,
) -> Outlook:
    """Simulate a place's children from its base day on.

    Parameters
    ----------
    pathway
        England's, one draw.
    levels
        The place's, as fitted.
    settled
        Draws beside `draws` in which no level wanders.
    change
        What the second arm has different; none: nothing.
    own
        The place's own children, where its records show them. The course is then what they come to
        where no level wanders, in more draws, since they do not stand still.
    """
    if own is not None:
        settled *= 4
    still = stand_still(pathway, levels, population=base.population, stocks=base.stocks)
    if own is not None:
        still = with_own_children(still, own)
    arms = arms_ahead(still, ahead, place=base.place.id, years=years, draws=draws, seed=seed)
    if change is not None:
        arms = change(still, arms)
    arms = _beside(arms, _settled(still, ahead, base.place.id, years=years, draws=settled))
    months = np.round(np.arange(12 * years + 1) * MONTH).astype(np.int64)
    each = max(1.0, base.population / MOST_CHILDREN)
    one = still.pathway
    tally = simulate(
        replace(one, multipliers=np.repeat(one.multipliers, draws + settled, axis=0)),
        tuple(_fewer(group, each) for group in starts(still, days=float(months[-1]))),
        arms,
        period_edges=months,
        target="looked_after",
        seed=own_seed(seed, f"children {base.place.id}"),
        progress=progress,
    )
    buckets = {name: [one.state(state) for state in COUNTED[name]] for name in STOCKS}
    children = {n: tally.census[:, :, b].sum(axis=2) * each for n, b in buckets.items()}
    days = {n: tally.days[:, :, b].sum(axis=2) * each for n, b in buckets.items()}
    course = {
        n: c[0, draws:].mean(axis=0) if own is not None else _course(c[:, draws:], still.stock(n))
        for n, c in children.items()
    }
    factors = {n: _centring(c[0, :draws], course[n]) for n, c in children.items()}
    return Outlook(
        base=base,
        still=still,
        months=months,
        children={n: c[:, :draws] * factors[n] for n, c in children.items()},
        days={n: d[:, :draws] * _between(factors[n]) for n, d in days.items()},
        course=course,
        moves=np.asarray(tally.entries[:, :draws] * each),
    )


def _settled(
    still: StandStill, ahead: Mapping[Stock, Ahead], place: str, *, years: int, draws: int
) -> Arms:
    """Return draws in which no level wanders; in the second arm the place stands still."""
    calm = {n: replace(a, place=NOWHERE, nation=NOWHERE) for n, a in ahead.items()}
    arms = arms_ahead(still, calm, place=place, years=years, draws=draws, seed=0)
    arms.scale[1] = 1.0
    return arms


def _beside(arms: Arms, others: Arms) -> Arms:
    """Return the draws of both, the others in the windows of the first."""
    begins = np.concatenate([[0.0], arms.edges])
    windows = np.searchsorted(others.edges, begins, side="right")
    return Arms(arms.edges, np.concatenate([arms.scale, others.scale[:, :, windows]], axis=1))


def _course(settled: FloatArray, stock: float) -> FloatArray:
    """Return a stock by month on the course on which no level wanders, array (month,)."""
    moved, stood = settled.sum(axis=1)
    return np.where(stood > 0.0, stock * moved / np.maximum(stood, 1e-12), 0.0)


def _centring(drawn: FloatArray, course: FloatArray) -> FloatArray:
    """Return by what draws are multiplied so that their median is the course, array (month,)."""
    middle = np.median(drawn, axis=0)
    return np.where((middle > 0.0) & (course > 0.0), course / np.maximum(middle, 1e-12), 1.0)


def _between(factors: FloatArray) -> FloatArray:
    """Return the mean of each month's factor and the next one's."""
    return np.asarray((factors[1:] + factors[:-1]) / 2)


def _fewer(group: Start, each: float) -> Start:
    return group if each == 1.0 else replace(group, children=round(group.children / each))
