"""The better of alternative routes, to date: one result is never paid for twice."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from headwater.contracts.column import Column, Grain, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, money_taken, not_finer


class BestOf(Term):
    """Pays, for each cell, the largest of what its routes have come to; a better one tops up.

    Parameters
    ----------
    of
        Two or more amounts: the routes.
    per
        Cells: each key, if nothing else is said.
    """

    kind: Literal["best_of"]
    per: Grain = "who"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given, least=2)
        yield from not_finer(self, self.per, given)
        if self.per == "claim":
            yield "per", "a claim takes one route.", 'Use "who".'

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by `per`."""
        del given
        return Shape(self.per, money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        routes = []
        for name in self.of:
            amounts, grain = desk.taken((name,), self.per, self.where)
            due = amounts + desk.remembered(self.id, f"of {name}", grain)
            desk.remember(self.id, f"of {name}", grain, due)
            routes.append(due)
        best = np.max(routes, axis=0)
        return Column(desk.grown(self.id, best, self.per), Shape(self.per, money=True))
