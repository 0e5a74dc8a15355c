"""Contracts: settlement of draws and claims, ledger, workbook, a sweep, rates of return."""

import csv
import io
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pyxirr
import xlsxwriter

from benchmarks.measurement import Measurement, best, peak_megabytes
from headwater.contracts.agreement import Contract
from headwater.contracts.ledger_file import add, all_or_nothing, open_ledger
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.overlap import doubled
from headwater.contracts.periods import day_number
from headwater.contracts.post import Line, postings
from headwater.contracts.settle import settle, settlement_periods
from headwater.core.arrays import IntArray
from headwater.finance.returns import irr
from headwater.workflows import settle_report
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import statement, work_out
from headwater.workflows.settle.certificate import certificate

FILE = Path(__file__).with_name("contract.toml")
"""Nine terms over forty quarters: price, limits, deadweight, indexation, retention, a gate."""
DRAWS, CLAIMS, INTERVALS, ROWS = 10_000, 1_000_000, 10_000_000, 100_000
POSTED, BOOKED = 1_000_000, 120_000


def measure() -> list[Measurement]:
    """Measure each, memory of the file of claims first."""
    contract = read_agreement(str(FILE)).contract
    return [_claims(), _draws(contract), _postings(), _workbook(), _sweep(), _rates()]


def _claims() -> Measurement:
    """Settle a million claims from a CSV to a statement and a certificate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        _write(path)
        agreement = read_agreement(str(FILE))
        begin = time.perf_counter()
        last = settlement_periods(agreement.contract)[-1].last_day
        worked = work_out(agreement, path, until=last)
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


def _lines(count: int) -> Iterator[Line]:
    """Yield lines of a statement, each of another claim."""
    for i in range(count):
        parts, cell = (("council", 125_000 + i % 90),), f"c{i}"
        key = f"2027-03-31|0|days|claim:{cell}"
        why = "100 days × price 12.50 = 1250.00"
        words = ("days", "3.1", "claim", cell, parts[0][1], why, f"row {i}")
        yield Line(0, 0, *words, parts=parts, payee="provider", key=key)


def _postings() -> Measurement:
    """Post a million lines to a new ledger, each chained to the one before."""
    day = date(2027, 4, 30)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        with (
            open_ledger(Path(folder) / "ledger.db", agreement="care", currency="GBP") as book,
            all_or_nothing(book),
        ):
            assert add(book, postings(_lines(POSTED), {}, day)) == POSTED  # noqa: S101
        seconds = time.perf_counter() - begin
        begin = time.perf_counter()
        with sqlite3.connect(Path(folder) / "plain.db") as plain:
            plain.execute("CREATE TABLE line (key, payer, payee, pence, because, evidence)")
            plain.executemany(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (x.key, x.parts[0][0], x.payee, x.pence, x.because, x.evidence)
                    for x in _lines(POSTED)
                ),
            )
        usual = time.perf_counter() - begin
    return Measurement(
        f"ledger: {POSTED:,} lines posted",
        seconds,
        baseline="SQLite alone: the same lines inserted, no chain and nothing that keeps them",
        baseline_seconds=usual,
    )


def _workbook() -> Measurement:
    """Write a statement's workbook: every line and every claim."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("claim,metric,who,first_day,last_day,units,verdict,evidence\n")
            for i in range(BOOKED):
                month = 4 + i % 3
                days = f"2026-0{month}-01,2026-0{month}-28"
                file.write(f"c{i},day_out,k{i // 3},{days},28,verified,row {i}\n")
        worked = work_out(read_agreement("care-days"), path, until=date(2026, 6, 30))
    said = statement(worked)
    begin = time.perf_counter()
    settle_report.workbook(worked, said)
    seconds = time.perf_counter() - begin
    return Measurement(
        f"workbook: {BOOKED:,} claims and their lines",
        seconds,
        goal=10.0,
        baseline="XlsxWriter alone: as many rows of 13 short texts, cell by cell",
        baseline_seconds=_cell_by_cell(2 * BOOKED),
    )


def _cell_by_cell(rows: int) -> float:
    begin = time.perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet, look = book.add_worksheet(), book.add_format({"text_wrap": True})
    for row in range(rows):
        for column in range(13):
            sheet.write_string(row, column, f"c{row}" if column < 3 else "days", look)
    book.close()
    return time.perf_counter() - begin


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
