"""Days, entries, exits and stock of episodes: half-open, the day on which one ends not counted.

The union of a person's episodes counts a day once; the plain sum counts it as often as it stands in
a row. The two part where episodes overlap.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.episodes import Episodes


@dataclass(frozen=True, slots=True)
class Spans:
    """Times of persons, ordered by person and start, none of them empty; every array is (row,)."""

    person: IntArray
    start: IntArray
    stop: IntArray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.person)


def spans(episodes: Episodes, rows: BoolArray) -> Spans:
    """Return the times of some episodes in order."""
    person, start, stop = episodes.person[rows], episodes.start[rows], episodes.stop[rows]
    order = np.lexsort((stop, start, person))
    return Spans(person[order], start[order], stop[order])


def periods(held: Spans) -> Spans:
    """Return unbroken times: episodes that touch or overlap, joined.

    A period of care, where the spans are of care.
    """
    if not len(held):
        return held
    reach = _reach(held)
    begins = np.ones(len(held), dtype=bool)
    same = held.person[1:] == held.person[:-1]
    begins[1:] = ~(same & (held.start[1:] <= reach[:-1]))
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(held)) - 1
    return Spans(held.person[first], held.start[first], reach[last])


def _reach(held: Spans) -> IntArray:
    """Return how far any of a person's episodes up to each row goes."""
    low = int(held.stop.min())
    width = int(held.stop.max()) - low + 1
    return (
        np.maximum.accumulate(held.person * width + (held.stop - low)) - held.person * width + low
    )


@dataclass(frozen=True, slots=True)
class Days:
    """Days on which something happened, ordered by person and day; every array is (row,)."""

    person: IntArray
    day: IntArray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.person)


NEVER = 2**40
"""A day that does not come."""


def next_day(person: IntArray, day: IntArray, held: Days) -> IntArray:
    """Return the first of each person's days on or after a day; `NEVER` where there is none.

    Parameters
    ----------
    person, day
        For whom and from when; array (row,).
    """
    if not len(held):
        return np.full(len(person), NEVER, dtype=np.int64)
    low = int(min(held.day.min(), day.min(initial=0)))
    width = int(max(held.day.max(), day.max(initial=0))) - low + 2
    known = held.person * width + (held.day - low)
    at = np.searchsorted(known, person * width + (day - low))
    inside = np.minimum(at, len(held) - 1)
    comes = (at < len(held)) & (held.person[inside] == person)
    made: IntArray = np.where(comes, held.day[inside], NEVER)
    return made


def days(held: Spans, first: int, after: int) -> int:
    """Return the days within [first, after), a day as often as it stands in a row."""
    lasted = np.minimum(held.stop, after) - np.maximum(held.start, first)
    return int(np.maximum(lasted, 0).sum())


def days_each(held: Spans, first: IntArray, after: IntArray) -> IntArray:
    """Return each person's days within a window of its own.

    Parameters
    ----------
    held
        Unbroken times (`periods`), so that no day counts twice.
    first, after
        The window, by person; array (person,).
    """
    lasted = np.minimum(held.stop, after[held.person]) - np.maximum(held.start, first[held.person])
    return np.bincount(held.person, weights=np.maximum(lasted, 0), minlength=len(first)).astype(
        np.int64
    )


def entries(held: Spans, first: int, after: int) -> int:
    """Return how many times begin within [first, after)."""
    return int(np.count_nonzero((held.start >= first) & (held.start < after)))


def exits(held: Spans, first: int, after: int) -> int:
    """Return how many times end within [first, after): on the first day not counted."""
    return int(np.count_nonzero((held.stop >= first) & (held.stop < after)))


def stock(held: Spans, day: int) -> int:
    """Return how many times hold a day."""
    return int(np.count_nonzero((held.start <= day) & (held.stop > day)))
