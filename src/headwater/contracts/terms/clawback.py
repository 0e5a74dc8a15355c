"""Clawback: what was paid is taken back after a breakdown, or where a result was not reached."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import numpy as np
from pydantic import Field

from headwater.contracts.amounts import Part, stated
from headwater.contracts.column import Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Name, Shapes, Term, money_taken, quantity
from headwater.contracts.terms.threshold import Test
from headwater.core.arrays import IntArray


class Clawback(Term):
    """Takes back a part of what it lets through.

    Parameters
    ----------
    share
        Part that is taken back.
    event
        A metric: for each key that has such an outcome, what was due for it up to then.
    within_days, since
        Only where the key's first such event comes within these days of its first outcome of
        another metric.
    unless
        Instead of `event`: where this is not met, at the end of the run, of all that was due.
    """

    kind: Literal["clawback"]
    share: Part = Fraction(1)
    event: Name | None = None
    within_days: int | None = Field(default=None, ge=0)
    since: Name | None = None
    unless: Test | None = None

    def refers(self) -> tuple[str, ...]:
        """Return the event, or the measure it looks at."""
        names = (self.event, self.since, self.unless.measure if self.unless else None)
        return tuple(name for name in names if name is not None)

    def conditions(self) -> tuple[Test, ...]:
        """Return its condition."""
        return (self.unless,) if self.unless else ()

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        if (self.event is None) == (self.unless is None):
            yield "event", "needs one of 'event' and 'unless'.", ""
        yield from quantity("event", self.event, given)
        known = bool(self.of) and all(name in given for name in self.of)
        if known and self.event and self._fine(given) not in {"claim", "who"}:
            yield (
                "of",
                "cannot be told apart by key any more.",
                "Put it before terms by cohort or all.",
            )
        if self.event in given and self.event and given[self.event].grain != "claim":
            yield "event", f"'{self.event}' is not a metric.", "Name a metric."
        if (self.within_days is None) != (self.since is None):
            yield "since", "stands with within_days.", "Give both or neither."
        if self.unless and not self.unless.wanted:
            yield "unless", "says no number.", "Add at_least, more_than, at_most or less_than."
        if (
            self.unless
            and self.unless.measure in given
            and given[self.unless.measure].grain != "all"
        ):
            yield "unless.measure", "must be of the whole agreement.", 'Set its per = "all".'

    def _fine(self, given: Shapes) -> Grain:
        return meeting(tuple(given[n].grain for n in self.of))

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by key, or of the whole agreement."""
        del given
        return Shape("who" if self.event else "all", money=True)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, grain = desk.taken(self.of, shape.grain, self.where)
        paid = desk.remembered(self.id, "paid", grain) + amounts
        back = self._after(desk, paid, grain) if self.event else self._unless(desk, paid)
        desk.remember(self.id, "paid", grain, paid - back)
        return Column(amounts - back, shape)

    def _after(self, desk: Desk, paid: IntArray, grain: Grain) -> IntArray:
        """Return what is taken back from keys with an event in the period."""
        assert self.event is not None  # noqa: S101 - `faults` has seen to it
        events = desk.fitted(desk.column(self.event), grain) > 0
        if self.within_days is not None:
            assert self.since is not None  # noqa: S101 - `faults` has seen to it
            days = desk.first(self.event) - desk.first(self.since)
            mine = days[:, desk.codes(grain)]
            events = events & (mine >= 0) & (mine <= self.within_days)
        return np.where(events, desk.part(paid, stated(self.share)), 0)

    def _unless(self, desk: Desk, paid: IntArray) -> IntArray:
        """Return what is taken back at the end if the result was not reached."""
        assert self.unless is not None  # noqa: S101 - `faults` has seen to it
        met = desk.judge(self.id, self.unless)
        return np.where(met | (not desk.last), 0, desk.part(paid, stated(self.share)))
