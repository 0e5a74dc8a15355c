"""The same pathway without chance: expected occupancy and moves, by forward equations.

Each class of hidden risk is carried forward in steps of `dt` on a grid of time in state. Within a
step a cell loses exp(-hazard × dt); what moves arrives half-way through and lives the half step left
under its new state's hazards. The error falls with the square of `dt`.

It calibrates, solves and cross-checks; the simulator does not depend on it.
"""

import math

import numpy as np
from numba import njit, prange

MOST_LOG = 8.0
"""Largest size of the log of a factor that is looked for."""
MOST_TRIALS = 60
CLOSE_SHARE = 1e-6
"""How close a solved share must come."""


@njit(cache=True)
def _rates(
    first_move, hazards, scale, risk_scale, duration_edges, timed, age_band, dt, cells, stay, share
):
    """Fill survival over a step by state and cell, and each move's share of what leaves."""
    n_bands = duration_edges.shape[0]
    for state in range(first_move.shape[0] - 1):
        for cell in range(cells):
            low, high = 0, 0
            if timed[state]:
                while low < n_bands - 1 and duration_edges[low + 1] <= (cell + 0.5001) * dt:
                    low += 1
                high = low
                while high < n_bands - 1 and duration_edges[high + 1] <= (cell + 1.4999) * dt:
                    high += 1
            total = 0.0
            for move in range(first_move[state], first_move[state + 1]):
                rate = 0.5 * (hazards[move, age_band, low] + hazards[move, age_band, high])
                rate *= scale[move] * risk_scale[move]
                share[move, cell] = rate
                total += rate
            stay[state, cell] = math.exp(-total * dt)
            for move in range(first_move[state], first_move[state + 1]):
                share[move, cell] = share[move, cell] / total if total > 0.0 else 0.0
            if not timed[state]:
                break


@njit(cache=True)
def propagate(
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    risk_weights,
    start_state,
    age_0,
    steps,
    dt,
    final_state,
    absorbing,
    occupancy,
    entries,
):
    """Add one starting age's expected occupancy (step + 1, state) and moves (step, move) by class.

    `absorbing` marks states that nobody leaves (for first passages). Outputs are (class, …).
    """
    n_states = first_move.shape[0] - 1
    n_moves = moves_to.shape[0]
    n_bands = duration_edges.shape[0]
    cells = int(math.ceil(duration_edges[n_bands - 1] / dt)) + 1
    stay = np.zeros((n_states, cells))
    share = np.zeros((n_moves, cells))
    for risk in range(risk_weights.shape[0]):
        mass = np.zeros((n_states, cells))
        arrived = np.zeros(n_states)
        later = np.zeros(n_states)
        starters = risk_weights[risk]
        occupancy[risk, 0, start_state] += starters
        age_band, window = -1, -1
        out_of_age = False
        for step in range(steps):
            middle = (step + 0.5) * dt
            band = 0
            while band < age_edges.shape[0] - 1 and age_0 + middle >= age_edges[band + 1]:
                band += 1
            if band == age_edges.shape[0] - 1:
                if final_state >= 0 and not out_of_age:
                    total = mass.sum() + starters
                    mass[:] = 0.0
                    starters = 0.0
                    mass[final_state, 0] = total
                    out_of_age = True
                for state in range(n_states):
                    occupancy[risk, step + 1, state] += mass[state].sum()
                continue
            now = 0
            while now < window_edges.shape[0] and middle >= window_edges[now]:
                now += 1
            if band != age_band or now != window:
                age_band, window = band, now
                _rates(
                    first_move,
                    hazards,
                    scale[window],
                    risk_scale[risk],
                    duration_edges,
                    timed,
                    age_band,
                    dt,
                    cells,
                    stay,
                    share,
                )
            arrived[:] = 0.0
            later[:] = 0.0
            if starters > 0.0 and not absorbing[start_state]:
                low = 0
                if timed[start_state]:
                    while low < n_bands - 1 and duration_edges[low + 1] <= middle:
                        low += 1
                total = 0.0
                for move in range(first_move[start_state], first_move[start_state + 1]):
                    total += (
                        hazards[move, age_band, low] * scale[window, move] * risk_scale[risk, move]
                    )
                if total > 0.0:
                    left = starters * (1.0 - math.exp(-total * dt))
                    starters -= left
                    for move in range(first_move[start_state], first_move[start_state + 1]):
                        rate = (
                            hazards[move, age_band, low]
                            * scale[window, move]
                            * risk_scale[risk, move]
                        )
                        entries[risk, step, move] += left * rate / total
                        arrived[moves_to[move]] += left * rate / total
            for state in range(n_states):
                if absorbing[state] or first_move[state] == first_move[state + 1]:
                    continue
                most = min(cells, step + 1) if timed[state] else 1
                for cell in range(most):
                    present = mass[state, cell]
                    if present <= 0.0:
                        continue
                    left = present * (1.0 - stay[state, cell])
                    mass[state, cell] = present - left
                    for move in range(first_move[state], first_move[state + 1]):
                        moved = left * share[move, cell]
                        entries[risk, step, move] += moved
                        arrived[moves_to[move]] += moved
                if timed[state]:
                    mass[state, cells - 1] += mass[state, cells - 2]
                    for cell in range(min(cells - 2, step + 1), 0, -1):
                        mass[state, cell] = mass[state, cell - 1]
                    mass[state, 0] = 0.0
            for state in range(n_states):
                if arrived[state] > 0.0 and not absorbing[state]:
                    left = arrived[state] * (1.0 - math.sqrt(stay[state, 0]))
                    arrived[state] -= left
                    for move in range(first_move[state], first_move[state + 1]):
                        entries[risk, step, move] += left * share[move, 0]
                        later[moves_to[move]] += left * share[move, 0]
            for state in range(n_states):
                mass[state, 0] += arrived[state] + later[state]
                occupancy[risk, step + 1, state] += mass[state].sum()
            occupancy[risk, step + 1, start_state] += starters


