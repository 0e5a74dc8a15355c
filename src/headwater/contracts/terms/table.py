"""A table: what a measured quantity gives, in steps, on a straight line, or slice by slice."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, Stated, in_pence, is_known, stated
from headwater.contracts.column import Basis, Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Name, Shapes, Term, UnpublishedError, quantity
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.exact import Exact, quotient, scaled, write_exact
from headwater.core.model import Frozen

VALUE_PLACES = 12
"""Decimal places to which a table's values are worked."""


class Band(Frozen):
    """From one number up to another: its value.

    Parameters
    ----------
    at_least, less_than
        Of the measure; without the second, up to the next band, or without end.
    value
        What it gives there; on a straight line, at the band's start; in slices, for each unit of
        the measure that lies in the band.
    """

    at_least: Exact
    less_than: Exact | None = None
    value: Stated


class Table(Term):
    """Reads a measure off a table and gives pounds.

    Parameters
    ----------
    of
        One measure, with one cell (the whole agreement), or one for each cohort, group or key.
    reading
        "steps": the value of the band. "straight_line": between the values at the bands' starts,
        level after the last. "slices": the value of each band for every unit within it.
    gives
        "pounds". "share": a part of `times`. "yearly_return": of `times` over `years`.
    times
        Pounds that a share or a return is of: the capital, a core price, a saving; or in `times_of`
        a measure in pounds.
    years
        Years over which a yearly return runs, compounding; 1: one year's interest.
    with_capital
        Whether the capital itself is paid as well.
    below
        What it gives below the first band; without it nothing at all, not even the capital.
    pays
        Of a measure to date: what the amount has grown by since the last period, or all of it
        "anew" in each, as a year's interest at a rate that follows the result to date.
    """

    kind: Literal["table"]
    band: tuple[Band, ...]
    reading: Literal["steps", "straight_line", "slices"] = "steps"
    gives: Literal["pounds", "share", "yearly_return"] = "pounds"
    times: Amount | None = None
    times_of: Name | None = None
    years: int = 1
    with_capital: bool = False
    below: Stated | None = None
    pays: Literal["growth", "anew"] = "growth"

    def refers(self) -> tuple[str, ...]:
        """Return the measure that a share is of."""
        return (self.times_of,) if self.times_of is not None else ()

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        if len(self.of) != 1:
            yield "of", "reads one measure.", "Name one."
        for name in self.of:
            yield from quantity("of", name, given)
        yield from quantity("times_of", self.times_of, given)
        yield from self._bands()
        needs = self.gives != "pounds"
        if needs and (self.times is None) == (self.times_of is None):
            yield (
                "times",
                f"gives = '{self.gives}' needs what it is of.",
                "Add 'times' or 'times_of'.",
            )
        if not needs and (self.times is not None or self.times_of is not None):
            yield "times", "pounds are not of anything.", 'Set gives = "share", or leave it out.'
        if self.years < 1 or self.years > 100:
            yield "years", f"must be 1 to 100, not {self.years}.", ""

    def _bands(self) -> Iterator[Fault]:
        if not self.band:
            yield "band", "needs a band.", "Add band = [{ at_least = 0, value = … }]."
        for i, (one, following) in enumerate(pairwise(self.band)):
            start, above = write_exact(one.at_least), write_exact(following.at_least)
            if following.at_least <= one.at_least:
                yield (
                    f"band.{i + 1}.at_least",
                    f"{above} does not lie above the band before ({start}).",
                    "Put bands in rising order.",
                )
            elif one.less_than is not None and one.less_than > following.at_least:
                yield (
                    f"band.{i}.less_than",
                    f"{write_exact(one.less_than)} overlaps the next band, from {above}.",
                    "End it where the next one starts.",
                )
            elif one.less_than is not None and one.less_than < following.at_least:
                yield (
                    f"band.{i}.less_than",
                    f"leaves a gap from {write_exact(one.less_than)} to {above}.",
                    "Close it, or add a band for it.",
                )
        for i, band in enumerate(self.band):
            if band.less_than is not None and band.less_than <= band.at_least:
                yield f"band.{i}.less_than", "does not lie above at_least.", ""

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by the cells of the measure."""
        return Shape(given[self.of[0]].grain, money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        column = desk.column(self.of[0], self.where)
        inside = self._inside(column.values, column.shape.places)
        inside = inside if column.known is None else inside & column.known
        value = self._value(column.values, column.shape.places, desk)
        pence = np.where(inside, self._pounds(desk, value, column), 0)
        if column.shape.to_date and self.pays == "growth":
            pence = desk.grown(self.id, pence, shape.grain)
        basis = (
            Basis(column.shape.unit, column.values, column.shape.places),
            Basis("value", value, VALUE_PLACES),
        )
        return Column(pence, shape, basis)

    def unseen(self) -> tuple[str, ...]:
        """Return the fields that are not published; a band matters only once it is read."""
        return tuple(name for name in super().unseen() if not name.startswith(("band[", "below")))

    def _inside(self, x: IntArray, places: int) -> BoolArray:
        """Return where there is anything to pay: in a band, or below them if that says so."""
        start, end = self.band[0].at_least, self.band[-1].less_than
        inside = np.ones(x.shape, dtype=np.bool_)
        if self.below is None and self.reading != "slices":
            inside = x >= _whole_above(start * 10**places)
        if end is not None and self.reading != "slices":
            inside = inside & (x < _whole_above(end * 10**places))
        return np.asarray(inside)

    def _seen(self, x: IntArray, places: int) -> list[Fraction]:
        """Return the value below the bands and of each; refuse to read one that is not published.

        Raises
        ------
        UnpublishedError
            Where something lies in such a band, or on a straight line to its start.
        """
        starts = [_whole_above(band.at_least * 10**places) for band in self.band]
        band = np.searchsorted(np.array(starts, dtype=np.int64), x, side="right")
        reads = set(np.unique(band).tolist())
        if self.reading == "slices":
            reads = set(range(1, max(reads, default=0) + 1))
        elif self.reading == "straight_line":
            reads |= {place + 1 for place in reads if 0 < place < len(self.band)}
        values = [self.below or Fraction(0), *(one.value for one in self.band)]
        for place in sorted(reads):
            if not is_known(values[place]):
                name = f"band[{place}]" if place else "below"
                raise UnpublishedError(name)
        return [value if is_known(value) else Fraction(0) for value in values]

    def _value(self, x: IntArray, places: int, desk: Desk) -> IntArray:
        """Return the table's value of each cell, in 10^-12."""
        one = Fraction(10) ** VALUE_PLACES
        values = self._seen(x, places)
        if self.reading == "slices":
            return self._sliced(x, places, desk)
        edges = [band.at_least * 10**places for band in self.band]
        starts = np.array([_whole_above(edge) for edge in edges], dtype=np.int64)
        band = np.searchsorted(starts, x, side="right") - 1
        steps = np.array([int(v * one) for v in values], dtype=np.int64)
        found = steps[band + 1]
        if self.reading == "straight_line":
            for i, (a, b) in enumerate(pairwise(edges)):
                rise = (values[i + 2] - values[i + 1]) / (b - a) * one
                found = np.where(band == i, found + _moved(x, a, rise, desk), found)
        return np.asarray(found)

    def _sliced(self, x: IntArray, places: int, desk: Desk) -> IntArray:
        """Return the sum over bands of the units in each times its value."""
        one = Fraction(10) ** (VALUE_PLACES - places)
        total = np.zeros_like(x)
        for i, band in enumerate(self.band):
            low = int(band.at_least * 10**places)
            following = self.band[i + 1].at_least if i + 1 < len(self.band) else None
            end = band.less_than if band.less_than is not None else following
            inside = np.maximum(x - low, 0)
            if end is not None:
                inside = np.minimum(inside, int(end * 10**places) - low)
            worth = band.value if is_known(band.value) else Fraction(0)
            total = total + scaled(inside, worth * one, desk.contract.rounding.mode)
        return total

    def _pounds(self, desk: Desk, value: IntArray, column: Column) -> IntArray:
        """Return pence for the table's values."""
        if self.gives == "pounds":
            return desk.priced(value, VALUE_PLACES, Fraction(100))
        if self.times is not None:
            whole = np.full_like(value, int(in_pence(stated(self.times))))
        else:
            assert self.times_of is not None  # noqa: S101 - `faults` has seen to it
            base = desk.column(self.times_of)
            at = desk.fitted(base, column.shape.grain)
            whole = desk.priced(at, base.shape.places, Fraction(100))
        if self.gives == "share":
            return self._of(desk, whole, value)
        grown = whole
        for _ in range(self.years):
            grown = grown + quotient(grown, value, 10**VALUE_PLACES, desk.contract.rounding.mode)
        return grown if self.with_capital else grown - whole

    def _of(self, desk: Desk, whole: IntArray, value: IntArray) -> IntArray:
        mode = desk.contract.rounding.mode
        grid = 100 if desk.contract.rounding.to == "pound" else 1
        return quotient(whole, value, grid * 10**VALUE_PLACES, mode) * grid


def _whole_above(edge: Fraction) -> int:
    """Return the smallest whole number that is not below an edge."""
    return -((-edge).__floor__())


def _moved(x: IntArray, start: Fraction, rise: Fraction, desk: Desk) -> IntArray:
    """Return how far a line has risen from its start; x in its own last decimal place."""
    mode = desk.contract.rounding.mode
    below = start.denominator
    return quotient(x * below - start.numerator, rise.numerator, rise.denominator * below, mode)
