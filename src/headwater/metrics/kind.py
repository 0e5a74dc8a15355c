"""A metric: one way to count an outcome in a cohort's lives."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.metrics.lives import NOT_COVERED, NOT_YET, Lives, later
from headwater.metrics.spans import Days

FAMILY = "the key is a family's: list its children"
NOT_NAMED = "no observation names this key"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a metric finds; every array is (member,).

    Parameters
    ----------
    units
        Whole units of the metric; 0 where not known.
    known
        Whether the records can tell.
    why
        In words, where they cannot; "" elsewhere.
    """

    units: IntArray
    known: BoolArray
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Parameters
    ----------
    unit
        What is counted, for one: "day in care", "child".
    needs
        States and measures without a record of which it is not known.
    months
        Whether it asks how many months an outcome must last.
    better
        Whether more of it is good or bad for the child, as contracts see it.
    out_of
        The metric that it is shown as a share of; "" for none.
    about
        "child" or "family": whose key the cohort list must hold. One of a family can be of a child.
    beside
        Metrics that are to be looked at beside it, so that nothing is won by leaving a child in
        danger.
    """

    name: str
    title: str
    unit: str
    needs: tuple[str, ...]
    count: Callable[[Lives], Counted]
    better: str
    months: bool = False
    out_of: str = ""
    about: str = "child"
    beside: tuple[str, ...] = ()

    def of(self, lives: Lives) -> Counted:
        """Return what it counts, or that it cannot, where a record is lacking."""
        lacking = [name for name in self.needs if name not in lives.records.covers]
        if lacking:
            none = np.zeros(len(lives), dtype=np.int64)
            why = f"no record of '{lacking[0]}' was read"
            return Counted(none, np.zeros(len(lives), dtype=bool), (why,) * len(lives))
        found = self.count(lives)
        if self.about == "child":
            return _sure(found, lives.named | ~lives.found, FAMILY)
        return _sure(found, lives.found, NOT_NAMED)


def _sure(found: Counted, sure: BoolArray, why: str) -> Counted:
    """Return what was counted, not known of some members."""
    if sure.all():
        return found
    reasons = tuple((said if known else why) for said, known in zip(found.why, sure, strict=True))
    return Counted(np.where(sure, found.units, 0), found.known & sure, reasons)


def counted(
    lives: Lives, units: IntArray, known: BoolArray | None = None, why: str = ""
) -> Counted:
    """Return units where the window is covered and what is asked is known, each gap with why."""
    told = np.ones(len(lives), dtype=bool) if known is None else known
    reasons = tuple(
        NOT_COVERED if not covers else (why if not tells else "")
        for covers, tells in zip(lives.covered, told, strict=True)
    )
    sure = lives.covered & told
    return Counted(np.where(sure, units, 0), sure, reasons)


def lasting(lives: Lives, ended: Days, back: IntArray) -> Counted:
    """Return 1 for each member with an end in the window after which nothing came back in time.

    What is not over when the records end is not known.

    Parameters
    ----------
    ended
        Days in the window on which something ended well.
    back
        The first day on or after each on which it came back, far off for never.
    """
    due = later(ended.day, lives.months)
    kept, told = back >= due, due <= lives.known_after
    members = len(lives)
    units = np.bincount(ended.person[kept & told], minlength=members) > 0
    open_yet = np.bincount(ended.person[kept & ~told], minlength=members) > 0
    return counted(lives, units.astype(np.int64), units | ~open_yet, NOT_YET)


def ever(lives: Lives, held: Days) -> Counted:
    """Return 1 for each member with a day in the window."""
    inside = lives.within(held)
    seen = np.bincount(held.person[inside], minlength=len(lives)) > 0
    return counted(lives, seen.astype(np.int64))


@cache
def metrics() -> Mapping[str, Metric]:
    """Return every metric by name: one module of `metrics.kinds` each."""
    room = import_module("headwater.metrics.kinds")
    found = (
        import_module(f"headwater.metrics.kinds.{each.name}").METRIC
        for each in pkgutil.iter_modules(room.__path__)
    )
    return {metric.name: metric for metric in found}
