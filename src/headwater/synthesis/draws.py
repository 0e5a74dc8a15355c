"""Luck: streams of random numbers that depend on the seed and on what they are for, alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headwater.core.arrays import FloatArray, IntArray

Words = NDArray[np.str_]
USES = ("children", "need", "care", "placed", "returns", "faults", "cohort", "attendance", "adults")


def stream(seed: int, use: str, *more: int) -> np.random.Generator:
    """Return the stream for one use, and one year of it; another draws other numbers."""
    words = [seed, USES.index(use), *more]
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(words)))


def waits(rng: np.random.Generator, rate: FloatArray) -> FloatArray:
    """Return days until something with a yearly rate happens; never where the rate is nought."""
    drawn = rng.exponential(size=rate.shape)
    return np.where(rate > 0, drawn * 365.25 / np.where(rate > 0, rate, 1.0), np.inf)


def choose(rng: np.random.Generator, shares: FloatArray) -> IntArray:
    """Return a column for each row of shares, which need not sum to 1; array (row,)."""
    sums = np.cumsum(shares, axis=1)
    at = rng.random(len(shares)) * sums[:, -1]
    chosen: IntArray = (sums <= at[:, None]).sum(axis=1).astype(np.int64)
    within: IntArray = np.minimum(chosen, shares.shape[1] - 1)
    return within


def pick(rng: np.random.Generator, words: Sequence[Any], shares: Sequence[float], n: int) -> Words:
    """Return n words by their shares."""
    whole = np.asarray(shares, dtype=np.float64)
    chosen: Words = np.asarray(words)[rng.choice(len(words), size=n, p=whole / whole.sum())]
    return chosen


BANDS = np.array([0.0, 91, 182, 365, 730, 730])
LONGER = 400.0
"""Days that what lasts over two years goes on beyond them, on average: assumed."""


def lasting(rng: np.random.Generator, shares: Sequence[float], n: int) -> IntArray:
    """Return days that n episodes last: their band by its share, evenly within it."""
    band = choose(rng, np.tile(np.asarray(shares), (n, 1)))
    within = BANDS[band] + rng.random(n) * (BANDS[band + 1] - BANDS[band])
    beyond = np.where(band == len(shares) - 1, rng.exponential(LONGER, n), 0.0)
    days: IntArray = (within + beyond).astype(np.int64)
    return np.maximum(1, days)
