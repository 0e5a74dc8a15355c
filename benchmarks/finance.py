"""100,000 rates of return of 40 quarters, and a waterfall of 10,000 draws."""

from datetime import date

import numpy as np
import pyxirr

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.core.arrays import FloatArray
from headwater.core.money_side import MoneySide
from headwater.finance.returns import irr
from headwater.finance.timeline import Timeline
from headwater.finance.waterfall import Deal, waterfall

ROWS, QUARTERS = 100_000, 40
SOME, FEW = 5000, 500
DRAWS = 10_000


def plain_irr(row: list[float]) -> float:
    """Return the rate of a row by halving, as a plain loop would."""
    low, high = -0.99, 10.0
    while high - low > 1e-12:
        rate = 0.5 * (low + high)
        value, factor = 0.0, 1.0
        for flow in row:
            value += flow * factor
            factor /= 1.0 + rate
        low, high = (rate, high) if value > 0.0 else (low, rate)
    return low


def rows() -> FloatArray:
    """Return flows: eight quarters of draws, then receipts."""
    random = np.random.default_rng(1)
    flows = np.zeros((ROWS, QUARTERS))
    flows[:, :8] = -random.integers(1, 10**6, (ROWS, 8))
    flows[:, 8:] = random.integers(0, 10**6, (ROWS, QUARTERS - 8))
    return flows


def deal() -> Deal:
    """Return a money side of every common part, over ten years."""
    side = {
        "instrument": [
            {"id": "s", "kind": "senior", "party": "a", "commitment": 5_000_000, "yearly": "5%"},
            {"id": "j", "kind": "junior", "party": "b", "commitment": 2_000_000, "yearly": "9%"},
            {"id": "g", "kind": "guarantee", "party": "c", "commitment": 10**6, "covers": "s"},
        ],
        "cost": [{"id": "d", "to": "p", "amount": 200_000, "every": "quarter"}],
        "waterfall": [
            {"id": "late", "action": "arrears"},
            {"id": "interest", "action": "interest", "of": ["s", "j"]},
            {"id": "keep", "action": "recycle", "limit": 200_000},
            {"id": "back", "action": "principal", "of": "s"},
            {"id": "back_too", "action": "principal", "of": "j"},
            {"id": "rest", "action": "split", "part": [{"to": "j", "share": "50%"}]},
        ],
        "return_cap": {"yearly": "13%"},
        "reserve": {"target": 100_000, "pays": ["interest"]},
    }
    timeline = Timeline(date(2026, 4, 1), 3, QUARTERS)
    return Deal(MoneySide.model_validate(side), timeline, date(2036, 3, 31), "payer")


def measure() -> list[Measurement]:
    """Find rates beside another library and a plain loop; run a waterfall, and draw by draw."""
    flows = rows()
    irr(flows[:10])
    seconds = best(lambda: irr(flows))
    theirs = best(lambda: [pyxirr.irr(row) for row in flows[:SOME]], times=3) * ROWS / SOME
    listed = flows[:FEW].tolist()
    plain = best(lambda: [plain_irr(row) for row in listed], times=1) * ROWS / FEW
    work = f"{ROWS:,} rates of return of {QUARTERS} quarters"
    random = np.random.default_rng(2)
    paid = random.integers(0, 50_000_000, (DRAWS, QUARTERS))
    said = deal()

    def run() -> None:
        waterfall(said, {"payer": paid})

    run()
    one = best(lambda: [waterfall(said, {"payer": paid[i : i + 1]}) for i in range(5)], times=2)
    return [
        Measurement(
            work,
            seconds,
            goal=0.075,
            processor_seconds=processor(lambda: irr(flows)),
            megabytes=peak_megabytes(),
            baseline=f"pyxirr, {SOME:,} rows scaled up",
            baseline_seconds=theirs,
        ),
        Measurement(
            work, seconds, goal=0.075, baseline="plain loop, scaled up", baseline_seconds=plain
        ),
        Measurement(
            f"waterfall: {DRAWS:,} draws × {QUARTERS} quarters, 6 steps",
            best(run, times=3),
            processor_seconds=processor(run),
            megabytes=peak_megabytes(),
            baseline="draw by draw, 5 scaled up",
            baseline_seconds=one * DRAWS / 5,
        ),
    ]
