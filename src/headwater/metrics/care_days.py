"""Days in care of every child, from as many episodes as there are."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headwater.core.arrays import IntArray
from headwater.core.episode_columns import EpisodeColumns
from headwater.metrics import care_days_kernel as kernel

THREADS = 2
APRIL = 3
"""Months before it in a year."""


@dataclass(frozen=True, slots=True)
class CareDays:
    """Care of every child by window.

    Parameters
    ----------
    row
        A row of each child, counted over all batches; array (child,).
    days
        Days in care, a day once; array (child, window).
    plain
        Days as a plain sum over all rows has them, an open one up to the end of its year; array
        (window,).
    entered, left, open_at_end
        Unbroken times in care that begin and end in a window, and that hold its last day; arrays
        (window,).
    """

    row: IntArray
    days: IntArray
    plain: IntArray
    entered: IntArray
    left: IntArray
    open_at_end: IntArray


@dataclass(frozen=True, slots=True)
class Dealt:
    """Episodes dealt to parts by their child, batch by batch.

    Parameters
    ----------
    batches
        Of each batch both numbers of each row's child, the rest of the row, and where parts begin.
    last
        The last year of return.
    """

    batches: tuple[tuple[NDArray[Any], NDArray[Any], IntArray], ...]
    last: int

    def part(self, number: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the rows of one part: both numbers of their child, and the rest."""
        mine = [slice(starts[number], starts[number + 1]) for _, _, starts in self.batches]
        keys, cells = (
            np.concatenate([batch[i][rows] for batch, rows in zip(self.batches, mine, strict=True)])
            for i in (0, 1)
        )
        return keys, cells


def deal(batches: Iterable[EpisodeColumns]) -> Dealt:
    """Deal episodes to parts, so that all of a child are in one."""
    made, last, before = [], 0, 0
    for batch in batches:
        rows = len(batch.start)
        keys, cells = np.empty((rows, 2), np.uint64), np.empty((rows, 4), np.int32)
        columns = (batch.first, batch.second, batch.start, batch.stop, batch.year, batch.counts)
        made.append((keys, cells, kernel.deal(*columns, before, keys, cells)))
        last, before = max(last, int(batch.year.max(initial=0))), before + rows
    if not made:
        made.append((np.empty((0, 2), np.uint64), np.empty((0, 4), np.int32), _nothing()))
    return Dealt(tuple(made), last)


def care_days(dealt: Dealt, windows: Sequence[tuple[int, int]]) -> CareDays:
    """Count every child's days in care in some windows.

    Each part is gathered by child, put in order, joined and cut to the windows.

    Parameters
    ----------
    windows
        From the first day until before the second, in days since 1 January 1970.
    """
    after = _after_each_year(dealt.last)
    cuts = np.array(windows, dtype=np.int64).reshape(-1, 2)

    def part(number: int) -> tuple[IntArray, IntArray, IntArray]:
        totals = np.zeros((4, len(cuts)), dtype=np.int64)
        return *kernel.count_part(*dealt.part(number), after, cuts, totals), totals

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(part, range(kernel.PARTS)))
    plain, entered, left, still = np.sum([each[2] for each in found], axis=0)
    rows, days = (np.concatenate([each[i] for each in found]) for i in (0, 1))
    return CareDays(rows, days, plain, entered, left, still)


def _nothing() -> IntArray:
    return np.zeros(kernel.PARTS + 1, dtype=np.int64)


def _after_each_year(last: int) -> IntArray:
    """Return the first day after each year of return, by its end year."""
    years = np.maximum(np.arange(last + 1) - 1970, 0).astype("datetime64[Y]")
    april = years.astype("datetime64[M]") + np.timedelta64(APRIL, "M")
    return np.asarray(april.astype("datetime64[D]").astype(np.int64))
