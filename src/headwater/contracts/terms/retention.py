"""Retention: a part of each amount is kept back, and released later."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Part, stated
from headwater.contracts.column import Column, Grain, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Shapes, Term, money_taken, not_finer
from headwater.contracts.terms.threshold import Test
from headwater.core.arrays import BoolArray


class Retention(Term):
    """Keeps back a part, and releases it on a day, at the end, or once a condition is met.

    Parameters
    ----------
    share
        Part kept back.
    release_on
        The day on which all that is kept is released; without it, at the end of the run.
    release_if
        Released only where this is met by then; else it is lost.
    """

    kind: Literal["retention"]
    share: Part
    per: Grain = "all"
    release_on: date | None = None
    release_if: Test | None = None

    def refers(self) -> tuple[str, ...]:
        """Return the measure it looks at."""
        return (self.release_if.measure,) if self.release_if else ()

    def conditions(self) -> tuple[Test, ...]:
        """Return its condition."""
        return (self.release_if,) if self.release_if else ()

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from not_finer(self, self.per, given)
        if self.per in {"claim", "who"}:
            yield "per", f"'{self.per}': what is kept is released in sum.", 'Use "all" or "cohort".'
        if self.release_if:
            measure = self.release_if.measure
            if not self.release_if.wanted:
                yield (
                    "release_if",
                    "says no number.",
                    "Add at_least, at_most, more_than or less_than.",
                )
            if measure in given and given[measure].grain not in {self.per, "all"}:
                yield "release_if.measure", f"must be by {self.per} or all.", ""

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by `per`."""
        del given
        return Shape(self.per, money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        amounts, grain = desk.taken(self.of, self.per, self.where)
        kept_now = desk.part(amounts, stated(self.share))
        released = self.release_on is not None and desk.period.last_day > self.release_on
        kept = desk.remembered(self.id, "kept", grain) + (0 if released else kept_now)
        out = amounts if released else amounts - kept_now
        if self._is_due(desk):
            out = out + np.where(self._met(desk, grain), kept, 0)
            kept = np.zeros_like(kept)
        desk.remember(self.id, "kept", grain, kept)
        return Column(out, Shape(self.per, money=True))

    def _is_due(self, desk: Desk) -> bool:
        on = self.release_on
        if on is None or not desk.ends:
            return desk.last
        return desk.period.first_day <= on <= desk.period.last_day or (
            desk.last and on > desk.period.last_day
        )

    def _met(self, desk: Desk, grain: Grain) -> BoolArray:
        if self.release_if is None:
            return np.ones((1, 1), dtype=np.bool_)
        met = desk.judge(self.id, self.release_if).astype(np.int64)
        return np.asarray(desk.spread(met, desk.shapes[self.release_if.measure].grain, grain) == 1)
