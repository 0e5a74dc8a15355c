"""What tests of a business case share: a small case to change, and a run with all that is in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from headwater.core.appraisal import Appraisal
from headwater.core.episodes import Tally
from headwater.core.pathway import MONTH
from headwater.pathways.arms import Solved, solve_arms
from headwater.pathways.simulate import simulate
from headwater.workflows.business_case import run
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.setting import Setting, resolve

SMALL: dict[str, Any] = {
    "place": "norfolk",
    "programme": "family_group_conference",
    "draws": 20,
    "horizon_years": 2,
    "cohort": {"children": 200},
    "delivery": {
        "cost_per_child": {"amount": "2000", "price_base": "2024-25", "source": "made up"}
    },
}


@dataclass(frozen=True)
class Ran:
    """A case and everything between it and its result."""

    setting: Setting
    solved: Solved
    tally: Tally
    appraisal: Appraisal

    @property
    def saved(self) -> float:
        return float(self.appraisal.saved(council_only=False).mean())


def small_case(**changes: Any) -> Case:
    """Return the small case with some values changed; None takes one out."""
    entry = {**SMALL, **changes}
    return Case.model_validate({key: value for key, value in entry.items() if value is not None})


def hazard_ratio(value: float, low: float | None = None, high: float | None = None) -> dict:
    """Return an effect of one's own, certain unless an interval is given, for a year."""
    return {
        "scale": "hazard_ratio",
        "value": value,
        "low": low or value,
        "high": high or value,
        "months": 12,
        "source": "made up",
    }


def run_through(case: Case) -> Ran:
    """Run a case and keep what is on the way."""
    setting = resolve(case)
    solved = solve_arms(
        setting.pathway,
        setting.start,
        risk=setting.risk,
        risk_moves=setting.risk_moves,
        change=setting.change,
        horizon=setting.horizon,
    )
    edges = np.round(np.arange(12 * case.horizon_years + 1) * MONTH).astype(np.int64)
    tally = simulate(
        setting.pathway,
        setting.start,
        solved.arms,
        period_edges=edges,
        target=setting.aim.state,
        seed=case.seed,
    )
    return Ran(setting, solved, tally, run._appraisal(setting, tally))


@pytest.fixture(scope="session", name="small_case")
def _small_case() -> Callable[..., Case]:
    return small_case


@pytest.fixture(scope="session", name="hazard_ratio")
def _hazard_ratio() -> Callable[..., dict]:
    return hazard_ratio


@pytest.fixture(scope="session", name="run_through")
def _run_through() -> Callable[[Case], Ran]:
    return run_through
