"""Care days of millions of episodes: rows dealt out by child, joined and cut to windows.

A child is known by two 64-bit numbers made from its key. Rows are dealt to parts by the first of
them, so that a part fits in a processor's cache; within a part they are gathered by child, put in
order, and walked once. Equal to `spans.periods` over `Episodes`, row by row, as tests hold.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from headwater.core.arrays import IntArray
from headwater.core.episode_columns import UNKNOWN
from headwater.core.records import OPEN

PARTS = 512
"""Parts that rows are dealt to; a power of two."""
SHIFT = 55
"""Bits to the right of those that choose a part: 64 less the power."""


START, STOP, YEAR, ROW = 0, 1, 2, 3
"""Columns of a dealt row; the year is negative where the row is no care."""


Column = NDArray[Any]


@numba.njit(cache=True, nogil=True)
def deal(  # noqa: PLR0913, PLR0917 - the columns of a batch, and where they go
    first: Column,
    second: Column,
    start: Column,
    stop: Column,
    year: Column,
    counts: Column,
    before: int,
    keys: Column,
    cells: Column,
) -> IntArray:
    """Copy the rows of a batch to their parts; return where each part begins, and the end.

    Rows whose start is not known are left out.

    Parameters
    ----------
    before
        Rows of earlier batches.
    keys
        Gets both numbers of each row's child; array (row, 2).
    cells
        Gets the rest of each row; array (row, 4).
    """
    starts = np.zeros(PARTS + 1, dtype=np.int64)
    for row in range(len(first)):
        if start[row] != UNKNOWN:
            starts[(first[row] >> np.uint64(SHIFT)) + np.uint64(1)] += 1
    for part in range(PARTS):
        starts[part + 1] += starts[part]
    at = starts[:-1].copy()
    for row in range(len(first)):
        if start[row] == UNKNOWN:
            continue
        part = first[row] >> np.uint64(SHIFT)
        to = at[part]
        at[part] = to + 1
        keys[to, 0], keys[to, 1] = first[row], second[row]
        cells[to, START], cells[to, STOP] = start[row], stop[row]
        cells[to, YEAR] = year[row] if counts[row] else -year[row]
        cells[to, ROW] = before + row
    return starts


@numba.njit(cache=True, nogil=True)
def gather(keys: Column, child: Column) -> int:
    """Give each child of a part a number, in the order in which they come; return how many."""
    size = 2
    while size < 2 * len(keys):
        size *= 2
    table = np.full(size, -1, dtype=np.int32)
    known = np.empty(len(keys), dtype=np.int32)
    count = 0
    for row in range(len(keys)):
        slot = keys[row, 0] & np.uint64(size - 1)
        while True:
            there = table[slot]
            if there < 0:
                table[slot] = count
                known[count] = row
                child[row] = count
                count += 1
                break
            other = known[there]
            if keys[other, 0] == keys[row, 0] and keys[other, 1] == keys[row, 1]:
                child[row] = there
                break
            slot = (slot + np.uint64(1)) & np.uint64(size - 1)
    return count


@numba.njit(cache=True, nogil=True)
def in_order(rows: Column, cells: Column) -> None:
    """Put one child's rows in order of start and year; there are few."""
    for i in range(1, len(rows)):
        row = rows[i]
        start, year = cells[row, START], abs(cells[row, YEAR])
        j = i - 1
        while j >= 0 and (
            cells[rows[j], START] > start
            or (cells[rows[j], START] == start and abs(cells[rows[j], YEAR]) > year)
        ):
            rows[j + 1] = rows[j]
            j -= 1
        rows[j + 1] = row


@numba.njit(cache=True, nogil=True)
def add(windows: IntArray, begin: int, end: int, days: Column) -> None:
    """Add to each window's days those of [begin, end) that lie in it."""
    for w in range(len(windows)):
        low = max(begin, windows[w, 0])
        high = min(end, windows[w, 1])
        if high > low:
            days[w] += high - low


@numba.njit(cache=True, nogil=True)
def period(windows: IntArray, begin: int, end: int, days: Column, totals: IntArray) -> None:
    """Count one unbroken time: its days, and whether it begins, ends or is open in each window."""
    add(windows, begin, end, days)
    for w in range(len(windows)):
        low, high = windows[w, 0], windows[w, 1]
        totals[1, w] += low <= begin < high
        totals[2, w] += low <= end < high
        totals[3, w] += begin < high <= end


@numba.njit(cache=True, nogil=True)
def walk(  # noqa: C901 - one pass, and no call that costs
    rows: Column, cells: Column, seen: IntArray, windows: IntArray, days: Column, totals: IntArray
) -> None:
    """Join one child's rows, in order, and count them.

    An episode returned in several years is read from the last of them; one left open in a year
    whose next return lacks it was last seen on the last day of that year.
    """
    last = len(seen) - 1
    begin, reach = 0, -OPEN
    i = 0
    while i < len(rows):
        here = cells[rows[i], START]
        after = i
        while after < len(rows) and cells[rows[after], START] == here:
            after += 1
        newest = abs(cells[rows[after - 1], YEAR])
        for j in range(i, after):
            end, year = cells[rows[j], STOP], cells[rows[j], YEAR]
            if end == OPEN:
                add(windows, here, seen[abs(year)], totals[0])
                end = OPEN if abs(year) == last else seen[abs(year)]
            else:
                add(windows, here, end, totals[0])
            if year != newest or end <= here:
                continue
            if reach == -OPEN:
                begin, reach = here, end
            elif here > reach:
                period(windows, begin, reach, days, totals)
                begin, reach = here, end
            else:
                reach = max(reach, end)
        i = after
    if reach != -OPEN:
        period(windows, begin, reach, days, totals)


@numba.njit(cache=True, nogil=True)
def count_part(
    keys: Column, cells: Column, seen: IntArray, windows: IntArray, totals: IntArray
) -> tuple[Column, Column]:
    """Count the children of one part.

    Parameters
    ----------
    seen
        The first day after each year of return, by year, in days since 1 January 1970.
    totals
        Gets, by window: plain days, times begun, ended, and open at its end; array (4, window).

    Returns
    -------
    A row of each child, array (child,); its days in each window, array (child, window).
    """
    child = np.empty(len(keys), dtype=np.int32)
    children = gather(keys, child)
    begins = np.zeros(children + 1, dtype=np.int32)
    for row in range(len(keys)):
        begins[child[row] + 1] += 1
    for c in range(children):
        begins[c + 1] += begins[c]
    at = begins[:-1].copy()
    rows = np.empty(len(keys), dtype=np.int32)
    for row in range(len(keys)):
        rows[at[child[row]]] = row
        at[child[row]] += 1
    days = np.zeros((children, len(windows)), dtype=np.int32)
    whose = np.empty(children, dtype=np.int32)
    for c in range(children):
        mine = rows[begins[c] : begins[c + 1]]
        whose[c] = cells[mine[0], ROW]
        in_order(mine, cells)
        walk(mine, cells, seen, windows, days[c], totals)
    return whose, days
