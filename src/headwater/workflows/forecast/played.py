"""A scenario played on the days of one forecast: rates, shares of placements and prices changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.pathway import PLACEMENTS, Arms
from headwater.pathways.stand_still import StandStill
from headwater.workflows.forecast.scenario import EVERY, RATES, Change, Scenario

LEAST = 1e-12
"""Keeps a rate, or what is left of a share, from being divided by nought."""


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
            cells = np.ix_(
                self._inside(change, begins), still.pathway.moves(*RATES[change.rate or ""])
            )
            rate[cells] = self._rate(still, rate[cells], change, i)
        scale[1] *= rate / now
        return Arms(edges, scale)

    def _rate(self, still: StandStill, now: FloatArray, change: Change, i: int) -> FloatArray:
        """Return rates changed, array (window, move); what is added is shared out among them."""
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
        return np.asarray(now * changed / np.maximum(whole, LEAST))

    def placed(self, days: FloatArray, shares: FloatArray) -> FloatArray:
        """Return shares of children by placement, changed; array (draw, period, placement).

        What one placement gains the others lose in their proportions, and the other way round.

        Parameters
        ----------
        days
            Days from the base day to the middle of each period; array (period,).

        Raises
        ------
        InputError
            If a share would not lie between 0 and 1 in the middle of the draws.
        """
        shares = shares.copy()
        for i, change in self._changes():
            inside = self._inside(change, days)
            if change.placement is None or not len(inside):
                continue
            at = PLACEMENTS.index(change.placement)
            now = shares[:, inside, at]
            wanted = change.changed(now)
            middle = np.median(wanted, axis=0)
            if middle.min() < 0.0 or middle.max() > 1.0:
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
            shares[:, inside] *= ((1.0 - wanted) / np.maximum(1.0 - now, LEAST))[..., None]
            shares[:, inside, at] = wanted
        return shares

    def priced(self, days: FloatArray, weekly: FloatArray) -> FloatArray:
        """Return pounds a child and week by placement, changed; array (draw, period, placement).

        Raises
        ------
        InputError
            If a price would fall below nought in the middle of the draws.
        """
        weekly = weekly.copy()
        for i, change in self._changes():
            inside = self._inside(change, days)
            if change.price is None or not len(inside):
                continue
            for at, placement in enumerate(PLACEMENTS):
                if change.price not in (EVERY, placement):
                    continue
                now = weekly[:, inside, at]
                changed = change.changed(now)
                if np.median(changed, axis=0).min() < 0.0:
                    raise InputError(
                        self._problem(
                            i,
                            f"{change.by} takes the price of {placement} below nought: it is"
                            f" £{float(np.median(now)):,.0f} a child and week.",
                            "Add less, or multiply.",
                        )
                    )
                weekly[:, inside, at] = np.maximum(changed, 0.0)
        return weekly

    def _changes(self) -> Iterator[tuple[int, Change]]:
        return enumerate(self.scenario.change, start=1)

    def _inside(self, change: Change, days: FloatArray) -> IntArray:
        """Return which of some days a change holds on."""
        first, last = self._span(change)
        inside: BoolArray = (days >= first) & (days < last)
        return np.flatnonzero(inside)

    def _span(self, change: Change) -> tuple[int, int]:
        end = self.days if change.end is None else (change.end - self.base).days
        return (change.start - self.base).days, end

    def _problem(self, i: int, what: str, remedy: str) -> Problem:
        said = self.scenario.change[i - 1].what
        return Problem(f"{self.name}, change {i} ({said})", what, remedy)
