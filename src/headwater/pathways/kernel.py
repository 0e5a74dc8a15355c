"""The compiled simulator: competing hazards, event by event, both arms on the same luck.

One child's life, step by step:

1. On entering a state, every allowed move gets a clock: a unit exponential keyed by
   (seed, draw, child, state, visit, move).
2. Time runs in segments within which every hazard is constant: to the next edge of age, of time in
   state or of the programme's window, or to the horizon.
3. In a segment each clock loses hazard × time. The first to run out is the move that happens.
4. Moves repeat until the horizon, the last age, or a state with no way out.

Both arms read the same clocks, so a hazard that a programme raises is handled as one that it lowers.
Everything counted is a whole number, so sums do not depend on their order.
"""

import math

import numpy as np
from numba import njit, prange

from headwater.pathways.random import (
    FAMILY_STREAM,
    USE_AGE,
    USE_MARK,
    USE_RISK,
    key,
    uniform,
)

MOST_STAYS = 512
"""Stays one child may have; a child with more stops the run rather than being cut short."""
NEVER = 1e300


@njit(cache=True, inline="always")
def pick(cumulative, u):
    """Return the first index whose cumulative share exceeds `u`."""
    i = 0
    while i < cumulative.shape[0] - 1 and u >= cumulative[i]:
        i += 1
    return i


@njit(cache=True, inline="always")
def family_of(child, children_per_family):
    """Return the family of a child; families have whole numbers of neighbouring children."""
    return int(child / children_per_family)


@njit(cache=True)
def person(seed, draw, child, start_state, at_birth, age_cumulative, risk_cumulative, per_family):
    """Draw a child's age at the start (days) and class of hidden risk."""
    child_key = key(seed, draw, np.uint64(child))
    state = np.uint64(start_state)
    zero = np.uint64(0)
    age = 0.0
    year = 0
    if not at_birth:
        u = uniform(child_key, state, zero, USE_AGE)
        year = pick(age_cumulative, u)
        below = age_cumulative[year - 1] if year > 0 else 0.0
        width = age_cumulative[year] - below
        part = (u - below) / width if width > 0.0 else 0.5
        age = (year + part) * 365.25
    family = np.uint64(family_of(child, per_family))
    family_key = key(seed ^ FAMILY_STREAM, draw, family)
    risk = pick(risk_cumulative[year], uniform(family_key, state, zero, USE_RISK))
    return child_key, age, risk


@njit(cache=True)
def life(
    child_key,
    start_state,
    age_0,
    horizon,
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    final_state,
    visits,
    clocks,
    stay_state,
    stay_visit,
    stay_start,
    stay_stop,
    stay_move,
):
    """Live one life in one arm; fill the `stay_*` buffers and return how many stays, -1 if too many.

    `stay_move` is the move that ended the stay, -1 where none did. Times are days since the start.
    """
    n_bands = duration_edges.shape[0]
    n_windows = window_edges.shape[0] + 1
    last_age = age_edges[age_edges.shape[0] - 1]
    visits[:] = 0
    t = 0.0
    state = start_state
    age_band = 0
    while age_0 >= age_edges[age_band + 1] and age_band < age_edges.shape[0] - 2:
        age_band += 1
    window = 0
    while window < n_windows - 1 and window_edges[window] <= 0.0:
        window += 1
    n = 0
    while True:
        if n == stay_state.shape[0]:
            return -1
        visit = visits[state]
        visits[state] = visit + 1
        stay_state[n] = state
        stay_visit[n] = visit
        stay_start[n] = t
        begin, end = first_move[state], first_move[state + 1]
        for move in range(begin, end):
            u = uniform(child_key, np.uint64(state), np.uint64(visit), np.uint64(move - begin))
            clocks[move - begin] = -math.log(u)
        entered = t
        band = 0
        fired = -1
        stop = horizon
        aged = False
        while True:
            edge = age_edges[age_band + 1] - age_0
            if timed[state] and band < n_bands - 1 and entered + duration_edges[band + 1] < edge:
                edge = entered + duration_edges[band + 1]
            if window < n_windows - 1 and window_edges[window] < edge:
                edge = window_edges[window]
            if horizon < edge:
                edge = horizon
            span = edge - t
            soonest = NEVER
            for move in range(begin, end):
                rate = hazards[move, age_band, band] * scale[window, move] * risk_scale[move]
                if rate > 0.0:
                    wait = clocks[move - begin] / rate
                    if wait < soonest:
                        soonest = wait
                        fired = move
            if soonest < span:
                stop = t + soonest
                break
            fired = -1
            for move in range(begin, end):
                rate = hazards[move, age_band, band] * scale[window, move] * risk_scale[move]
                clocks[move - begin] -= rate * span
            t = edge
            if t >= horizon:
                stop = horizon
                break
            if window < n_windows - 1 and t >= window_edges[window]:
                window += 1
            if timed[state] and band < n_bands - 1 and t >= entered + duration_edges[band + 1]:
                band += 1
            if t >= age_edges[age_band + 1] - age_0:
                if age_edges[age_band + 1] >= last_age:
                    stop = t
                    aged = True
                    break
                age_band += 1
        stay_stop[n] = stop
        stay_move[n] = fired
        n += 1
        t = stop
        if fired >= 0:
            state = moves_to[fired]
        elif aged and final_state >= 0 and state != final_state:
            if n == stay_state.shape[0]:
                return -1
            stay_state[n] = final_state
            stay_visit[n] = visits[final_state]
            stay_start[n] = t
            stay_stop[n] = horizon
            stay_move[n] = -1
            return n + 1
        else:
            return n


