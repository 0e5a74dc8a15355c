"""What holds for every discount schedule, and for every programme, however it is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.catalogue.prices import discount_rates
from headwater.catalogue.programmes import programmes
from headwater.catalogue.unit_costs import unit_costs
from headwater.reporting.documents import to_json
from headwater.workflows.citations import cited
from headwater.workflows.programme_card import card, sources_of
from headwater.workflows.programmes import list_programmes

FIGURE = {"value", "unit", "basis"}
NUMBERS = {"value", "low", "high"}


def check(node, path=""):
    """Fail on a number outside a figure, and on a figure without a source or an assumption."""
    if isinstance(node, dict):
        if node.keys() >= FIGURE:
            assert node.get("sources") or node["basis"] in {"assumed", "input", "not known"}, path
            bare = {key for key, item in node.items() if type(item) in (int, float)}
            assert bare <= NUMBERS, path
            return
        for key, item in node.items():
            check(item, f"{path}.{key}")
    elif isinstance(node, list):
        for place, item in enumerate(node):
            check(item, f"{path}[{place}]")
    else:
        assert isinstance(node, str | bool) or node is None, f"{path}: a bare {node!r}"


@pytest.mark.parametrize("name", [*programmes()])
def test_no_card_has_a_bare_number_or_an_unknown_source(name):
    found = card(name)
    document = json.loads(to_json("programmes", found, sources_of(found)))
    check(document["result"])
    assert document["result"]["source"] in document["sources"]


@pytest.mark.parametrize("name", [*programmes()])
def test_a_card_shows_every_effect_whichever_way_it_points(name):
    one, found = programmes()[name], card(name)
    assert sorted(effect.outcome for effect in found.effects) == sorted(
        effect.outcome for effect in one.effects
    )
    assert {effect.published_direction for effect in found.effects} == {
        effect.published_direction for effect in one.effects
    }
    counted = (
        found.results.favour_programme.value
        + found.results.no_effect.value
        + found.results.favour_control.value
    )
    neither = sum(effect.direction == "not an effect" for effect in one.effects)
    assert counted == len(one.effects) - neither


def test_the_list_has_no_bare_number():
    found = list_programmes()
    check(json.loads(to_json("programmes", found, cited(found)))["result"])


@given(st.sampled_from(["standard", "health", "sensitivity"]), st.integers(1, 1000))
def test_a_later_year_counts_less_by_its_own_rate(name, year):
    rates = discount_rates()[name]
    ratio = rates.factor(year - 1) / rates.factor(year)
    assert ratio == pytest.approx(1 + rates.rate(year))
    assert rates.rate(year) <= rates.rate(year - 1)


def test_parts_are_other_entries_in_the_same_unit_and_prices():
    for cost in unit_costs().values():
        assert cost.id not in cost.parts
        for name in cost.parts:
            piece = unit_costs()[name]
            assert (piece.unit, piece.price_base) == (cost.unit, cost.price_base)
