"""Contracts: settlement over draws and of a million claims, a sweep, rates of return."""

import csv
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pyxirr

from benchmarks.measurement import Measurement, best, peak_megabytes
from headwater.contracts.agreement import Contract
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.overlap import doubled
from headwater.contracts.periods import day_number
from headwater.contracts.settle import settle, settlement_periods
from headwater.core.arrays import IntArray
from headwater.finance.returns import irr
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import statement, work_out
from headwater.workflows.settle.certificate import certificate

FILE = Path(__file__).with_name("contract.toml")
"""Nine terms over forty quarters: price, limits, deadweight, indexation, retention, a gate."""
DRAWS, CLAIMS, INTERVALS, ROWS = 10_000, 1_000_000, 10_000_000, 100_000


def measure() -> list[Measurement]:
    """Measure all four, memory of the file of claims first."""
    contract = read_agreement(str(FILE)).contract
    return [_claims(), _draws(contract), _sweep(), _rates()]


def _claims() -> Measurement:
    """Settle a million claims from a CSV to a statement and a certificate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        _write(path)
        agreement = read_agreement(str(FILE))
        begin = time.perf_counter()
        worked = work_out(agreement, path)
        certificate(worked, statement(worked))
        seconds = time.perf_counter() - begin
        megabytes = peak_megabytes()
        begin = time.perf_counter()
        with path.open(newline="", encoding="utf-8") as file:
            total = sum(Decimal(row["units"]) * Decimal("12.50") for row in csv.DictReader(file))
        assert total > 0  # noqa: S101 - the sum is not left out
        plain = time.perf_counter() - begin
    return Measurement(
        f"settle: {CLAIMS:,} claims from CSV to statement and certificate",
        seconds,
        goal=5.0,
        megabytes=megabytes,
        baseline="reading the rows in plain Python and summing units × price, nothing checked",
        baseline_seconds=plain,
        note="goal for memory 1,000 MB",
    )


def _write(path: Path) -> None:
    periods = settlement_periods(read_agreement(str(FILE)).contract)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["claim", "metric", "who", "first_day", "last_day", "units", "verdict", "evidence"]
        )
        for i in range(CLAIMS):
            period = periods[i % len(periods)]
            key = f"k{i // len(periods)}"
            days = (period.first_day, period.last_day)
            rows.writerow([f"c{i}", "day_out", key, *days, i % 29, "verified", f"row {i}"])


def _draws(contract: Contract) -> Measurement:
    """Settle an agreement of eight terms over forty quarters and many draws."""
    outcomes = _outcomes(contract, DRAWS)

    def one() -> None:
        settle(contract, outcomes)

    one()
    few = outcomes.units[:20]
    begin = time.perf_counter()
    for row in few.tolist():
        _plain(row)
    plain = (time.perf_counter() - begin) * DRAWS / len(few)
    return Measurement(
        f"settle: {DRAWS:,} draws × 40 quarters × {len(contract.term)} terms",
        best(one),
        goal=0.5,
        baseline="plain Python in Decimal, the price and three limits alone, 20 draws scaled up",
        baseline_seconds=plain,
    )


def _outcomes(contract: Contract, draws: int) -> Outcomes:
    ends = [day_number(period.last_day) for period in settlement_periods(contract)]
    days = np.array(ends, dtype=np.int64)
    none = np.zeros(len(days), dtype=np.int64)
    units = np.random.default_rng(1).integers(0, 3000, (draws, len(days)))
    places = np.arange(len(days), dtype=np.int64)
    words = (("day_out",), ("0",), ("",), ("",))
    return Outcomes(units, none, none, none, none, days, days, days, places, *words)


def _plain(units: list[int]) -> Decimal:
    paid = Decimal(0)
    for number in units:
        due = (Decimal(number) * Decimal("12.50")).quantize(Decimal("0.01"), ROUND_HALF_UP)
        due = min(due, Decimal(80_000))
        due = max(due, Decimal(1_000))
        paid += min(due, Decimal(1_500_000) - paid)
    return paid


def _sweep() -> Measurement:
    """Find what is claimed twice among many intervals."""
    random = np.random.default_rng(1)
    key = random.integers(0, INTERVALS // 4, INTERVALS)
    first = random.integers(0, 20_000, INTERVALS)
    last = first + random.integers(0, 30, INTERVALS)
    share = np.full(INTERVALS, 10**6)
    found: list[int] = []

    def one() -> None:
        found.append(sum(1 for _ in doubled(key, first, last, share, whole=10**6)))

    seconds = best(one, times=1)
    part = INTERVALS // 100
    begin = time.perf_counter()
    _compared(key[:part], first[:part], last[:part])
    plain = (time.perf_counter() - begin) * 100
    return Measurement(
        f"sweep: {INTERVALS:,} intervals, {found[-1]:,} claimed twice",
        seconds,
        goal=5.0,
        baseline="plain Python, sorted by key and compared one by one, a hundredth scaled up",
        baseline_seconds=plain,
    )


def _compared(key: IntArray, first: IntArray, last: IntArray) -> int:
    rows = sorted(zip(key.tolist(), first.tolist(), last.tolist(), strict=True))
    before, end, count = None, -1, 0
    for name, begin, stop in rows:
        if name == before and begin <= end:
            count += 1
        end = max(end, stop) if name == before else stop
        before = name
    return count


def _rates() -> Measurement:
    """Find rates of return of forty quarters."""
    random = np.random.default_rng(1)
    flows = np.zeros((ROWS, 40))
    flows[:, :8] = -random.integers(1, 1000, (ROWS, 8))
    flows[:, 8:] = random.integers(0, 600, (ROWS, 32))
    irr(flows[:10])
    theirs = best(lambda: [pyxirr.irr(row) for row in flows], times=1)
    return Measurement(
        f"rates of return: {ROWS:,} of 40 quarters",
        best(lambda: irr(flows)),
        goal=0.075,
        baseline="pyxirr, row by row",
        baseline_seconds=theirs,
    )
