"""Intervals that overlap: one outcome claimed twice, in one agreement or in several."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import IntArray


def overlapping(
    keys: tuple[IntArray, ...], first_day: IntArray, last_day: IntArray, rank: IntArray
) -> list[tuple[int, int]]:
    """Return which intervals overlap an earlier one of the same keys that counts, and which.

    The earlier is the one that begins first; of those, the one of the lowest rank. One that is left
    out stands in nobody's way.

    Parameters
    ----------
    keys
        What must be the same; each (interval,).
    first_day, last_day
        The last included.
    """
    order = np.lexsort((rank, first_day, *reversed(keys)))
    if not len(order):
        return []
    new = _new_keys(tuple(key[order] for key in keys))
    starts, ends = first_day[order], last_day[order]
    suspects = np.flatnonzero(~new & (starts <= _reached(ends, new)))
    groups = np.flatnonzero(new)
    found: list[tuple[int, int]] = []
    for group in np.unique(np.searchsorted(groups, suspects, side="right") - 1).tolist():
        begin = int(groups[group])
        end = int(groups[group + 1]) if group + 1 < len(groups) else len(order)
        kept = begin
        for i in range(begin + 1, end):
            if starts[i] <= ends[kept]:
                found.append((int(order[i]), int(order[kept])))
            else:
                kept = i
    return found


def _new_keys(keys: tuple[IntArray, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return where a sorted row differs from the one before."""
    new = np.ones(len(keys[0]), dtype=np.bool_)
    new[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return new


def _reached(ends: IntArray, new: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> IntArray:
    """Return the latest end among the rows before, of the same keys."""
    group = np.cumsum(new)
    low, span = int(ends.min()), int(ends.max() - ends.min()) + 1
    running = np.maximum.accumulate(ends - low + group * span)
    before = np.concatenate([[0], running[:-1]])
    return np.asarray(before - group * span + low)


@dataclass(frozen=True, slots=True)
class Doubled:
    """Days on which the shares claimed of one outcome add to more than the whole.

    Parameters
    ----------
    rows
        The intervals that hold on those days.
    share
        Millionths of the outcome claimed in all.
    """

    first_day: int
    last_day: int
    share: int
    rows: tuple[int, ...]


def doubled(
    key: IntArray, first_day: IntArray, last_day: IntArray, share: IntArray, *, whole: int
) -> Iterator[Doubled]:
    """Yield where the shares of one key's intervals add to more than the whole, by a sweep.

    Parameters
    ----------
    key
        The same for the same outcome of the same person, in whatever agreement; (interval,).
    share
        Of the outcome, in the unit of `whole`.
    """
    crowded = _crowded(key, first_day, last_day)
    key, first_day, last_day, share = (a[crowded] for a in (key, first_day, last_day, share))
    if not len(key):
        return
    keys = np.concatenate([key, key])
    days = np.concatenate([first_day, last_day + 1])
    order = np.lexsort((days, keys))
    running = np.cumsum(np.concatenate([share, -share])[order])
    keys, days = keys[order], days[order]
    last_change = np.concatenate([(keys[1:] != keys[:-1]) | (days[1:] != days[:-1]), [True]])
    for at in np.flatnonzero(last_change & (running > whole)).tolist():
        a, b = np.searchsorted(key, [keys[at], keys[at] + 1])
        held = (first_day[a:b] <= days[at]) & (last_day[a:b] >= days[at])
        rows = tuple(crowded[a:b][held].tolist())
        yield Doubled(int(days[at]), int(days[at + 1]) - 1, int(running[at]), rows)


def _crowded(key: IntArray, first_day: IntArray, last_day: IntArray) -> IntArray:
    """Return, in the order of their keys, the intervals of keys of which any two overlap."""
    if not len(key):
        return np.array([], dtype=np.int64)
    start = int(first_day.min())
    bits = int(first_day.max() - start).bit_length()
    order = np.argsort((key << bits) | (first_day - start))
    new = _new_keys((key[order],))
    over = ~new & (first_day[order] <= _reached(last_day[order], new))
    group = np.cumsum(new) - 1
    wanted = np.zeros(int(group[-1]) + 1, dtype=np.bool_)
    wanted[group[over]] = True
    return np.asarray(order[wanted[group]])
