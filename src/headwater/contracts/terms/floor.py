"""A limit from below: the payer makes up what is missing."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, in_pence, stated
from headwater.contracts.column import Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, money_taken, not_finer, whole_pence
from headwater.contracts.terms.cap import Within, within


class Floor(Term):
    """Keeps what is due at or above an amount.

    Parameters
    ----------
    amount
        Pounds.
    per
        Each of what: the whole agreement, if nothing else is said.
    within
        The time over which amounts add up: a period, a year of the agreement, or all of it. What is
        missing is made up at the end of that time.
    """

    kind: Literal["floor"]
    amount: Amount
    per: Grain | None = None
    within: Within = "period"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from not_finer(self, self.per, given)
        yield from whole_pence("amount", self.amount)
        known = bool(self.of) and all(name in given for name in self.of)
        if known and self.within != "period" and self._grain(given) in {"claim", "who"}:
            yield "per", "a floor over more than a period cannot be by claim or key.", 'Use "all".'

    def _grain(self, given: Shapes) -> Grain:
        return self.per or meeting(tuple(given[n].grain for n in self.of))

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by `per`."""
        return Shape(self._grain(given), money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, grain = desk.taken(self.of, shape.grain, self.where)
        least = int(in_pence(stated(self.amount)))
        if self.within == "period":
            whole = desk.so_far(self.id, amounts, grain)
            return Column(desk.grown_within(self.id, np.maximum(whole, least), grain), shape)
        span = within(desk, self.within)
        paid = desk.remembered(self.id, span, grain) + amounts
        desk.remember(self.id, span, grain, paid)
        ends = desk.last or (self.within == "year" and desk.ends_year)
        missing = np.maximum(least - paid, 0) if ends else 0
        return Column(amounts + missing, shape)
