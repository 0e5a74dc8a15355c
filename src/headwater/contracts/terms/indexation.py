"""Indexation: amounts rise by a rate or an index from a day on."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

from headwater.contracts.amounts import Stated, is_known, stated
from headwater.contracts.column import Column, Shape, meeting
from headwater.contracts.desk import Desk, year_of
from headwater.contracts.term import Fault, Shapes, Term, money_taken


class Indexation(Term):
    """Multiplies amounts, once for each whole year since a base day.

    Parameters
    ----------
    base
        The day in whose prices the tariffs stand.
    yearly
        By how much amounts rise each year, compounding: 0.02.
    index
        Instead: an index by the year (of the base day's anniversaries: "0" is the base itself).
    """

    kind: Literal["indexation"]
    base: date
    yearly: Stated | None = None
    index: tuple[Stated, ...] = ()

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        if (self.yearly is None) == (not self.index):
            yield "yearly", "needs one of 'yearly' and 'index'.", ""
        if any(is_known(number) and number <= 0 for number in self.index):
            yield "index", "must hold numbers above 0.", ""
        if is_known(self.yearly) and self.yearly <= -1:
            yield "yearly", "must be above -1.", ""

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by the cells of what it takes up."""
        return Shape(meeting(tuple(given[n].grain for n in self.of)), money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, _ = desk.taken(self.of, shape.grain, self.where)
        years = max(year_of(self.base, desk.period.last_day), 0)
        return Column(desk.part(amounts, self._factor(years)), shape)

    def _factor(self, years: int) -> Fraction:
        """Return by what amounts are multiplied; past the end of an index its last number holds."""
        if self.yearly is not None:
            return (1 + stated(self.yearly)) ** years
        first, now = self.index[0], self.index[min(years, len(self.index) - 1)]
        return stated(now) / stated(first)
