"""Corners of settlement, each worked by hand: a name that stands twice, a version mid-period."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle.up_to import last_day_of

HEAD = """
agreement = "contract"
id = "corner"
name = "A corner"
currency = "GBP"
first_day = 2024-01-01
last_day = 2024-12-31
payee = "provider"
cohort = [
    { id = "first", first_day = 2024-01-01, last_day = 2024-06-30 },
    { id = "second", first_day = 2024-07-01, last_day = 2024-12-31 },
]
party = [
    { id = "council", name = "Council", role = "outcome_payer" },
    { id = "fund", name = "Fund", role = "outcome_payer" },
    { id = "provider", name = "Provider", role = "provider" },
    { id = "trainer", name = "Trainer", role = "provider" },
]
metric = [
    { id = "stay", name = "Stay", about = "person", unit = "child" },
    { id = "day", name = "Day", about = "person", unit = "day" },
]
price = [
    { metric = "stay", amount = 10, per = "child" },
    { metric = "day", amount = 1, per = "day" },
]
"""
ONE = 'payer = [{ party = "council", share = 1 }]'
STAYS = '[[term]]\nid = "stays"\nkind = "outcome_payment"\nof = "stay"\n'
DAYS = '[[term]]\nid = "days"\nkind = "outcome_payment"\nof = "day"\n'
COLUMNS = "claim,metric,who,last_day,units,verdict"


def settled(folder: Path, terms: str, claims: str, **how):
    """Return the statement of a small agreement; claims stand without a verdict: 'verified'."""
    return worked_out(folder, terms, claims, **how)[1]


def worked_out(folder: Path, terms: str, claims: str, *, top: str = ONE, columns: str = "", **how):
    """Settle a small agreement."""
    agreement, file = folder / "agreement.toml", folder / "claims.csv"
    agreement.write_text(f"{top}\n{HEAD}\n{terms}", encoding="utf-8")
    rows = [f"{i},{row.strip()}" for i, row in enumerate(claims.strip().splitlines(), start=1)]
    heading = f"claim,metric,who,last_day,units,verdict{columns}"
    verified = [
        ",".join([*row.split(",")[:5], "verified", *row.split(",")[5:]]) for row in rows if row
    ]
    file.write_text("\n".join([heading, *verified]) + "\n", encoding="utf-8")
    read = read_agreement(str(agreement))
    return settle_claims(read, file, **{"until": last_day_of(read.contract)} | how)


def due(said) -> list[float]:
    return [period.amount.pence / 100 for period in said.periods]


TWO_STAY = """
stay,a,2024-02-01,5
stay,b,2024-05-01,5
"""


def test_a_part_of_a_sum_to_date_counts_its_own_part_once(tmp_path) -> None:
    # 5 of 10 reach a half; counted twice on one side they would not.
    rule = """
[[term]]
id = "success"
kind = "measure"
of = "stay"
how = "ratio"
against = ["stay", "day"]
over = "to_date"
[[term]]
id = "enough"
kind = "threshold"
of = "stays"
per = "all"
test = [{ measure = "success", at_least = 0.5 }]
"""
    said = settled(tmp_path, STAYS + rule, "stay,a,2024-02-01,5\nday,b,2024-02-01,5")
    assert due(said) == [50, 0, 0, 0]
    assert [test.measured for test in said.tests] == ["0.5 share of 1"] * 4


def test_how_many_have_reached_it_so_far_counts_those_who_are_not_seen_again(tmp_path) -> None:
    rule = """
[[term]]
id = "reached"
kind = "measure"
of = "stay"
how = "at_least"
number = 5
per = "who"
over = "to_date"
[[term]]
id = "how_many"
kind = "measure"
of = "reached"
[[term]]
id = "each"
kind = "outcome_payment"
of = "how_many"
amount = 100
"""
    assert due(settled(tmp_path, rule, TWO_STAY)) == [100, 100, 0, 0]


def test_two_measures_to_date_are_paid_each_for_its_own_growth(tmp_path) -> None:
    rule = """
