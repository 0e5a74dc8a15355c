"""The periods in which an agreement is settled."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from headwater.core.calendar import MONTHS, months_later

Every = Literal["month", "quarter", "half_year", "year", "once"]
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """Days settled together, the last included."""

    index: int
    first_day: date
    last_day: date

    def __str__(self) -> str:
        """Return "2019-01-01 to 2019-03-31"."""
        return f"{self.first_day} to {self.last_day}"


def day_number(day: date) -> int:
    """Return days since 1 January 1970."""
    return day.toordinal() - EPOCH


def of_day(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(number + EPOCH)


def periods(
    first_day: date, last_day: date, every: Every, dates: tuple[date, ...] = ()
) -> tuple[Period, ...]:
    """Return the periods from a first to a last day.

    Parameters
    ----------
    dates
        Last days of the periods, in order; instead of `every`.
    """
    if dates:
        ends = list(dates)
    elif every == "once":
        ends = [last_day]
    else:
        ends = []
        step = 0
        while not ends or ends[-1] < last_day:
            step += MONTHS[every]
            ends.append(min(months_later(first_day, step) - timedelta(days=1), last_day))
    starts = [first_day, *(end + timedelta(days=1) for end in ends[:-1])]
    return tuple(Period(i, a, b) for i, (a, b) in enumerate(zip(starts, ends, strict=True)))


def period_of(day: date, among: tuple[Period, ...]) -> int:
    """Return the index of the period in which a day falls; one past the last is after them all."""
    return bisect_left([period.last_day for period in among], day)
