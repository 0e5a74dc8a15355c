"""Simulate a cohort in both arms.

1. Lay the pathway out as flat arrays, moves grouped by the state they leave (`Layout`).
2. Cut children and draws into tasks that no thread count or order can change the sum of.
3. Run the tasks slice by slice (progress, and a stop by the user, between slices).
4. Sum whole numbers by draw into a `Tally`; or write the same lives as `Episodes`, in chunks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.episodes import Episodes, Tally
from headwater.core.errors import InputError, Problem
from headwater.core.pathway import Arms, Pathway, Start
from headwater.pathways import kernel

BLOCK = 20_000
"""Children in one task at most."""
SLICE_LIVES = 2_000_000
"""Lives between two looks at the clock."""
MOST_BYTES = 4 * 1024**3
"""Memory that the totals of one run may take."""

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """A pathway and a start as the kernel reads them; `order` sorts moves by the state they leave."""

    order: IntArray
    first_move: IntArray
    moves_to: IntArray
    hazards: FloatArray
    timed: BoolArray
    risk_scale: FloatArray
    age_cumulative: FloatArray
    risk_cumulative: FloatArray
    final_state: int
    mark_state: int
    mark_edges: FloatArray
    mark_cumulative: FloatArray


def lay_out(pathway: Pathway, start: Start) -> Layout:
    """Return the flat arrays of a pathway for children who start as `start` says."""
    origins = np.array([pathway.state(move.origin) for move in pathway.transitions])
    order = np.argsort(origins, kind="stable")
    hazards = np.ascontiguousarray(pathway.hazards[order])
    varies = np.any(np.diff(hazards, axis=2) != 0.0, axis=(1, 2))
    states = np.arange(len(pathway.states))
    marks = pathway.marks
    cumulative = (
        np.ones((pathway.draws, 1, 1))
        if marks is None
        else np.ascontiguousarray(np.broadcast_to(
            marks.cumulative, (pathway.draws, *marks.cumulative.shape[1:])
        ))
    )
    return Layout(
        order=order,
        first_move=np.searchsorted(origins[order], np.arange(len(states) + 1)).astype(np.int64),
        moves_to=np.array([pathway.state(pathway.transitions[i].target) for i in order]),
        hazards=hazards,
        timed=np.array([bool(varies[origins[order] == state].any()) for state in states]),
        risk_scale=pathway.risk[:, None] ** pathway.loadings[order][None, :],
        age_cumulative=np.cumsum(start.age_weights) / np.sum(start.age_weights),
        risk_cumulative=np.cumsum(start.risk_weights, axis=1)
        / np.sum(start.risk_weights, axis=1, keepdims=True),
        final_state=len(states) - 1 if pathway.ages_out else -1,
        mark_state=-1 if marks is None else marks.state,
        mark_edges=np.zeros(0) if marks is None else marks.age_edges,
        mark_cumulative=cumulative,
    )


def simulate(
    pathway: Pathway,
    start: Start,
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
    period_edges
        Whole days from 0 to the horizon; array (period + 1,).
    target
        The state whose first entries and pairs are counted.

    Raises
    ------
    InputError
        If the totals would not fit in memory, or a child moves more often than can be right.
    """
    layout = lay_out(pathway, start)
    tasks = _tasks(pathway.draws, start.children)
    n_buckets = len(pathway.states) + layout.mark_cumulative.shape[2]
    n_periods = len(period_edges) - 1
    _check_memory(pathway.draws, n_buckets, n_periods, len(pathway.transitions))
    totals = _Totals.empty(pathway.draws, n_buckets, n_periods, len(pathway.transitions))
    per_slice = max(1, int(SLICE_LIVES / (2 * min(BLOCK, start.children))))
    for begin in range(0, len(tasks), per_slice):
        part = tasks[begin : begin + per_slice]
        slice_totals = _Totals.empty(len(part), n_buckets, n_periods, len(pathway.transitions))
        whole = kernel.fold(
            np.uint64(seed),
            part[:, 0].copy(),
            part[:, 1].copy(),
            part[:, 2].copy(),
            start.state,
            start.at_birth,
            layout.age_cumulative,
            layout.risk_cumulative,
            pathway.children_per_family,
            layout.first_move,
            layout.moves_to,
            layout.hazards,
            _scale(arms, pathway, layout),
            arms.edges,
            pathway.age_edges,
            pathway.duration_edges,
            layout.timed,
            layout.risk_scale,
            layout.final_state,
            layout.mark_state,
            layout.mark_edges,
            layout.mark_cumulative,
            pathway.state(target),
            period_edges,
            *slice_totals.arrays,
        )
        if not whole:
            raise InputError(_too_many_stays())
        totals.add(slice_totals, part[:, 0])
        if progress is not None:
            progress((begin + len(part)) / len(tasks))
    return totals.tally(pathway, layout, period_edges, start.children)


