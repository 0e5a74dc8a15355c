"""A payment for each unit of an outcome."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, in_pence, is_known, stated
from headwater.contracts.column import Basis, Column, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.layers import Taken
from headwater.contracts.term import Fault, PaidBefore, Shapes, Term, quantity
from headwater.core.arrays import IntArray

PRICE_PLACES, MOST_SHOWN = 6, 10**12
"""Decimal places to which a price below so many pounds is shown; it is worked exactly."""


class OutcomePayment(Term):
    """Pays for each unit of a metric by the rate card, or of a measure at a price of its own.

    Parameters
    ----------
    of
        Metrics, each with its lines in the rate card; or measures, with `amount`.
    amount
        Pounds for one unit, instead of the rate card.
    paid_before
        What becomes of what was paid on an earlier result to date, where the result has fallen
        since: it "stays", and what is due later is set against it; or it is "taken_back".
    """

    kind: Literal["outcome_payment"]
    amount: Amount | None = None
    paid_before: PaidBefore = "stays"

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if not self.of:
            yield "of", "names nothing to pay for.", "Name a metric or a measure."
        for name in self.of:
            yield from quantity("of", name, given)

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by the cells of what it pays for."""
        return Shape(meeting(tuple(given[name].grain for name in self.of)), money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        total = np.zeros((desk.draws, len(desk.codes(shape.grain))), dtype=np.int64)
        basis: tuple[Basis, ...] = ()
        for name in self.of:
            units = desk.column(name, self.where)
            pence, price = self._paid(desk, name, units)
            counted = units.as_basis
            if units.shape.to_date:
                pence, counted = self._grown(desk, name, units)
            total = total + desk.added(pence, units.shape.grain, shape.grain)
            basis += (counted, price)
        return Column(total, shape, basis if len(self.of) == 1 else ())

    def to_date(self, given: Shapes) -> tuple[str, ...]:
        """Return which of what it pays for is counted to date."""
        return tuple(name for name in self.of if name in given and given[name].to_date)

    def taken_up(self, desk: Desk, name: str) -> Taken:
        """Return a quantity as it pays for it."""
        column = desk.column(name, self.where)
        return Taken(column.values, column.shape.places)

    def due(self, desk: Desk, taken: Taken) -> IntArray:
        """Return the price of all units; pence, array (draw, cell)."""
        return desk.priced(taken.units, taken.places, in_pence(stated(self.amount)))

    def due_between(self, desk: Desk, low: Taken, high: Taken) -> IntArray:
        """Return the price of the units between; pence, array (draw, cell)."""
        return self.due(desk, replace(high, units=high.units - low.units))

    def _grown(self, desk: Desk, name: str, units: Column) -> tuple[IntArray, Basis]:
        """Return what is paid of what is due to date, and the units it is worked out from."""
        at = units.shape.grain
        due, below = desk.due_to_date(self, name, self.taken_up(desk, name), at)
        basis = units.as_basis
        if below is not None:
            basis = replace(basis, values=units.values - below.units, since=below.since)
        return desk.paid_growth(self.id, due, at, self.paid_before, of=name), basis

    def _paid(self, desk: Desk, name: str, units: Column) -> tuple[IntArray, Basis]:
        """Return amounts for units, and the price of each cell; (draw, cell)."""
        places = units.shape.places
        price = np.zeros(units.values.shape[1], dtype=np.int64)
        if self.amount is not None:
            pounds = stated(self.amount)
            shown = _places_of([pounds])
            basis = Basis("price", price + int(pounds * 10**shown), shown, money=True)
            return desk.priced(units.values, places, in_pence(pounds)), basis
        lines = [line.amount for line in desk.contract.price if line.metric == name]
        shown = _places_of([pounds for pounds in lines if is_known(pounds)])
        paid = np.zeros_like(units.values)
        cells = desk.cells
        for cohort, group in _kinds_of(cells.cohort, cells.group, units.values):
            line = desk.price(name, cohort, group)
            if line is None or not is_known(line.amount):
                continue
            here = (cells.cohort == cohort) & (cells.group == group)
            paid[:, here] = desk.priced(units.values[:, here], places, in_pence(line.amount))
            price[here] = int(line.amount * 10**shown)
        return paid, Basis("price", price, shown, money=True)


def _places_of(prices: list[Fraction]) -> int:
    """Return the decimal places to which prices are shown: 2, or more where there is less."""
    if any(price >= MOST_SHOWN for price in prices):
        return 2
    exact = (n for n in range(2, PRICE_PLACES) if all(10**n % p.denominator == 0 for p in prices))
    return next(exact, PRICE_PLACES)


def _kinds_of(cohort: IntArray, group: IntArray, units: IntArray) -> list[tuple[int, int]]:
    """Return the pairs of cohort and group in which there is something to pay for."""
    some = units.any(axis=0)
    pairs = np.unique(np.stack([cohort[some], group[some]]), axis=1)
    return [(int(a), int(b)) for a, b in pairs.T]
