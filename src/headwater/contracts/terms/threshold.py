"""All or nothing: amounts that are due only if a condition is met."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np

from headwater.contracts.amounts import Part, Stated, Unseen, is_known, stated
from headwater.contracts.column import FINER, Column, Grain, Shape, meeting
from headwater.contracts.desk import Desk
from headwater.contracts.term import Fault, Name, Shapes, Term, money_taken, not_finer, quantity
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.exact import write_exact
from headwater.core.model import Frozen


class Test(Frozen):
    """A condition: a measure that reaches a number, or stays below one."""

    measure: Name
    at_least: Stated | None = None
    more_than: Stated | None = None
    at_most: Stated | None = None
    less_than: Stated | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, in words."""
        return ", ".join(
            f"{words} {write_exact(limit) if is_known(limit) else limit}"
            for words, limit in self._limits
        )

    @property
    def stated(self) -> bool:
        """Whether its numbers are all published."""
        return all(is_known(limit) for _, limit in self._limits)

    @property
    def _limits(self) -> list[tuple[str, Fraction | Unseen]]:
        pairs = (
            ("at least", self.at_least),
            ("more than", self.more_than),
            ("at most", self.at_most),
            ("less than", self.less_than),
        )
        return [(words, limit) for words, limit in pairs if limit is not None]

    def met(self, values: IntArray, places: int) -> BoolArray:
        """Return whether values, in their last decimal place, are as wanted."""
        met = np.ones(values.shape, dtype=np.bool_)
        for words, limit in self._limits:
            edge = stated(limit) * 10**places
            up, down = -((-edge).__floor__()), edge.__floor__()
            met &= {
                "at least": values >= up,
                "more than": values > down,
                "at most": values <= down,
                "less than": values < up,
            }[words]
        return met


class Threshold(Term):
    """Lets amounts through where its conditions are met, else a part of them or nothing.

    Parameters
    ----------
    test
        The conditions, each of a measure by cohort, group or the whole agreement, or by key.
    need
        Whether "all" of them must be met, or "any".
    else_part
        Part of each amount that is due where they are not: 0, nothing.
    per
        Cells it lets through or not; those of what it takes up, if nothing else is said.
    missed
        What becomes of an amount while they are not met: "lost", or "held" until they are.
    outside
        What happens before its first day and after its last: amounts go "through" without a
        condition, or the conditions count as "not_met".
    """

    kind: Literal["threshold"]
    test: tuple[Test, ...]
    need: Literal["all", "any"] = "all"
    else_part: Part = Fraction(0)
    per: Grain | None = None
    missed: Literal["lost", "held"] = "lost"
    outside: Literal["through", "not_met"] | None = None

    def refers(self) -> tuple[str, ...]:
        """Return the measures it looks at."""
        return tuple(test.measure for test in self.test)

    def conditions(self) -> tuple[Test, ...]:
        """Return its conditions."""
        return self.test

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others."""
        yield from money_taken(self, given)
        yield from not_finer(self, self.per, given)
        limited = self.first_day is not None or self.last_day is not None
        if limited and self.outside is None:
            yield (
                "outside",
                "is missing: it has a first or last day, and does not say what happens outside.",
                'Say outside = "through" (paid without a condition) or "not_met".',
            )
        if not self.test:
            yield "test", "needs a condition.", 'Add test = [{ measure = "…", at_least = … }].'
        known = bool(self.of) and all(name in given for name in self.of)
        if known and self.missed == "held" and self._grain(given) in {"claim", "who"}:
            yield (
                "missed",
                "amounts by claim or key cannot be held.",
                'Add per = "cohort" or "all".',
            )
        for i, test in enumerate(self.test):
            yield from quantity(f"test.{i}.measure", test.measure, given)
            if not test.wanted:
                yield (
                    f"test.{i}",
                    "says no number.",
                    "Add at_least, more_than, at_most or less_than.",
                )
            if test.measure in given and known:
                mine, grain = self._grain(given), given[test.measure].grain
                if grain not in {mine, "all"} and mine not in FINER[grain]:
                    yield (
                        f"test.{i}.measure",
                        f"'{test.measure}' is by {grain}, what it lets through by {mine}.",
                        "Measure it by the same cells, or by coarser ones.",
                    )

    def _grain(self, given: Shapes) -> Grain:
        return self.per or meeting(tuple(given[name].grain for name in self.of))

    def shape(self, given: Shapes) -> Shape:
        """Return an amount by the cells of what it takes up."""
        return Shape(self._grain(given), money=True)

    def in_force(self, on: date) -> bool:
        """Return whether it is worked on a day: always, where its conditions count as not met."""
        return self.outside == "not_met" or super().in_force(on)

    def work(self, desk: Desk) -> Column:
        """Work it out for one period."""
        shape = self.shape(desk.shapes)
        amounts, grain = desk.taken(self.of, shape.grain, self.where)
        met = self._met(desk, grain, amounts.shape)
        if self.missed == "lost":
            return Column(np.where(met, amounts, desk.part(amounts, stated(self.else_part))), shape)
        due = amounts + desk.remembered(self.id, "in", grain)
        desk.remember(self.id, "in", grain, due)
        paid = desk.remembered(self.id, "out", grain)
        now = np.where(met, due, np.maximum(desk.part(due, stated(self.else_part)), paid))
        desk.remember(self.id, "out", grain, now)
        return Column(now - paid, shape)

    def _met(self, desk: Desk, grain: Grain, shape: tuple[int, ...]) -> BoolArray:
        if not super().in_force(desk.period.last_day):
            return np.zeros(shape, dtype=np.bool_)
        found = []
        for test in self.test:
            met = desk.judge(self.id, test).astype(np.int64)
            found.append(desk.spread(met, desk.shapes[test.measure].grain, grain) == 1)
        kept = np.all(found, axis=0) if self.need == "all" else np.any(found, axis=0)
        return np.broadcast_to(kept, shape)
