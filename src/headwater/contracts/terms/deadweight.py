"""Deadweight: what would have happened anyway is not paid for."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Part, Stated, stated
from headwater.contracts.column import Basis, Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, money_taken, not_finer


class Deadweight(Term):
    """Takes away the part of each amount, or the number of units, that would have come anyway.

    Parameters
    ----------
    share
        Part of each amount of money that is taken away.
    units
        Units taken away from each cell of a quantity, never below 0.
    per
        Cells: those of what it takes up, if nothing else is said.
    """

    kind: Literal["deadweight"]
    share: Part | None = None
    units: Stated | None = None
    per: Grain | None = None

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if (self.share is None) == (self.units is None):
            yield "share", "needs one of 'share' and 'units'.", ""
        if self.share is not None:
            yield from money_taken(self, given)
        elif len(self.of) != 1 or (self.of[0] in given and given[self.of[0]].money):
            yield "of", "units are taken from one metric or measure.", "Name one."
        yield from not_finer(self, self.per, given)

    def shape(self, given: Shapes) -> Shape:
        """Return what is left, by `per`."""
        grain = self.per or meeting(tuple(given[n].grain for n in self.of))
        if self.share is not None:
            return Shape(grain, money=True)
        one = given[self.of[0]]
        return Shape(grain, unit=one.unit, places=one.places, to_date=one.to_date)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        if self.share is not None:
            amounts, _ = desk.taken(self.of, shape.grain, self.where)
            return Column(desk.part(amounts, 1 - stated(self.share)), shape)
        column = desk.column(self.of[0], self.where)
        values = desk.gathered(self.id, "of", column, shape.grain)
        away = int(stated(self.units) * 10**shape.places)
        left = np.maximum(values - away, 0)
        return Column(left, shape, (Basis(shape.unit, values, shape.places),))
