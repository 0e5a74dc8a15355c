"""Simulate a cohort in both arms.

1. Lay the pathway out as flat arrays, moves grouped by the state they leave (`layout`).
2. Cut draws and children into jobs that no number of threads or order can change the sum of.
3. Run the jobs on a few threads (progress, and a stop by the user, between jobs).
4. Sum whole numbers by draw into a `Tally`; or write the same lives as `Episodes`, in chunks.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numba
import numpy as np

from headwater.core.arrays import FloatArray, IntArray
from headwater.core.episodes import Episodes, Tally
from headwater.core.errors import InputError, Problem
from headwater.core.pathway import Arms, Pathway, Start
from headwater.pathways import kernel
from headwater.pathways.layout import Layout, lay_out

BLOCK = 100_000
"""Children in one job at most, and about the lives of one arm in one job."""
THREADS: int = getattr(numba.config, "NUMBA_NUM_THREADS", 1)
"""Processors this process may use, or what the environment says under that name."""
MOST_BYTES = 1024**3
"""Memory that the totals of one run may take."""

Progress = Callable[[float], None]


def simulate(  # noqa: PLR0913 - one more than most, for progress
    pathway: Pathway,
    start: Start | Sequence[Start],
    arms: Arms,
    *,
    period_edges: IntArray,
    target: str,
    seed: int = 1,
    progress: Progress | None = None,
) -> Tally:
    """Simulate both arms of a cohort and fold every life into whole-number totals.

    Parameters
    ----------
    start
        Who enters; several groups are numbered on, one after the other.
    period_edges
        Whole days from 0 to the horizon; array (period + 1,).
    target
        The state for which children ever in it are counted.

    Raises
    ------
    InputError
        If the totals would not fit in memory, or a child moves more often than can be right.
    """
    layout = lay_out(pathway, start)
    run = _Run(
        layout=layout,
        levels=_levels(arms, pathway, layout),
        counting=_counting(period_edges, pathway.state(target)),
    )
    totals = run.counts(pathway.draws)
    jobs = list(_jobs(pathway.draws, layout.children, seed))
    for done, (block, part) in enumerate(_on_threads(run, jobs), start=1):
        for whole, piece in zip(totals, part, strict=True):
            whole[block.first_draw : block.end_draw] += piece
        if progress is not None:
            progress(done / len(jobs))
    return _tally(pathway, run, totals, layout.children)


def simulate_episodes(
    pathway: Pathway,
    start: Start | Sequence[Start],
    arms: Arms,
    *,
    horizon: int,
    seed: int = 1,
    chunk: int = 20_000,
) -> Iterator[Episodes]:
    """Yield the same lives as episodes, by arm, draw and chunk of children.

    Parameters
    ----------
    horizon
        Whole days.
    """
    layout = lay_out(pathway, start)
    levels = _levels(arms, pathway, layout)
    stays = kernel.room(layout)
    for arm in range(2):
        for draw in range(pathway.draws):
            for begin in range(0, layout.children, chunk):
                end = min(begin + chunk, layout.children)
                block = kernel.Block(np.uint64(seed), draw, draw + 1, begin, end)
                n, rows = 8 * chunk, np.zeros((0, 5), dtype=np.int64)
                while n > len(rows):
                    rows = np.zeros((n, 5), dtype=np.int64)
                    n = kernel.write_episodes(
                        layout, levels, arm, block, float(horizon), stays, rows
                    )
                if n < 0:
                    raise InputError(_too_many_stays())
                yield _episodes(pathway, rows[:n], arm, draw)


@dataclass(frozen=True, slots=True)
class _Run:
    """What every job of one run reads."""

    layout: Layout
    levels: kernel.Levels
    counting: kernel.Counting

    def counts(self, draws: int) -> kernel.Counts:
        """Return empty totals, one row a draw."""
        by, moves = (draws, 3), len(self.layout.moves_to)
        buckets = len(self.layout.timed) + self.layout.marks
        periods = len(self.counting.edges) - 1
        _check_memory(draws, _numbers(buckets, moves, periods))
        return kernel.Counts(
            days=np.zeros((*by, buckets, periods), dtype=np.int64),
            census=np.zeros((*by, buckets, periods + 2), dtype=np.int64),
            entries=np.zeros((*by, moves, periods), dtype=np.int64),
            pairs=np.zeros((draws, 2, 2), dtype=np.int64),
        )

    def fold(self, block: kernel.Block) -> kernel.Counts:
        """Run one job."""
        counts = self.counts(block.end_draw - block.first_draw)
        stays = kernel.room(self.layout)
        if not kernel.fold(self.layout, self.levels, self.counting, block, stays, counts):
            raise InputError(_too_many_stays())
        return counts


def _jobs(draws: int, children: int, seed: int) -> Iterator[kernel.Block]:
    """Yield jobs: several draws of a small cohort at once, or a large cohort piece by piece."""
    at_once = max(1, BLOCK // max(1, children))
    for draw in range(0, draws, at_once):
        for child in range(0, children, BLOCK):
            last_draw, last_child = min(draw + at_once, draws), min(child + BLOCK, children)
            yield kernel.Block(np.uint64(seed), draw, last_draw, child, last_child)


def _on_threads(
    run: _Run, jobs: Sequence[kernel.Block]
) -> Iterator[tuple[kernel.Block, kernel.Counts]]:
    """Yield each job with its counts, in order, never more than a few ahead of the reader."""
    threads = min(THREADS, len(jobs))
    if threads <= 1:
        yield from ((job, run.fold(job)) for job in jobs)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting, rest = list[tuple[kernel.Block, Future[kernel.Counts]]](), iter(jobs)
        try:
            waiting += [(job, pool.submit(run.fold, job)) for job in islice(rest, 2 * threads)]
            while waiting:
                job, future = waiting.pop(0)
                counts = future.result()
                waiting += [(job, pool.submit(run.fold, job)) for job in islice(rest, 1)]
                yield job, counts
        finally:
            for _, future in waiting:
                future.cancel()


def _levels(arms: Arms, pathway: Pathway, layout: Layout) -> kernel.Levels:
    scale = (arms.scale * pathway.multipliers[None, :, None, :])[..., layout.order]
    return kernel.Levels(
        edges=np.array(arms.edges, dtype=np.float64),
        scale=np.ascontiguousarray(scale),
        most=np.ascontiguousarray(scale.max(axis=(0, 2))[:, None, None] * _highest(layout)),
    )


def _highest(layout: Layout) -> FloatArray:
    """Return the highest hazards of an age band, and of later; (age band, here | later, move)."""
    here = layout.hazards.max(axis=2).T
    later = np.zeros_like(here)
    later[:-1] = np.maximum.accumulate(here[:0:-1], axis=0)[::-1]
    return np.stack([here, later], axis=1)


def _counting(period_edges: IntArray, target: int) -> kernel.Counting:
    edges = np.array(period_edges, dtype=np.int64)
    days = np.arange(edges[-1] + 1)
    return kernel.Counting(edges, np.searchsorted(edges, days, side="right") - 1, target)


def _episodes(pathway: Pathway, rows: IntArray, arm: int, draw: int) -> Episodes:
    family = (rows[:, 0] / pathway.children_per_family).astype(np.int64)
    return Episodes(
        states=pathway.states,
        person=rows[:, 0],
        family=family,
        state=rows[:, 1],
        mark=rows[:, 2],
        start=rows[:, 3],
        stop=rows[:, 4],
        arm=np.full(len(rows), arm),
        draw=np.full(len(rows), draw),
    )


def _tally(pathway: Pathway, run: _Run, totals: kernel.Counts, children: int) -> Tally:
    """Add what both arms share to each, and running sums to what changes."""
    days, changes, moves = (_by_arm(part) for part in totals[:-1])
    census = np.cumsum(changes, axis=3)[..., :-1]
    entries = np.empty_like(moves)
    entries[:, :, run.layout.order] = moves
    edges = run.counting.edges
    split = pathway.states[run.layout.mark_state]
    return Tally(
        buckets=pathway.states + tuple(f"{split}: {i}" for i in range(run.layout.marks)),
        period_edges=edges,
        children=children,
        days=days + census[..., :-1] * np.diff(edges),
        census=census,
        entries=entries,
        pairs=totals.pairs,
    )


def _by_arm(part: IntArray) -> IntArray:
    """Turn (draw, `USUAL` | `PROGRAMME` | `BOTH`, …) into (arm, draw, …)."""
    arms = part[:, [kernel.USUAL, kernel.PROGRAMME]] + part[:, [kernel.BOTH]]
    return np.ascontiguousarray(np.moveaxis(arms, 1, 0))


def check_memory(pathway: Pathway, periods: int) -> None:
    """Refuse a run whose totals would not fit in memory, before anything is worked out.

    Raises
    ------
    InputError
        Saying how many draws would fit.
    """
    marks = 0 if pathway.marks is None else pathway.marks.cumulative.shape[2]
    numbers = _numbers(len(pathway.states) + marks, len(pathway.transitions), periods)
    _check_memory(pathway.draws, numbers)


def _numbers(buckets: int, moves: int, periods: int) -> int:
    """Return the whole numbers that one draw's totals hold."""
    return 3 * (buckets * (2 * periods + 2) + moves * periods) + 4


def _check_memory(draws: int, numbers: int) -> None:
    """Refuse a run whose totals, so many whole numbers a draw, would not fit."""
    if draws * numbers * 8 > MOST_BYTES:
        raise InputError(
            Problem(
                "draws",
                f"{draws:,} draws need {draws * numbers * 8 / 1024**3:.1f} GiB, more than the "
                f"{MOST_BYTES / 1024**3:.0f} GiB one run may take.",
                f"Ask for at most {MOST_BYTES // (numbers * 8):,} draws, or a shorter horizon.",
            )
        )


def _too_many_stays() -> Problem:
    return Problem(
        "pathway",
        f"a child had more than {kernel.MOST_STAYS} stays.",
        "Some hazard is far too high: check the risk and the effect given.",
    )