@njit(cache=True)
def in_state_at(
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    risk_weights,
    start_state,
    ages,
    age_weights,
    steps,
    dt,
    final_state,
    absorbing,
    target,
):
    """Return the expected share of a cohort in the target state after `steps`."""
    total = 0.0
    for i in range(ages.shape[0]):
        occupancy = np.zeros((risk_weights.shape[1], steps + 1, first_move.shape[0] - 1))
        entries = np.zeros((risk_weights.shape[1], steps, moves_to.shape[0]))
        propagate(
            first_move,
            moves_to,
            hazards,
            scale,
            window_edges,
            age_edges,
            duration_edges,
            timed,
            risk_scale,
            risk_weights[i],
            start_state,
            ages[i],
            steps,
            dt,
            final_state,
            absorbing,
            occupancy,
            entries,
        )
        total += age_weights[i] * occupancy[:, steps, target].sum()
    return total


@njit(cache=True, parallel=True)
def shares(
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    risk_weights,
    start_state,
    ages,
    age_weights,
    steps,
    dt,
    final_state,
    absorbing,
    target,
    found,
):
    """Fill `found` with the expected share in the target state, for every draw."""
    for draw in prange(found.shape[0]):
        found[draw] = in_state_at(
            first_move,
            moves_to,
            hazards,
            scale[draw],
            window_edges,
            age_edges,
            duration_edges,
            timed,
            risk_scale,
            risk_weights,
            start_state,
            ages,
            age_weights,
            steps,
            dt,
            final_state,
            absorbing,
            target,
        )


@njit(cache=True, parallel=True)
def solve_scale(
    wanted,
    moved,
    first_move,
    moves_to,
    hazards,
    scale,
    window_edges,
    age_edges,
    duration_edges,
    timed,
    risk_scale,
    risk_weights,
    start_state,
    ages,
    age_weights,
    steps,
    dt,
    final_state,
    absorbing,
    target,
    found,
):
    """For every draw, find the factor on the `moved` hazards that gives the wanted share.

    `scale` is (draw, 1, move). Secant steps on the log of the factor, kept inside a bracket once
    both signs are seen and inside ±MOST_LOG before; NaN where no such factor gives the share.
    """
    for draw in prange(wanted.shape[0]):
        low, high = -MOST_LOG, MOST_LOG
        at, before, f_before = 0.0, 0.0, 0.0
        trial = scale[draw].copy()
        found[draw] = np.nan
        for iteration in range(MOST_TRIALS):
            for move in range(trial.shape[1]):
                if moved[move]:
                    trial[0, move] = scale[draw, 0, move] * math.exp(at)
            share = in_state_at(
                first_move,
                moves_to,
                hazards,
                trial,
                window_edges,
                age_edges,
                duration_edges,
                timed,
                risk_scale,
                risk_weights,
                start_state,
                ages,
                age_weights,
                steps,
                dt,
                final_state,
                absorbing,
                target,
            )
            f = share - wanted[draw]
            if abs(f) < CLOSE_SHARE:
                found[draw] = math.exp(at)
                break
            rises = iteration == 0 or (f - f_before) * (at - before) > 0.0
            slope = (f - f_before) / (at - before) if iteration > 0 else share * (1.0 - share)
            if f > 0.0:
                high = min(high, at)
            else:
                low = max(low, at)
            following = at - f / slope if rises and slope > 0.0 else 0.5 * (low + high)
            if not low < following < high:
                following = 0.5 * (low + high)
            if high - low < 1e-6:
                break
            before, f_before, at = at, f, following
