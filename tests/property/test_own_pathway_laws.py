"""Stays and exposure equal counting day by day; rates that were planted are found again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import Row, made_records

from headwater.catalogue import pathway as pathway_catalogue
from headwater.core.pathway import STATES, YEAR
from headwater.pathways.exposure import exposure, stock
from headwater.pathways.from_records import Ground, fit_records
from headwater.pathways.gamma_poisson import level, pool
from headwater.pathways.stays import LEFT, stays

GROWN = int(18 * YEAR)
FIRST, AFTER = 19_000, 19_800
CARE = STATES.index("looked_after")
ENDS = ("E4A", "E11", "E8", "X1", "")


@st.composite
def lives(draw):
    """Return some children's episodes: of one state apart, of two states at will."""
    rows: list[Row] = []
    born = []
    for child in range(draw(st.integers(1, 3))):
        born.append(draw(st.integers(FIRST - GROWN - 200, FIRST)))
        for state in ("need", "plan", "looked after"):
            day = born[-1] + draw(st.integers(0, GROWN))
            for _ in range(draw(st.integers(0, 3))):
                length = draw(st.integers(1, 400))
                ends = draw(st.sampled_from(ENDS)) if state == "looked after" else ""
                begins = draw(st.sampled_from(("S", "P"))) if state == "looked after" else ""
                rows.append((child, state, day, day + length, begins, ends))
                day += length + draw(st.integers(0, 200))
    return rows, born


def by_day(rows: list[Row], born: list[int]) -> tuple[dict, dict]:
    """Return children's state by day, and the days on which care ended with what."""
    state, left = {}, {}
    rank = {"need": "child_in_need", "plan": "protection_plan", "looked after": "looked_after"}
    for child in range(len(born)):
        mine = [row for row in rows if row[0] == child]
        into = None
        for day in range(born[child], born[child] + GROWN):
            there = [r for r in mine if r[2] <= day < r[3]]
            now = next(
                (rank[name] for name in reversed(rank) if any(r[1] == name for r in there)), None
            )
            ended = [r[5] for r in mine if r[1] == "looked after" and r[3] == day]
            if ended and now != "looked_after":
                codes = [code for code in ended if code not in ("", "X1")]
                into = next((s for s, c in LEFT.items() if codes and codes[-1] in c), None)
                into = into or ("left_care_other" if codes else "untold")
                left[child, day] = into
            if now == "looked_after":
                into = None
            state[child, day] = into or now
    return state, left


@settings(deadline=None)
@given(lives())
def test_stays_are_what_a_child_is_in_day_by_day(life):
    rows, born = life
    held = stays(made_records(rows, born))
    state, _ = by_day(rows, born)
    seen = {}
    for i in range(len(held)):
        for day in range(int(held.start[i]), int(held.stop[i])):
            assert (int(held.child[i]), day) not in seen
            seen[int(held.child[i]), day] = STATES[held.state[i]]
    for place, name in state.items():
        if name in {None, "untold"}:
            assert seen.get(place, "universal") == "universal"
        else:
            assert seen[place] == name
    assert all(place in state for place in seen)


@settings(deadline=None)
@given(lives())
def test_exposure_is_every_day_at_risk_once(life):
    rows, born = life
    pathway = pathway_catalogue.national().pathway
    held = stays(made_records(rows, born))
    shown = exposure(held, pathway, first=FIRST, after=AFTER)
    times = pathway.duration_edges
    wanted = np.zeros(shown.days.shape)
    for i in range(len(held)):
        for day in range(max(int(held.start[i]), FIRST), min(int(held.stop[i]), AFTER)):
            age = np.searchsorted(pathway.age_edges, day + 0.5 - held.born[i], "right") - 1
            time = np.searchsorted(times, day + 0.5 - held.start[i], "right") - 1
            if held.told[i] or time == len(times) - 1:
                wanted[held.state[i], age, time] += 1.0
    # Bands end within a day: a day that lies in two is shared between them.
    assert np.abs(shown.days - wanted).max() <= 1.0 * len(held)
    if held.told.all():
        assert shown.days.sum() == pytest.approx(wanted.sum())
    moved = (held.target >= 0) & (held.stop > FIRST) & (held.stop <= AFTER) & held.told
    assert shown.moves.sum() >= moved.sum()
    day = (FIRST + AFTER) // 2
    there = (held.state == CARE) & (held.start <= day) & (held.stop > day)
    assert stock(held, CARE, pathway, day=day).sum() == there.sum()


