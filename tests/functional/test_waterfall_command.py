"""`headwater waterfall`: who gets what, as promised and where things go wrong."""

from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.waterfall.answer import waterfall_answer

FILES = Path(str(DATA / "examples"))


@pytest.fixture(scope="module")
def found():
    return waterfall_answer(read_agreement(str(FILES / "bond.toml")), draws=300)


def lines(found, scenario: str):
    one = next(s for s in found.scenarios if s.scenario == scenario)
    return one, {line.account: line for line in one.parties}


def test_six_scenarios_are_run(found):
    assert len(found.scenarios) == 6


def test_without_an_effect_the_first_loss_loses_before_the_senior(found):
    _, parties = lines(found, "no effect")
    assert parties["first"].loss.value > parties["senior"].loss.value
    assert parties["first"].multiple.value < parties["senior"].multiple.value


def test_the_reserve_is_not_kept_while_lenders_are_owed(found):
    scenario, parties = lines(found, "half the referrals")
    assert parties["senior"].multiple.value < 1
    assert scenario.left.value == 0


def test_money_of_all_parties_and_what_is_left_adds_to_what_payers_pay(found):
    for scenario in found.scenarios:
        net = sum(line.got_back.value - line.paid_in.value for line in scenario.parties)
        assert net + scenario.left.value == pytest.approx(scenario.public_pays.value)


def test_an_agreement_without_a_money_side_is_told_what_to_add():
    with pytest.raises(InputError, match=r"has no \[\[instrument\]\] and \[\[waterfall\]\]"):
        waterfall_answer(read_agreement(str(FILES / "care-days.toml")))