@njit(cache=True, inline="always")
def add_stay(start, stop, bucket, period_edges, days, census):
    """Add one stay, in whole days, to the census differences and the corrections to full periods.

    A stay counts in the census of every edge inside [start, stop). `days` gets what differs from
    (census at the period's edge) × (length of the period), so a stay costs the same however long.
    """
    if stop <= start:
        return
    last = period_edges.shape[0] - 1
    i = np.searchsorted(period_edges, start)
    j = np.searchsorted(period_edges, stop)
    if i > last:
        return
    if i == j:
        days[bucket, i - 1] += stop - start
        return
    census[bucket, i] += 1
    census[bucket, j] -= 1
    if i > 0:
        days[bucket, i - 1] += period_edges[i] - start
    if j <= last:
        days[bucket, j - 1] += stop - period_edges[j]


@njit(cache=True)
def add_life(
    n,
    child_key,
    age_0,
    last_day,
    stay_state,
    stay_visit,
    stay_start,
    stay_stop,
    stay_move,
    mark_state,
    mark_edges,
    mark_cumulative,
    n_states,
    target,
    period_edges,
    days,
    census,
    entries,
    first,
):
    """Fold one life into the totals of its arm; return whether it ever enters the target state.

    `last_day` is the day after the horizon, so that the last stay is counted on the last edge.
    """
    ever = False
    for s in range(n):
        state = stay_state[s]
        start = int(math.floor(stay_start[s]))
        stop = last_day if s == n - 1 else int(math.floor(stay_stop[s]))
        if state == mark_state:
            u = uniform(child_key, np.uint64(state), np.uint64(stay_visit[s]), USE_MARK)
            begin = start
            for group in range(mark_cumulative.shape[0]):
                end = stop
                if group < mark_cumulative.shape[0] - 1:
                    end = min(stop, max(begin, int(math.floor(mark_edges[group] - age_0))))
                bucket = n_states + pick(mark_cumulative[group], u)
                add_stay(begin, end, bucket, period_edges, days, census)
                begin = end
        else:
            add_stay(start, stop, state, period_edges, days, census)
        if stay_move[s] >= 0:
            period = np.searchsorted(period_edges, stay_stop[s], side="right") - 1
            entries[stay_move[s], period] += 1
        if state == target and not ever:
            ever = True
            if s > 0:
                first[np.searchsorted(period_edges, stay_start[s], side="right") - 1] += 1
    return ever


