"""A share of what was saved: units avoided, at what each would have cost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, Part, in_pence, stated
from headwater.contracts.column import Basis, Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.layers import Taken
from headwater.contracts.term import Fault, PaidBefore, Shapes, Term, quantity, whole_pence
from headwater.core.arrays import IntArray


class ShareOfSaving(Term):
    """Pays a part of a saving, and another part once so much has been paid.

    Parameters
    ----------
    of
        One measure: units avoided, or pounds saved where `unit_cost` is 1.
    unit_cost
        Pounds that each unit would have cost.
    share
        Part that is paid.
    once_paid, then_share
        From so many pounds paid in all, the part that is paid from then on: when a loan is repaid.
    paid_before
        What becomes of what was paid on an earlier saving to date, where the saving has fallen
        since: it "stays", and what is due later is set against it; or it is "taken_back".
    """

    kind: Literal["share_of_saving"]
    unit_cost: Amount
    share: Part
    once_paid: Amount | None = None
    then_share: Part | None = None
    paid_before: PaidBefore = "stays"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if len(self.of) != 1:
            yield "of", "is of one metric or measure.", "Name one."
        for name in self.of:
            yield from quantity("of", name, given)
            if self.once_paid is not None and name in given and given[name].grain != "all":
                yield "of", f"'{name}' is by {given[name].grain}.", 'Measure it with per = "all".'
        yield from whole_pence("once_paid", self.once_paid)
        if (self.once_paid is None) != (self.then_share is None):
            yield "then_share", "stands with once_paid.", "Give both or neither."

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by the cells of what it is of."""
        return Shape(given[self.of[0]].grain, money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        units = desk.column(self.of[0], self.where)
        taken, counted = self.taken_up(desk, self.of[0]), units.as_basis
        if units.shape.to_date:
            due, below = desk.due_to_date(self, "", taken, shape.grain)
            saving = desk.paid_growth(self.id, due, shape.grain, self.paid_before)
            if below is not None:
                counted = replace(counted, values=units.values - below.units, since=below.since)
        else:
            saving = self.due(desk, taken)
        paid = desk.part(saving, stated(self.share))
        if self.once_paid is not None:
            paid = self._stepped(desk, saving, paid)
        basis = (
            counted,
            Basis("saving", saving, money=True),
        )
        return Column(paid, shape, basis)

    def to_date(self, given: Shapes) -> tuple[str, ...]:
        """Return what it is of, where that is counted to date."""
        return tuple(name for name in self.of if name in given and given[name].to_date)

    def taken_up(self, desk: Desk, name: str) -> Taken:
        """Return units avoided, as it takes them up."""
        column = desk.column(name, self.where)
        return Taken(column.values, column.shape.places)

    def due(self, desk: Desk, taken: Taken) -> IntArray:
        """Return what all units would have cost; pence, array (draw, cell)."""
        return desk.priced(taken.units, taken.places, in_pence(stated(self.unit_cost)))

    def due_between(self, desk: Desk, low: Taken, high: Taken) -> IntArray:
        """Return what the units between would have cost; pence, array (draw, cell)."""
        return self.due(desk, replace(high, units=high.units - low.units))

    def _stepped(self, desk: Desk, saving: IntArray, paid: IntArray) -> IntArray:
        """Return what is paid where the share changes once so much has been paid."""
        so_far = desk.remembered(self.id, "paid", "all")
        room = np.maximum(int(in_pence(stated(self.once_paid))) - so_far, 0)
        first = np.minimum(paid, room)
        share = stated(self.share)
        used = desk.part(first, 1 / share) if share else saving * 0
        rest = np.where(paid > room, saving - used, 0)
        now = np.where(paid > room, first + desk.part(rest, stated(self.then_share)), paid)
        desk.remember(self.id, "paid", "all", so_far + now)
        return np.asarray(now)
