"""A place's card: spending, states, neighbours, breaks, and figures that are never bare."""

import json

import numpy as np
import pytest

from headwater.catalogue.places import place
from headwater.core.place import Area, Place, Series
from headwater.reporting.documents import to_json
from headwater.workflows.citations import cited, figures
from headwater.workflows.places import card, list_places
from headwater.workflows.spending import early_against_late
from headwater.workflows.states import FLOOR_NOTE, state_stocks


def test_early_against_late_reads_as_one_statement() -> None:
    assert early_against_late(place("norfolk")).statement == (
        "In 2024-25 Norfolk spent £69.6 million early and £170.4 million late: 29 of every 100 "
        "pounds went early, against 24 in 2016-17. Since then early spending has risen by 122% in "
        "cash and by 69% in 2024-25 prices; late spending has risen by 72% in cash and by 31% in "
        "2024-25 prices."
    )


def test_spending_adds_its_lines_and_keeps_2024_25_prices() -> None:
    norfolk = place("norfolk")
    last = early_against_late(norfolk).years[-1]
    lines = ("spend_sure_start", "spend_family_support", "spend_young_people")
    assert last.early.value == sum(norfolk.value(line, 2025) or 0 for line in lines)
    assert last.early.value == last.early_real.value
    assert last.early.price_base == last.early_real.price_base == "2024-25"
    first = early_against_late(norfolk).years[0]
    assert first.early.price_base == "2016-17"
    assert first.early_real.price_base == "2024-25"
    assert first.early_real.value > first.early.value


def test_a_place_with_one_year_has_no_change() -> None:
    spending = early_against_late(place("cumberland"))
    assert spending.statement.startswith("In 2024-25 Cumberland spent")
    assert "Since then" not in spending.statement
    assert spending.early_change.value is None
    assert spending.early_change.note == "fewer than two full years"


def test_need_is_net_of_plans_care_and_care_leavers() -> None:
    states = state_stocks(place("norfolk"), 2025)
    assert states.need.value == 4_643 - 454 - 1_069 - 264 - 533
    assert states.protection_plan.value == 454
    assert states.looked_after.value == 1_069


def test_net_need_is_not_known_before_care_leavers_are_published() -> None:
    need = state_stocks(place("norfolk"), 2020).need
    assert need.value is None
    assert "care leavers" in need.note


def test_net_need_never_falls_below_nought() -> None:
    need = state_stocks(_tiny(stock=10, plan=2, care=3, leavers=(4, 4)), 2025).need
    assert (need.value, need.note) == (0.0, FLOOR_NOTE)


def _tiny(*, stock: float, plan: float, care: float, leavers: tuple[float, float]) -> Place:
    values = {
        "need_stock": stock,
        "plan_stock": plan,
        "care_stock": care,
        "care_leavers_17_18": leavers[0],
        "care_leavers_19_21": leavers[1],
    }
    series = {
        name: Series(name, "children", "dfe_cin_2025_b1", (2025,), np.array([value]), ("",))
        for name, value in values.items()
    }
    area = Area("t", "T", "1", "E", "", "", True, (), (), "")
    return Place(area, series, (), (), ())


def test_neighbours_stand_beside_a_place_at_the_same_rates() -> None:
    own, near, *_, last = card("norfolk").compared
    assert (own.id, near.id, last.id) == ("norfolk", "suffolk", "england")
    need = own.figures["need_stock"]
    assert need.value == pytest.approx(4_643 / 171_830 * 10_000)
    assert need.unit == "per 10,000 children"
    assert set(need.sources) == {"dfe_cin_2025_b1", "ons_population_2024"}
    assert last.figures["need_stock"].value == pytest.approx(330.3, abs=0.05)


def test_breaks_show_what_stood_before_and_after() -> None:
    found = next(one for one in card("hackney").breaks if one.measure == "need_stock")
    assert (found.before.value, found.before.period) == (3_094, "31 March 2020")
    assert (found.after.value, found.after.period) == (2_550, "31 March 2023")


@pytest.mark.parametrize(
    "name", ["norfolk", "england", "city_of_london", "isles_of_scilly", "cumbria", "poole"]
)
def test_every_number_of_a_card_stands_in_a_figure_with_its_source(name: str) -> None:
    result = card(name)
    body = json.loads(to_json("places", result, cited(result)))
    assert _bare(body["result"]) == []
    keys = {key for figure in figures(result) for key in figure.sources}
    assert keys == set(body["sources"])


def test_every_number_of_the_list_stands_in_a_figure() -> None:
    result = list_places()
    assert (len(result.places), len(result.former)) == (154, 5)
    assert _bare(json.loads(to_json("places", result, cited(result)))["result"]) == []


def _bare(node, path: str = "") -> list[str]:
    """Return the paths of numbers outside a figure, and of figures without unit or source."""
    if isinstance(node, dict):
        if "unit" in node:
            assert node["sources"], path
            assert "value" in node, path
            return []
        return [bad for key, value in node.items() for bad in _bare(value, f"{path}.{key}")]
    if isinstance(node, list):
        return [bad for at, value in enumerate(node) for bad in _bare(value, f"{path}[{at}]")]
    return [path] if isinstance(node, int | float) and not isinstance(node, bool) else []
