"""What could be said at signature: worked out another way, by SciPy's distributions."""

import pytest
from scipy.stats import binom, norm

from headwater.workflows.agreements import shipped_contracts
from headwater.workflows.contracts.contract_card import contract_card
from headwater.workflows.contracts.hindcast import (
    chance_needed,
    largest_error,
    largest_variation,
    odds_at_signature,
)
from headwater.workflows.contracts.published import Hindcast, read_published


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_augsburgs_twenty_of_a_hundred_are_reached_with_that_chance(chance):
    needed = chance_needed(20, 100, chance)
    assert binom.sf(19, 100, needed) == pytest.approx(chance, abs=1e-9)


def test_at_the_largest_error_no_effect_passes_in_one_case_in_twenty():
    assert norm.sf(0.10, scale=largest_error(0.10)) == pytest.approx(0.05)
    # Rikers: 8.5% of days in jail, 9,240 people at least.
    assert largest_variation(0.085, 9240) == pytest.approx(3.51, abs=0.005)


def test_what_is_said_is_in_numbers():
    said = contract_card("rikers_able")[0].hindcast[0].odds
    assert "standard error of no more than 5.2 points" in said[0]
    assert "no more than 3.5 times its mean" in said[0]
    assert "14.9%, 19.6%, 25.0%" in contract_card("augsburg_eleven")[0].hindcast[0].odds[0]
    assert "3.0 points" in contract_card("ljr_fim")[0].hindcast[0].odds[0]
    assert "chance of 50%" in contract_card("essex_mst")[0].hindcast[0].odds[0]


def test_every_hindcast_has_odds_in_numbers_or_says_why_there_are_none():
    without = []
    for name in shipped_contracts():
        card = contract_card(name)[0]
        for one in card.hindcast:
            if not (one.odds or card.odds):
                without.append(name)
                assert "No odds can be worked out: nothing published" in one.note
    assert without == ["norfolk_stronger_families"]


def test_without_a_threshold_or_people_nothing_is_said():
    bare = {"condition": "x", "unit": "fall", "against": "nothing"}
    for turns_on in (None, "fall", "count"):
        assert odds_at_signature(Hindcast.model_validate({**bare, "turns_on": turns_on})) == ()


def test_contracts_with_a_hindcast_are_those_with_a_condition_that_was_published():
    named = {name for name in shipped_contracts() if read_published(name).hindcast}
    assert {"rikers_able", "ljr_fim", "augsburg_eleven", "essex_mst", "newpin_nsw"} < named
