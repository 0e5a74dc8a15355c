"""When money moves: on the first or the last day of periods that are equally long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from headwater.core.calendar import MONTHS, months_later
from headwater.core.exact import PENCE
from headwater.core.money_side import Cost

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Periods of some months each, from a first day.

    Moments are counted from 0, the first day; moment 1 is the end of the first period and the start
    of the second, and so on.
    """

    first_day: date
    months: int
    count: int

    @classmethod
    def until(cls, first_day: date, months: int, last_day: date) -> "Timeline":
        """Return the periods up to the one in which a day falls."""
        count = 1
        while months_later(first_day, months * count) <= last_day:
            count += 1
        return cls(first_day, months, count)

    @property
    def part(self) -> Fraction:
        """The part of a year that a period is."""
        return Fraction(self.months, 12)

    @property
    def a_year(self) -> float:
        """How many periods make a year."""
        return 12 / self.months

    def start(self, period: int) -> date:
        """Return the first day of a period."""
        return months_later(self.first_day, self.months * period)

    def end(self, period: int) -> date:
        """Return the last day of a period."""
        return self.start(period + 1) - A_DAY

    def moments(self) -> tuple[date, ...]:
        """Return the day of each moment."""
        return (self.first_day, *(self.end(period) for period in range(self.count)))

    def year(self, period: int) -> int:
        """Return the year of the agreement in which a period ends, from 0."""
        return ((period + 1) * self.months - 1) // 12

    def period_of(self, day: date) -> int:
        """Return the period in which a day falls; the last if it is after them all."""
        for period in range(self.count):
            if day <= self.end(period):
                return period
        return self.count - 1

    def longer(self, by: int) -> "Timeline":
        """Return the same with more periods at its end."""
        return Timeline(self.first_day, self.months, self.count + by)


def due_days(cost: Cost, timeline: Timeline, until: date) -> Iterator[date]:
    """Yield the days on which a cost falls due: at regular times up to a day, or as named."""
    if cost.every is None:
        yield from cost.on
        return
    first = cost.first_day or timeline.first_day
    number, step = 0, MONTHS[cost.every]
    last = min(cost.last_day or until, timeline.end(timeline.count - 1))
    while (day := months_later(first, step * number)) <= last:
        yield day
        number += 1


def schedule(
    costs: Sequence[Cost],
    timeline: Timeline,
    *,
    until: date,
    referrals: Fraction = Fraction(1),
    ended: date | None = None,
) -> list[list[tuple[Cost, int]]]:
    """Return what falls due in each period, in the order of the costs: each with its pence.

    Parameters
    ----------
    until
        Last day of a cost that names none: the agreement's.
    ended
        The day of an early end; nothing falls due after it.
    referrals
        Part of the planned people who come, for costs that fall with them.
    """
    found: list[list[tuple[Cost, int]]] = [[] for _ in range(timeline.count)]
    for cost in costs:
        each = cost.amount * PENCE * (referrals if cost.with_referrals else 1)
        times = [0] * timeline.count
        for day in due_days(cost, timeline, until):
            if ended is None or day <= ended:
                times[timeline.period_of(day)] += 1
        for period, number in enumerate(times):
            if number:
                found[period].append((cost, round(each * number)))
    return found
