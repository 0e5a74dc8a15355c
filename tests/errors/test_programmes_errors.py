"""One wrong name each, and exactly what is said."""

import pytest

from headwater.catalogue.prices import discount_rates
from headwater.catalogue.programmes import programme
from headwater.catalogue.unit_costs import unit_cost
from headwater.core.errors import InputError


def message(call, *args) -> str:
    with pytest.raises(InputError) as caught:
        call(*args)
    return str(caught.value)


def test_a_misspelt_programme_gets_a_suggestion():
    assert message(programme, "family_group_confrence") == (
        "programme: there is no programme called 'family_group_confrence'. "
        "Did you mean 'family_group_conference'? `headwater programmes` lists them all."
    )


def test_an_unknown_programme_without_a_near_one():
    assert message(programme, "zzz") == (
        "programme: there is no programme called 'zzz'. `headwater programmes` lists them all."
    )


def test_a_fund_is_no_programme():
    assert message(programme, "lcf") == (
        "programme: 'lcf' is a fund that topped up outcome payments, not something done for a "
        "family. Name a programme."
    )


def test_a_misspelt_unit_cost_gets_a_suggestion():
    assert message(unit_cost, "care_averge") == (
        "unit cost: there is no unit cost called 'care_averge'. Did you mean 'care_average'?"
    )


def test_a_unit_cost_without_a_price_year_has_no_base():
    assert message(unit_cost("fdac_case").base) == (
        "unit cost fdac_case: '' is not a price base. "
        "Write a financial year as 2024-25, a calendar year as 2024."
    )


def test_a_year_outside_the_discount_schedule():
    assert message(discount_rates()["standard"].factor, -1) == (
        "discounting: year -1 is outside the standard schedule (0 to 1000). "
        "Choose a horizon within it."
    )