@given(
    st.lists(st.tuples(st.integers(0, 400), st.floats(0.01, 400)), min_size=2, max_size=30),
)
def test_pooled_ratios_lie_between_what_was_counted_and_what_was_expected(cells):
    counts, expected = np.array(cells, float).T
    ratio, raw = pool(counts, expected).ratio, counts / expected
    assert (ratio <= np.maximum(raw, 1.0) + 1e-9).all()
    assert (ratio >= np.minimum(raw, 1.0) - 1e-9).all()


@given(st.integers(0, 100_000), st.floats(0.1, 10_000), st.floats(1e-4, 1), st.floats(0, 0.1))
def test_a_level_lies_between_its_events_and_its_prior_and_no_surer_than_years_differ(
    events, expected, variance, yearly
):
    ratio, left, weight = level(events, expected, variance=variance, yearly=yearly, years=3)
    low, high = sorted((events / expected, 1.0))
    assert low - 1e-9 <= ratio <= high + 1e-9
    assert 0.0 <= weight <= 1.0
    assert left <= variance * (1 + 1e-9)
    if events:
        assert left >= 1.0 / (1.0 / variance + 1.0 / max(yearly / 3, 1.0 / events)) - 1e-9


def planted(rng, ratio, *, children=30_000):
    """Return records of children who enter care and leave it home, some cells at another pace."""
    pathway = pathway_catalogue.national().pathway
    home, other = pathway.moves(
        "looked_after -> left_care_home", "looked_after -> left_care_permanence"
    )
    rows: list[Row] = []
    born, start = [], FIRST - rng.integers(0, 700, children)
    age = rng.uniform(1.0, 13.0, children) * YEAR
    for child in range(children):
        born.append(int(start[child] - age[child]))
        day = float(start[child])
        while True:
            a = np.searchsorted(pathway.age_edges, day - born[child], "right") - 1
            t = np.searchsorted(pathway.duration_edges, day - start[child], "right") - 1
            ways = np.array(
                [pathway.hazards[home, a, t] * ratio[a, t], pathway.hazards[other, a, t]]
            )
            wait = rng.exponential(1.0 / ways.sum())
            ends = [
                born[child] + pathway.age_edges[a + 1],
                start[child] + np.append(pathway.duration_edges, np.inf)[t + 1],
            ]
            if day + wait < min(ends):
                day += wait
                how = "E4A" if rng.random() < ways[0] / ways.sum() else "E11"
                break
            day = min(ends)
            if day >= AFTER:
                how = ""
                break
        stop = int(np.ceil(day)) if how else None
        rows.append((child, "looked after", int(start[child]), stop, "S", how))
    return made_records(rows, born)


def test_a_pace_that_was_planted_is_found_and_no_other():
    rng = np.random.default_rng(11)
    ratio = np.ones((6, 5))
    ratio[3, 0] = 4.0
    ratio[4] = 0.5
    held = stays(planted(rng, ratio))
    national = pathway_catalogue.national()
    levels = tuple(
        replace(one, expected=0.0, level=0.0) for one in pathway_catalogue.levels("norfolk")
    )
    yearly = {one.route: 0.0 for one in levels}
    shown = exposure(held, national.pathway, first=FIRST - 700, after=AFTER)
    own, moves = fit_records(Ground(national, levels, yearly, 1e5, 4), shown, entering=False)
    leaving = next(each for each in own if each.route == "care_ends")
    fitted = {each.moves[0]: np.array(each.ratio) * leaving.times for each in moves}
    home, stay = (fitted[f"looked_after -> left_care_{way}"] for way in ("home", "permanence"))
    events = {each.moves[0]: np.array(each.events) for each in moves}
    seen = events["looked_after -> left_care_home"]
    z = np.log(home / ratio)[seen > 20] * np.sqrt(seen[seen > 20])
    assert np.abs(z).max() < 4.0
    assert np.sqrt(np.mean(z**2)) < 1.6
    assert next(each for each in own if each.route == "back_in_care").events == 0
    kept = events["looked_after -> left_care_permanence"]
    assert np.abs(np.log(stay[kept > 20]) * np.sqrt(kept[kept > 20])).max() < 4.0
