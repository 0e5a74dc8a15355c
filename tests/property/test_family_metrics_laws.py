"""Every metric of families against adding up row by row, on random observations."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_outcome_metrics_laws import later, number

from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.records import STATES, Children, Observations, Proof, Records
from headwater.metrics.kind import metrics
from headwater.metrics.lives import Lives

FIRST, AFTER = date(2025, 4, 1), date(2026, 4, 1)
FAMILIES, PEOPLE = ("F0", "F1"), 3
SCHOOL = ("sessions possible", "sessions missed without leave", "fixed-period exclusions")
FALLS = {"antisocial_fell": "antisocial behaviour", "offending_fell": "offences under 18"}
MEASURES = (*SCHOOL, *FALLS.values(), "work began", "work ended")
ROW = st.tuples(
    st.sampled_from(FAMILIES),
    st.integers(-1, PEOPLE - 1),
    st.sampled_from(MEASURES),
    st.integers(-400, 400),
    st.integers(0, 20),
)


def on(i):
    return FIRST + timedelta(i)


def lives_of(rows, months):
    none = np.zeros(0, dtype=np.int64)
    keys = tuple(f"C{i}" for i in range(PEOPLE))
    sure = (number(date(2023, 1, 1)), number(date(2027, 1, 1)))
    records = Records(
        Children(
            keys,
            np.zeros(PEOPLE, dtype=np.int64),
            Coded.of(["U"] * PEOPLE),
            np.zeros(PEOPLE, dtype=bool),
        ),
        Episodes(STATES, none, none, none, none, none, none, none, none, {}),
        Observations(
            np.array([row[1] for row in rows], dtype=np.int64),
            Coded.of([row[2] for row in rows]),
            np.array([number(on(row[3])) for row in rows], dtype=np.int64),
            np.array([float(row[4]) for row in rows]),
            Coded.of([row[0] for row in rows]),
        ),
        Proof(Coded.of([]), none),
        years=(),
        covers=dict.fromkeys(MEASURES, sure),
    )
    known = {word: i for i, word in enumerate(records.observations.family.words)}
    size = len(FAMILIES)
    return Lives(
        records,
        FAMILIES,
        np.full(size, -1),
        np.full(size, number(FIRST)),
        np.full(size, number(AFTER)),
        *sure,
        months=months,
        family=np.array([known.get(each, -1) for each in FAMILIES], dtype=np.int64),
    )


def total(rows, measure, first, after, who=None):
    return sum(
        value
        for _, person, name, i, value in rows
        if name == measure and first <= on(i) < after and who in {None, person}
    )


def by_hand(name, rows, months):
    """Return what a family counts; None where it is not known."""
    if not rows:
        return None
    if name in FALLS:
        before = total(rows, FALLS[name], later(FIRST, -6), FIRST)
        last = total(rows, FALLS[name], later(AFTER, -6), AFTER)
        part = 40 if name == "antisocial_fell" else 67
        return None if not before else int(100 * last <= part * before)
    if name == "schooling_met":
        since = later(AFTER, -12)
        held = [
            [total(rows, each, since, AFTER, who) for each in SCHOOL] for who in range(-1, PEOPLE)
        ]
        if not any(possible for possible, _, _ in held):
            return None
        return int(all(out < 3 and (not of or 100 * missed < 15 * of) for of, missed, out in held))
    for _, person, measure, i, _ in rows:
        over = later(on(i), months)
        ends = (on(j) for _, who, name, j, _ in rows if name == "work ended" and who == person)
        broken = any(on(i) <= day < over for day in ends)
        if measure == "work began" and not broken and FIRST <= over < AFTER:
            return 1
    return 0


@given(st.lists(ROW, max_size=14), st.sampled_from([3, 6]))
@settings(deadline=None, max_examples=200)
def test_each_metric_is_what_adding_up_gives(rows, months):
    lives = lives_of(rows, months)
    for metric in metrics().values():
        if metric.about != "family":
            continue
        found = metric.of(lives)
        for i, family in enumerate(FAMILIES):
            own = [row for row in rows if row[0] == family]
            expected = by_hand(metric.name, own, months)
            assert (int(found.units[i]) if found.known[i] else None) == expected, metric.name
