"""What tests of a business case share: a small case to change, and an effect of one's own."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from headwater.workflows.business_case.case import Case

settings.register_profile("thorough", max_examples=300, deadline=None)

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


@pytest.fixture(scope="session", name="small_case")
def _small_case() -> Callable[..., Case]:
    return small_case


@pytest.fixture(scope="session", name="hazard_ratio")
def _hazard_ratio() -> Callable[..., dict]:
    return hazard_ratio
