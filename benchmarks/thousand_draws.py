"""The reference pathway: 1,000 children × 1,000 draws, states and discounted costs."""

from dataclasses import replace

import numpy as np
from reference_pathway import ANSWERS, births, cost_by_draw, pathway, same_arms

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.core.pathway import YEAR
from headwater.pathways import reference
from headwater.pathways.simulate import simulate

CHILDREN, DRAWS, FEW = 1000, 1000, 500
EDGES = np.round(np.arange(19) * YEAR).astype(np.int64)


def measure() -> list[Measurement]:
    """Simulate and cost, and a few lives in plain Python."""
    model, start = pathway(DRAWS, banded=False), births(CHILDREN)
    arms, what = same_arms(model), {"period_edges": EDGES, "target": "foster"}

    def run() -> float:
        return float(cost_by_draw(simulate(model, start, arms, **what)).mean())

    found, seconds = run(), best(run)
    one = pathway(1, banded=False)
    few = replace(start, children=FEW)
    plain = best(lambda: reference.simulate(one, few, same_arms(one), **what), times=1)
    return [
        Measurement(
            "reference pathway, 1,000 children × 1,000 draws with costs",
            seconds,
            goal=0.1,
            processor_seconds=processor(run),
            megabytes=peak_megabytes(),
            baseline=f"plain Python, {FEW:,} lives scaled up",
            baseline_seconds=plain * CHILDREN * DRAWS / FEW,
            note=f"mean cost {found:,.0f}, exactly {ANSWERS[0].cost:,.0f}",
        )
    ]
