"""Partial perfect information: 10,000 draws, 11 thresholds, 14 inputs; beside a nested loop."""

import numpy as np

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.appraisal.information import each, explain, partial, perfect
from headwater.core.arrays import FloatArray
from headwater.core.worlds import normals

DRAWS, THRESHOLDS, INPUTS = 10_000, 11, 14
OUTER = 25
"""Outer draws of the nested loop that are timed; the rest are as long."""


def saved(inputs: FloatArray) -> FloatArray:
    """Return pounds saved, of inputs (input, …): two that multiply, the rest that add."""
    return np.asarray(100.0 * np.exp(0.3 * inputs[0]) * (1.0 + inputs[1]) + inputs[2:].sum(axis=0))


def nested(inputs: FloatArray, shares: FloatArray, *, outer: int) -> FloatArray:
    """Return the value of knowing each input by definition: for each of its draws, all others'."""
    worth = np.zeros((len(inputs), len(shares)))
    for i in range(len(inputs)):
        expected = np.zeros((len(shares), outer))
        for draw in range(outer):
            known = inputs.copy()
            known[i] = inputs[i, draw]
            expected[:, draw] = shares * saved(known).mean() - 60.0
        better = np.maximum(expected, 0.0).mean(axis=1)
        worth[i] = better - np.maximum(expected.mean(axis=1), 0.0)
    return worth


def measure() -> list[Measurement]:
    """Value every input at every threshold, by regression and by a nested loop."""
    inputs = np.array([normals(1, f"input {i}", DRAWS) for i in range(INPUTS)])
    shares = np.linspace(0.0, 1.0, THRESHOLDS)
    luck = 100.0 * normals(1, "luck", DRAWS)

    def run() -> None:
        found = explain(shares[:, None] * (saved(inputs) + luck) - 60.0, list(inputs))
        each(found)
        perfect(found)
        partial(found, [0, 1])

    run()
    loop = best(lambda: nested(inputs, shares, outer=OUTER), times=1) * DRAWS / OUTER
    return [
        Measurement(
            f"value of information: {DRAWS:,} draws × {THRESHOLDS} thresholds × {INPUTS} inputs",
            best(run),
            goal=0.1,
            processor_seconds=processor(run),
            megabytes=peak_megabytes(),
            baseline=f"nested loop, {OUTER} of {DRAWS:,} outer draws scaled up",
            baseline_seconds=loop,
            note="published peer: 3.9 s (not measured here)",
        )
    ]
