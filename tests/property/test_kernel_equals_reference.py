"""The compiled simulator lives every life that the plain Python definition lives, stay by stay."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from random_pathways import Case, cases

from headwater.catalogue.pathway import national
from headwater.core.episodes import Tally
from headwater.core.pathway import PLACEMENTS, YEAR, Arms, Marks, Start
from headwater.pathways import kernel, reference, simulate
from headwater.pathways.layout import lay_out

FEW = settings(max_examples=80, derandomize=True, deadline=None)


def compiled_life(case: Case, who: tuple[int, int, int]):
    arm, draw, number = who
    layout = lay_out(case.pathway, case.start)
    levels = simulate._levels(case.arms, case.pathway, layout)
    stays = kernel.room(layout)
    child = kernel.person(layout, np.uint64(case.seed), draw, number)
    child = child._replace(key=np.uint64(child.key))
    n, alike = kernel.life(layout, levels, arm, child, float(case.horizon), stays)
    moves = [int(layout.order[move]) if move >= 0 else None for move in stays.move[:n]]
    rows = (stays.state[:n], stays.visit[:n], stays.start[:n], stays.stop[:n], moves)
    lived = [reference.Stay(*row) for row in zip(*rows, strict=True)]
    return reference.Child(*child[1:]), lived, alike


def plain_life(case: Case, who: tuple[int, int, int]):
    return reference.live(
        case.pathway, case.start, case.arms, horizon=float(case.horizon), seed=case.seed, who=who
    )


def assert_same(one: Tally, other: Tally) -> None:
    for field in fields(Tally):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def tally_of(case: Case, simulator) -> Tally:
    return simulator.simulate(
        case.pathway,
        case.start,
        case.arms,
        period_edges=case.period_edges,
        target=case.target,
        seed=case.seed,
    )


@FEW
@given(cases())
def test_every_stay_is_the_same(case: Case):
    for who in case.lives:
        child, lived, _ = compiled_life(case, who)
        assert (child, lived) == plain_life(case, who)


@FEW
@given(cases())
def test_a_life_said_to_be_alike_in_both_arms_is(case: Case):
    for arm, draw, child in case.lives:
        _, lived, alike = compiled_life(case, (arm, draw, child))
        if alike:
            assert lived == plain_life(case, (1 - arm, draw, child))[1]


@FEW
@given(cases())
def test_totals_are_the_same(case: Case):
    assert_same(tally_of(case, simulate), tally_of(case, reference))


def national_case(state: str, ratio: float) -> Case:
    """Return entrants to a state in three worlds, with placements and a programme for two years."""
    nation = national()
    model, at = nation.pathway, nation.pathway.state(state)
    rng = np.random.default_rng(7)
    moves, care = len(model.transitions), model.state("looked_after")
    shares = rng.dirichlet(np.ones(len(PLACEMENTS)), (3, 2)).cumsum(axis=2)
    scale = np.ones((2, 3, 2, moves))
    scale[1, :, 0] = np.where(
        [move.target == "looked_after" for move in model.transitions], ratio, 1.0
    )
    return Case(
        pathway=replace(
            model,
            multipliers=rng.lognormal(0.0, 0.1, (3, moves)),
            marks=Marks(care, np.array([16 * YEAR]), shares),
        ),
        start=(Start(at, 40, nation.entrant_ages[at], nation.entrant_risk[at]),),
        arms=Arms(np.array([2 * YEAR]), scale),
        period_edges=np.round(np.arange(6) * YEAR).astype(np.int64),
        target="looked_after",
        seed=20,
    )


@pytest.mark.parametrize("ratio", [0.6, 1.0, 1.7])
@pytest.mark.parametrize("state", ["universal", "child_in_need", "pre_proceedings"])
def test_the_national_pathway_is_lived_the_same(state: str, ratio: float):
    case = national_case(state, ratio)
    for who in case.lives:
        child, lived, _ = compiled_life(case, who)
        assert (child, lived) == plain_life(case, who)
    assert_same(tally_of(case, simulate), tally_of(case, reference))
