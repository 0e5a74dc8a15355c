"""Times missing from a placement, or away from it without leave."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.synthesis.children import Made
from headwater.synthesis.draws import Words

if TYPE_CHECKING:
    from headwater.synthesis.lives import CareRows

RATE = 0.30
"""Spells a year of a looked-after child of eleven or older, in an average placement: assumed."""
OLD_ENOUGH = 11 * 365.25
AWAY = 0.15
"""Share of spells that are away without leave and not missing: assumed."""
LASTS = 0.45
"""The chance each day that a missing child is back: assumed."""
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """Spells, by child and start; every array is (spell,). None runs beyond its placement."""

    child: IntArray
    start: IntArray
    stop: IntArray
    kind: Words


def go_missing(rng: np.random.Generator, made: Made, care: "CareRows", *, horizon: int) -> Missing:
    """Return the spells of children in ordinary placements; none overlaps another."""
    until = np.minimum(care.stop, horizon + 1)
    begin = np.maximum(care.start, made.born[care.child] + OLD_ENOUGH).astype(np.int64) + 1
    usual = ~np.isin(care.status, ("V3", "V4")) & ~np.char.startswith(care.place, "T")
    usual &= ~np.char.startswith(care.place, "A")
    room = np.where(usual, np.maximum(0, until - begin - 2), 0)
    count = rng.poisson(RATE * room / 365.25)
    row = np.repeat(np.arange(len(care)), count)
    start = begin[row] + (rng.random(len(row)) * room[row]).astype(np.int64)
    lasts = np.minimum(LONGEST, rng.geometric(LASTS, len(row)))
    stop = start + lasts
    fits = stop < until[row]
    row, start, stop = row[fits], start[fits], stop[fits]
    child = care.child[row]
    order = np.lexsort((start, child))
    child, start, stop = child[order], start[order], stop[order]
    kind = np.where(rng.random(len(child)) < AWAY, "A", "M")
    clear = _apart(child, start, stop)
    return Missing(child[clear], start[clear], stop[clear], kind[clear])


def _apart(child: IntArray, start: IntArray, stop: IntArray) -> IntArray:
    """Return the spells that begin after every earlier one of the child has ended."""
    if not len(child):
        return np.zeros(0, dtype=np.int64)
    span = int(stop.max()) + 1
    ends = np.maximum.accumulate(child * span + stop)
    free = np.ones(len(child), dtype=bool)
    free[1:] = child[1:] * span + start[1:] > ends[:-1]
    return np.flatnonzero(free)
