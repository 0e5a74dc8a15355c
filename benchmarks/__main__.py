"""Run every benchmark, each in a process of its own: `python -m benchmarks [NAME …]`."""

import os
import pickle
import platform
import subprocess
import sys
from importlib import import_module

from benchmarks.measurement import Measurement, printed

NAMES = (
    *("births", "thousand_draws", "information", "forecast", "contracts", "finance", "made_up"),
    *("returns", "commands"),
)
PEERS = """\
Published peers, on 2 cores of an AMD EPYC under Debian 12 with 24 GB (not measured here):
  reference pathway, 1,000 children × 1,000 draws, states and costs: hesim 0.5.6 3.1 s, 891 MB
  1 M children × 216 months: starsim 11 s, mesa 151 s, simpy 403 s, salabim 894 s
  demand forecast, 82,000 looked-after children, one path: cs-demand-model 0.5.1 18.3 s, 581 MB
"""
ALONE = "--alone"


def main(words: list[str]) -> None:
    """Measure, or be the process that measures one benchmark."""
    if words[:1] == [ALONE]:
        found = import_module(f"benchmarks.{words[1]}").measure()
        sys.stdout.buffer.write(pickle.dumps(found))
        return
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, ", end="")
    print(f"Python {platform.python_version()}")
    if sys.dont_write_bytecode:
        print("Python keeps no bytecode here: every start compiles all it imports.")
    print(printed([row for name in words or NAMES for row in _in_own_process(name)]))
    print(f"\n{PEERS}", end="")


def _in_own_process(name: str) -> list[Measurement]:
    words = [sys.executable, "-m", "benchmarks", ALONE, name]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    rows: list[Measurement] = pickle.loads(done.stdout)  # noqa: S301 - written just above
    return rows


if __name__ == "__main__":
    main(sys.argv[1:])
