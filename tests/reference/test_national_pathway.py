"""The fitted national pathway: simulator and forward equations agree, and the fit closes."""

from dataclasses import replace

import numpy as np
import pytest

from headwater.catalogue.pathway import national, national_facts
from headwater.core.pathway import YEAR, Arms, Start
from headwater.pathways import fit
from headwater.pathways.expected import course
from headwater.pathways.simulate import simulate
from headwater.workflows.checks.fitted import fitted_checks
from headwater.workflows.checks.ground import Ground

EDGES = np.array([0, 183, 366, 731, 1461])
WINDOWS = np.array([YEAR, 2 * YEAR])
DRAWS = 50


def births(children: int) -> Start:
    weights = np.tile(national().pathway.risk_weights, (18, 1))
    return Start(0, children, np.eye(18)[0], weights, at_birth=True)


def entrants(state: str, children: int) -> Start:
    """Children of 5, 10 and 11, who cross no edge of an age band within the horizon."""
    nation = national()
    at = nation.pathway.state(state)
    ages = np.isin(np.arange(18), (5, 10, 11)).astype(float)
    return Start(at, children, ages, nation.entrant_risk[at])


def scales(ratio: float) -> np.ndarray:
    """Return moves into care × `ratio` for a year, half of it on the log scale in the next."""
    moves = national().pathway.transitions
    into_care = np.array([move.target == "looked_after" for move in moves])
    ratios = [np.where(into_care, ratio**power, 1.0) for power in (1.0, 0.5, 0.0)]
    return np.stack([np.ones((3, len(moves))), np.stack(ratios)])


def assert_within_three_standard_errors(found: np.ndarray, expected: np.ndarray) -> None:
    """Compare draws, array (draw, …), with what is expected of each."""
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    np.testing.assert_array_less(abs(found.mean(axis=0) - expected), 3 * error + 1e-12)


@pytest.mark.parametrize(
    ("start", "ratio"),
    [
        (births(20_000), 0.7),
        (entrants("pre_proceedings", 4000), 0.6),
        (entrants("pre_proceedings", 4000), 1.5),
        (entrants("child_in_need", 4000), 0.8),
    ],
    ids=["births", "pre-proceedings, lowered", "pre-proceedings, raised", "need"],
)
def test_simulation_is_within_three_standard_errors_of_the_forward_equations(start, ratio):
    model, scale = national().pathway, scales(ratio)
    many = replace(model, multipliers=np.ones((DRAWS, len(model.transitions))))
    arms = Arms(WINDOWS, np.repeat(scale[:, None], DRAWS, axis=1))
    tally = simulate(many, start, arms, period_edges=EDGES, target="looked_after", seed=5)
    states = [model.state(name) for name in ("child_in_need", "protection_plan", "looked_after")]
    for arm in range(2):
        expected = course(
            model, start, horizon=float(EDGES[-1]), scale=scale[arm], window_edges=WINDOWS
        )
        times = np.arange(expected.occupancy.shape[1]) * expected.step
        occupancy = expected.occupancy.sum(axis=0)
        shares = np.array([np.interp(EDGES[1:], times, occupancy[:, state]) for state in states])
        census = tally.census[arm][:, states, 1:] / start.children
        assert_within_three_standard_errors(census, shares)
        entries = tally.entries[arm].sum(axis=2) / start.children
        assert_within_three_standard_errors(entries, expected.entries.sum(axis=(0, 1)))
        # A move counts from the start of its day: half a day more in what is entered, less in what
        # is left.
        half = 0.5 * np.array([into(expected, state) - out_of(expected, state) for state in states])
        days = tally.days[arm][:, states].sum(axis=2) / start.children
        assert_within_three_standard_errors(days, expected.days[states] + half)


def into(expected, state: int) -> float:
    moves = national().pathway.transitions
    chosen = [i for i, move in enumerate(moves) if national().pathway.state(move.target) == state]
    return float(expected.entries[:, :, chosen].sum())


def out_of(expected, state: int) -> float:
    moves = national().pathway.transitions
    chosen = [i for i, move in enumerate(moves) if national().pathway.state(move.origin) == state]
    return float(expected.entries[:, :, chosen].sum())


def test_ages_at_mid_year_move_the_risk_of_pre_proceedings_by_less_than_half_a_percent():
    """The forward equations start everybody at the middle of a year of age; lives do not."""
    nation, model = national(), national().pathway
    at = model.state("pre_proceedings")
    start = Start(at, 1_000_000, nation.entrant_ages[at], nation.entrant_risk[at])
    arms = Arms(np.zeros(0), np.ones((2, 1, 1, len(model.transitions))))
    year = np.array([0, 365])
    tally = simulate(model, start, arms, period_edges=year, target="looked_after", seed=5)
    care = model.state("looked_after")
    expected = course(model, start, horizon=365.0).occupancy[:, -1, care].sum()
    assert tally.census[0, 0, care, -1] / start.children == pytest.approx(expected, rel=0.005)


def test_the_national_fit_closes():
    found = fit.calibrate(national_facts())
    for check in fitted_checks(Ground.of("latest", nation=found)):
        assert check.modelled == pytest.approx(check.published, rel=1e-4), check.name
    shipped = national().pathway
    np.testing.assert_allclose(found.pathway.hazards, shipped.hazards, rtol=1e-3)


def test_published_need_is_netted_of_plans_care_and_care_leavers():
    bands = np.ones(5)
    made_up = {
        "need_stock_by_age": 100.0 * bands,
        "plan_stock_by_age": 10.0 * bands,
        "plan_stock": np.array([55.0]),
        "plan_starts": np.array([30.0]),
        "care_stock_by_age": 20.0 * bands,
        "care_leavers_supported": np.array([3.0, 4.0]),
        "care_applications_rate": np.array([50.0]),
        "population": np.array([20_000.0]),
        "children_per_family": np.array([1.5]),
        "need_starts": np.array([90.0]),
        "uasc_starts": np.array([6.0]),
        "care_starts_by_age": 12.0 * bands,
    }
    targets = fit.published_targets(made_up)
    np.testing.assert_allclose(targets["need_stock"], [70, 70, 70, 70, 63])
    np.testing.assert_allclose(targets["plan_stock"], 11.0 * bands)
    np.testing.assert_allclose(targets["need_starts"], [84])
    np.testing.assert_allclose(targets["care_starts"], [12, 12, 12, 12, 6])
    np.testing.assert_allclose(targets["applications"], [150])
