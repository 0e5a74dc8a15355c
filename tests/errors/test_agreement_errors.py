# ruff: noqa: E501 - messages stand whole
"""One fault in an agreement file each, and its exact message: place, what is wrong, what to do."""

from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement

GOOD = (Path(str(DATA / "examples/care-days.toml"))).read_text(encoding="utf-8")
FAULTS = [
    (
        'kind = "cap"\nof = "days"',
        'kind = "capp"\nof = "days"',
        "contract.toml, line 44, term.1: no kind 'capp'. Did you mean 'cap'? Known: best_of, block_payment, cap, clawback, deadweight, floor, indexation, measure, outcome_payment, retention, return_unspent, share_of_saving, sustainment, table, threshold.",
    ),
    (
        'per = "who"',
        'pre = "who"',
        "contract.toml, line 48, term.1.pre: is not known here. Did you mean 'per'?",
    ),
    (
        'of = "day_out"',
        'of = "day_uot"',
        "contract.toml, line 42, term.0.of: no metric or term 'day_uot'. Did you mean 'day_out'? Known: day_out, days, each_child, whole.",
    ),
    (
        'of = "days"',
        'of = "whole"',
        "contract.toml, line 47, term.1.of: 'whole' does not stand before it. A term takes up metrics and the terms above it: change the order.",
    ),
    (
        'of = "each_child"',
        'of = "days"',
        "contract.toml, line 54, term.2.of: 'days' is taken up by 'each_child' already. Take up 'each_child' instead.",
    ),
    (
        'per = "day"\nclause',
        'per = "week"\nclause',
        "contract.toml, line 37, price.0.per: 'week' is not the metric's unit, 'day'. Use that.",
    ),
    (
        'per = "day"\nclause',
        "clause",
        "contract.toml, line 34, price.0.per: is missing. Add it.",
    ),
    (
        'currency = "GBP"\n',
        "",
        "contract.toml, currency: is missing. Add it.",
    ),
    (
        'currency = "GBP"\n',
        'currency = "pounds"\n',
        "contract.toml, line 4, currency: needs three capital letters, as GBP, got 'pounds'.",
    ),
    (
        "amount = 12.50",
        'amount = 12.50\ncurrency = "EUR"',
        "contract.toml, line 37, price.0.currency: EUR in an agreement in GBP. One currency.",
    ),
    (
        'share = "1/5"',
        'share = "1/4"',
        "contract.toml, line 20, payer: shares add to 1.05, not 1. Mend the shares.",
    ),
    (
        "last_day = 2029-03-31",
        "last_day = 2025-03-31",
        "contract.toml, line 6, last_day: 2025-03-31 is before the first day, 2026-04-01. Mend one.",
    ),
    (
        "amount = 8000",
        "amount = -8000",
        "contract.toml, line 49, term.1.amount: must not be below 0, got -8000. Write 0 or more.",
    ),
    (
        'share = "4/5"',
        "share = 4",
        'contract.toml, line 22, payer.0.share: must not be above 1 (write 5% as 0.05 or "5%"), got 4.',
    ),
    (
        "amount = 12.50",
        'amount = "1e3"',
        'contract.toml, line 36, price.0.amount: needs a number, such as 3, 0.05, "5/6" or "12.5%", or "not published", got \'1e3\'.',
    ),
    (
        "amount = 12.50",
        "amount = nan",
        'contract.toml, line 36, price.0.amount: needs a number, such as 3, 0.05, "5/6" or "12.5%", or "not published", got NaN.',
    ),
    (
        "amount = 1500000\n",
        'amount = 1500\n[[term]]\nid = "fl"\nkind = "floor"\nof = "whole"\namount = 2000\nwithin = "agreement"\n',
        "contract.toml, line 56, term.2.amount: 1500 is below the floor 'fl', 2000. Mend one.",
    ),
    (
        'payee = "provider"',
        'payee = "provder"',
        "contract.toml, line 7, payee: no party 'provder'. Did you mean 'provider'? Known: council, fund, provider.",
    ),
    (
        '[[price]]\nmetric = "day_out"\namount = 12.50\nper = "day"\nclause = "schedule 2"\n',
        "",
        "contract.toml, line 37, term.0.of: 'day_out' has no line in the rate card. Add a [[price]].",
    ),
    (
        "amount = 1500000\n",
        'amount = 1500000\n[[term]]\nid = "m"\nkind = "measure"\nof = "day_out"\n[[term]]\nid = "tb"\nkind = "table"\nof = "m"\nband = [{at_least=0,less_than=10,value=1},{at_least=5,value=2}]\n',
        "contract.toml, line 65, term.4.band.0.less_than: 10 overlaps the next band, from 5. End it where the next one starts.",
    ),
    (
        "amount = 1500000\n",
        'amount = 1500000\n[[term]]\nid = "m"\nkind = "measure"\nof = "day_out"\n[[term]]\nid = "tb"\nkind = "table"\nof = "m"\nband = [{at_least=0,less_than=10,value=1},{at_least=15,value=2}]\n',
        "contract.toml, line 65, term.4.band.0.less_than: leaves a gap from 10 to 15. Close it, or add a band for it.",
    ),
    (
        'kind = "outcome_payment"\n',
        "",
        'contract.toml, line 39, term.0: has no kind. Add kind, such as kind = "outcome_payment".',
    ),
    (
        'agreement = "contract"',
        'agreement = "contrct"',
        "contract.toml, line 1, agreement: input should be 'contract', got 'contrct'. Did you mean 'contract'?",
    ),
    (
        "[[expected]]",
        '[safeguard.publicaton]\nanswer=true\nwords="x"\n[[expected]]',
        "contract.toml, line 59, safeguard.publicaton: no question 'publicaton'. Did you mean 'publication'? Known: cohort_closed, referral_independent, refusal_limited, baseline_frozen, deadweight_estimated, data_independent, sustained, limits, counter_metrics, safety_gate, termination, publication.",
    ),
    (
        'name = "A provider"',
        'name = "A \\u202e provider"',
        "contract.toml, line 18, party.2.name: holds a character that commands a screen or turns its text round. Take it out.",
    ),
]


