"""`headwater odds`: the two chances first, then how the rules differ."""

from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.odds.answer import odds

FILES = Path(str(DATA / "examples"))


@pytest.fixture(scope="module")
def found():
    return odds(read_agreement(str(FILES / "edge-of-care.toml")), draws=5000)


def test_the_two_chances_come_first(found):
    assert "reaches the trigger of 5 points with a chance of 16%" in found.in_words[0]
    assert "missed with a chance of 23%" in found.in_words[1]
    assert found.false_pay.value == pytest.approx(15.7, abs=0.5)


def test_eight_rules_pay_much_the_same_if_the_promise_is_kept(found):
    assert len(found.rules) == 8
    worth = 0.086 * 200 * 20_000
    for line in found.rules:
        assert line.paid_kept.value == pytest.approx(worth, rel=0.02), line.rule


def test_paying_for_every_success_pays_for_nothing(found):
    gross = next(line for line in found.rules if "every success" in line.rule)
    by_unit = next(line for line in found.rules if "between floor and cap" in line.rule)
    assert gross.paid_for_nothing.value > 20 * abs(by_unit.paid_for_nothing.value)


def test_a_small_test_is_advised_against(found):
    assert found.advice.startswith("Too small to pay on a comparison")


def test_an_agreement_without_odds_is_told_what_to_add():
    with pytest.raises(InputError, match=r"has no \[odds\]: what is tested"):
        odds(read_agreement(str(FILES / "care-days.toml")))
