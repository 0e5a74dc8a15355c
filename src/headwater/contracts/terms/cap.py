"""A limit from above, for each cell or in all, for a period, a year or for good."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, in_pence, stated
from headwater.contracts.column import Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.memory import STAYS
from headwater.contracts.term import (
    Fault,
    PaidBefore,
    Shapes,
    Term,
    money_taken,
    not_finer,
    whole_pence,
)
from headwater.core.arrays import IntArray
from headwater.core.exact import growth, scaled
from headwater.core.model import Frozen

Within = Literal["period", "year", "agreement"]


class Invested(Frozen):
    """What investors put in, and when."""

    on: date
    amount: Amount


class Cap(Term):
    """Keeps what is due at or below an amount, or investors' return at or below a rate.

    Parameters
    ----------
    amount
        Pounds.
    yearly, invested
        Instead: the most that investors may earn a year on what they put in (internal rate of
        return, days over 365); what is due is at most what brings them there.
    per
        Each of what: the cells of what it takes up, if nothing else is said.
    within
        The time over which amounts add up: a period, a year of the agreement, or all of it.
    excess
        What becomes of what passes the limit: "lost", or "carried" to the next period.
    paid_before
        What becomes of what was paid before, where a variation lowers the limit below it: it
        "stays", and nothing more is paid; or what passes the new limit is "taken_back".
    """

    kind: Literal["cap"]
    amount: Amount | None = None
    yearly: Amount | None = None
    invested: tuple[Invested, ...] = ()
    per: Grain | None = None
    within: Within = "agreement"
    excess: Literal["lost", "carried"] = "lost"
    paid_before: PaidBefore = "stays"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from not_finer(self, self.per, given)
        yield from whole_pence("amount", self.amount)
        for i, put in enumerate(self.invested):
            yield from whole_pence(f"invested.{i}.amount", put.amount)
        if (self.amount is None) == (self.yearly is None):
            yield "amount", "needs one of 'amount' and 'yearly'.", ""
        if (self.yearly is not None) != bool(self.invested):
            yield "invested", "stands with yearly, which needs it.", "Add when and how much."
        if self.yearly is not None and self.per not in {None, "all"}:
            yield "per", "a return is of the whole agreement.", "Leave it out."

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by `per`."""
        if self.yearly is not None:
            return Shape("all", money=True)
        return Shape(self.per or meeting(tuple(given[n].grain for n in self.of)), money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, grain = desk.taken(self.of, shape.grain, self.where)
        if self.yearly is not None:
            return Column(self._up_to_the_return(desk, amounts), shape)
        most = int(in_pence(stated(self.amount)))
        span = within(desk, self.within)
        paid = desk.remembered(self.id, span, grain)
        limit = np.maximum(most, paid) if self.paid_before == "stays" else np.int64(most)
        if self.excess == "carried":
            amounts = amounts + desk.remembered(self.id, "carried", grain)
            out = np.minimum(amounts, limit - paid)
            desk.remember(self.id, "carried", grain, amounts - out)
        else:  # what is taken back comes off the excess first; a higher limit brings none back
            lost = desk.remembered(self.id, f"lost, {span}", grain)
            off = np.minimum(lost, np.maximum(-amounts, 0))
            due = paid + amounts + off
            out = np.minimum(due, limit) - paid
            desk.remember(self.id, f"lost, {span}", grain, lost - off + np.maximum(due - limit, 0))
        desk.remember(self.id, span, grain, paid + out)
        if self.paid_before == "stays":
            desk.remember(self.id, f"{STAYS}, {span}", grain, np.maximum(paid + out - most, 0))
        return Column(out, shape)

    def _up_to_the_return(self, desk: Desk, amounts: IntArray) -> IntArray:
        """Return amounts as far as investors may still be paid: what they put in, grown."""
        rate, first, last = stated(self.yearly), desk.period.first_day, desk.period.last_day
        room = desk.remembered(self.id, "room", "all")
        if desk.begins:
            room = scaled(room, growth(rate, (last - first).days + 1), "down")
        for put in self.invested:
            begun = put.on <= last if desk.period.index == 0 else first <= put.on <= last
            if begun and desk.begins:
                pence = np.full_like(room, int(in_pence(stated(put.amount))))
                room = room + scaled(pence, growth(rate, (last - put.on).days), "down")
        out = np.minimum(amounts, np.maximum(room, 0))
        desk.remember(self.id, "room", "all", room - out)
        return out


def within(desk: Desk, span: Within) -> str:
    """Return the name under which amounts of a span of time are added up."""
    if span == "agreement":
        return "paid"
    if span == "period":
        return f"paid in period {desk.period.index}"
    return f"paid in year {desk.year}"
