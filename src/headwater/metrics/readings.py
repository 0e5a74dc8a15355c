"""What was measured of a family's members: sums over months, before the start and at the end."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.metrics.kind import Counted
from headwater.metrics.lives import NOT_COVERED, Lives, later

NOTHING_BEFORE = "there was nothing before the start that could fall"


@dataclass(frozen=True, slots=True)
class Readings:
    """What was measured of each member of the cohort; every array is (row,).

    Parameters
    ----------
    member
        Place on the cohort list.
    person
        Place in `Records.children`; -1 where it is of the whole family.
    """

    member: IntArray
    person: IntArray
    day: IntArray
    value: FloatArray


def readings(lives: Lives, measure: str) -> Readings:
    """Return a measure's rows that are of a member: of the family, or of the child itself."""
    kept = lives.records.observations
    rows = kept.measure.among((measure,))
    members = np.arange(len(lives))
    by_person = np.full(len(lives.records.children) + 1, -1, dtype=np.int64)
    by_person[lives.person[lives.named]] = members[lives.named]
    member = by_person[kept.person[rows]]
    if len(kept.family.codes):
        by_family = np.full(len(kept.family.words) + 1, -1, dtype=np.int64)
        is_family = lives.families >= 0
        by_family[lives.families[is_family]] = members[is_family]
        of_family = by_family[kept.family.codes[rows]]
        member = np.where(of_family >= 0, of_family, member)
    mine = member >= 0
    return Readings(
        member[mine], kept.person[rows][mine], kept.day[rows][mine], kept.value[rows][mine]
    )


def within(held: Readings, first: IntArray, after: IntArray) -> BoolArray:
    """Return which rows lie in a time of their member's own."""
    made: BoolArray = (held.day >= first[held.member]) & (held.day < after[held.member])
    return made


def total(held: Readings, rows: BoolArray, members: int) -> FloatArray:
    """Return the sum of some rows by member."""
    made = np.zeros(members)
    np.add.at(made, held.member[rows], held.value[rows])
    return made


def fell(lives: Lives, measure: str, *, by: int, months: int) -> Counted:
    """Return 1 where the last months of the window have so many per cent less than those before.

    Parameters
    ----------
    by
        Per cent, at least.
    months
        How many before the window's first day, and how many up to its end.
    """
    held = readings(lives, measure)
    since, until = later(lives.first, -months), later(lives.after, -months)
    before = total(held, within(held, since, lives.first), len(lives))
    last = total(held, within(held, until, lives.after), len(lives))
    units = (before > 0) & (100.0 * last <= (100 - by) * before)
    covers = (since >= lives.known_from) & (lives.after <= lives.known_after)
    known = covers & (before > 0)
    why = tuple(
        "" if sure else (NOTHING_BEFORE if told else NOT_COVERED)
        for sure, told in zip(known, covers, strict=True)
    )
    return Counted(np.where(known, units, 0).astype(np.int64), known, why)
