"""Finding years in which a series jumps by more than its own past and its peers can explain.

The steps, for one measure over all authorities:

1. Take the log of each year-on-year change, less the median change of all authorities that year, so
   that a national swing is nobody's break.
2. A place's own scale is the median absolute size of its other changes, times 1.4826 (a standard
   deviation if they were normal), and never less than the noise of counting, the root of
   1/before + 1/after.
3. A break is a change above `OWN_MULTIPLE` own scales that also lies beyond `PEER_QUANTILE` of the
   changes of all authorities in all years.
4. A year that its publisher marks as not available or unreliable, between published years, is a
   break too: nothing says that the figures on both sides count alike.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

OWN_MULTIPLE = 4.0
"""Own scales that a change must exceed: about one in 16,000 if changes were normal."""

PEER_QUANTILE = 0.99
"""Share of all authorities' changes that a break exceeds."""

SMALLEST = 30
"""Counts below this jump by chance alone and are left out."""

OTHERS_NEEDED = 3
"""Other changes without which a place has no scale of its own."""

NORMAL = 1.4826
"""Standard deviation of a normal variable over its median absolute size."""

UNKNOWN = "cause not published in the sources read"

MEASURES = ("need_stock", "need_starts", "plan_stock", "plan_starts", "care_stock", "care_starts")

GAP_WORDS = {"not available": "not available", "unreliable": "of low reliability, not shown"}


@dataclass(frozen=True, slots=True)
class Found:
    """A break in one row: position of the year, values before and after."""

    row: int
    column: int
    before: float
    after: float
    reason: str = UNKNOWN


def jumps(values: np.ndarray) -> list[Found]:
    """Return the breaks of step 3.

    Parameters
    ----------
    values
        Array (place, year) of counts; NaN where none was published.
    """
    known = np.where(values >= SMALLEST, values, np.nan)
    change = np.diff(np.log(known), axis=1)
    told = ~np.all(np.isnan(change), axis=0)
    change[:, told] -= np.nanmedian(change[:, told], axis=0)
    peer = np.nanquantile(np.abs(change), PEER_QUANTILE)
    noise = np.sqrt(1 / known[:, 1:] + 1 / known[:, :-1])
    return [
        Found(row, column + 1, values[row, column], values[row, column + 1])
        for row, column in np.argwhere(np.abs(change) > peer).tolist()
        if abs(change[row, column]) > OWN_MULTIPLE * _own(change[row], column, noise[row, column])
    ]


def _own(changes: np.ndarray, column: int, noise: float) -> float:
    others = np.delete(changes, column)
    others = others[~np.isnan(others)]
    if others.size < OTHERS_NEEDED:
        return float("inf")
    return max(NORMAL * float(np.median(np.abs(others))), float(noise))


def gaps(values: np.ndarray, symbols: list[list[str]], years: tuple[int, ...]) -> list[Found]:
    """Return the breaks of step 4; `symbols` is (place, year), empty where a number stands."""
    return [
        gap for row in range(len(values)) for gap in _gaps(row, values[row], symbols[row], years)
    ]


def _gaps(
    row: int,
    values: np.ndarray,
    symbols: list[str],
    years: tuple[int, ...],
) -> Iterator[Found]:
    published = np.flatnonzero(~np.isnan(values)).tolist()
    for left, right in itertools.pairwise(published):
        between = range(left + 1, right)
        if not any(symbols[at] in GAP_WORDS for at in between):
            continue
        words = "; ".join(
            f"{years[at]} {GAP_WORDS.get(symbols[at], symbols[at])}" for at in between
        )
        reason = f"{words}; compared are {years[left]} and {years[right]}; {UNKNOWN}"
        yield Found(row, left + 1, values[left], values[right], reason)
