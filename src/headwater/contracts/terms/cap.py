"""A limit from above, for each cell or in all, for a period, a year or for good."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, in_pence, stated
from headwater.contracts.column import Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, money_taken, not_finer

Within = Literal["period", "year", "agreement"]


class Cap(Term):
    """Keeps what is due at or below an amount.

    Parameters
    ----------
    amount
        Pounds.
    per
        Each of what: the cells of what it takes up, if nothing else is said.
    within
        The time over which amounts add up: a period, a year of the agreement, or all of it.
    excess
        What becomes of what passes the limit: "lost", or "carried" to the next period.
    """

    kind: Literal["cap"]
    amount: Amount
    per: Grain | None = None
    within: Within = "agreement"
    excess: Literal["lost", "carried"] = "lost"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from not_finer(self, self.per, given)

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by `per`."""
        return Shape(self.per or meeting(tuple(given[n].grain for n in self.of)), money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, grain = desk.taken(self.of, shape.grain, self.where)
        limit = int(in_pence(stated(self.amount)))
        span = within(desk, self.within)
        paid = desk.remembered(self.id, span, grain)
        if self.excess == "carried":
            amounts = amounts + desk.remembered(self.id, "carried", grain)
            out = np.minimum(amounts, limit - paid)
            desk.remember(self.id, "carried", grain, amounts - out)
        else:  # by what is due so far, so that what is taken back comes off the excess first
            due = desk.remembered(self.id, f"due, {span}", grain) + amounts
            desk.remember(self.id, f"due, {span}", grain, due)
            out = np.minimum(due, limit) - paid
        desk.remember(self.id, span, grain, paid + out)
        return Column(out, shape)


def within(desk: Desk, span: Within) -> str:
    """Return the name under which amounts of a span of time are added up."""
    if span == "agreement":
        return "paid"
    if span == "period":
        return f"paid in period {desk.period.index}"
    return f"paid in year {desk.year}"
