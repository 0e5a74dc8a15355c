"""Sustainment: an outcome is paid in instalments, as it lasts."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from headwater.contracts.amounts import Amount, in_pence, stated
from headwater.contracts.column import Basis, Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.periods import day_number, of_day
from headwater.contracts.term import Fault, Shapes, Term, quantity
from headwater.core.calendar import months_later
from headwater.core.model import Frozen


class Instalment(Frozen):
    """What is paid once an outcome has lasted so long: months of the calendar, or days."""

    months: int | None = Field(default=None, ge=0)
    days: int | None = Field(default=None, ge=0)
    amount: Amount

    def reached(self, first_day: int) -> int:
        """Return the day on which an outcome that began on a day has lasted so long."""
        if self.days is not None:
            return first_day + self.days - 1 if self.days else first_day
        assert self.months is not None  # noqa: S101 - `faults` has seen to it
        return day_number(months_later(of_day(first_day), self.months)) - (self.months > 0)


class Sustainment(Term):
    """Pays each instalment once for each key, when a claim shows that it has lasted so long.

    A claim's first day is when the outcome began, its last day until when it has lasted. An outcome
    that ends and begins again starts a new clock, and each instalment is still paid once.

    Parameters
    ----------
    of
        One metric.
    instalment
        In the order in which they are reached.
    """

    kind: Literal["sustainment"]
    instalment: tuple[Instalment, ...]

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if len(self.of) != 1:
            yield "of", "pays for one metric.", "Name one."
        for name in self.of:
            yield from quantity("of", name, given)
            if name in given and given[name].grain != "claim":
                yield "of", f"'{name}' is not a metric.", "Name a metric."
        if not self.instalment:
            yield (
                "instalment",
                "needs one or more.",
                "Add instalment = [{ months = 3, amount = … }].",
            )
        for i, one in enumerate(self.instalment):
            if (one.months is None) == (one.days is None):
                yield f"instalment.{i}", "needs one of 'months' and 'days'.", ""

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by key."""
        del given
        return Shape("who", money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape, cells = self.shape(desk.shapes), desk.cells
        units = desk.column(self.of[0], self.where).values > 0
        total = np.zeros((desk.draws, len(desk.codes("who"))), dtype=np.int64)
        reached_now = np.zeros_like(total)
        starts, place = np.unique(cells.first_day, return_inverse=True)
        for i, one in enumerate(self.instalment):
            name = self._name(i)
            ends = np.array([one.reached(int(day)) for day in starts], dtype=np.int64)
            long = cells.last_day >= ends[place] if len(starts) else cells.last_day > 0
            reached = desk.added((units & long).astype(np.int64), "claim", "who") > 0
            paid = desk.remembered(self.id, name, "who")
            now = np.where(reached & (paid == 0), 1, 0)
            desk.remember(self.id, name, "who", paid + now)
            total = total + desk.priced(now, 0, in_pence(stated(one.amount)))
            reached_now = reached_now + now
        return Column(total, shape, (Basis("instalments", reached_now),))

    def _name(self, i: int) -> str:
        """Return under what it is remembered that an instalment is paid: how long, not its place.

        A variation may put another before it.
        """
        lengths = [(one.months, one.days) for one in self.instalment]
        again = lengths[:i].count(lengths[i])
        return f"instalment of {lengths[i]}, {again}"
