"""Days since 1 January 1970, ages, and how returns write them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headwater.core.arrays import IntArray
from headwater.core.records import OPEN

EPOCH = date(1970, 1, 1)
MARCH_31, APRIL_1 = 30, 31
"""What `day_of_year` returns for the last and the first day of a return's year."""


def day_of(when: date) -> int:
    """Return the day of a date."""
    return (when - EPOCH).days


def birthday(born: IntArray, years: int) -> IntArray:
    """Return the day of a birthday; those of 29 February have theirs on 1 March."""
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into = (days - months).astype(np.int64)
    later = months + np.timedelta64(12 * years, "M")
    next_month = (later + np.timedelta64(1, "M")).astype("datetime64[D]")
    made = later.astype("datetime64[D]") + into
    day: IntArray = np.minimum(made, next_month).astype(np.int64)
    return day


def weekday(day: IntArray) -> IntArray:
    """Return 0 for a Monday to 6 for a Sunday."""
    return (day + 3) % 7


def working(day: IntArray) -> IntArray:
    """Return the day, or the Monday after where it falls on a weekend."""
    late = weekday(day)
    return day + np.where(late >= 5, 7 - late, 0)


def slashed(day: IntArray) -> NDArray[np.str_]:
    """Return days as dd/mm/yyyy; open and unknown ones as empty words."""
    known = np.abs(day) < OPEN
    iso = np.where(known, day, 0).astype("datetime64[D]").astype(str)
    cut = iso.view("U1").reshape(len(iso), -1) if len(iso) else np.zeros((0, 10), dtype="U1")
    turned = np.empty((len(iso), 10), dtype="U1")
    turned[:, :2], turned[:, 2] = cut[:, 8:10], "/"
    turned[:, 3:5], turned[:, 5] = cut[:, 5:7], "/"
    turned[:, 6:] = cut[:, :4]
    words = np.ascontiguousarray(turned).view("U10").reshape(-1)
    return np.where(known, words, "")


def iso(day: IntArray) -> NDArray[np.str_]:
    """Return days as yyyy-mm-dd; open and unknown ones as empty words."""
    known = np.abs(day) < OPEN
    return np.where(known, np.where(known, day, 0).astype("datetime64[D]").astype(str), "")


def day_of_year(day: IntArray) -> IntArray:
    """Return 31 March as 30 and 1 April as 31, and other days as something else."""
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    number = month.astype(np.int64) % 12
    into: IntArray = (date - month).astype(np.int64)
    made: IntArray = np.where(number == 2, into, np.where((number == 3) & (into == 0), APRIL_1, -1))
    return made
