"""Children in each state of the model, by age: never more than are published."""

import numpy as np
import pytest

from headwater.catalogue.files import read_json
from headwater.catalogue.pathway import national
from headwater.catalogue.places import england
from headwater.core.pathway import YEAR
from headwater.pathways.expected import course
from headwater.pathways.fit import AGES, newborn
from headwater.workflows.states import state_stocks

IN_NEED = ("child_in_need", "protection_plan", "pre_proceedings", "looked_after")


@pytest.fixture(scope="module")
def stocks() -> dict[str, np.ndarray]:
    """Children by state and published age band."""
    pathway = national().pathway
    births = read_json("england.json")["population"]["value"] / 18
    days = course(pathway, newborn(pathway), horizon=18 * YEAR).days_by(AGES)
    return {name: births * days[pathway.state(name)] / YEAR for name in IN_NEED}


def published(name: str) -> np.ndarray:
    return np.array(read_json("england.json")[name]["value"])


def test_no_more_children_are_in_the_states_together_than_published_in_need(stocks):
    assert sum(stocks.values()).sum() <= published("need_stock_by_age").sum()


@pytest.mark.parametrize("state", ["protection_plan", "looked_after"])
def test_no_state_holds_more_than_are_published_in_it(stocks, state):
    name = {"protection_plan": "plan_stock_by_age", "looked_after": "care_stock_by_age"}[state]
    assert stocks[state].sum() <= 1.001 * published(name).sum()


def test_the_states_hold_what_the_published_ones_hold_after_netting(stocks):
    """The same netting as in `places`: care leavers and others counted twice are taken off once."""
    of = state_stocks(england(), 2024)
    modelled = stocks["child_in_need"].sum() + stocks["pre_proceedings"].sum()
    assert modelled == pytest.approx(of.need.value, rel=0.01)
    assert stocks["protection_plan"].sum() <= 1.001 * of.protection_plan.value
    assert stocks["looked_after"].sum() <= of.looked_after.value
    assert sum(part.sum() for part in stocks.values()) <= of.published_in_need.value
