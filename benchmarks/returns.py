"""Returns: days of ten million episodes, one return checked, a forecast from records."""

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.core.arrays import IntArray
from headwater.core.coded import Coded
from headwater.core.records import Children, Proof, Records

ROWS = 10_000_000
KNOWN, CHECKED = 237_500, 26_750
"""Children known to the authority whose return is checked, and about as many looked after."""
TIMES = 77
"""How often one authority's children in care are told again, to be as many as England's."""
COLUMNS = ("family", "state", "mark", "start", "stop", "arm", "draw")

COUNT = """
import sys
from pathlib import Path
from headwater.workflows.care_days.answer import count
from datetime import date
found = count(
    [Path(sys.argv[1])], first=date(2023, 5, 1), last=date(2025, 8, 31),
    leave_out=frozenset({'short breaks'}),
)
print(int(found.found.days.sum()))
"""
PLAIN = """
import sys
import polars as pl
path = sys.argv[1]
scan = pl.scan_csv(path, infer_schema=False) if path.endswith('csv') else pl.scan_parquet(path)
day = [pl.col(name).str.to_date('%Y-%m-%d', strict=False) for name in ('DECOM', 'DEC')]
length = (day[1] - day[0]).dt.total_days()
print(scan.select('CHILD', length.alias('days')).group_by('CHILD').sum().collect()['days'].sum())
"""
CHECK = """
import sys
from pathlib import Path
from headwater.workflows.check_return.answer import check_return
print(check_return([Path(sys.argv[1])]).rules_checked.value)
"""

USED = """
import re, resource
from pathlib import Path
own = resource.getrusage(resource.RUSAGE_SELF)
status = Path('/proc/self/status')
most = own.ru_maxrss  # of its parent too, where that was larger
if status.exists():
    most = int(re.search(r'VmHWM:\\s+(\\d+)', status.read_text())[1])
print(own.ru_utime + own.ru_stime, most / 1024)
"""


def measure() -> list[Measurement]:
    """Measure each, the first three in processes of their own, whose memory is their own."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        return [*_days(at), _checked(at), _forecast()]


def _days(at: Path) -> list[Measurement]:
    import polars as pl  # noqa: PLC0415

    from headwater.workflows.synthesise.many import write_episodes  # noqa: PLC0415

    write_episodes(at / "episodes.csv", ROWS)
    pl.scan_csv(at / "episodes.csv", infer_schema=False).sink_parquet(at / "episodes.parquet")
    made = []
    for name, goal in (("csv", 3.0), ("parquet", 1.5)):
        path = at / f"episodes.{name}"
        size = path.stat().st_size / 1e6
        seconds, used, memory = _alone(COUNT, path)
        plain, _, _ = _alone(PLAIN, path)
        made.append(
            Measurement(
                f"care days of every child, year and a window: {ROWS:,} episodes, {name}",
                seconds,
                goal,
                memory,
                used,
                "Polars, a plain sum by child, wrong where rows repeat",
                plain,
                f"{size:,.0f} MB; a process of its own, its start among the seconds",
            )
        )
    (at / "episodes.csv").unlink()
    (at / "episodes.parquet").unlink()
    return made


def _alone(program: str, path: Path) -> tuple[float, float, float]:
    """Return the best of three runs: seconds, processor seconds, and peak megabytes."""
    taken = []
    for _ in range(3):
        words = [sys.executable, "-c", program + USED, str(path)]
        begin = time.perf_counter()
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        used, memory = map(float, done.stdout.split()[-2:])
        taken.append((seconds, used, memory))
    return min(taken)


def _checked(at: Path) -> Measurement:
    from headwater.workflows.synthesise import Asked, synthesise  # noqa: PLC0415

    asked = Asked("norfolk", children=KNOWN, years=1)
    synthesise(asked, out=at / "made")
    seconds, used, memory = _alone(CHECK, at / "made/returns")
    return Measurement(
        f"check a return of {KNOWN:,} children known, about {CHECKED:,} looked after in the year",
        seconds,
        2.0,
        memory,
        used,
        note="the field's validator: 26,750 children, about 310 rules, 35 s, 1.4 GB (not here)",
    )


def _forecast() -> Measurement:
    """Measure from the arrays of the records on: stays, rates, held out, and the forecast."""
    from headwater.catalogue.places import place  # noqa: PLC0415
    from headwater.workflows.fit_pathway.held_out import held_out  # noqa: PLC0415
    from headwater.workflows.fit_pathway.shown import fitted, shown_of  # noqa: PLC0415
    from headwater.workflows.forecast.answer import forecast  # noqa: PLC0415
    from headwater.workflows.local_pathway import write_local_pathway  # noqa: PLC0415

    records = _followed()
    years = records.years

    def run() -> None:
        shown = shown_of(place("england"), records, {"ssda903": years})
        own = fitted(shown, years)
        list(held_out(shown))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "own.toml"
            file.write_text(write_local_pathway(own))
            forecast(str(file), years=5)

    def usual() -> None:
        forecast("england", years=5)

    children = np.unique(records.episodes.person).size
    run()
    return Measurement(
        f"rates of {children:,} children's records, held out, and England's next five years",
        best(run, times=2),
        2.0,
        peak_megabytes(),
        processor(run),
        "the same forecast by statistics",
        best(usual, times=2),
        "80 draws of all 12 million children; the goal is of looked-after children alone",
    )


def _followed() -> Records:
    """Return records of England's children in care: one authority's, told again."""
    from headwater.core.episodes import Episodes  # noqa: PLC0415
    from headwater.synthesis.truth import records  # noqa: PLC0415
    from headwater.workflows.synthesise import Asked, Faults, make  # noqa: PLC0415

    asked = Asked("norfolk", children=30_000, years=5, last_year=2025)
    one = records(make(asked, Faults()).lives, asked.returns)
    care = one.episodes.state == one.episodes.states.index("looked after")
    held, size = one.episodes, len(one.children)

    def again(values: IntArray) -> IntArray:
        return np.tile(values[care], TIMES)

    person = again(held.person) + np.repeat(np.arange(TIMES) * size, np.count_nonzero(care))
    columns = {name: again(getattr(held, name)) for name in COLUMNS}
    traits = {name: Coded(again(each.codes), each.words) for name, each in held.traits.items()}
    children = Children(
        one.children.key * TIMES,
        np.tile(one.children.born, TIMES),
        Coded(np.tile(one.children.sex.codes, TIMES), one.children.sex.words),
        np.tile(one.children.asylum, TIMES),
    )
    episodes = Episodes(states=held.states, person=person, traits=traits, **columns)
    proof = Proof(Coded(np.zeros(len(person), np.int64), ("made",)), np.arange(len(person)))
    return replace(one, children=children, episodes=episodes, proof=proof, years=asked.returns)
