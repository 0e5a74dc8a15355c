"""The compiled simulator: competing hazards, event by event, both arms on the same luck.

`reference` says in plain Python what is simulated; every life here equals one there. What is
added is speed, and changes no life:

- A move whose hazard cannot add up to its threshold in the time left is not looked at (`most`).
- The programme's arm is lived only if a move that might happen has another hazard in it; otherwise
  both arms are the same life, counted once, under `BOTH`.

Everything counted is a whole number, so sums do not depend on their order.
"""

import math
from typing import NamedTuple

import numpy as np

from headwater.core.arrays import FloatArray, IntArray
from headwater.pathways.compiled import compiled
from headwater.pathways.layout import Layout
from headwater.pathways.random import (
    FAMILY_STREAM,
    USE_AGE,
    USE_ELAPSED,
    USE_MARK,
    USE_RISK,
    key,
    uniform,
)

MOST_STAYS = 512
"""Stays one child may have; a child with more stops the run rather than being cut short."""
SLACK = 1e-6
"""Days that keep rounding from hiding a move that only just happens."""
USUAL, PROGRAMME, BOTH = 0, 1, 2
"""Where a life is counted: in one arm, or once for both."""


class Levels(NamedTuple):
    """What multiplies the hazards, by window of time since the start."""

    edges: FloatArray
    scale: FloatArray
    """Array (arm, draw, window, move)."""
    most: FloatArray
    """Highest hazard of a move at any time in state, window and arm: in each age band, and in all
    later ones; array (draw, age band, here | later, move)."""


class Block(NamedTuple):
    """The worlds and children of one job."""

    seed: np.uint64
    first_draw: int
    end_draw: int
    first_child: int
    end_child: int


class Who(NamedTuple):
    """A child at the start of one draw.

    `age` in days, negative for a child born later; `elapsed` the days already spent in `state`.
    """

    draw: int
    key: np.uint64
    state: int
    age: float
    risk: int
    elapsed: float


class Stays(NamedTuple):
    """One life: a row a stay, and the room in which it is worked out."""

    state: IntArray
    visit: IntArray
    start: FloatArray
    stop: FloatArray
    move: IntArray
    """The move that ended the stay, -1 where none did."""
    visits: IntArray
    """Visits made so far; array (state,)."""
    possible: IntArray
    """Moves that may end the present stay, and for each its threshold and its sum so far."""
    limit: FloatArray
    reached: FloatArray


class Counting(NamedTuple):
    """What is counted: periods between edges in whole days, and who is ever in one state."""

    edges: IntArray
    period: IntArray
    """The period that each day from 0 to the horizon falls in."""
    target: int


class Counts(NamedTuple):
    """Running sums; first axis the draws of one job, second `USUAL`, `PROGRAMME`, `BOTH`.

    `days` holds what differs from (census at the period's start) × (length of the period) and
    `census` holds changes, so that a stay costs the same however long it is.
    """

    days: IntArray
    census: IntArray
    entries: IntArray
    pairs: IntArray


def room(layout: Layout) -> Stays:
    """Return room for one life."""
    states, moves = len(layout.timed), len(layout.moves_to)
    return Stays(
        state=np.zeros(MOST_STAYS, dtype=np.int64),
        visit=np.zeros(MOST_STAYS, dtype=np.int64),
        start=np.zeros(MOST_STAYS, dtype=np.float64),
        stop=np.zeros(MOST_STAYS, dtype=np.float64),
        move=np.zeros(MOST_STAYS, dtype=np.int64),
        visits=np.zeros(states, dtype=np.int64),
        possible=np.zeros(moves, dtype=np.int64),
        limit=np.zeros(moves, dtype=np.float64),
        reached=np.zeros(moves, dtype=np.float64),
    )


@compiled
def pick(cumulative: FloatArray, u: float) -> int:
    """Return the first index whose cumulative share exceeds `u`."""
    i = 0
    while i < cumulative.shape[0] - 1 and u >= cumulative[i]:
        i += 1
    return i


@compiled
def pick_part(cumulative: FloatArray, u: float) -> tuple[int, float]:
    """Return the index that `u` falls on and how far into its share it is, from 0 to 1."""
    i = pick(cumulative, u)
    below = cumulative[i - 1] if i > 0 else 0.0
    width = cumulative[i] - below
    return i, (u - below) / width if width > 0.0 else 0.5


