"""The model in plain Python: the readable definition that the compiled kernel must equal.

A child's life in one arm:

1. On entering a state, every allowed move gets a threshold: a unit exponential, which depends
   only on (seed, draw, child, state, visit, move).
2. Hazards are constant between edges: of age, of the programme's windows and, in states whose
   hazards change with time in them, of time in state. Over such a stretch each move's hazard adds
   up.
3. The first move whose sum reaches its threshold happens.
4. Moves repeat until the horizon or the last age, at which everybody enters the final state.

Both arms have the same thresholds. Time in a life is continuous; a move counts on the day in which
it falls, so a stay holds the days from the one in which it begins to the one before it ends. The
census of a day is taken as the day begins.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.episodes import Tally
from headwater.core.pathway import YEAR, Arms, Marks, Pathway, Start

WORD = 2**64
GAMMA = 0x9E3779B97F4A7C15
FAMILY_STREAM = 0xD1B54A32D192ED03
USE_ELAPSED, USE_RISK, USE_AGE, USE_MARK = 60, 61, 62, 63


def mix(z: int) -> int:
    """Return the output of splitmix64 for a counter :cite:p:`steele2014splittable`."""
    z %= WORD
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % WORD
    return z ^ (z >> 31)


def key(seed: int, draw: int, child: int) -> int:
    """Return the key of one child in one draw."""
    world = mix(seed + GAMMA * (draw + 1))
    return mix(world + GAMMA * (child + 1))


def uniform(child_key: int, state: int, visit: int, use: int) -> float:
    """Return a number strictly between 0 and 1 for one use at one visit to one state."""
    counter = visit * 4096 + state * 64 + use
    return ((mix(child_key + GAMMA * (counter + 1)) >> 12) + 0.5) / 2**52


def pick(weights: Sequence[float], u: float) -> tuple[int, float]:
    """Return the class into whose share `u` falls, and how far into it, from 0 to 1."""
    sums = list(accumulate(float(weight) for weight in weights))
    shares = [each / sums[-1] for each in sums]
    chosen = next((i for i, share in enumerate(shares) if u < share), len(shares) - 1)
    below = shares[chosen - 1] if chosen else 0.0
    width = shares[chosen] - below
    return chosen, (u - below) / width if width > 0.0 else 0.5


@dataclass(frozen=True, slots=True)
class Child:
    """A child at the start: age in days, negative if born later; hidden risk; days in the state."""

    key: int
    state: int
    age: float
    risk: int
    elapsed: float


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in one state; times are days since the start, `move` what ended it, if any did."""

    state: int
    visit: int
    start: float
    stop: float
    move: int | None


def child_at_start(
    pathway: Pathway, starts: Sequence[Start], seed: int, draw: int, child: int
) -> Child:
    """Draw a child's age, with the rest of the family a class of hidden risk, and time in state."""
    until = accumulate(start.children for start in starts)
    start = next(start for start, last in zip(starts, until, strict=True) if child < last)
    own = key(seed, draw, child)
    year, age, luck = 0, 0.0, uniform(own, start.state, 0, USE_AGE)
    if start.at_birth:
        age = -start.born_over * luck
    else:
        year, part = pick(start.age_weights.tolist(), luck)
        age = (year + part) * YEAR
    family = key(seed ^ FAMILY_STREAM, draw, int(child / pathway.children_per_family))
    risk, _ = pick(start.risk_weights[year].tolist(), uniform(family, start.state, 0, USE_RISK))
    elapsed = 0.0
    if start.elapsed_weights is not None:
        weights = start.elapsed_weights[year, risk].tolist()
        band, part = pick(weights, uniform(own, start.state, 0, USE_ELAPSED))
        edges = pathway.duration_edges.tolist()
        until_edge = edges[min(band + 1, len(edges) - 1)]
        elapsed = edges[band] + part * (until_edge - edges[band])
    return Child(own, start.state, age, risk, elapsed)