@njit(cache=True, parallel=True)
def fold(
    seed,
    task_draw,
    task_from,
    task_to,
    start_state,
    at_birth,
    age_cumulative,
    risk_cumulative,
    per_family,
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    final_state,
    mark_state,
    mark_edges,
    mark_cumulative,
    target,
    period_edges,
    days,
    census,
    entries,
    first,
    pairs,
):
    """Simulate blocks of children, each in its own totals; return False if any had too many stays."""
    n_states = first_move.shape[0] - 1
    n_tasks = task_draw.shape[0]
    horizon = float(period_edges[period_edges.shape[0] - 1])
    whole = np.ones(n_tasks, dtype=np.bool_)
    for task in prange(n_tasks):
        draw = task_draw[task]
        visits = np.zeros(n_states, dtype=np.int64)
        clocks = np.zeros(moves_to.shape[0])
        stay_state = np.zeros(MOST_STAYS, dtype=np.int64)
        stay_visit = np.zeros(MOST_STAYS, dtype=np.int64)
        stay_start = np.zeros(MOST_STAYS)
        stay_stop = np.zeros(MOST_STAYS)
        stay_move = np.zeros(MOST_STAYS, dtype=np.int64)
        ever = np.zeros(2, dtype=np.int64)
        for child in range(task_from[task], task_to[task]):
            child_key, age_0, risk = person(
                seed,
                np.uint64(draw),
                child,
                start_state,
                at_birth,
                age_cumulative,
                risk_cumulative,
                per_family,
            )
            for arm in range(2):
                n = life(
                    child_key,
                    start_state,
                    age_0,
                    horizon,
                    first_move,
                    moves_to,
                    hazards,
                    scale[arm, draw],
                    window_edges,
                    age_edges,
                    duration_edges,
                    timed,
                    risk_scale[risk],
                    final_state,
                    visits,
                    clocks,
                    stay_state,
                    stay_visit,
                    stay_start,
                    stay_stop,
                    stay_move,
                )
                if n < 0:
                    whole[task] = False
                    n = 0
                ever[arm] = add_life(
                    n,
                    child_key,
                    age_0,
                    int(horizon) + 1,
                    stay_state,
                    stay_visit,
                    stay_start,
                    stay_stop,
                    stay_move,
                    mark_state,
                    mark_edges,
                    mark_cumulative[draw],
                    n_states,
                    target,
                    period_edges,
                    days[arm, task],
                    census[arm, task],
                    entries[arm, task],
                    first[arm, task],
                )
            pairs[task, ever[0], ever[1]] += 1
    return whole.all()


@njit(cache=True)
def write_episodes(
    seed,
    draw,
    child_from,
    child_to,
    arm,
    start_state,
    at_birth,
    age_cumulative,
    risk_cumulative,
    per_family,
    horizon,
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    final_state,
    mark_state,
    mark_edges,
    mark_cumulative,
    rows,
):
    """Write stays as rows (child, state, mark, start, stop); return how many, or -1 - that many."""
    n_states = first_move.shape[0] - 1
    visits = np.zeros(n_states, dtype=np.int64)
    clocks = np.zeros(moves_to.shape[0])
    stay_state = np.zeros(MOST_STAYS, dtype=np.int64)
    stay_visit = np.zeros(MOST_STAYS, dtype=np.int64)
    stay_start = np.zeros(MOST_STAYS)
    stay_stop = np.zeros(MOST_STAYS)
    stay_move = np.zeros(MOST_STAYS, dtype=np.int64)
    last_day = int(horizon)
    row = 0
    for child in range(child_from, child_to):
        child_key, age_0, risk = person(
            seed,
            np.uint64(draw),
            child,
            start_state,
            at_birth,
            age_cumulative,
            risk_cumulative,
            per_family,
        )
        n = life(
            child_key,
            start_state,
            age_0,
            horizon,
            first_move,
            moves_to,
            hazards,
            scale[arm, draw],
            window_edges,
            age_edges,
            duration_edges,
            timed,
            risk_scale[risk],
            final_state,
            visits,
            clocks,
            stay_state,
            stay_visit,
            stay_start,
            stay_stop,
            stay_move,
        )
        for s in range(n):
            start = int(math.floor(stay_start[s]))
            stop = last_day if s == n - 1 else int(math.floor(stay_stop[s]))
            groups = 1
            u = 0.0
            if stay_state[s] == mark_state:
                groups = mark_cumulative.shape[1]
                u = uniform(
                    child_key, np.uint64(stay_state[s]), np.uint64(stay_visit[s]), USE_MARK
                )
            begin = start
            for group in range(groups):
                end = stop
                mark = -1
                if stay_state[s] == mark_state:
                    mark = pick(mark_cumulative[draw, group], u)
                    if group < groups - 1:
                        end = min(stop, max(begin, int(math.floor(mark_edges[group] - age_0))))
                if end > begin:
                    if row < rows.shape[0]:
                        rows[row, 0] = child
                        rows[row, 1] = stay_state[s]
                        rows[row, 2] = mark
                        rows[row, 3] = begin
                        rows[row, 4] = end
                    row += 1
                begin = end
    return row if row <= rows.shape[0] else -1 - row
