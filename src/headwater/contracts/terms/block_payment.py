"""A fixed amount on set days, whatever the outcomes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, in_pence, stated
from headwater.contracts.column import Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, UnpublishedError
from headwater.core.calendar import MONTHS, months_later
from headwater.core.unseen_day import is_seen


class BlockPayment(Term):
    """Pays an amount on given days, or once each month, quarter, half year or year.

    Parameters
    ----------
    amount
        Pounds, each time.
    on
        Days on which it is due.
    each
        Instead of `on`: from the term's first day (else the agreement's) to its last.
    advance
        Whether it is due at the start of each, rather than its end.
    """

    kind: Literal["block_payment"]
    amount: Amount
    on: tuple[date, ...] = ()
    each: Literal["month", "quarter", "half_year", "year"] | None = None
    advance: bool = False

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        del given
        if self.of:
            yield "of", "a block payment takes up nothing.", "Leave it out."
        if bool(self.on) == (self.each is not None):
            yield "on", "needs one of 'on' and 'each'.", 'Give days, or each = "quarter".'

    def shape(self, given: Shapes) -> Shape:
        """Return an amount of the whole agreement."""
        del given
        return Shape("all", money=True)

    def in_force(self, on: date) -> bool:
        """Return True: its own days say when it pays."""
        del on
        return True

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        first = max(desk.period.first_day, desk.version_days[0])
        last = min(desk.period.last_day, desk.version_days[1])
        days = [day for day in self._days(desk) if first <= day <= last]
        once = desk.priced(
            np.ones((desk.draws, 1), dtype=np.int64), 0, in_pence(stated(self.amount))
        )
        words = f"due on {' and '.join(map(str, days))}" if len(days) < 4 else f"{len(days)} times"
        return Column(once * len(days), Shape("all", money=True), words=words)

    def _days(self, desk: Desk) -> Iterator[date]:
        """Yield the days on which it is due."""
        start = self.first_day or desk.contract.first_day
        end = self.last_day or desk.contract.last_day
        if self.each is not None and not is_seen(end):
            unseen = "last_day of the agreement"
            raise UnpublishedError(unseen)
        if self.each is None:
            yield from (day for day in self.on if start <= day <= end)
            return
        step, months, begins = 0, MONTHS[self.each], start
        while begins <= end:
            step += months
            following = months_later(start, step)
            yield begins if self.advance else min(following - timedelta(days=1), end)
            begins = following