def simulate_episodes(
    pathway: Pathway,
    start: Start,
    arms: Arms,
    *,
    horizon: int,
    seed: int = 1,
    chunk: int = BLOCK,
) -> Iterator[Episodes]:
    """Yield the same lives as episodes, by arm, draw and chunk of children.

    Parameters
    ----------
    horizon
        Whole days.
    """
    layout = lay_out(pathway, start)
    scale = _scale(arms, pathway, layout)
    for arm in range(2):
        for draw in range(pathway.draws):
            for begin in range(0, start.children, chunk):
                end = min(begin + chunk, start.children)
                rows = np.zeros((8 * (end - begin), 5), dtype=np.int64)
                while True:
                    n = kernel.write_episodes(
                        np.uint64(seed),
                        np.uint64(draw),
                        begin,
                        end,
                        arm,
                        start.state,
                        start.at_birth,
                        layout.age_cumulative,
                        layout.risk_cumulative,
                        pathway.children_per_family,
                        float(horizon),
                        layout.first_move,
                        layout.moves_to,
                        layout.hazards,
                        scale,
                        arms.edges,
                        pathway.age_edges,
                        pathway.duration_edges,
                        layout.timed,
                        layout.risk_scale,
                        layout.final_state,
                        layout.mark_state,
                        layout.mark_edges,
                        layout.mark_cumulative,
                        rows,
                    )
                    if n >= 0:
                        break
                    rows = np.zeros((-1 - n, 5), dtype=np.int64)
                yield _episodes(pathway, rows[:n], arm, draw)


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


def _scale(arms: Arms, pathway: Pathway, layout: Layout) -> FloatArray:
    scale = arms.scale * pathway.multipliers[None, :, None, :]
    return np.ascontiguousarray(scale[..., layout.order])


def _tasks(draws: int, children: int) -> IntArray:
    begins = np.arange(0, children, BLOCK)
    ends = np.minimum(begins + BLOCK, children)
    return np.array(
        [(draw, a, b) for draw in range(draws) for a, b in zip(begins, ends, strict=True)],
        dtype=np.int64,
    )


def _check_memory(draws: int, buckets: int, periods: int, moves: int) -> None:
    per_draw = 2 * 8 * (buckets * (2 * periods + 2) + (moves + 1) * periods + 2)
    if draws * per_draw > MOST_BYTES:
        most = MOST_BYTES // per_draw
        raise InputError(
            Problem(
                "draws",
                f"{draws:,} draws over {periods} periods need "
                f"{draws * per_draw / 1024**3:.1f} GiB, more than the "
                f"{MOST_BYTES / 1024**3:.0f} GiB one run may take.",
                f"Ask for at most {most:,} draws, or a shorter horizon.",
            )
        )


def _too_many_stays() -> Problem:
    return Problem(
        "pathway",
        f"a child had more than {kernel.MOST_STAYS} stays.",
        "Some hazard is far too high: check the risk and the effect given.",
    )


@dataclass(frozen=True, slots=True)
class _Totals:
    """The running sums, one row a task or a draw."""

    days: IntArray
    census: IntArray
    entries: IntArray
    first: IntArray
    pairs: IntArray

    @classmethod
    def empty(cls, rows: int, buckets: int, periods: int, moves: int) -> "_Totals":
        return cls(
            days=np.zeros((2, rows, buckets, periods), dtype=np.int64),
            census=np.zeros((2, rows, buckets, periods + 2), dtype=np.int64),
            entries=np.zeros((2, rows, moves, periods), dtype=np.int64),
            first=np.zeros((2, rows, periods), dtype=np.int64),
            pairs=np.zeros((rows, 2, 2), dtype=np.int64),
        )

    @property
    def arrays(self) -> tuple[IntArray, ...]:
        return (self.days, self.census, self.entries, self.first, self.pairs)

    def add(self, part: "_Totals", draws: IntArray) -> None:
        for arm in range(2):
            for whole, piece in zip(self.arrays[:-1], part.arrays[:-1], strict=True):
                np.add.at(whole[arm], draws, piece[arm])
        np.add.at(self.pairs, draws, part.pairs)

    def tally(
        self, pathway: Pathway, layout: Layout, period_edges: IntArray, children: int
    ) -> Tally:
        census = np.cumsum(self.census, axis=3)[..., :-1]
        lengths = np.diff(period_edges)
        entries = np.empty_like(self.entries)
        entries[:, :, layout.order] = self.entries
        marks = () if pathway.marks is None else tuple(
            f"{pathway.states[pathway.marks.state]}: {i}"
            for i in range(layout.mark_cumulative.shape[2])
        )
        return Tally(
            buckets=pathway.states + marks,
            period_edges=period_edges,
            children=children,
            days=self.days + census[..., :-1] * lengths,
            census=census,
            entries=entries,
            first=self.first,
            pairs=self.pairs,
        )
