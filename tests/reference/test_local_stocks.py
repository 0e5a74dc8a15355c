"""A place's stocks if its levels held for good, beside those published; none is fitted."""

import numpy as np
import pytest

from headwater.catalogue.pathway import levels, national
from headwater.catalogue.places import england, places
from headwater.core.pathway import STATES
from headwater.pathways.levels import LATEST, quantity
from headwater.pathways.local import implied_stocks
from headwater.workflows.business_case.ground import CLOSED

STATED = {
    "children in net need or pre-proceedings": (0.79, 0.09, 1.26),
    "children on plans": (0.75, 0.12, 1.29),
    "children looked after, without asylum": (0.76, 0.12, 1.39),
}
"""Modelled ÷ published, as the methods say: in 90% of places from, to; half part by less."""


def ratios(one) -> dict[str, float]:
    """Return modelled ÷ published stocks of one place; those not published are left out."""
    population = quantity(one, "population", LATEST.years[-1])
    stocks = implied_stocks(national(), levels(one.id), population=population)
    found = {}
    for name, counted, states, _ in CLOSED:
        known = [
            value for year in LATEST.years if (value := quantity(one, counted, year)) is not None
        ]
        modelled = sum(stocks[STATES.index(state)] for state in states)
        if known and np.mean(known) >= 10:
            found[name] = float(modelled / np.mean(known))
    return found


@pytest.fixture(scope="module")
def every() -> list[dict[str, float]]:
    return [ratios(one) for one in places().values() if one.area.active and one.area.number]


def test_england_s_levels_imply_about_england_s_stocks():
    for ratio in ratios(england()).values():
        assert ratio == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("name", STATED)
def test_the_methods_say_how_far_places_part(every, name):
    found = np.array([one[name] for one in every if name in one])
    assert len(found) >= 150
    low, half, high = STATED[name]
    assert np.percentile(found, [5, 95]) == pytest.approx([low, high], abs=0.01)
    assert np.median(np.abs(found - 1)) == pytest.approx(half, abs=0.01)
