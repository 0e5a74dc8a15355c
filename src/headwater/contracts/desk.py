"""The desk: one period's outcomes and what earlier terms gave, on which a term is worked."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from headwater.contracts.column import FINER, Column, Grain, Shape, meeting
from headwater.contracts.layers import TAKEN, Below, PaysToDate, Taken, due_to_date
from headwater.contracts.memory import STAYS, Condition, Judged, Memory
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import Period, day_number
from headwater.contracts.term import EVERYTHING, Where
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.calendar import months_later
from headwater.core.exact import quotient, scaled

if TYPE_CHECKING:
    from headwater.contracts.agreement import Contract, Price
    from headwater.contracts.term import PaidBefore

NEVER = 2**62


@dataclass
class Desk:
    """One period's work.

    Parameters
    ----------
    cells
        The period's outcomes, in the order of their keys.
    whole, first_cell
        Every outcome of the run, and where the period's stand among them.
    version, version_days
        Which version of the terms it is, and the first and last day on which it is in force.
    columns
        What metrics and terms have given so far; None where a number is not published.
    begins, ends
        Whether this is the first, and the last, that is worked in the period: one in which the
        terms change is worked once for each version.
    last
        Whether nothing is worked after it.
    standing
        Whether nothing of the period is counted: measures to date show where they stand.
    """

    contract: "Contract"
    period: Period
    version: int
    version_days: tuple[date, date]
    cells: Outcomes
    whole: Outcomes
    first_cell: int
    shapes: dict[str, Shape]
    memory: Memory
    columns: dict[str, Column | None]
    begins: bool
    ends: bool
    last: bool
    standing: bool = False

    # Cells

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return self.cells.draws

    @property
    def year(self) -> int:
        """Which year of the agreement the period ends in, from 0."""
        return year_of(self.contract.first_day, self.period.last_day)

    @property
    def ends_year(self) -> bool:
        """Whether a year of the agreement ends here, and nothing more is worked in the period."""
        after = self.period.last_day + timedelta(days=1)
        return self.last or (self.ends and year_of(self.contract.first_day, after) > self.year)

    @property
    def whole_period(self) -> bool:
        """Whether the period is worked once, under one version of the terms."""
        return self.begins and self.ends

    @cached_property
    def whos(self) -> IntArray:
        """Keys that have an outcome in the period, in order; array (key,)."""
        return np.unique(self.cells.who)

    def codes(self, grain: Grain) -> IntArray:
        """Return which cell of the whole run each cell of the period is; array (cell,)."""
        if grain == "claim":
            return np.arange(self.first_cell, self.first_cell + len(self.cells.who))
        return self.whos if grain == "who" else np.arange(self.size(grain), dtype=np.int64)

    def size(self, grain: Grain) -> int:
        """Return how many cells of a grain the whole run has."""
        cells = self.cells
        return {
            "claim": len(self.whole.who),
            "who": len(cells.whos),
            "cohort": len(cells.cohorts),
            "group": len(cells.groups),
            "all": 1,
        }[grain]

    def nothing(self, shape: Shape) -> Column:
        """Return a column of zeros."""
        return Column(np.zeros((self.draws, len(self.codes(shape.grain))), dtype=np.int64), shape)

    def _parents(self, fine: Grain, coarse: Grain) -> IntArray:
        """Return in which coarse cell of the period each fine one lies; array (fine cell,).

        A key with outcomes in several cohorts, or groups, lies in the first that the agreement
        names.
        """
        cells = self.cells
        if coarse == "all":
            return np.zeros(len(self.codes(fine)), dtype=np.int64)
        by_claim = {"who": cells.who, "cohort": cells.cohort, "group": cells.group}[coarse]
        if fine == "who":
            first = np.unique(cells.who, return_index=True)[1]
            named = np.where(by_claim == 0, NEVER, by_claim)
            lowest = np.minimum.reduceat(named, first) if len(first) else named
            return np.where(lowest == NEVER, 0, lowest)
        return np.searchsorted(self.whos, cells.who) if coarse == "who" else by_claim

    def spread(self, values: IntArray, of: Grain, to: Grain) -> IntArray:
        """Return coarse cells' values for each of the finer cells; array (draw, fine cell)."""
        return values if of == to else np.asarray(values[:, self._parents(to, of)])

    def added(self, values: IntArray, of: Grain, to: Grain) -> IntArray:
        """Return finer cells added into coarser ones; array (draw, coarse cell)."""
        if of == to:
            return values
        total = np.zeros((self.draws, len(self.codes(to))), dtype=np.int64)
        if values.shape[1]:
            np.add.at(total.T, self._parents(of, to), values.T)
        return total

    def fitted(self, column: Column, grain: Grain) -> IntArray:
        """Return a column's values at a grain: added up, or the same for every finer cell."""
        at = column.shape.grain
        if at == grain or at in FINER[grain]:
            return self.added(column.values, at, grain)
        return self.spread(column.values, at, grain)

    def gathered(self, term: str, place: str, column: Column, grain: Grain) -> IntArray:
        """Return a quantity at a grain, as a term takes it up.

        One to date, of claims or keys, has cells only for those with an outcome in the period.
        Added up, the others stand as they stood when they last had one.

        Parameters
        ----------
        place
            Where it stands among what the term takes up.
        """
        at = column.shape.grain
        if not column.shape.to_date or at not in FINER[grain] or at not in {"claim", "who"}:
            return self.fitted(column, grain)
        growth = self.grown(term, column.values, at, of=f"{place} {grain}")
        total = self.remembered(term, f"in all {place}", grain) + self.added(growth, at, grain)
        self.remember(term, f"in all {place}", grain, total)
        return total

    # What a term takes up

    def unknown(self, names: tuple[str, ...]) -> bool:
        """Return whether any of these rests on a number that is not published."""
        return any(name in self.columns and self.columns[name] is None for name in names)

    def column(self, name: str, where: Where = EVERYTHING) -> Column:
        """Return what a metric or an earlier term gave, of those that count."""
        if name in self.columns:
            found = self.columns[name]
            assert found is not None  # noqa: S101 - the fold works no term with an unknown input
            return self._limited(found, where)
        return self._counted(name, where)

    def taken(
        self, of: tuple[str, ...], per: Grain | None = None, where: Where = EVERYTHING
    ) -> tuple[IntArray, Grain]:
        """Return amounts added up, and their grain: the finest they have in common, or `per`."""
        columns = [self.column(name, where) for name in of]
        grain = per or meeting(tuple(column.shape.grain for column in columns))
        total = np.zeros((self.draws, len(self.codes(grain))), dtype=np.int64)
        for column in columns:
            total = total + self.fitted(column, grain)
        return total, grain

    def _counted(self, metric: str, where: Where) -> Column:
        """Return the period's units of a metric, 0 for claims that do not count."""
        cells, code = self.cells, self.cells.metrics.index(metric)
        marks = (cells.metric == code) & self._fits(where)
        values = np.where(marks, cells.units, 0)
        for name in where.not_after:
            values = np.where(cells.last_day < self.first(name)[:, cells.who], values, 0)
        if where.after is not None:
            values = np.where(cells.first_day > self.first(where.after)[:, cells.who], values, 0)
        return Column(values, self.shapes[metric])

    def _fits(self, where: Where) -> BoolArray:
        cells = self.cells
        days = cells.last_day - cells.first_day + 1
        fits = np.ones(len(cells.who), dtype=np.bool_)
        for words, names, codes in (
            (where.cohort, cells.cohorts, cells.cohort),
            (where.group, cells.groups, cells.group),
        ):
            if words:
                fits &= np.isin(codes, [names.index(word) for word in words if word in names])
        for least, values in (
            (where.least_days, days),
            (None if where.first_day is None else day_number(where.first_day), cells.last_day),
        ):
            fits &= True if least is None else values >= least
        for most, values in (
            (where.most_days, days),
            (None if where.last_day is None else day_number(where.last_day), cells.last_day),
        ):
            fits &= True if most is None else values <= most
        return fits & self._fits_units(where)

    def _fits_units(self, where: Where) -> BoolArray:
        """Return whether units are within the limits, in the first draw as in all."""
        if where.least_units is None and where.most_units is None:
            return np.ones(len(self.cells.who), dtype=np.bool_)
        places = np.array([self.shapes[name].places for name in self.cells.metrics])
        one = 10 ** places[self.cells.metric]
        least = 0 if where.least_units is None else where.least_units
        most = NEVER if where.most_units is None else where.most_units * one
        units = self.cells.units
        return np.asarray((units >= least * one) & (units <= most))

    def first(self, metric: str) -> IntArray:
        """Return the first day each key has an outcome of a metric, or `NEVER`; (draw, key)."""
        known = self.memory.sums.get(("", metric))
        if known is None:
            whole = self.whole
            cells = np.flatnonzero(whole.metric == whole.metrics.index(metric))
            days = np.where(whole.units[:, cells] > 0, whole.last_day[cells], NEVER)
            known = np.full((whole.draws, len(whole.whos)), NEVER, dtype=np.int64)
            np.minimum.at(known.T, whole.who[cells], days.T)
            self.memory.sums["", metric] = known
        return known

    def _limited(self, column: Column, where: Where) -> Column:
        """Return a term's column with the cells of other cohorts and groups left out."""
        if not (where.cohort or where.group):
            return column
        grain, values = column.shape.grain, column.values
        for words, names, of in (
            (where.cohort, self.cells.cohorts, "cohort"),
            (where.group, self.cells.groups, "group"),
        ):
            if words:
                wanted = np.isin(np.array(names), words)[np.newaxis, :]
                marks = self.spread(wanted.astype(np.int64), of, grain)  # type: ignore[arg-type]
                values = np.where(marks == 1, values, 0)
        return replace(column, values=values)

    def judge(self, term: str, test: Judged) -> BoolArray:
        """Return whether a condition is met in each cell of its measure, and keep a note of it."""
        column = self.column(test.measure)
        met = test.met(column.values, column.shape.places)
        met = met if column.known is None else met & column.known
        grain = column.shape.grain
        self.memory.conditions.append(
            Condition(
                term, self.period.index, self.version, grain, self.codes(grain), test, column, met
            )
        )
        return met

    # What a term remembers

    def remembered(self, term: str, name: str, grain: Grain) -> IntArray:
        """Return what a term remembers of the period's cells; array (draw, cell)."""
        return self._store(term, name, grain)[:, self.codes(grain)]

    def remember(self, term: str, name: str, grain: Grain, values: IntArray) -> None:
        """Keep values for the period's cells."""
        self._store(term, name, grain)[:, self.codes(grain)] = values

    def _store(self, term: str, name: str, grain: Grain) -> IntArray:
        return self.memory.get(term, f"{name} {grain}", (self.draws, self.size(grain)))

    def grown(self, term: str, due: IntArray, grain: Grain, *, of: str = "") -> IntArray:
        """Return by how much what is due to date, for one of several, has grown since last time."""
        before = self.remembered(term, f"due {of}", grain)
        self.remember(term, f"due {of}", grain, due)
        return due - before

    def paid_growth(
        self, term: str, due: IntArray, grain: Grain, before: "PaidBefore", *, of: str = ""
    ) -> IntArray:
        """Return what is paid of what is due to date: the growth, with what was paid before.

        What stays is the most that was due; a deduction, due below nothing, is taken off it.
        """
        if before == "stays":
            place = f"most {of}"
            most = np.maximum(due, self.remembered(term, place, grain))
            self.remember(term, place, grain, most)
            self.remember(term, f"{STAYS} {of}", grain, most - np.maximum(due, 0))
            due = most + np.minimum(due, 0)
        return self.grown(term, due, grain, of=of)

    @property
    def since(self) -> str:
        """The days for which this version's terms hold, in words."""
        first, last = self.version_days
        return f"up to {last}" if first == date.min else f"from {first}"

    def due_to_date(
        self, term: PaysToDate, place: str, taken: Taken, grain: Grain
    ) -> tuple[IntArray, Below | None]:
        """Return what is due to date, each unit by the terms of its day, and what others price.

        See `headwater.contracts.layers`.
        """
        due, below = due_to_date(self, term, place, taken, grain)
        if self.contract.variation:
            name = f"{TAKEN} {place}"
            self.remember(term.id, name, grain, np.ones_like(taken.units))
        return due, below

    def grown_within(self, term: str, due: IntArray, grain: Grain) -> IntArray:
        """Return by how much what is due for the period, under all versions so far, has grown."""
        if self.whole_period:
            return due
        return self.grown(term, due, grain, of=f"in period {self.period.index}")

    def so_far(self, term: str, amounts: IntArray, grain: Grain) -> IntArray:
        """Return amounts of the period added up over the versions under which it is worked."""
        if self.whole_period:
            return amounts
        name = f"in period {self.period.index}"
        total = amounts + self.remembered(term, name, grain)
        self.remember(term, name, grain, total)
        return total

    # Arithmetic by the agreement's rule

    def part(self, pence: IntArray, by: Fraction) -> IntArray:
        """Return amounts times a fraction, rounded by the agreement's rule."""
        return self.rounded(scaled(pence, by * self._grid, self.contract.rounding.mode))

    def priced(self, units: IntArray, places: int, pence: Fraction) -> IntArray:
        """Return units at a price, rounded by the agreement's rule; whole pence."""
        by = pence * self._grid
        mode = self.contract.rounding.mode
        return self.rounded(quotient(units, by.numerator, by.denominator * 10**places, mode))

    @property
    def _grid(self) -> Fraction:
        return Fraction(1, 100) if self.contract.rounding.to == "pound" else Fraction(1)

    def rounded(self, on_grid: IntArray) -> IntArray:
        """Return whole pounds as pence where the agreement rounds to pounds."""
        return on_grid * 100 if self.contract.rounding.to == "pound" else on_grid

    def price(self, metric: str, cohort: int, group: int) -> "Price | None":
        """Return the line of the rate card for a metric, a cohort and a group."""
        return self.contract.line(metric, self.cells.cohorts[cohort], self.cells.groups[group])


def year_of(first: date, day: date) -> int:
    """Return which year from a first day a day falls in, from 0."""
    year = day.year - first.year
    return year - (months_later(first, 12 * year) > day)
