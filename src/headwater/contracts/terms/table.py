"""A table: what a measured quantity gives, in steps, on a straight line, or slice by slice."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Amount, Stated, in_pence, is_known, stated
from headwater.contracts.column import Basis, Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.layers import Taken
from headwater.contracts.term import (
    Fault,
    Name,
    PaidBefore,
    Shapes,
    Term,
    UnpublishedError,
    comparable,
    quantity,
    whole_pence,
)
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.exact import MOST, Exact, quotient, write_exact
from headwater.core.model import Frozen

VALUE_PLACES = 9
"""Decimal places to which a table's values are shown; they are worked exactly."""
Pieces = list[tuple[Fraction, Fraction]]
"""Of each piece of a table, its level where x is 0, and its slope."""


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
        What it gives below the first band; without it nothing at all, not even the capital. Nor is
        there anything for a ratio that is not known.
    pays
        Of a measure to date: what the amount has grown by since the last period, or all of it
        "anew" in each, as a year's interest at a rate that follows the result to date.
    paid_before
        What becomes of what was paid on an earlier result to date, where the result has fallen
        since: it "stays", and what is due later is set against it; or it is "taken_back".
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
    paid_before: PaidBefore = "stays"

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
        if self.times_of is not None and len(self.of) == 1 and self.of[0] in given:
            yield from comparable("times_of", self.times_of, given[self.of[0]].grain, given)
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
        yield from whole_pence("times", self.times)
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
        column, taken = desk.column(self.of[0], self.where), self.taken_up(desk, self.of[0])
        counted, grows = column.as_basis, column.shape.to_date and self.pays == "growth"
        if grows:
            due, below = desk.due_to_date(self, "", taken, shape.grain)
            pence = desk.paid_growth(self.id, due, shape.grain, self.paid_before)
            if below is not None:
                counted = replace(counted, stood=below.units, since=below.since)
        elif column.shape.to_date:
            pence = desk.grown_within(self.id, self.due(desk, taken), shape.grain)
        else:
            pence = self.due(desk, taken)
        value, over = self._value(column.values, column.shape.places)
        basis = (
            replace(counted, to_date=grows),
            Basis("value", quotient(value, 10**VALUE_PLACES, over, "half_up"), VALUE_PLACES),
        )
        return Column(pence, shape, basis)

    def to_date(self, given: Shapes) -> tuple[str, ...]:
        """Return what it reads, where that is counted to date and it pays by how much it grows."""
        pays = self.pays == "growth"
        return tuple(n for n in self.of if pays and n in given and given[n].to_date)

    def taken_up(self, desk: Desk, name: str) -> Taken:
        """Return what it reads, and in pence what the value is a part of."""
        column = desk.column(name, self.where)
        whole, whole_to_date = None, False
        if self.times_of is not None:
            base = desk.column(self.times_of)
            at = desk.gathered(self.id, "times", base, column.shape.grain)
            whole = desk.priced(at, base.shape.places, Fraction(100))
            whole_to_date = base.shape.to_date
        return Taken(column.values, column.shape.places, column.known, whole, whole_to_date)

    def due(self, desk: Desk, taken: Taken) -> IntArray:
        """Return what the table gives; pence, array (draw, cell)."""
        inside = self._inside(taken.units, taken.places)
        inside = inside if taken.known is None else inside & taken.known
        value, over = self._value(taken.units, taken.places)
        return np.where(inside, self._pounds(desk, value, over, taken.whole), 0)

    def due_between(self, desk: Desk, low: Taken, high: Taken) -> IntArray:
        """Return what the table gives for the higher, less what it gives for the lower."""
        return self.due(desk, high) - self.due(desk, low)

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

    def _value(self, x: IntArray, places: int) -> tuple[IntArray, int]:
        """Return the table's value of each cell, exactly: a whole number over another."""
        starts, pieces = self._pieces(self._seen(x, places), places)
        over = lcm(*(part.denominator for piece in pieces for part in piece))
        levels, slopes = ([int(piece[n] * over) for piece in pieces] for n in (0, 1))
        widest = max(map(abs, levels)) + max(map(abs, slopes)) * int(np.abs(x).max(initial=0))
        kind = np.int64 if widest < MOST else object
        edges = np.array([_whole_above(start) for start in starts], dtype=np.int64)
        at = np.searchsorted(edges, x, side="right")
        return np.array(levels, dtype=kind)[at] + np.array(slopes, dtype=kind)[at] * x, over

    def _pieces(self, values: list[Fraction], places: int) -> tuple[list[Fraction], Pieces]:
        """Return where each piece of the table starts, and the level and slope of each.

        The first piece lies below the bands; x is in the measure's last decimal place.
        """
        one = 10**places
        edges = [band.at_least * one for band in self.band]
        pieces: Pieces = [(values[0], Fraction(0))]
        if self.reading == "slices":
            pieces, sum_below = [(Fraction(0), Fraction(0))], Fraction(0)
            end = self.band[-1].less_than
            edges += [] if end is None else [end * one]
            for value, (start, following) in zip(
                values[1:], pairwise([*edges, edges[-1]]), strict=False
            ):
                pieces.append((sum_below - value / one * start, value / one))
                sum_below += value / one * (following - start)
            return edges, pieces if end is None else [*pieces, (sum_below, Fraction(0))]
        for i, start in enumerate(edges):
            slope = Fraction(0)
            if self.reading == "straight_line" and i + 1 < len(edges):
                slope = (values[i + 2] - values[i + 1]) / (edges[i + 1] - start)
            pieces.append((values[i + 1] - slope * start, slope))
        return edges, pieces

    def _pounds(self, desk: Desk, value: IntArray, over: int, whole: IntArray | None) -> IntArray:
        """Return pence for the table's values."""
        if self.gives == "pounds":
            return desk.priced(value, 0, Fraction(100, over))
        if whole is None:
            whole = np.full(value.shape, int(in_pence(stated(self.times))), dtype=np.int64)
        mode = desk.contract.rounding.mode
        grid = 100 if desk.contract.rounding.to == "pound" else 1
        if self.gives == "share":
            return quotient(whole, value, grid * over, mode) * grid
        grown = whole
        for _ in range(self.years):
            grown = grown + quotient(grown, value, grid * over, mode) * grid
        return grown if self.with_capital else grown - whole


def _whole_above(edge: Fraction) -> int:
    """Return the smallest whole number that is not below an edge."""
    return -((-edge).__floor__())
