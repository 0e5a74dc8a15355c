"""Every birth in England of 18 years: 12 million lives to 18, both arms, the fitted pathway."""

from dataclasses import replace

import numpy as np

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.catalogue.pathway import national
from headwater.core.pathway import YEAR, Arms, Start
from headwater.pathways import reference
from headwater.pathways.simulate import simulate

CHILDREN, FEW = 12_000_000, 1000
EDGES = np.round(np.arange(19) * YEAR).astype(np.int64)


def measure() -> list[Measurement]:
    """Simulate twice over, and a few lives in plain Python."""
    pathway = national().pathway
    moves = pathway.transitions
    scale = np.ones((2, 1, 1, len(moves)))
    scale[1, 0, 0] = [0.8 if move.target == "looked_after" else 1.0 for move in moves]
    arms = Arms(np.zeros(0), scale)
    weights = np.tile(pathway.risk_weights, (18, 1))
    start = Start(0, CHILDREN, np.eye(18)[0], weights, at_birth=True)
    few = replace(start, children=FEW)
    what = {"period_edges": EDGES, "target": "looked_after"}
    simulate(pathway, few, arms, **what)

    def run() -> None:
        simulate(pathway, start, arms, **what)

    plain = best(lambda: reference.simulate(pathway, few, arms, **what), times=1)
    return [
        Measurement(
            "12 M births × 18 years × 2 arms, warm",
            best(run, times=3),
            goal=2.5,
            processor_seconds=processor(run),
            megabytes=peak_megabytes(),
            baseline=f"plain Python, {FEW:,} lives scaled up",
            baseline_seconds=plain * CHILDREN / FEW,
            note="6 s acceptable; under 500 MB at any size",
        )
    ]