@compiled
def person(layout: Layout, seed: np.uint64, draw: int, child: int) -> Who:
    """Draw a child's age, with the family a class of hidden risk, and time already in the state."""
    world = np.uint64(draw)
    own = key(seed, world, np.uint64(child))
    group = 0
    while child >= layout.group_until[group]:
        group += 1
    state, visit = np.uint64(layout.group_state[group]), np.uint64(0)
    age, year, born_over = 0.0, 0, layout.born_over[group]
    if born_over > 0.0:
        age = -born_over * uniform(own, state, visit, USE_AGE)
    elif math.isnan(born_over):
        year, part = pick_part(layout.age_cumulative[group], uniform(own, state, visit, USE_AGE))
        age = (year + part) * 365.25
    family = np.uint64(int(child / layout.children_per_family))
    u = uniform(key(seed ^ FAMILY_STREAM, world, family), state, visit, USE_RISK)
    risk = pick(layout.risk_cumulative[group, year], u)
    elapsed = 0.0
    if not layout.newly_entered[group]:
        shares = layout.elapsed_cumulative[group, year, risk]
        band, part = pick_part(shares, uniform(own, state, visit, USE_ELAPSED))
        elapsed = layout.duration_edges[band]
        if band < layout.duration_edges.shape[0] - 1:
            elapsed += part * (layout.duration_edges[band + 1] - elapsed)
    return Who(draw, own, layout.group_state[group], age, risk, elapsed)


@compiled
def life(
    layout: Layout, levels: Levels, arm: int, who: Who, horizon: float, stays: Stays
) -> tuple[int, bool]:
    """Live one life in one arm; return how many stays, or -1, and whether both arms are alike."""
    ages, durations, windows = layout.age_edges, layout.duration_edges, levels.edges
    scale, other = levels.scale[arm, who.draw], levels.scale[1 - arm, who.draw]
    hazards, risk_scale, most = layout.hazards, layout.risk_scale[who.risk], levels.most[who.draw]
    last_band, last_window, last_duration = len(ages) - 2, len(windows), len(durations) - 1
    last_age = max(0.0, ages[last_band + 1] - who.age)
    end = min(horizon, last_age)
    age_band, window, t = 0, 0, max(0.0, -who.age)
    while age_band < last_band and who.age >= ages[age_band + 1]:
        age_band += 1
    while window < last_window and windows[window] <= t:
        window += 1
    stays.visits[:] = 0
    state, since, n, alike = who.state, t - who.elapsed, 0, True
    while n < MOST_STAYS - 1:
        visit = stays.visits[state]
        stays.visits[state] = visit + 1
        first = layout.first_move[state]
        possible = 0
        here = min(end, ages[age_band + 1] - who.age) - t + SLACK
        later = end - t + SLACK - here
        for move in range(first, layout.first_move[state + 1]):
            u = uniform(who.key, np.uint64(state), np.uint64(visit), np.uint64(move - first))
            sum_at_most = most[age_band, 0, move] * here + most[age_band, 1, move] * later
            if 1.0 - u < sum_at_most * risk_scale[move]:  # else it stays below -log(u)
                stays.possible[possible] = move
                stays.limit[possible] = -math.log(u)
                stays.reached[possible] = 0.0
                possible += 1
        entered, duration, fired = t, 0, -1
        timed = layout.timed[state]
        while timed and duration < last_duration and t >= since + durations[duration + 1]:
            duration += 1
        while possible > 0 and t < end:
            edge = min(end, ages[age_band + 1] - who.age)
            if timed and duration < last_duration:
                edge = min(edge, since + durations[duration + 1])
            if window < last_window:
                edge = min(edge, windows[window])
            soonest = np.inf
            for i in range(possible):
                move = stays.possible[i]
                hazard = hazards[move, age_band, duration]
                alike = alike and (hazard == 0.0 or scale[window, move] == other[window, move])
                rate = hazard * (scale[window, move] * risk_scale[move])
                reached = stays.reached[i]
                stays.reached[i] = reached + rate * (edge - t)
                if stays.reached[i] > stays.limit[i] and rate > 0.0:
                    wait = max(0.0, stays.limit[i] - reached) / rate
                    if wait < soonest:
                        soonest, fired = wait, move
            if t + soonest < edge:
                t += soonest
                break
            t, fired = edge, -1
            if window < last_window and t >= windows[window]:
                window += 1
            if timed and duration < last_duration and t >= since + durations[duration + 1]:
                duration += 1
            if age_band < last_band and t >= ages[age_band + 1] - who.age:
                age_band += 1
        if fired < 0:
            t = end
        stays.state[n], stays.visit[n], stays.start[n] = state, visit, entered
        stays.stop[n], stays.move[n] = t, fired
        n += 1
        if fired >= 0:
            state, since = layout.moves_to[fired], t
        elif last_age >= horizon:
            return n, alike
        elif layout.final_state < 0 or state == layout.final_state:
            stays.stop[n - 1] = horizon
            return n, alike
        else:
            state = layout.final_state
            stays.state[n], stays.visit[n], stays.start[n] = state, stays.visits[state], t
            stays.stop[n], stays.move[n] = horizon, -1
            return n + 1, alike
    return -1, alike


