"""Words of a statement: units of one and of several, how a line came about, days that cannot be."""

import pytest
from test_settlement_corners import DAYS, settled
from test_variations import adds

from headwater.core.errors import InputError
from headwater.core.units import units_said
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import whole, work_out
from headwater.workflows.settle.up_to import last_day_of


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("1", "day", "1 day"),
        ("82", "day", "82 days"),
        ("0", "child", "0 children"),
        ("2", "family", "2 families"),
        ("1.5", "child year", "1.5 child years"),
        ("8.4", "per cent", "8.4 per cent"),
        ("0.5", "share of 1", "0.5 share of 1"),
        ("3", "days", "3 days"),
    ],
)
def test_units_are_called_as_many_as_they_are(number, unit, said) -> None:
    assert units_said(number, unit) == said


def because(folder, terms: str, claims: str) -> list[str]:
    said = settled(folder, terms, claims)
    agreement = read_agreement(str(folder / "agreement.toml"))
    worked = work_out(agreement, folder / "claims.csv", until=last_day_of(agreement.contract))
    return [line.because for line in whole(worked, said).lines]


KEPT = '[[term]]\nid = "kept"\nkind = "retention"\nof = "days"\nshare = 0.1\n'
SO_FAR = '[[term]]\nid = "so_far"\nkind = "measure"\nof = "day"\nover = "to_date"\n'
PAID = '[[term]]\nid = "paid"\nkind = "outcome_payment"\nof = "so_far"\namount = 2\n'


def test_a_line_says_what_was_kept_back_and_released(tmp_path) -> None:
    assert because(tmp_path, DAYS + KEPT, "day,a,2024-02-01,100") == [
        "100 days × £1.00 = £100.00",
        "of £100.00, £10.00 is kept back",
        "£10.00 that was kept back is released",
    ]


def test_a_line_of_growth_says_that_it_counts_to_date(tmp_path) -> None:
    assert because(tmp_path, SO_FAR + PAID, "day,a,2024-02-01,10\nday,a,2024-05-01,5") == [
        "10 days × £2.00, to date; less what was due before: £20.00",
        "15 days × £2.00, to date; less what was due before: £10.00",
    ]


def test_a_deadweight_of_units_shows_units(tmp_path) -> None:
    away = '[[term]]\nid = "anyway"\nkind = "deadweight"\nof = "stay"\nper = "all"\nunits = 2\n'
    paid = '[[term]]\nid = "paid"\nkind = "outcome_payment"\nof = "anyway"\namount = 10\n'
    said = settled(tmp_path, away + paid, "stay,a,2024-02-01,5\nstay,b,2024-05-01,1")
    assert [(term.term, term.units) for term in said.terms] == [
        ("anyway", "−3 children"),
        ("paid", ""),
    ]
    assert adds(said)[1][3] == "£30.00"


def test_more_days_than_there_are_stop(tmp_path) -> None:
    rows = "day,a,2024-01-31,31,2024-01-01\nday,b,2024-01-31,32,2024-01-01"
    with pytest.raises(InputError) as error:
        settled(tmp_path, DAYS, rows, columns=",first_day")
    assert str(error.value.problems[0]) == (
        "claims.csv, row 3, units: '32' are more days than lie between the claim's first and last "
        "day. Mend the units or the days."
    )
