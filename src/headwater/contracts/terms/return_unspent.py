"""Return of what is unspent: money paid in advance and not spent as agreed goes back."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Part, stated
from headwater.contracts.column import Basis, Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Name, Shapes, Term, money_taken, quantity


class ReturnUnspent(Term):
    """Takes back, at the end, what was paid and not spent.

    Parameters
    ----------
    spent
        A measure in the agreement's currency, of the whole agreement and to date: what was spent
        as agreed.
    keep
        Part of what is unspent that may be kept: 0.
    """

    kind: Literal["return_unspent"]
    spent: Name
    keep: Part = Fraction(0)

    def refers(self) -> tuple[str, ...]:
        """Return the measure of what was spent."""
        return (self.spent,)

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from quantity("spent", self.spent, given)
        if self.spent in given:
            shape = given[self.spent]
            if shape.grain != "all" or not shape.to_date:
                remedy = 'Measure it with per = "all" and over = "to_date".'
                yield "spent", f"'{self.spent}' is not of the whole agreement to date.", remedy

    def shape(self, given: Shapes) -> Shape:
        """Return an amount of the whole agreement."""
        del given
        return Shape("all", money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, _ = desk.taken(self.of, "all", self.where)
        paid = amounts + desk.remembered(self.id, "paid", "all")
        desk.remember(self.id, "paid", "all", paid)
        if not desk.last:
            return Column(amounts, shape)
        spent = desk.column(self.spent)
        pence = desk.priced(spent.values, spent.shape.places, Fraction(100))
        unspent = np.maximum(paid - pence, 0)
        back = unspent - desk.part(unspent, stated(self.keep))
        basis = (Basis("paid", paid, money=True), Basis("spent", pence, money=True))
        return Column(amounts - back, shape, basis)