@compiled
def mark_until(layout: Layout, group: int, age: float, days: tuple[int, int]) -> tuple[int, bool]:
    """Return the day an age group's mark ends in a stay, and whether it ends after the start."""
    start, stop = days
    if group == layout.mark_edges.shape[0]:
        return stop, True
    time = layout.mark_edges[group] - age
    return min(stop, max(start, math.floor(time))), time > 0.0


@compiled
def add_days(
    days: tuple[int, int],
    begins: bool,  # noqa: FBT001 - compiled
    counting: Counting,
    full: IntArray,
    census: IntArray,
) -> None:
    """Add days from one up to another in one bucket.

    They are in the census of an edge if they hold the day before it; `begins` says that the child
    is in this bucket at the start, and so in the census of day 0.
    """
    start, stop = days
    i = 0 if begins else counting.period[start] + 1
    j = counting.period[stop] + 1
    if i == j:
        full[i - 1] += stop - start
        return
    census[i] += 1
    census[j] -= 1
    if i > 0:
        full[i - 1] += counting.edges[i] - start
    if j < counting.edges.shape[0]:
        full[j - 1] -= counting.edges[j] - stop


@compiled
def add_life(
    layout: Layout,
    who: Who,
    n: int,
    counting: Counting,
    stays: Stays,
    counts: Counts,
    place: tuple[int, int],
) -> int:
    """Count one life at its `place`; return 1 if it is ever in the target state, else 0."""
    full, census, entries = counts.days[place], counts.census[place], counts.entries[place]
    ever = 0
    for s in range(n):
        state = stays.state[s]
        start, stop = math.floor(stays.start[s]), math.floor(stays.stop[s])
        if stays.move[s] >= 0:
            entries[stays.move[s], counting.period[stop]] += 1
        if state == counting.target:
            ever = 1
        begins = s == 0 and who.age >= 0.0
        if state != layout.mark_state:
            add_days((start, stop), begins, counting, full[state], census[state])
            continue
        u = uniform(who.key, np.uint64(state), np.uint64(stays.visit[s]), USE_MARK)
        for group in range(layout.mark_edges.shape[0] + 1):
            until, later = mark_until(layout, group, who.age, (start, stop))
            bucket = layout.timed.shape[0] + pick(layout.mark_cumulative[who.draw, group], u)
            add_days((start, until), begins and later, counting, full[bucket], census[bucket])
            begins = begins and not later
            start = until
    return ever


@compiled
def fold(
    layout: Layout, levels: Levels, counting: Counting, block: Block, stays: Stays, counts: Counts
) -> bool:
    """Count a block of lives in both arms; return False if a child moves too often."""
    horizon = float(counting.edges[counting.edges.shape[0] - 1])
    for draw in range(block.first_draw, block.end_draw):
        row = draw - block.first_draw
        for child in range(block.first_child, block.end_child):
            who = person(layout, block.seed, draw, child)
            usual, helped, alike = 0, 0, False
            for arm in range(2):
                if alike:
                    continue
                n, same = life(layout, levels, arm, who, horizon, stays)
                if n < 0:
                    return False
                alike = same and arm == USUAL
                place = (row, BOTH if alike else arm)
                helped = add_life(layout, who, n, counting, stays, counts, place)
                usual = helped if arm == USUAL else usual
            counts.pairs[row, usual, helped] += 1
    return True


@compiled
def write_episodes(
    layout: Layout,
    levels: Levels,
    arm: int,
    block: Block,
    horizon: float,
    stays: Stays,
    rows: IntArray,
) -> int:
    """Write stays as rows (child, state, mark, start, stop); return how many there are, or -1."""
    row = 0
    for child in range(block.first_child, block.end_child):
        who = person(layout, block.seed, block.first_draw, child)
        n, _ = life(layout, levels, arm, who, horizon, stays)
        if n < 0:
            return -1
        for s in range(n):
            state = stays.state[s]
            begin, stop = math.floor(stays.start[s]), math.floor(stays.stop[s])
            marked = state == layout.mark_state
            u = uniform(who.key, np.uint64(state), np.uint64(stays.visit[s]), USE_MARK)
            for group in range(layout.mark_edges.shape[0] + 1 if marked else 1):
                end, mark = stop, -1
                if marked:
                    end, _ = mark_until(layout, group, who.age, (begin, stop))
                    mark = pick(layout.mark_cumulative[who.draw, group], u)
                if end > begin and row < rows.shape[0]:
                    rows[row, 0], rows[row, 1], rows[row, 2] = child, state, mark
                    rows[row, 3], rows[row, 4] = begin, end
                row += end > begin
                begin = end
    return row
