"""Commands as a user runs them, each in a fresh process, warm."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measurement import Measurement, best, command, empty_python

HEADWATER = str(Path(sys.executable).parent / "headwater")
FIRST_SIMULATION = """
import numpy as np
from headwater.catalogue.pathway import national
from headwater.core.pathway import Arms, Start
from headwater.pathways.simulate import simulate
nation = national()
moves = len(nation.pathway.transitions)
start = Start(3, 10, nation.entrant_ages[3], nation.entrant_risk[3])
arms = Arms(np.zeros(0), np.ones((2, 1, 1, moves)))
simulate(nation.pathway, start, arms, period_edges=np.array([0, 365]), target="looked_after")
"""


def measure() -> list[Measurement]:
    """Run each command several times."""
    empty = empty_python()
    quick = (("--help",), ("places", "norfolk"), ("programmes",))
    rows = [_measure(empty, 0.5, 5, HEADWATER, *words) for words in quick]
    rows.append(_measure(empty, None, 3, sys.executable, "-c", FIRST_SIMULATION))
    with tempfile.TemporaryDirectory() as folder:
        report = str(Path(folder) / "report.html")
        case = ("business-case", "stronger-families-norfolk", "--report", report)
        rows.append(_measure(empty, 5.0, 3, HEADWATER, *case))
    return rows


def _measure(empty: float, goal: float | None, times: int, *words: str) -> Measurement:
    short = "first simulation in a fresh process" if words[1] == "-c" else _short(words)
    tried = subprocess.run(words, capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        said = " ".join(tried.stderr.split())[-60:]
        return Measurement(short, None, goal, note=f"not there yet (it says: {said})")
    seconds = best(command(*words), times=times)
    return Measurement(short, seconds, goal, baseline="python -c pass", baseline_seconds=empty)


def _short(words: tuple[str, ...]) -> str:
    return " ".join(["headwater", *(Path(word).name for word in words[1:])])
