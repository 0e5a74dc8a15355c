"""Turn days and moves into money: by line, draw and year, in real terms.

1. Count the days of each year since the start, by bucket, and the moves.
2. Multiply by each draw's prices, in both arms.
3. Spread over the years in which children start.
4. Discount by whole years from the first start.
"""

from collections.abc import Sequence

import numpy as np

from headwater.core.appraisal import Appraisal, Price
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.episodes import Tally
from headwater.core.worlds import normals


def price_draws(prices: Sequence[Price], *, seed: int, draws: int, place: str) -> FloatArray:
    """Return each price in each draw, array (line, draw); the mean of the draws is the price."""
    spreads = np.array([price.log_spread for price in prices])[:, None]
    z = np.array([normals(seed, f"price {price.id} {place}", draws) for price in prices])
    values = np.array([price.value for price in prices])[:, None]
    return np.asarray(values * np.exp(spreads * z - spreads**2 / 2))


def appraise(  # noqa: PLR0913 - all of a case's money, by name
    tally: Tally,
    prices: Sequence[Price],
    drawn: FloatArray,
    *,
    moves: Sequence[str],
    delivery: FloatArray,
    starts: FloatArray,
    factors: FloatArray,
) -> Appraisal:
    """Appraise a simulated cohort.

    Parameters
    ----------
    drawn
        Prices in draws, array (line, draw).
    moves
        Names of the tally's transitions.
    delivery
        Pounds a child, real, array (draw,); spent in the year a child starts.
    starts
        Share of children who start in each year from the first, array (start year,).
    factors
        Discount factors for start years and horizon together, array (year,).
    """
    lines = np.array([line_units(tally, price, moves) for price in prices])
    spent = lines * drawn[:, None, :, None]
    spread = over_starts(spent, starts)
    cost = np.zeros((len(delivery), len(factors)))
    cost[:, : len(starts)] = tally.children * delivery[:, None] * starts[None, :]
    return Appraisal(
        prices=tuple(prices),
        usual=spread[:, 0],
        helped=spread[:, 1],
        delivery=cost,
        factors=factors,
        price_base=prices[0].price_base,
        children=tally.children,
    )


def line_units(tally: Tally, price: Price, moves: Sequence[str]) -> FloatArray:
    """Return the days or moves a price applies to, array (arm, draw, year since start)."""
    if price.moves:
        indices = [list(moves).index(name) for name in price.moves]
        return _yearly(tally.entries[:, :, indices].sum(axis=2))
    indices = [tally.buckets.index(name) for name in price.buckets]
    return _yearly(tally.days[:, :, indices].sum(axis=2))


def _yearly(monthly: IntArray) -> FloatArray:
    """Sum months into years along the last axis."""
    return np.asarray(monthly.reshape(*monthly.shape[:-1], -1, 12).sum(axis=-1), dtype=np.float64)


def over_starts(course: FloatArray, starts: FloatArray, *, every: int = 1) -> FloatArray:
    """Spread what follows a start, last axis its periods, over the years in which children start.

    Parameters
    ----------
    starts
        Share of children who start in each year from the first, array (start year,).
    every
        Periods in a year.
    """
    periods = course.shape[-1]
    spread = np.zeros((*course.shape[:-1], periods + every * (len(starts) - 1)))
    for year, share in enumerate(starts):
        spread[..., every * year : every * year + periods] += share * course
    return spread


def payback_year(appraisal: Appraisal) -> FloatArray:
    """Return the year from whose end on savings cover delivery, in each draw; infinite if none.

    Years count from 1; present values.
    """
    saved = appraisal.benefits.sum(axis=0)
    running = np.cumsum((saved - appraisal.delivery) * appraisal.factors, axis=1)
    short = running < 0.0
    last = np.where(short.any(axis=1), running.shape[1] - short[:, ::-1].argmax(axis=1), 0)
    return np.where(short[:, -1], np.inf, np.maximum(last + 1.0, 1.0))