[[term]]
id = "stays_so_far"
kind = "measure"
of = "stay"
over = "to_date"
[[term]]
id = "days_so_far"
kind = "measure"
of = "day"
over = "to_date"
[[term]]
id = "both"
kind = "outcome_payment"
of = ["stays_so_far", "days_so_far"]
amount = 1
"""
    said = settled(tmp_path, rule, "stay,a,2024-02-01,5\nday,b,2024-02-01,3")
    assert due(said) == [8, 0, 0, 0]


@pytest.mark.parametrize("name", ["due", "stays", "paid"])
def test_a_route_may_have_any_name(tmp_path, name: str) -> None:
    rule = f'[[term]]\nid = "better"\nkind = "best_of"\nof = ["{name}", "days"]\n'
    stays = STAYS.replace('"stays"', f'"{name}"')
    claims = "stay,a,2024-02-01,5\nstay,a,2024-05-01,5"
    assert due(settled(tmp_path, stays + DAYS + rule, claims)) == [50, 50, 0, 0]


# A version that begins within a period


def dearer(first_day: str) -> str:
    price = '[[variation.price]]\nmetric = "stay"\namount = 20\nper = "child"\n'
    return f'[[variation]]\nfirst_day = {first_day}\nbecause = "It costs more."\n{price}'


SO_FAR = '[[term]]\nid = "so_far"\nkind = "measure"\nof = "stay"\nover = "to_date"\n'
SPENT = '[[term]]\nid = "spent"\nkind = "measure"\nof = "day"\nover = "to_date"\n'
FLOOR = '[[term]]\nid = "least"\nkind = "floor"\nof = "stays"\nper = "all"\namount = 1000\n'
UNLESS = '[[term]]\nid = "back"\nkind = "clawback"\nof = "stays"\nshare = 0.5\n'
ANEW = '[[term]]\nid = "t"\nkind = "table"\nof = "so_far"\npays = "anew"\n'
EARNED = '[[term]]\nid = "most"\nkind = "cap"\nof = "stays"\nyearly = 0\n'
KEPT = '[[term]]\nid = "kept"\nkind = "retention"\nof = "stays"\nshare = 0.2\n'
UNSPENT = '[[term]]\nid = "unspent"\nkind = "return_unspent"\nof = "stays"\nspent = "spent"\n'
SPLIT = [
    # 50 under the first version, 100 under the second, and 1,000 in each quarter at least.
    ("2024-02-15", STAYS + FLOOR, [1000, 1000, 1000, 1000]),
    ("2024-02-15", STAYS + FLOOR + 'within = "year"\n', [150, 0, 0, 850]),
    ("2024-11-15", STAYS + FLOOR + 'within = "agreement"\n', [100, 0, 0, 900]),
    (
        "2024-11-15",
        STAYS + SO_FAR + UNLESS + 'unless = { measure = "so_far", at_least = 100 }\n',
        [100, 0, 0, -50],
    ),
    ("2024-11-15", STAYS + SPENT + UNSPENT, [100, 0, 0, -100]),
    ("2024-02-15", SO_FAR + ANEW + "band = [{ at_least = 0, value = 100 }]\n", [100] * 4),
    (
        "2024-02-15",
        STAYS + EARNED + "invested = [{ on = 2024-01-01, amount = 50 }]\n",
        [50, 0, 0, 0],
    ),
    # 20% of 150 is kept; ten stays are needed by 20 February, and are there by the quarter's end.
    (
        "2024-02-15",
        STAYS
        + SO_FAR
        + KEPT
        + 'release_on = 2024-02-20\nrelease_if = { measure = "so_far", at_least = 10 }\n',
        [150, 0, 0, 0],
    ),
]


@pytest.mark.parametrize(("first_day", "terms", "expected"), SPLIT)
def test_a_period_of_two_versions_is_one_period(tmp_path, first_day, terms, expected) -> None:
    claims = "stay,a,2024-02-01,5\nstay,b,2024-02-20,5"
    assert due(settled(tmp_path, terms + dearer(first_day), claims)) == expected


def test_a_measure_that_has_ended_stands_as_it_stood(tmp_path) -> None:
    rule = '[[term]]\nid = "each"\nkind = "outcome_payment"\nof = "so_far"\namount = 1\n'
    terms = SO_FAR + "last_day = 2024-06-30\n" + rule
    claims = "stay,a,2024-02-01,5\nstay,b,2024-08-01,5"
    assert due(settled(tmp_path, terms, claims)) == [5, 0, 0, 0]


@pytest.mark.parametrize("first", ["stay,a,2024-03-05,5", "stay,b,2024-03-05,5"])
def test_a_breakdown_before_the_outcome_or_without_one_takes_nothing_back(tmp_path, first) -> None:
    rule = 'event = "day"\nsince = "stay"\nwithin_days = 90\n'
    claims = f"{first}\nday,a,2024-01-05,1\nday,a,2024-09-05,1"
    assert due(settled(tmp_path, STAYS + UNLESS + rule, claims)) == [50, 0, 0, 0]


@pytest.mark.parametrize("turned", [False, True])
def test_a_key_in_two_cohorts_lies_in_the_first_in_whatever_order(tmp_path, turned: bool) -> None:
    each = '[[term]]\nid = "each"\nkind = "cap"\nof = "stays"\nper = "who"\namount = 1000\n'
    most = '[[term]]\nid = "most"\nkind = "cap"\nof = "each"\nper = "cohort"\namount = 100\n'
    rows = ["stay,a,2024-02-01,8,first", "stay,a,2024-02-02,8,second", "stay,b,2024-02-01,5,first"]
    claims = "\n".join(reversed(rows) if turned else rows)
    assert due(settled(tmp_path, STAYS + each + most, claims, columns=",cohort")) == [100, 0, 0, 0]


# Which claims count


@pytest.mark.parametrize("order", ["abc", "acb", "bca", "cba"])
def test_a_correction_of_a_correction_replaces_both_in_whatever_order(tmp_path, order) -> None:
    rows = {
        "a": "a,stay,k,2024-01-05,1,verified,",
        "b": "b,stay,k,2024-01-06,2,verified,a",
        "c": "c,stay,k,2024-01-07,4,verified,b",
    }
    file = tmp_path / "claims.csv"
    file.write_text("\n".join([f"{COLUMNS},corrects", *(rows[name] for name in order)]))
    path = tmp_path / "agreement.toml"
    path.write_text(f"{ONE}\n{HEAD}\n{STAYS}")
    assert due(settle_claims(read_agreement(str(path)), file, until=date(2024, 12, 31))[1]) == [
        40,
        0,
        0,
        0,
    ]


def test_a_share_of_many_units_is_exact(tmp_path) -> None:
    said = settled(tmp_path, STAYS, "stay,a,2024-02-01,100000000,0.5", columns=",share")
    assert said.due.pence == 50_000_000 * 1000


def test_what_is_decided_after_the_last_period_is_said_not_to_count(tmp_path) -> None:
    top = f'{ONE}\nsettlement = {{ counted_by = "verdict_on" }}'
    claims = "stay,a,2024-12-05,5,2025-02-01"
    said = settled(tmp_path, STAYS, claims, top=top, columns=",verdict_on")
    assert [state.state for state in said.claims] == ["not counted: after the last period"]
    assert str(said.findings[0]) == (
        "claims.csv, row 2, claim: '1' comes after the last period, which ends on 2024-12-31."
    )


# Large numbers, and exact ones

MILLIONS = [
    ("steps", "at_least = 0, value = 10000000", 10_000_000),
    (
        "straight_line",
        "at_least = 0, value = 6000000 }, { at_least = 20, value = 10000000",
        8_000_000,
    ),
    ("slices", "at_least = 0, value = 1000000 }, { at_least = 4, value = 2000000", 16_000_000),
    # 5e-15 less than half a penny is nothing; rounded on the way, it would be a penny.
    ("straight_line", "at_least = 0, value = 0 }, { at_least = 10.00000000001, value = 0.005", 0),
]


@pytest.mark.parametrize(("reading", "bands", "pounds"), MILLIONS)
def test_a_table_of_many_millions_is_exact(tmp_path, reading, bands, pounds) -> None:
    table = f'[[term]]\nid = "t"\nkind = "table"\nof = "so_far"\nreading = "{reading}"\n'
    terms = SO_FAR + table + f"band = [{{ {bands} }}]\n"
    assert settled(tmp_path, terms, "stay,a,2024-02-01,10").due.pence == pounds * 100


def test_what_passes_64_bits_is_refused(tmp_path) -> None:
    claims = "\n".join(f"stay,k{i},2024-02-01,999999999999" for i in range(20))
    with pytest.raises(InputError) as error:
        settled(tmp_path, STAYS, claims)
    assert str(error.value) == (
        "agreement.toml: comes to more than can be held to the penny (a sum passes 64 bits). "
        "Mend the units, or the price."
    )


# Who pays

TWO = """payer = [
    { party = "council", share = 0.5, most = 40 },
    { party = "fund", share = 0.5 },
]"""


def test_a_payer_pays_its_most_in_all_whoever_is_paid(tmp_path) -> None:
    claims = "stay,a,2024-02-01,8\nday,a,2024-02-01,80"
    said = settled(tmp_path, STAYS + DAYS + 'payee = "trainer"\n', claims, top=TWO)
    assert {one.what: one.amount.pence for one in said.payers} == {"council": 4000, "fund": 12000}


def test_a_statement_and_a_ledger_say_the_same_of_each_payer(tmp_path) -> None:
    most = (
        '[[term]]\nid = "most"\nkind = "cap"\nof = ["stays", "days"]\nper = "all"\namount = 100\n'
    )
    terms = STAYS + DAYS + 'payer = "fund"\n' + most + 'payer = "council"\n'
    ledger = tmp_path / "ledger.db"
    claims = "stay,a,2024-02-01,8\nday,a,2024-02-01,80"
    said = settled(tmp_path, terms, claims, ledger=ledger)
    # The council pays 80 for stays, less the 60 that pass the most; the fund 80 for days.
    assert {one.what: one.amount.pence for one in said.payers} == {"council": 2000, "fund": 8000}
    with sqlite3.connect(ledger) as book:
        rows = book.execute("SELECT payer, sum(pence) FROM posting GROUP BY payer").fetchall()
    assert dict(rows) == {"council": 2000, "fund": 8000}


def test_settling_up_to_a_day_leaves_what_was_posted_for_later_periods(tmp_path) -> None:
    ledger = tmp_path / "ledger.db"
    whole = settled(tmp_path, STAYS, TWO_STAY, ledger=ledger)
    part = settled(tmp_path, STAYS, TWO_STAY, ledger=ledger, until=date(2024, 3, 31))
    assert (whole.due.pence, part.due.pence) == (10_000, 5_000)
    assert part.ledger is not None
    assert part.ledger.postings == "0"


def test_units_taken_away_pass_through_where_their_term_is_not_in_force(tmp_path) -> None:
    away = '[[term]]\nid = "net"\nkind = "deadweight"\nof = "stay"\nunits = 1\n'
    paid = '[[term]]\nid = "paid"\nkind = "outcome_payment"\nof = "net"\namount = 10\n'
    terms = f"{away}last_day = 2024-03-31\n{paid}"
    assert due(settled(tmp_path, terms, TWO_STAY)) == [40, 50, 0, 0]


COMPARED = [
    (
        'kind = "measure"\nof = "stay"\nhow = "ratio"\nagainst = ["by_group"]\nper = "cohort"\n',
        "term.1.against: 'by_group' is by group, and this by cohort.",
    ),
    (
        (
            'kind = "table"\nof = "by_cohort"\ngives = "share"\ntimes_of = "by_group"\n'
            "band = [{ at_least = 0, value = 1 }]\n"
        ),
        "term.2.times_of: 'by_group' is by group, and this by cohort.",
    ),
]


@pytest.mark.parametrize(("term", "message"), COMPARED)
def test_groups_and_cohorts_are_not_compared(tmp_path, term: str, message: str) -> None:
    made = '[[term]]\nid = "by_{0}"\nkind = "measure"\nof = "stay"\nper = "{0}"\n'
    before = made.format("group") + (made.format("cohort") if "table" in term else "")
    with pytest.raises(InputError) as error:
        settled(tmp_path, before + '[[term]]\nid = "t"\n' + term, "")
    assert message in str(error.value)
    assert str(error.value).endswith("Measure both by the same cells, or one of them by all.")


def test_whether_a_number_is_reached_is_kept_within_limits_too(tmp_path) -> None:
    # As every measure: "least" and "most" hold for "at_least" as well.
    rule = """
[[term]]
id = "reached"
kind = "measure"
of = "stay"
how = "at_least"
number = 5
least = 1
[[term]]
id = "each"
kind = "outcome_payment"
of = "reached"
amount = 100
"""
    assert due(settled(tmp_path, rule, "stay,a,2024-02-01,2")) == [100, 100, 100, 100]


def test_a_price_is_shown_with_its_parts_of_a_penny(tmp_path) -> None:
    paid = '[[term]]\nid = "each"\nkind = "outcome_payment"\nof = "so_far"\namount = 0.0355\n'
    worked, _ = worked_out(tmp_path, SO_FAR + paid, "stay,a,2024-02-01,100")
    assert next(worked.lines()).because.startswith("100 children × £0.0355, to date")


@pytest.mark.parametrize("kind", ["cap", "floor"])
def test_a_limit_is_in_whole_pence(tmp_path, kind: str) -> None:
    limit = f'[[term]]\nid = "limit"\nkind = "{kind}"\nof = "stays"\namount = 10.005\n'
    with pytest.raises(InputError) as error:
        settled(tmp_path, STAYS + limit, "stay,a,2024-02-01,1")
    assert "10.005 has a part of a penny, and is set against whole pence." in str(error.value)