@dataclass(frozen=True, slots=True)
class World:
    """One arm of one draw, as one child lives in it."""

    pathway: Pathway
    arms: Arms
    arm: int
    draw: int
    child: Child
    horizon: float

    def moves(self, state: int) -> list[int]:
        """Return the moves out of a state."""
        return [
            i
            for i, move in enumerate(self.pathway.transitions)
            if self.pathway.state(move.origin) == state
        ]

    def last_age(self) -> float:
        """Return the time at which the last age is reached."""
        return max(0.0, float(self.pathway.age_edges[-1]) - self.child.age)

    def edges(self, state: int, entered: float) -> tuple[list[float], list[float], list[float]]:
        """Return the times at which age bands, windows and bands of time in the state end."""
        ages = [float(edge) - self.child.age for edge in self.pathway.age_edges[1:-1]]
        windows = [float(edge) for edge in self.arms.edges]
        moves = self.pathway.hazards[self.moves(state)]
        timed = bool((moves != moves[:, :, :1]).any())
        durations = [entered + float(edge) for edge in self.pathway.duration_edges[1:]]
        return ages, windows, durations if timed else []

    def hazard(self, move: int, bands: tuple[int, int, int]) -> float:
        """Return a move's hazard per day in a band of age, a window and a band of time in state."""
        age, window, duration = bands
        level = float(self.arms.scale[self.arm, self.draw, window, move])
        level *= float(self.pathway.multipliers[self.draw, move])
        risk: float = float(self.pathway.risk[self.child.risk]) ** float(
            self.pathway.loadings[move]
        )
        hazard = float(self.pathway.hazards[move, age, duration])
        return hazard * (level * risk)


def stays(world: World) -> Iterator[Stay]:
    """Yield the stays of one life in one arm, in order."""
    state, time = world.child.state, max(0.0, -world.child.age)
    entered, visits = time - world.child.elapsed, [0] * len(world.pathway.states)
    end = min(world.horizon, world.last_age())
    while True:
        stop, move = next_move(world, (state, visits[state]), time, entered, end)
        ages_out = world.last_age() < world.horizon and move is None
        final = len(world.pathway.states) - 1
        if ages_out and not (world.pathway.ages_out and state != final):
            stop = world.horizon
        yield Stay(state, visits[state], time, stop, move)
        visits[state] += 1
        time = stop
        if move is None:
            break
        state, entered = world.pathway.state(world.pathway.transitions[move].target), time
    if time < world.horizon:
        yield Stay(final, visits[final], time, world.horizon, None)


def next_move(
    world: World, stay: tuple[int, int], time: float, entered: float, end: float
) -> tuple[float, int | None]:
    """Return when a stay (state, visit) ends after `time`, and by which move, if any by `end`."""
    state, visit = stay
    moves = world.moves(state)
    limits = [-math.log(uniform(world.child.key, state, visit, i)) for i in range(len(moves))]
    sums = [0.0] * len(moves)
    edges = world.edges(state, entered)
    while time < end:
        ages, windows, durations = (sum(edge <= time for edge in kind) for kind in edges)
        until = min([edge for kind in edges for edge in kind if edge > time] + [end])
        rates = [world.hazard(move, (ages, windows, durations)) for move in moves]
        waits = [
            max(0.0, limit - reached) / rate
            if rate > 0.0 and reached + rate * (until - time) > limit
            else math.inf
            for limit, reached, rate in zip(limits, sums, rates, strict=True)
        ]
        if waits and time + min(waits) < until:
            return time + min(waits), moves[waits.index(min(waits))]
        sums = [r + rate * (until - time) for r, rate in zip(sums, rates, strict=True)]
        time = until
    return end, None


