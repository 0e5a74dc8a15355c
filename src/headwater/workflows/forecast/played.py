"""A scenario played on the days of one forecast: rates, shares of placements and prices changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.pathway import PLACEMENTS, Arms
from headwater.pathways.stand_still import StandStill
from headwater.workflows.forecast.scenario import ELSE, EVERY, RATES, Change, Scenario

LEAST = 1e-12
"""Keeps a rate, or what is left of a share, from being divided by nought."""
STARTS = "care_starts"
"""Moves into care, from wherever."""


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario on the days of one forecast.

    Parameters
    ----------
    name
        Where the scenario was read, for what is wrong with it.
    base
        The base day; `days` after it the forecast ends.
    """

    scenario: Scenario
    name: str
    base: date
    days: int

    def __post_init__(self) -> None:
        """Refuse changes that do not fall in the forecast.

        Raises
        ------
        InputError
            One problem for each.
        """
        last = self.base + timedelta(days=self.days)
        problems = [
            self._problem(
                i,
                f"from {change.start} is outside the forecast, {self.base} to {last}.",
                "Choose a day within it, or another --years.",
            )
            for i, change in self._changes()
            if not self.base <= change.start < last
        ]
        if problems:
            raise InputError(problems)

    def arms(self, still: StandStill, arms: Arms) -> Arms:
        """Return the arms with the second's rates changed.

        Raises
        ------
        InputError
            If a rate would fall below nought, or something is added to several rates at once.
        """
        rates = [(i, change) for i, change in self._changes() if change.rate is not None]
        cuts = {float(day) for _, c in rates for day in self._span(c) if 0 < day < self.days}
        edges = np.array(sorted({*arms.edges.tolist(), *cuts}))
        begins = np.concatenate([[0.0], edges])
        scale = arms.scale[:, :, np.searchsorted(arms.edges, begins, side="right")].copy()
        now = np.maximum(still.rates, LEAST)
        rate = np.tile(now, (len(begins), 1))
        for i, change in rates:
            inside = self._inside(change, begins)
            cells = np.ix_(inside, still.pathway.moves(*RATES[change.rate or ""]))
            before = rate[inside]
            rate[cells] = self._rate(still, rate[cells], change, i)
            if change.rate == STARTS:
                _end_otherwise(still, rate, before, inside)
        scale[1] *= rate / now
        return Arms(edges, scale)

    def _rate(self, still: StandStill, now: FloatArray, change: Change, i: int) -> FloatArray:
        """Return rates changed, array (window, move); what is added is shared out among them.

        In their proportions; where a change before took them to nought, in those at which the place
        stands still.
        """
        moves = still.pathway.moves(*RATES[change.rate or ""])
        if change.add is not None and len({still.pathway.transitions[m].origin for m in moves}) > 1:
            named = ", ".join(f"'{still.pathway.transitions[move].name}'" for move in moves)
            raise InputError(
                self._problem(
                    i,
                    f"{change.rate} is several rates, of different children.",
                    f"Multiply, or add to one of them: {named}.",
                )
            )
        whole = now.sum(axis=1, keepdims=True)
        changed = change.changed(whole)
        if changed.size and changed.min() < 0.0:
            raise InputError(
                self._problem(
                    i,
                    f"{change.by} takes the rate below nought: it is {whole.min():.4g} a year for"
                    " each child.",
                    "Add less, or multiply.",
                )
            )
        standing = still.rates[moves]
        parts = np.where(
            whole > LEAST, now / np.maximum(whole, LEAST), standing / max(standing.sum(), LEAST)
        )
        return np.asarray(parts * changed)

    def placed(self, edges: IntArray, shares: FloatArray) -> FloatArray:
        """Return shares of children by placement, changed; array (draw, period, placement).

        What one placement gains the others lose in their proportions, and the other way round. A
        period that a change covers in part is changed for that part.

        Parameters
        ----------
        edges
            Days from the base day at which periods begin, and the end; array (period + 1,).

        Raises
        ------
        InputError
            If a share would not lie between 0 and 1 in the middle of the draws.
        """
        shares = shares.copy()
        for i, change in self._changes():
            if change.placement is None:
                continue
            inside, part = self._parts(change, edges)
            at = PLACEMENTS.index(change.placement)
            now = shares[:, inside, at]
            wanted = change.changed(now)
            middle = np.median(wanted, axis=0)
            if middle.size and (middle.min() < 0.0 or middle.max() > 1.0):
                worst = middle.min() if middle.min() < 0.0 else middle.max()
                raise InputError(
                    self._problem(
                        i,
                        f"{change.by} takes the share to {worst:.1%}: it is"
                        f" {float(np.median(now)):.1%}.",
                        "A share lies between 0 and 1: multiply or add less.",
                    )
                )
            wanted = np.clip(wanted, 0.0, 1.0)
            changed = shares[:, inside] * ((1.0 - wanted) / np.maximum(1.0 - now, LEAST))[..., None]
            changed[..., at] = wanted
            shares[:, inside] += part[:, None] * (changed - shares[:, inside])
        return shares

    def priced(self, edges: IntArray, weekly: FloatArray) -> FloatArray:
        """Return pounds a child and week by placement, changed; array (draw, period, placement).

        Periods as in `placed`.

        Raises
        ------
        InputError
            If a price would fall below nought in the middle of the draws.
        """
        weekly = weekly.copy()
        for i, change in self._changes():
            if change.price is None:
                continue
            inside, part = self._parts(change, edges)
            for at, placement in enumerate(PLACEMENTS):
                if change.price not in (EVERY, placement):
                    continue
                now = weekly[:, inside, at]
                changed = change.changed(now)
                if now.size and np.median(changed, axis=0).min() < 0.0:
                    raise InputError(
                        self._problem(
                            i,
                            f"{change.by} takes the price of {placement} below nought: it is"
                            f" £{float(np.median(now)):,.0f} a child and week.",
                            "Add less, or multiply.",
                        )
                    )
                weekly[:, inside, at] += part * (np.maximum(changed, 0.0) - now)
        return weekly

    def _changes(self) -> Iterator[tuple[int, Change]]:
        return enumerate(self.scenario.change, start=1)

    def _inside(self, change: Change, days: FloatArray) -> IntArray:
        """Return which of some days a change holds on."""
        first, last = self._span(change)
        inside: BoolArray = (days >= first) & (days < last)
        return np.flatnonzero(inside)

    def _parts(self, change: Change, edges: IntArray) -> tuple[IntArray, FloatArray]:
        """Return the periods that a change holds in, and the part of each that it covers."""
        first, last = self._span(change)
        overlap = np.minimum(edges[1:], last) - np.maximum(edges[:-1], first)
        inside = np.flatnonzero(overlap > 0)
        return inside, np.asarray(overlap[inside] / np.diff(edges)[inside], dtype=np.float64)

    def _span(self, change: Change) -> tuple[int, int]:
        end = self.days if change.end is None else (change.end - self.base).days
        return (change.start - self.base).days, end

    def _problem(self, i: int, what: str, remedy: str) -> Problem:
        said = self.scenario.change[i - 1].what
        return Problem(f"{self.name}, change {i} ({said})", what, remedy)


def _end_otherwise(
    still: StandStill, rate: FloatArray, before: FloatArray, inside: IntArray
) -> None:
    """Let as many move elsewhere as no longer enter care; `before` is `rate[inside]` before."""
    for entry, other in ELSE.items():
        (into,), (away,) = still.pathway.moves(entry), still.pathway.moves(other)
        fewer = before[:, into] - rate[inside, into]
        rate[inside, away] = np.maximum(before[:, away] + fewer, 0.0)
