"""A business case with a contract: payments by draw, by the engine that settles real claims."""

from pathlib import Path

import numpy as np
import pytest

from headwater.catalogue.files import DATA
from headwater.contracts.settle import settle
from headwater.workflows.agreements import read_agreement
from headwater.workflows.business_case.contract_money import contract_money
from headwater.workflows.business_case.contract_outcomes import Windows, counted, outcomes_of
from headwater.workflows.business_case.run import work_through

DAYS = Path(str(DATA / "examples/care-days.toml"))


@pytest.fixture(scope="module")
def agreement():
    return read_agreement(str(DAYS))


@pytest.fixture(scope="module")
def run(small_case):
    return work_through(small_case())


@pytest.fixture(scope="module")
def found(run, agreement):
    return contract_money(run, agreement, lambda _: None)


def test_days_out_of_care_are_the_days_not_in_care(run, found, agreement):
    # Tracked for 24 months, the case's horizon: the tally counts the same lives, month by month.
    care = [i for i, name in enumerate(run.tally.buckets) if name.startswith("looked_after: ")]
    days_in = run.tally.days[1][:, care].sum(axis=(1, 2))
    tracked = int(Windows.of(agreement.contract).ends[7])  # eight quarters
    (out,) = found.outcomes
    assert out.value == pytest.approx(run.tally.children * tracked - days_in.mean(), rel=2e-4)


def test_what_is_paid_because_of_it_is_the_difference(found):
    assert found.more.value == pytest.approx(found.paid.value - found.anyway.value)
    assert found.paid.count == "gross"
    assert found.more.count == "net"


def test_payers_and_years_add_to_what_is_paid(found):
    assert sum(line.paid.value for line in found.payers) == pytest.approx(found.paid.value)
    assert sum(year.programme.value for year in found.years) == pytest.approx(found.paid.value)
    fund = next(line.paid for line in found.payers if line.payer == "fund")
    assert fund.high <= 300_000


def test_one_child_by_hand(agreement):
    contract = agreement.contract
    windows = Windows.of(contract)
    care = np.zeros((1, len(windows.starts)), dtype=np.int64)
    care[0, 0] = 31
    (metric,) = contract.metric
    units = counted(metric, care, windows, 731)
    assert units[0, :2].tolist() == [91 - 31, 92]
    paid = settle(contract, outcomes_of(contract, {metric.id: units[np.newaxis]}, windows)).total
    assert paid[0, 0] == 60 * 1250
    assert paid.sum() == 700 * 1250 if 700 * 1250 < 800_000 else 800_000
