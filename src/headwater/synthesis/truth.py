"""The truth beside the returns: days in care, entries, exits and stock of every child and year."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.layout import ReturnYear
from headwater.core.records import EVENTS, OPEN, STATES, Children, Observations, Proof, Records
from headwater.synthesis import year_codes
from headwater.synthesis.days import day_of
from headwater.synthesis.lives import Lives, in_care_days
from headwater.synthesis.need import NONE

BREAKS = ("V3", "V4")


@dataclass(frozen=True, slots=True)
class ChildYears:
    """What is true of each child in each year in which it was in care at all; arrays (row,).

    Parameters
    ----------
    days
        In care, from the first day of the year to the last, the day of leaving left out; short
        breaks (V3, V4) left out.
    break_days
        In short breaks.
    entries, exits
        Periods of care begun and ended; short breaks left out.
    stock
        1 where in care at the end of 31 March.
    """

    child: IntArray
    year: IntArray
    days: IntArray
    break_days: IntArray
    entries: IntArray
    exits: IntArray
    stock: IntArray


def child_years(lives: Lives, years: tuple[int, ...]) -> ChildYears:
    """Return the truth of every child and year, counted from the lives and not from returns."""
    care, n = lives.care, len(lives.children)
    breaks = np.isin(care.status, BREAKS)
    usual = ~breaks
    rows: dict[str, list[IntArray]] = {name: [] for name in ChildYears.__slots__}
    for year in years:
        named = ReturnYear(year)
        first, stop = day_of(named.first_day), day_of(named.last_day) + 1
        held = in_care_days(care, first, stop)

        def total(chosen: np.ndarray, worth: IntArray) -> IntArray:
            return np.bincount(care.child[chosen], worth[chosen], n).astype(np.int64)

        one = np.ones(len(care), dtype=np.int64)
        began = usual & (care.rne == "S") & (care.start >= first) & (care.start < stop)
        left = usual & (care.rec != "X1") & (care.stop >= first) & (care.stop < stop)
        there = usual & (care.start < stop) & (care.stop >= stop)
        counted = {
            "days": total(usual, held),
            "break_days": total(breaks, held),
            "entries": total(began, one),
            "exits": total(left, one),
            "stock": total(there, one),
        }
        seen = np.flatnonzero(sum(counted.values()) > 0)
        rows["child"].append(seen)
        rows["year"].append(np.full(len(seen), year))
        for name, values in counted.items():
            rows[name].append(values[seen])
    return ChildYears(*(np.concatenate(rows[name]) for name in ChildYears.__slots__))


def records(lives: Lives, years: tuple[int, ...]) -> Records:
    """Return the lives as records: need, plans, care and times missing, in half-open days."""
    cases, care, gone = lives.cases, lives.care, lives.missing
    need = np.flatnonzero(cases.kind == 2)
    plan = np.flatnonzero(cases.plan != NONE)
    last = years[-1] if years else 0
    place = year_codes.placement(care.place, lives.homes.other[care.home], last)
    parts = [
        ("need", cases.child[need], cases.start[need], cases.stop[need]),
        ("plan", cases.child[plan], cases.plan[plan], cases.plan_stop[plan]),
        ("looked after", care.child, care.start, care.stop),
        ("missing", gone.child, gone.start, gone.stop),
    ]
    traits = {
        "legal_status": care.status,
        "placement": place,
        "provider": lives.homes.provider[care.home],
        "need": lives.children.need[care.child],
        "began": care.rne,
        "ended": care.rec,
    }
    person = np.concatenate([each[1] for each in parts])
    state = np.concatenate(
        [np.full(len(each[1]), STATES.index(each[0]), dtype=np.int64) for each in parts]
    )
    start = np.concatenate([each[2] for each in parts])
    stop = np.concatenate([each[3] for each in parts])
    order = np.lexsort((start, state, person))
    n = len(order)
    before, after = len(need) + len(plan), len(gone.child)
    words = {
        name: np.concatenate([np.full(before, ""), values, np.full(after, "")])[order]
        for name, values in traits.items()
    }
    none = np.zeros(n, dtype=np.int64)
    return Records(
        children=Children(
            key=tuple(lives.children.key.tolist()),
            born=lives.children.born,
            sex=Coded.of(lives.children.sex.tolist()),
            asylum=lives.children.asylum,
        ),
        episodes=Episodes(
            states=STATES,
            person=person[order],
            family=lives.children.family[person[order]],
            state=state[order],
            mark=none - 1,
            start=start[order],
            stop=np.where(stop[order] >= OPEN, OPEN, stop[order]),
            arm=none,
            draw=none,
            traits={name: Coded.of(values.tolist()) for name, values in words.items()},
        ),
        observations=_events(lives),
        proof=Proof(Coded.of(["made up"] * n), np.arange(n)),
        years=years,
    )


def _events(lives: Lives) -> Observations:
    """Return referrals, assessments, enquiries and conferences, on their days."""
    cases = lives.cases
    days = {
        "referral": cases.start,
        "assessment": cases.assessed,
        "section 47": cases.enquiry,
        "conference": cases.conference,
    }
    found = [(name, np.flatnonzero((day != NONE) & (day != NO_DAY))) for name, day in days.items()]
    person = np.concatenate([cases.child[at] for _, at in found])
    words = np.concatenate([np.full(len(at), name) for name, at in found])
    day = np.concatenate([days[name][at] for name, at in found])
    assert set(words.tolist()) <= set(EVENTS)  # noqa: S101 - a word of ours
    order = np.lexsort((day, person))
    return Observations(
        person=person[order],
        measure=Coded.of(words[order].tolist()),
        day=day[order],
        value=np.ones(len(order)),
    )