def live(
    pathway: Pathway,
    start: Start | Sequence[Start],
    arms: Arms,
    *,
    horizon: float,
    seed: int,
    who: tuple[int, int, int],
) -> tuple[Child, list[Stay]]:
    """Live the life of `who`: an arm, a draw and a child."""
    arm, draw, number = who
    starts = (start,) if isinstance(start, Start) else start
    child = child_at_start(pathway, starts, seed, draw, number)
    return child, list(stays(World(pathway, arms, arm, draw, child, horizon)))


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole days in one bucket; `begins` for the piece a child is in at the start."""

    bucket: int
    start: int
    stop: int
    begins: bool = False


def pieces(pathway: Pathway, draw: int, child: Child, lived: Sequence[Stay]) -> Iterator[Piece]:
    """Yield a life as whole days in buckets: the states, and the marks of the one that is split."""
    marks = pathway.marks
    for number, stay in enumerate(lived):
        start, stop = math.floor(stay.start), math.floor(stay.stop)
        begins = number == 0 and child.age >= 0.0
        if marks is None or stay.state != marks.state:
            yield Piece(stay.state, start, stop, begins=begins)
            continue
        times = [float(edge) - child.age for edge in marks.age_edges]
        now = sum(time <= 0.0 for time in times)
        bounds = [start, *(min(max(math.floor(time), start), stop) for time in times), stop]
        for group, (first, last) in enumerate(pairwise(bounds)):
            mark = mark_of(marks, draw, group, uniform(child.key, stay.state, stay.visit, USE_MARK))
            bucket = len(pathway.states) + mark
            yield Piece(bucket, first, last, begins=begins and group == now)


def mark_of(marks: Marks, draw: int, group: int, u: float) -> int:
    """Return the mark that `u` falls on in one age group."""
    row = marks.cumulative[draw if len(marks.cumulative) > 1 else 0, group].tolist()
    return next((i for i, share in enumerate(row) if u < share), len(row) - 1)


def simulate(
    pathway: Pathway,
    start: Start | Sequence[Start],
    arms: Arms,
    *,
    period_edges: IntArray,
    target: str,
    seed: int = 1,
) -> Tally:
    """Return what `headwater.pathways.simulate.simulate` returns, slowly."""
    edges = [int(edge) for edge in period_edges]
    n_marks = 0 if pathway.marks is None else pathway.marks.cumulative.shape[2]
    names = () if pathway.marks is None else (pathway.states[pathway.marks.state],) * n_marks
    buckets = pathway.states + tuple(f"{name}: {i}" for i, name in enumerate(names))
    by = (2, pathway.draws)
    starts = (start,) if isinstance(start, Start) else start
    children = sum(group.children for group in starts)
    tally = Tally(
        buckets=buckets,
        period_edges=period_edges,
        children=children,
        days=np.zeros((*by, len(buckets), len(edges) - 1), dtype=np.int64),
        census=np.zeros((*by, len(buckets), len(edges)), dtype=np.int64),
        entries=np.zeros((*by, len(pathway.transitions), len(edges) - 1), dtype=np.int64),
        pairs=np.zeros((pathway.draws, 2, 2), dtype=np.int64),
    )
    for draw in range(pathway.draws):
        for number in range(children):
            ever = []
            for arm in range(2):
                child, lived = live(
                    pathway,
                    start,
                    arms,
                    horizon=float(edges[-1]),
                    seed=seed,
                    who=(arm, draw, number),
                )
                ever.append(_count(pathway, tally, target, (arm, draw), child, lived))
            tally.pairs[draw, ever[0], ever[1]] += 1
    return tally


def _count(
    pathway: Pathway,
    tally: Tally,
    target: str,
    where: tuple[int, int],
    child: Child,
    lived: Sequence[Stay],
) -> int:
    """Add one life to the tally; return 1 if it is ever in the target state, else 0."""
    edges = [int(edge) for edge in tally.period_edges]
    arm, draw = where
    for piece in pieces(pathway, draw, child, lived):
        for period, (begin, end) in enumerate(pairwise(edges)):
            days = max(0, min(piece.stop, end) - max(piece.start, begin))
            tally.days[arm, draw, piece.bucket, period] += days
        for i, edge in enumerate(edges):
            present = piece.start < edge <= piece.stop or (edge == 0 and piece.begins)
            tally.census[arm, draw, piece.bucket, i] += present
    for stay in lived:
        if stay.move is not None:
            tally.entries[arm, draw, stay.move, _period(edges, stay.stop)] += 1
    return int(any(pathway.states[stay.state] == target for stay in lived))


def _period(edges: Sequence[int], time: float) -> int:
    return sum(edge <= time for edge in edges) - 1
