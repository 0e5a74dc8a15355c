"""One bad money side, and its exact message each."""

from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.waterfall.answer import waterfall_answer

FILES = Path(str(DATA / "examples"))
BOND = (FILES / "bond.toml").read_text("utf-8")

CASES = [
    ('kind = "senior"', 'kind = "senoir"', "no kind 'senoir'. Did you mean 'senior'?"),
    ('party = "bank"', 'party = "banc"', "no party 'banc'. Did you mean 'bank'?"),
    (
        'id = "senior"\nkind',
        'id = "bank"\nkind',
        "'bank' is the name of a party already. Change one.",
    ),
    (
        'kind = "first_loss"\nparty = "trust"',
        'kind = "deferred_fee"\nparty = "manager"',
        "'manager' is paid no cost on a first day, so it has no fee to defer.",
    ),
    ('yearly = "5%"', "yearly = 5", "must not be above 1 (write 5% as 0.05"),
    ("commitment = 500000", "commitment = 5000000000", "must not be above 1,000,000,000"),
    ('covers = "senior"', 'covers = "seinor"', "no instrument 'seinor'. Did you mean 'senior'?"),
    (
        'every = "quarter"\npaid',
        'on = [2026-04-01]\nevery = "quarter"\npaid',
        "falls due on no days, or is said twice. Write 'on' or 'every', one of them.",
    ),
    (
        'id = "fees"\naction = "costs"',
        'id = "fees"\naction = "costs"\nof = "delivery"',
        'no step of the waterfall pays it. Add action = "costs".',
    ),
    (
        'action = "principal"\nof = "first"',
        'action = "principal"\nof = "promise"',
        "'promise' is owed no principal: guarantee. Drop it.",
    ),
    (
        'id = "interest"\naction = "interest"\nof = "senior"',
        'id = "interest"\naction = "principal"\nof = "first"',
        "'senior' (senior) is repaid after 'first' (first_loss). Change the order, or the kinds.",
    ),
    (
        'action = "principal"\nof = "first"\n',
        'action = "arrears"\n',
        "no step ever pays 'first'. Name it in one.",
    ),
    ("target = 30000", "goal = 30000", "reserve.goal: is not known here."),
    ('share = "60%"', 'share = "70%"', "shares add to 1.1, above 1. Mend the shares."),
    (
        'to = "provider"\nlimit',
        "limit",
        "belongs to a bonus, and a bonus needs it. Name the party.",
    ),
    ('yearly = "13%"', "", "limits nothing. Add 'yearly' or 'most_times'."),
    (
        "on = 2027-09-30",
        "on = 2030-09-30",
        "2030-09-30 is outside the agreement, 2026-04-01 to 2029-03-31.",
    ),
    (
        'payer = "council"\ncapital',
        "capital",
        "'of' and 'payer' stand together, with 'capital_back'.",
    ),
    ("first_day = 2028-04-01", "first_day = 2026-04-01", "is not in rising order."),
]


def read(tmp_path: Path, text: str):
    path = tmp_path / "bond.toml"
    path.write_text(text, encoding="utf-8")
    return read_agreement(str(path))


@pytest.mark.parametrize(("before", "after", "said"), CASES, ids=[case[2][:40] for case in CASES])
def test_a_fault_of_the_money_side_is_named(tmp_path, before, after, said):
    assert before in BOND
    with pytest.raises(InputError) as error:
        read(tmp_path, BOND.replace(before, after, 1))
    assert said in str(error.value)
    assert "bond.toml, line " in str(error.value)


def test_a_last_day_before_the_last_payment_is_refused(tmp_path):
    text = BOND.replace("[reserve]", "[money]\nlast_day = 2029-03-31\n[reserve]")
    with pytest.raises(InputError) as error:
        waterfall_answer(read(tmp_path, text))
    assert str(error.value) == (
        "bond.toml, money.last_day: 2029-03-31 is before the last payment is payable, 2029-04-30. "
        "Choose that day or a later one, or leave it out."
    )


def test_an_agreement_without_a_money_side_is_told_what_to_add():
    with pytest.raises(InputError) as error:
        waterfall_answer(read_agreement(str(FILES / "care-days.toml")))
    assert str(error.value) == (
        "care-days.toml: has no money side: [[instrument]], [[cost]] and [[waterfall]]. "
        "Add who puts money in, and who is paid in what order."
    )


def test_nothing_to_be_paid_on_is_said(tmp_path):
    start, rest = BOND.split("[[expected]]")
    text = start + rest[rest.index("[settlement]") :]
    with pytest.raises(InputError) as error:
        waterfall_answer(read(tmp_path, text))
    assert str(error.value) == (
        "bond.toml: has no [[expected]]: no outcomes to be paid for. "
        "Add them, or give real claims with --claims."
    )
