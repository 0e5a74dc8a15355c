"""A quantity made of others: a sum, a share, a difference, a reduction, a weighted mean."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import numpy as np

from headwater.contracts.column import Column, Grain, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import (
    Fault,
    Names,
    Shapes,
    Term,
    comparable,
    not_finer,
    quantity,
)
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.exact import Exact, quotient, scaled

How = Literal["sum", "ratio", "reduction", "difference", "weighted", "at_least", "highest"]
RATIO_PLACES = 9
"""Decimal places of a ratio, where the agreement names none."""


class Measure(Term):
    """Makes one quantity of others; it pays nothing.

    Parameters
    ----------
    how
        "sum": of everything taken up. "ratio": that sum over `against`. "reduction": how far it
        lies below `against`, as a share of it; where `against` is 0 neither is known, and no
        condition on it is met. "difference": it less `against`. "weighted": each times its weight,
        added. "at_least": 1 where the sum reaches `number`, else 0. "highest": the largest of what
        is taken up.
    against
        Metrics or measures to compare with, added; or `number`, a fixed comparator.
    per
        Cells: each claim, key (who), cohort, group, or the whole agreement (all).
    over
        Outcomes of the period, or of the agreement to date.
    places
        Decimal places to which it is worked, by the agreement's rounding; 9 for what is divided.
    least, most
        Limits within which it is kept.
    unit
        Of one what.
    """

    kind: Literal["measure"]
    how: How = "sum"
    against: Names = ()
    number: Exact | None = None
    weights: tuple[Exact, ...] = ()
    per: Grain = "all"
    over: Literal["period", "to_date"] = "period"
    places: int | None = None
    least: Exact | None = None
    most: Exact | None = None
    unit: str = ""

    def refers(self) -> tuple[str, ...]:
        """Return what it compares with."""
        return self.against

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if not self.of:
            yield "of", "names nothing to measure.", "Name a metric or a measure."
        for name in (*self.of, *self.against):
            yield from quantity("of" if name in self.of else "against", name, given)
            if name in given and given[name].to_date and self.over == "to_date":
                yield "over", f"'{name}' is to date already.", 'Leave out over = "to_date".'
        for name in self.against:
            yield from comparable("against", name, self.per, given)
        yield from not_finer(self, self.per, given)
        yield from self._needs()

    def _needs(self) -> Iterator[Fault]:
        compares = self.how in {"ratio", "reduction", "difference"}
        if compares and bool(self.against) == (self.number is not None):
            yield (
                "against",
                f"how = '{self.how}' compares with one thing.",
                "Give 'against' or 'number'.",
            )
        if self.how == "at_least" and self.number is None:
            yield "number", "how = 'at_least' needs the number to reach.", "Add it."
        if self.how in {"ratio", "reduction"} and self.number == 0:
            yield "number", "must not be 0: it divides.", ""
        if (self.how == "weighted") != bool(self.weights):
            yield "weights", "belong to how = 'weighted', and it needs them.", ""
        if self.weights and len(self.weights) != len(self.of):
            yield "weights", f"are {len(self.weights)} for {len(self.of)} quantities.", "One each."

    def shape(self, given: Shapes) -> Shape:
        """Return a quantity by `per`."""
        divides = self.how in {"ratio", "reduction"}
        natural = RATIO_PLACES if divides or self.how == "weighted" else self._finest(given)
        if self.how == "at_least":
            natural = 0
        return Shape(
            self.per,
            unit=self.unit or ("share of 1" if divides else given[self.of[0]].unit),
            places=natural if self.places is None else self.places,
            to_date=self.over == "to_date" or any(given[name].to_date for name in self.of),
            adds=not divides,
        )

    def _finest(self, given: Shapes) -> int:
        places = [given[name].places for name in (*self.of, *self.against)]
        if self.number is not None:
            below, count = self.number.denominator, 0
            while 10**count % below and count < RATIO_PLACES:
                count += 1
            places.append(count)
        return max(places)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        mode = desk.contract.rounding.mode
        parts = [self._sum(desk, name, f"of {i}") for i, name in enumerate(self.of)]
        finest = max(places for _, places in parts)
        values = [part * 10 ** (finest - places) for part, places in parts]
        if self.how == "weighted":
            weighed = [
                scaled(v, w * Fraction(10) ** (shape.places - finest), mode)
                for v, w in zip(values, self.weights, strict=True)
            ]
            return self._kept(np.sum(weighed, axis=0), shape)
        total = np.max(values, axis=0) if self.how == "highest" else np.sum(values, axis=0)
        if self.how == "at_least":
            assert self.number is not None  # noqa: S101 - `faults` has seen to it
            reached = total >= self.number * 10**finest
            return self._kept(reached.astype(np.int64), shape)
        if self.how in {"sum", "highest"}:
            return self._kept(scaled(total, Fraction(10) ** (shape.places - finest), mode), shape)
        compared, known = self._compared(desk, total, finest, shape)
        return replace(self._kept(compared, shape), known=known)

    def _compared(
        self, desk: Desk, total: IntArray, places: int, shape: Shape
    ) -> tuple[IntArray, BoolArray | None]:
        """Return the sum against its comparator, and where there is one to divide by."""
        mode = desk.contract.rounding.mode
        if self.number is not None:
            other, below = np.int64(self.number.numerator), self.number.denominator
            total = total * below
            against = np.full_like(total, int(other)) * 10**places
        else:
            sums = [self._sum(desk, name, f"against {i}") for i, name in enumerate(self.against)]
            finest = max(places, *(p for _, p in sums))
            total = total * 10 ** (finest - places)
            against = np.sum([v * 10 ** (finest - p) for v, p in sums], axis=0)
            below, places = 1, finest
        if self.how == "difference":
            by = Fraction(10) ** (shape.places - places) / below
            return scaled(total - against, by, mode), None
        above = total if self.how == "ratio" else against - total
        known = against != 0
        part = quotient(above, 10**shape.places, np.where(known, against, 1), mode)
        return np.where(known, part, 0), known

    def _sum(self, desk: Desk, name: str, place: str) -> tuple[IntArray, int]:
        """Return a quantity at this measure's grain, of the period or to date, and its places.

        Parameters
        ----------
        place
            Where it stands in the measure: one that stands twice is remembered twice.
        """
        column = desk.column(name, self.where)
        values = desk.gathered(self.id, place, column, self.per)
        if self.over == "to_date" and desk.standing:
            values = desk.remembered(self.id, place, self.per)
        elif self.over == "to_date":
            values = values + desk.remembered(self.id, place, self.per)
            desk.remember(self.id, place, self.per, values)
        return values, column.shape.places

    def _kept(self, values: IntArray, shape: Shape) -> Column:
        """Return values within the limits."""
        one = 10**shape.places
        for limit, keep in ((self.least, np.maximum), (self.most, np.minimum)):
            if limit is not None:
                values = keep(values, int(limit * one))
        return Column(values, shape)
