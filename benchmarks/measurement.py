"""One measurement, and how it is taken: the best of a few, since other work only ever slows one."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A job, its seconds, its goal, and what it is compared with."""

    work: str
    seconds: float | None
    goal: float | None = None
    megabytes: float | None = None
    processor_seconds: float | None = None
    """Summed over processors: steadier than `seconds` on a busy machine."""
    baseline: str = ""
    baseline_seconds: float | None = None
    note: str = ""

    @property
    def ratio(self) -> str:
        """Times faster (×) or slower (÷) than the baseline."""
        if self.seconds is None or self.baseline_seconds is None:
            return ""
        times = self.baseline_seconds / self.seconds
        return f"{times:,.0f} × faster" if times >= 1.0 else f"{1 / times:,.1f} × its time"


def best(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the least of the seconds that several runs took."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def processor(work: Callable[[], object]) -> float:
    """Return the seconds of processor time one run takes, over all threads."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def command(*words: str) -> Callable[[], object]:
    """Return a job that runs a command to its end."""
    return lambda: subprocess.run(words, capture_output=True, check=False)


def empty_python() -> float:
    """Return the seconds an empty Python program takes."""
    return best(command(sys.executable, "-c", "pass"))


def peak_megabytes() -> float:
    """Return the most memory this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def printed(measurements: Sequence[Measurement]) -> str:
    """Return measurements as a table."""
    head = ("work", "seconds", "goal", "CPU s", "peak MB", "ratio", "to what", "note")
    rows = [
        (
            m.work,
            "-" if m.seconds is None else f"{m.seconds:.3f}",
            "" if m.goal is None else f"{m.goal:g}",
            "" if m.processor_seconds is None else f"{m.processor_seconds:.2f}",
            "" if m.megabytes is None else f"{m.megabytes:.0f}",
            m.ratio,
            m.baseline,
            m.note,
        )
        for m in measurements
    ]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
    title = "  ".join(cell.ljust(w) for cell, w in zip(head, widths, strict=True))
    return "\n".join(line.rstrip() for line in [title, *lines])
