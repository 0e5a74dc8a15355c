"""Moves and the time at risk of them, by age and time in state, as stays show them."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.pathway import STATES, Pathway
from headwater.pathways.stays import Stays

FIRST = {
    "child_in_need": ("universal",),
    "looked_after": (
        "universal",
        "child_in_need",
        "protection_plan",
        "pre_proceedings",
        "left_care_permanence",
        "left_care_other",
    ),
}
"""The states from which each is entered anew."""
LATE = 0.5
"""Days from midnight to the middle of the day on which a stay ends: moves fall within a band."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What happened in a time, by band of age and of time in the state.

    Parameters
    ----------
    days
        Child-days in each state; array (state, age band, duration band).
    moves
        By the states between which children moved; array (origin, target, age band, duration band).
    into_need, into_care
        Children who became in need and had not been looked after, and who began to be looked after
        and had not gone home from care, by age; array (age band,).
    """

    days: FloatArray
    moves: FloatArray
    into_need: FloatArray
    into_care: FloatArray


def exposure(held: Stays, pathway: Pathway, *, first: int, after: int) -> Exposure:
    """Count the moves and child-days of a time.

    A stay whose beginning is not told counts from when it is in the last band of time for certain,
    because whoever is seen in care for the first time has been there longer than that.

    Parameters
    ----------
    first, after
        Days since 1 January 1970: from `first` until before `after`.
    """
    ages, times = pathway.age_edges, np.append(pathway.duration_edges, np.inf)
    shape = (len(STATES), len(ages) - 1, len(times) - 1)
    days, moves = np.zeros(shape), np.zeros((len(STATES), *shape))
    begins = np.maximum(held.start, first)
    ends = np.minimum(held.stop, after)
    moved = (held.target >= 0) & (held.stop > first) & (held.stop <= after)
    age, time = held.stop - held.born - LATE, held.stop - held.start - LATE
    for a in range(shape[1]):
        for t in range(shape[2]):
            low = np.maximum(held.born + ages[a], held.start + times[t])
            high = np.minimum(held.born + ages[a + 1], held.start + times[t + 1])
            lived = np.maximum(np.minimum(ends, high) - np.maximum(begins, low), 0.0)
            sure: BoolArray = held.told | (t == shape[2] - 1)
            days[:, a, t] = _sum(held.state[sure], lived[sure])
            cell = sure & moved & (age >= ages[a]) & (age < ages[a + 1])
            cell &= (time >= times[t]) & (time < times[t + 1])
            np.add.at(moves[:, :, a, t], (held.state[cell], held.target[cell]), 1.0)
    begun = held.told & (held.start >= first) & (held.start < after)
    at = held.start - held.born + LATE
    into = {
        state: np.histogram(at[begun & _began(held, state, after=after_these)], bins=ages)[
            0
        ].astype(np.float64)
        for state, after_these in FIRST.items()
    }
    return Exposure(days, moves, into["child_in_need"], into["looked_after"])


def _sum(state: IntArray, lived: FloatArray) -> FloatArray:
    return np.asarray(np.bincount(state, weights=lived, minlength=len(STATES)), np.float64)


def _began(held: Stays, state: str, *, after: tuple[str, ...]) -> BoolArray:
    """Return which stays in a state follow none of the child's, or one in some states."""
    before = np.append([-1], held.state[:-1])[: len(held)]
    first = np.append([True], held.child[1:] != held.child[:-1])[: len(held)]
    from_there = np.isin(before, [STATES.index(name) for name in after])
    began: BoolArray = (held.state == STATES.index(state)) & (first | from_there)
    return began


def stock(held: Stays, state: int, pathway: Pathway, *, day: int) -> IntArray:
    """Return children in a state on a day, array (18, duration band).

    Those whose beginning is not told are in the last band: they have been there longer than the
    records.
    """
    there = (held.state == state) & (held.start <= day) & (held.stop > day)
    years = np.clip(((day - held.born[there]) / (pathway.age_edges[-1] / 18)).astype(int), 0, 17)
    time = np.where(held.told[there], day - held.start[there], np.inf)
    band = np.searchsorted(pathway.duration_edges, time, side="right") - 1
    counts = np.zeros((18, len(pathway.duration_edges)), dtype=np.int64)
    np.add.at(counts, (years, band), 1)
    return counts
