"""Laws that hold of every pathway, cohort and pair of arms."""

import hashlib
import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from random_pathways import Case, cases
from test_kernel_equals_reference import compiled_life, tally_of

from headwater.core.episodes import Tally
from headwater.core.pathway import Arms
from headwater.pathways import simulate

FEW = settings(max_examples=40, derandomize=True, deadline=None)
ARRAYS = ("days", "census", "entries", "pairs")


def digest(tally: Tally) -> str:
    return hashlib.sha256(b"".join(getattr(tally, name).tobytes() for name in ARRAYS)).hexdigest()


def episodes_of(case: Case, chunk: int = 1):
    return simulate.simulate_episodes(
        case.pathway, case.start, case.arms, horizon=case.horizon, seed=case.seed, chunk=chunk
    )


@FEW
@given(cases())
def test_stays_tile_time_without_gap_or_overlap(case: Case):
    for who in case.lives:
        child, lived, _ = compiled_life(case, who)
        assert lived[0].start == max(0.0, -child.age)
        assert lived[-1].stop == case.horizon
        assert all(one.stop == other.start for one, other in pairwise(lived))
        assert all(stay.start <= stay.stop for stay in lived)


@FEW
@given(cases())
def test_episodes_tile_the_days_of_every_child(case: Case):
    for part in episodes_of(case):
        assert len(set(part.person.tolist())) == 1
        arm, draw, number = (int(part[0]) for part in (part.arm, part.draw, part.person))
        child, *_ = compiled_life(case, (arm, draw, number))
        assert part.start[0] == math.floor(max(0.0, -child.age))
        assert part.stop[-1] == case.horizon
        assert (part.start[1:] == part.stop[:-1]).all()
        assert (part.start < part.stop).all()


@FEW
@given(cases())
def test_days_and_census_hold_every_child_once(case: Case):
    tally = tally_of(case, simulate)
    edges = case.period_edges
    for draw in range(case.pathway.draws):
        ages = [compiled_life(case, (0, draw, n))[0].age for n in range(case.children)]
        here = np.array([[math.floor(max(0.0, -age)), case.horizon] for age in ages])
        days = np.clip(edges[1:], *here.T[:, :, None]) - np.clip(edges[:-1], *here.T[:, :, None])
        assert (tally.days[:, draw].sum(axis=1) == days.sum(axis=0)).all()
        born = (here[:, :1] < edges) | (np.array(ages)[:, None] >= 0.0)
        assert (tally.census[:, draw].sum(axis=1) == born.sum(axis=0)).all()
    assert (tally.days >= 0).all()
    assert (tally.census >= 0).all()
    assert (tally.pairs.sum(axis=(1, 2)) == case.children).all()


@FEW
@given(cases())
def test_census_changes_by_the_moves_made(case: Case):
    pathway = replace(case.pathway, marks=None, ages_out=False)
    here = tuple(replace(group, born_over=0.0) for group in case.start)
    case = replace(case, pathway=pathway, start=here)
    tally = tally_of(case, simulate)
    flow = np.zeros_like(tally.census[..., 1:])
    for i, move in enumerate(pathway.transitions):
        flow[:, :, pathway.state(move.target)] += tally.entries[:, :, i]
        flow[:, :, pathway.state(move.origin)] -= tally.entries[:, :, i]
    np.testing.assert_array_equal(np.diff(tally.census, axis=3), flow)
    for state in range(len(pathway.states)):
        starting = sum(group.children for group in case.start if group.state == state)
        assert (tally.census[:, :, state, 0] == starting).all()


@FEW
@given(cases())
def test_arms_with_the_same_hazards_are_the_same(case: Case):
    arms = Arms(case.arms.edges, np.stack([case.arms.scale[1]] * 2))
    tally = tally_of(replace(case, arms=arms), simulate)
    for name in ARRAYS[:-1]:
        one, other = getattr(tally, name)
        np.testing.assert_array_equal(one, other)
    assert (tally.pairs[:, 0, 1] == 0).all()
    assert (tally.pairs[:, 1, 0] == 0).all()


@FEW
@given(cases())
def test_a_raised_hazard_is_handled_as_a_lowered_one(case: Case):
    swapped = Arms(case.arms.edges, case.arms.scale[::-1])
    one, other = tally_of(case, simulate), tally_of(replace(case, arms=swapped), simulate)
    for name in ARRAYS[:-1]:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name)[::-1])
    np.testing.assert_array_equal(one.pairs, other.pairs.transpose(0, 2, 1))


@FEW
@given(cases())
def test_a_lower_hazard_never_hastens_a_first_move(case: Case):
    scale = np.stack([case.arms.scale[1], 0.6 * case.arms.scale[1]])
    case = replace(case, arms=Arms(case.arms.edges, scale))
    for draw, child in np.ndindex(case.pathway.draws, case.children):
        usual, helped = (compiled_life(case, (arm, draw, child))[1] for arm in range(2))
        assert helped[0].stop >= usual[0].stop


@FEW
@given(cases())
def test_folding_episodes_gives_the_tally(case: Case):
    tally = tally_of(case, simulate)
    days, census = np.zeros_like(tally.days), np.zeros_like(tally.census)
    for part in episodes_of(case, chunk=3):
        rows = zip(part.arm, part.draw, part.state, part.mark, part.start, part.stop, strict=True)
        for arm, draw, state, mark, start, stop in rows:
            bucket = state if mark < 0 else len(case.pathway.states) + mark
            for period, (begin, end) in enumerate(pairwise(case.period_edges)):
                days[arm, draw, bucket, period] += max(0, min(stop, end) - max(start, begin))
            present = (start < case.period_edges) & (case.period_edges <= stop)
            census[arm, draw, bucket] += present
    np.testing.assert_array_equal(days, tally.days)
    np.testing.assert_array_equal(census[..., 1:], tally.census[..., 1:])


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("block", [1, 2, 7, 100_000])
@settings(max_examples=8, derandomize=True, deadline=None)
@given(case=cases())
def test_threads_and_pieces_change_nothing(threads: int, block: int, case: Case):
    whole = digest(tally_of(case, simulate))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulate, "THREADS", threads)
        patch.setattr(simulate, "BLOCK", block)
        assert digest(tally_of(case, simulate)) == whole


@FEW
@given(cases())
def test_each_child_replayed_alone_lives_the_same_life(case: Case):
    together = list(episodes_of(case, chunk=case.children))
    alone = list(episodes_of(case, chunk=1))
    for name in ("person", "family", "state", "mark", "start", "stop", "arm", "draw"):
        np.testing.assert_array_equal(
            np.concatenate([getattr(part, name) for part in together]),
            np.concatenate([getattr(part, name) for part in alone]),
        )
