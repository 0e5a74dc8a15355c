"""What the terms of an agreement answer, and what they do not."""

import pytest

from headwater.contracts.lint import questions
from headwater.workflows.agreements import read_agreement, shipped_contracts

HEAD = """
agreement = "contract"
id = "a"
name = "An agreement"
currency = "GBP"
first_day = 2020-01-01
last_day = 2020-12-31
payee = "provider"
party = [
  { id = "council", name = "The council", role = "outcome_payer" },
  { id = "provider", name = "A provider", role = "provider" },
]
payer = [{ party = "council", share = 1 }]
metric = [
  { id = "home", name = "Days at home", about = "person", unit = "day" },
  { id = "away", name = "Days away of the same person", about = "person", unit = "day" },
  { id = "days", name = "Days in care", about = "cohort", unit = "day" },
  { id = "others", name = "Days in care of others", about = "cohort", unit = "day" },
  { id = "effect", name = "Effect", about = "cohort", unit = "day", net = true },
  { id = "harm", name = "Harm", about = "person", unit = "child", safety = true },
]
price = [
  { metric = "home", amount = 1, per = "day" },
  { metric = "effect", amount = 1, per = "day" },
]
"""
HOME = '[[term]]\nid = "by_day"\nkind = "outcome_payment"\nof = "home"\n'
EFFECT = '[[term]]\nid = "by_effect"\nkind = "outcome_payment"\nof = "effect"\n'


@pytest.fixture
def asked(tmp_path):
    """Put the questions to an agreement of these terms; return each answer and what shows it."""

    def ask(*terms: str) -> dict[str, tuple[bool | None, str]]:
        path = tmp_path / "agreement.toml"
        path.write_text(HEAD + "\n".join(terms), encoding="utf-8")
        found = questions(read_agreement(str(path)).contract)
        return {question.id: (question.answer, question.shown_by) for question in found}

    return ask


def difference(of: str, against: str) -> str:
    """Return a measure, and a price for it."""
    return (
        f'[[term]]\nid = "less"\nkind = "measure"\nhow = "difference"\nof = "{of}"\n'
        f'against = "{against}"\n'
        '[[term]]\nid = "for_less"\nkind = "outcome_payment"\nof = "less"\namount = 1\n'
    )


def test_a_count_of_the_same_people_takes_off_nothing_that_would_have_happened_anyway(asked):
    assert asked(difference("home", "away"))["deadweight_estimated"] == (False, "")


def test_a_comparison_with_others_does(asked):
    assert asked(difference("others", "days"))["deadweight_estimated"] == (
        True,
        "it follows from 'less' in the file",
    )


def test_what_is_paid_gross_beside_what_is_paid_net_is_named(asked):
    assert asked(HOME, EFFECT)["deadweight_estimated"] == (False, "not from by_day")


def test_a_net_metric_that_nothing_pays_for_answers_nothing(asked):
    assert asked(HOME)["deadweight_estimated"] == (False, "")


def test_a_deduction_further_down_counts_for_what_it_takes_up(asked):
    cap = '[[term]]\nid = "most"\nkind = "cap"\nof = "by_day"\namount = 9\n'
    off = '[[term]]\nid = "off"\nkind = "deadweight"\nof = "most"\nshare = 0.3\n'
    assert asked(HOME, cap, off)["deadweight_estimated"] == (
        True,
        "it follows from 'off' in the file",
    )
    assert asked(HOME, EFFECT, cap, off)["deadweight_estimated"] == (
        True,
        "it follows from 'off', 'effect' in the file",
    )


def test_a_cap_alone_is_no_floor(asked):
    cap = '[[term]]\nid = "most"\nkind = "cap"\nof = "by_day"\namount = 9\n'
    assert asked(HOME, cap)["limits"] == (False, "a cap: most; no floor or clawback")
    back = '[[term]]\nid = "back"\nkind = "clawback"\nof = "most"\nevent = "harm"\n'
    found = asked(HOME, cap, back)
    assert found["limits"] == (True, "a cap: most; below: back")
    assert found["safety_gate"] == (True, "it follows from 'back' in the file")


def test_money_that_is_kept_back_until_a_day_does_not_ask_that_an_outcome_lasts(asked):
    kept = '[[term]]\nid = "kept"\nkind = "retention"\nof = "by_day"\nshare = 0.1\n'
    assert asked(HOME, kept)["sustained"] == (None, "")
    lasts = HOME + "where = { least_days = 90 }\n"
    assert asked(lasts, kept)["sustained"] == (True, "it follows from 'by_day' in the file")


def test_a_grant_is_asked_nothing_of_outcomes():
    found = {q.id: q for q in questions(read_agreement("families-first-grant").contract)}
    assert found["deadweight_estimated"].answer is None
    assert found["sustained"].answer is None
    assert found["limits"].answer is True


@pytest.mark.parametrize("name", shipped_contracts())
def test_no_real_contract_is_said_to_have_a_floor_for_its_cap_alone(name):
    contract = read_agreement(name).contract
    below = [t.id for t in contract.term if t.kind in {"floor", "clawback", "return_unspent"}]
    limits = next(q for q in questions(contract) if q.id == "limits")
    assert limits.answer is not True or below


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("chicago_cpc", "deadweight_estimated"),  # readiness and reading are paid gross
        ("educate_girls", "deadweight_estimated"),  # enrolment is
        ("london_rough_sleepers", "deadweight_estimated"),  # homes and work are
        ("ways_to_wellness", "deadweight_estimated"),  # wellbeing is
        ("newpin_nsw", "deadweight_estimated"),  # the interest does not depend on the rate without
        ("fair_chance_fund", "cohort_closed"),  # a year of referrals is no list
    ],
)
def test_what_a_real_contract_does_in_part_is_not_called_done(name, question):
    assert read_agreement(name).contract.safeguard[question].answer is False