@pytest.mark.parametrize(("said", "instead", "message"), FAULTS)
def test_a_fault_is_named_with_its_line_and_its_remedy(said, instead, message, tmp_path):
    assert said in GOOD
    path = tmp_path / "contract.toml"
    path.write_text(GOOD.replace(said, instead, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_agreement(str(path))
    assert str(error.value) == message


def test_every_fault_is_reported_at_once(tmp_path):
    path = tmp_path / "contract.toml"
    text = GOOD.replace('payee = "provider"', 'payee = "nobody"', 1)
    path.write_text(text.replace('share = "1/5"', 'share = "1/4"'), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_agreement(str(path))
    assert len(error.value.problems) == 2


@pytest.mark.parametrize("text", ["", "[" * 5000, "a = ", "x = 1\nx = 2", "agreement = 3"])
def test_hostile_and_broken_files_are_refused(text, tmp_path):
    path = tmp_path / "contract.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_agreement(str(path))


VARIED = '[[variation]]\nfirst_day = 2027-04-01\nbecause = "agreed"\n'
VARIATIONS = [
    (
        'drop = ["whoel"]\n',
        "contract.toml, line 62, variation.0.drop: no term 'whoel'. Did you mean 'whole'? Known: days, each_child, whole.",
    ),
    (
        'drop = ["each_child"]\n',
        "contract.toml, line 59, variation.0: with it, term.1.of no metric or term 'each_child'. Known: day_out, days, whole.",
    ),
    (
        '[[variation.price]]\nmetric = "day_out"\namount = 15\nper = "week"\n',
        "contract.toml, line 65, variation.0.price.0.per: 'week' is not the metric's unit, 'day'. Use that.",
    ),
    (
        '[[variation.price]]\nmetric = "days_out"\namount = 15\nper = "day"\n',
        "contract.toml, line 63, variation.0.price.0.metric: no metric 'days_out'. Did you mean 'day_out'? Known: day_out.",
    ),
    (
        '[[variation.term]]\nid = "days"\nkind = "outcome_payment"\nof = "day_out"\npayer = "fnud"\n',
        "contract.toml, line 66, variation.0.term.0.payer: no party 'fnud'. Did you mean 'fund'? Known: council, fund, provider.",
    ),
    (
        '[[variation.change]]\nterm = "whoel"\namount = 9\n',
        "contract.toml, line 63, variation.0.change.0.term: no term 'whoel'. Did you mean 'whole'? Known: days, each_child, whole. A new term is a [[variation.term]].",
    ),
    (
        '[[variation.change]]\nterm = "whole"\namuont = 9\n',
        "contract.toml, line 64, variation.0.change.0.amuont: is not known here. Did you mean 'amount'?",
    ),
    (
        '[[variation.change]]\nterm = "whole"\namount = -9\n',
        "contract.toml, line 64, variation.0.change.0.amount: must not be below 0, got -9. Write 0 or more.",
    ),
    (
        '[[variation.change]]\nterm = "whole"\nbefore = "each_chlid"\n',
        "contract.toml, line 64, variation.0.change.0.before: no other term 'each_chlid'. Did you mean 'each_child'? Name one.",
    ),
    (
        '[[variation.change]]\nterm = "whole"\nbefore = "days"\nafter = "days"\n',
        "contract.toml, line 65, variation.0.change.0.after: stands with before. Give one of them.",
    ),
    (
        '[[variation.change]]\nterm = "whole"\nkind = "floor"\n',
        "contract.toml, line 64, variation.0.change.0.kind: cannot be changed. Drop the term, and add a [[variation.term]].",
    ),
    (
        '[[variation.change]]\nterm = "whole"\n',
        "contract.toml, line 63, variation.0.change.0.term: nothing of 'whole' changes. Name the fields that do.",
    ),
    (
        '[[variation.change]]\nterm = "whole"\nbefore = "each_child"\n',
        "contract.toml, line 59, variation.0: with it, term.1.of 'each_child' does not stand before it. A term takes up metrics and the terms above it: change the order.",
    ),
    (
        '[[variation.change]]\nterm = "days"\npayer = "fnud"\n',
        "contract.toml, line 64, variation.0.change.0.payer: no party 'fnud'. Did you mean 'fund'? Known: council, fund, provider.",
    ),
    (
        '[[variation.change]]\nterm = "whole"\namount = 9\n[[variation]]\nfirst_day = 2028-04-01\nbecause = "again"\n[[variation.change]]\nterm = "whole"\namount = "much"\n',
        'contract.toml, line 70, variation.1.change.0.amount: needs a number, such as 3, 0.05, "5/6" or "12.5%", or "not published", got \'much\'.',
    ),
]


def refused(folder: Path, text: str) -> str:
    path = folder / "contract.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_agreement(str(path))
    return str(error.value)


@pytest.mark.parametrize(("said", "message"), VARIATIONS)
def test_a_fault_in_a_variation_is_named(said, message, tmp_path):
    assert (
        refused(tmp_path, GOOD.replace("[[expected]]", f"{VARIED}{said}[[expected]]", 1)) == message
    )


def test_the_only_term_is_faulty_and_not_also_missing(tmp_path):
    start, end = GOOD.index("[[term]]"), GOOD.index("[[expected]]")
    one = '[[term]]\nid = "t"\nkind = "block_payment"\namount = -1\n'
    message = refused(tmp_path, GOOD[:start] + one + GOOD[end:])
    assert (
        message
        == "contract.toml, line 42, term.0.amount: must not be below 0, got -1. Write 0 or more."
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("100000000000000", "must be below 100,000,000,000,000"),
        ("1" * 41, "needs a number of at most 40 characters"),
    ],
)
def test_an_amount_too_large_to_hold_is_refused(number, said, tmp_path):
    message = refused(tmp_path, GOOD.replace("amount = 8000", f"amount = {number}"))
    assert message.startswith(f"contract.toml, line 49, term.1.amount: {said}")


FLOOR = '[[term]]\nid = "fl"\nkind = "floor"\nof = "whole"\namount = 2000\n'


def test_a_floor_of_each_quarter_above_the_cap_of_all_is_refused(tmp_path):
    message = refused(tmp_path, GOOD.replace("amount = 1500000\n", f"amount = 1500\n{FLOOR}", 1))
    assert (
        message
        == "contract.toml, line 56, term.2.amount: 1500 is below the floor 'fl', 2000. Mend one."
    )


def test_a_cap_of_each_child_may_be_below_a_floor_of_all(tmp_path):
    path = tmp_path / "contract.toml"
    floor = FLOOR + 'within = "agreement"\n'
    text = GOOD.replace("amount = 8000", "amount = 500").replace(
        "[[expected]]", f"{floor}[[expected]]"
    )
    path.write_text(text, encoding="utf-8")
    assert [term.kind for term in read_agreement(str(path)).contract.term][-1] == "floor"


HOSTILE = [
    ("x = " + "[" * 3000, "contract.toml: nests lists or tables too deep to read."),
    (
        "# " + "x" * 1_000_001,
        "contract.toml: is larger than 1,000,000 bytes. Is it a contract file?",
    ),
    (
        "\x00",
        "contract.toml: is not TOML: Invalid statement (at line 1, column 1). Text needs quotes; tables need [brackets].",
    ),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(text, message, tmp_path):
    assert refused(tmp_path, text) == message


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 5000, "", "care-days.toml\x00"])
def test_a_name_that_is_no_file_is_refused(name):
    with pytest.raises(InputError):
        read_agreement(name)


def test_a_term_named_as_the_one_that_it_takes_up_is_a_doubled_name(tmp_path):
    doubled = GOOD.replace('id = "days"', 'id = "each_child"', 1).replace(
        'of = "days"', 'of = "each_child"', 1
    )
    assert doubled.count('id = "each_child"') == 2
    assert "'each_child' is the name of a term already. Change one." in refused(tmp_path, doubled)


@pytest.mark.parametrize("floor", ["", 'id = "low"\nkind = "floor"\nof = "c1999"\namount = 1\n'])
def test_a_chain_of_two_thousand_caps_is_read(floor, tmp_path):
    caps = [
        f'[[term]]\nid = "c{i}"\nkind = "cap"\nof = "{f"c{i - 1}" if i else "whole"}"\n'
        'amount = 9999999\nwithin = "agreement"\n'
        for i in range(2000)
    ]
    more = "".join([*caps, f"[[term]]\n{floor}" if floor else ""])
    path = tmp_path / "contract.toml"
    path.write_text(GOOD.replace("[[expected]]", f"{more}[[expected]]", 1), encoding="utf-8")
    assert len(read_agreement(str(path)).contract.term) >= 2003


def test_a_number_that_toml_writes_with_an_exponent_is_that_number(tmp_path):
    path = tmp_path / "contract.toml"
    path.write_text(GOOD.replace("amount = 1500000\n", "amount = 1.5E+6\n", 1), encoding="utf-8")
    assert getattr(read_agreement(str(path)).contract.term[2], "amount") == 1_500_000  # noqa: B009


def test_more_units_expected_than_a_claim_may_hold_are_refused(tmp_path):
    text = GOOD.replace('about = "person"\n', 'about = "person"\nmost_units = 729\n', 1)
    assert text != GOOD
    assert refused(tmp_path, text).endswith(
        "expected.0.each: 730 is above the metric's most_units, 729. A claim may hold no more: mend one."
    )


@pytest.mark.parametrize("spread", ["99", "0.51"])
def test_a_spread_that_no_chance_can_have_is_refused(spread, tmp_path):
    text = GOOD.replace("promised = 0.638\n", f"promised = 0.638\nspread = {spread}\n", 1)
    assert refused(tmp_path, text).endswith(
        f"expected.0.spread: {spread} is more than a chance can vary, 0.5. Write five percentage points as 0.05."
    )
