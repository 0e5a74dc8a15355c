"""Made-up returns: lives lived and written, and episodes by the million."""

import tempfile
from pathlib import Path

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.workflows.synthesise import Asked, Faults, make, written
from headwater.workflows.synthesise.many import write_episodes

CHILDREN, YEARS, ROWS = 20_000, 5, 10_000_000


def measure() -> list[Measurement]:
    """Make five years of one authority, and a file of ten million episodes."""
    asked = Asked("norfolk", children=CHILDREN, years=YEARS)

    def run() -> None:
        written(make(asked, Faults()))

    return [
        Measurement(
            f"{CHILDREN:,} children, {YEARS} years of SSDA903 and their truth",
            best(run, times=3),
            goal=5.0,
            processor_seconds=processor(run),
            megabytes=peak_megabytes(),
        ),
        Measurement(f"{ROWS:,} episodes as CSV", best(_many, times=1), goal=60.0),
    ]


def _many() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_episodes(Path(folder) / "episodes.csv", ROWS)
