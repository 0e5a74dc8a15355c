"""Numbers that nobody published: what rests on them is not worked; what does not, is."""

from datetime import date
from typing import Any

import pytest

from headwater.contracts.agreement import Contract
from headwater.contracts.settle import Settled, settle
from headwater.workflows.contracts.outcomes_of import outcomes_of
from headwater.workflows.contracts.published import Row

HIDDEN = "not published"


def settled(terms: list[dict[str, Any]], *units: int) -> Settled:
    """Return a settlement of one metric, so many units in each year from 2020."""
    contract = Contract.model_validate(
        {
            "agreement": "contract",
            "id": "x",
            "name": "x",
            "currency": "GBP",
            "first_day": date(2020, 1, 1),
            "last_day": date(2021, 12, 31),
            "payee": "p",
            "party": [{"id": "p", "name": "p", "role": "provider"}],
            "payer": [{"party": "p", "share": 1}],
            "settlement": {"every": "year"},
            "metric": [{"id": "m", "name": "m", "about": "cohort", "unit": "unit"}],
            "term": [{"id": "sum", "kind": "measure", "of": "m", "over": "to_date"}, *terms],
        }
    )
    rows = tuple(
        Row(metric="m", who=str(i), last_day=date(2020 + i, 6, 1), units=number)
        for i, number in enumerate(units)
    )
    return settle(contract, outcomes_of(contract, rows), with_lines=True)


def table(**fields: Any) -> dict[str, Any]:
    return {"id": "t", "kind": "table", "of": "sum", **fields}


BANDS = [{"at_least": 10, "value": HIDDEN}, {"at_least": 20, "value": 100}]


@pytest.mark.parametrize(("units", "due"), [(9, 0), (20, 10000), (25, 10000)])
def test_a_band_that_is_not_published_matters_only_once_it_is_read(units: int, due: int) -> None:
    found = settled([table(band=BANDS)], units)
    assert found.unknown == {}
    assert found.total.sum() == due


def test_a_band_that_is_read_and_not_published_leaves_the_term_and_all_that_rest_on_it() -> None:
    cap = {"id": "c", "kind": "cap", "of": "t", "amount": 50}
    found = settled([table(band=BANDS), cap], 15)
    assert found.unknown == {"t": "band[1] not published", "c": "rests on what is not published"}
    assert found.due == {}


def test_a_straight_line_to_a_start_that_is_not_published_is_not_drawn() -> None:
    bands = [{"at_least": 10, "value": 100}, {"at_least": 20, "value": HIDDEN}]
    assert settled([table(band=bands, reading="straight_line")], 12).unknown
    assert not settled([table(band=bands)], 12).unknown


@pytest.mark.parametrize("gives", ["share", "yearly_return"])
def test_below_the_first_band_not_even_the_capital_is_paid(gives: str) -> None:
    term = table(
        gives=gives, times=1000, with_capital=True, band=[{"at_least": 10, "value": "0.1"}]
    )
    assert settled([term], 9).total.sum() == 0
    assert settled([term], 10).total.sum() == (10000 if gives == "share" else 110000)
    below = settled([{**term, "below": 0}], 9).total.sum()
    assert below == (0 if gives == "share" else 100000)


def test_a_years_interest_on_a_measure_to_date_is_paid_anew() -> None:
    term = table(gives="yearly_return", times=1000, band=[{"at_least": 10, "value": "0.1"}])
    assert settled([term], 10, 5).total.tolist() == [[10000, 0]]
    assert settled([{**term, "pays": "anew"}], 10, 5).total.tolist() == [[10000, 10000]]


def test_a_condition_is_judged_though_what_it_pays_is_not_published() -> None:
    terms = [
        {"id": "pay", "kind": "outcome_payment", "of": "sum", "amount": HIDDEN},
        {
            "id": "gate",
            "kind": "threshold",
            "of": "pay",
            "test": [{"measure": "sum", "at_least": 12}],
        },
    ]
    found = settled(terms, 10, 5)
    assert [bool(one.met[0, 0]) for one in found.conditions] == [False, True]
    assert [int(one.column.values[0, 0]) for one in found.measured] == [10, 15]
    assert set(found.unknown) == {"pay", "gate"}
