"""The same pathway without chance: expected occupancy and moves, by forward equations.

Each class of hidden risk is carried forward in steps on a grid of time in state. Within a step a
cell loses exp(-hazard × step); what moves arrives half-way through and lives the half step left
under its new state's hazards. The error falls with the square of the step.

It calibrates, solves and cross-checks; the simulator does not depend on it. Fields are taken out of
their tuples before a loop: counting who holds them, inside, takes most of the time.
"""

import math
from typing import NamedTuple

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray
from headwater.pathways.compiled import kept
from headwater.pathways.layout import Layout

MOST_LOG = 8.0
"""Largest size of the log of a factor that is looked for."""
MOST_TRIALS = 60
CLOSE_SHARE = 1e-6
"""How close a solved share must come."""


class Course(NamedTuple):
    """How far the equations run, and under what."""

    steps: int
    step: float
    """Days."""
    edges: FloatArray
    """Days at which windows end; array (window - 1,)."""
    absorbing: BoolArray
    """States that nobody leaves, at 18 neither, so that entries are first ones; array (state,)."""


class Starters(NamedTuple):
    """Who starts, one row a starting age."""

    ages: FloatArray
    """Days; array (age,)."""
    risks: FloatArray
    """Share of the cohort at each age in each class of hidden risk; array (age, class)."""


@kept
def _rates(
    layout: Layout,
    scale: FloatArray,
    risk_scale: FloatArray,
    age_band: int,
    step: float,
    stay: FloatArray,
    share: FloatArray,
) -> None:
    """Fill survival over a step by state and cell, and each move's share of what leaves."""
    first_move, hazards, edges = layout.first_move, layout.hazards, layout.duration_edges
    timed, last = layout.timed, layout.duration_edges.shape[0] - 1
    for state in range(first_move.shape[0] - 1):
        for cell in range(stay.shape[1]):
            low, high = 0, 0
            if timed[state]:
                while low < last and edges[low + 1] <= (cell + 0.5001) * step:
                    low += 1
                high = low
                while high < last and edges[high + 1] <= (cell + 1.4999) * step:
                    high += 1
            total = 0.0
            for move in range(first_move[state], first_move[state + 1]):
                rate = 0.5 * (hazards[move, age_band, low] + hazards[move, age_band, high])
                share[move, cell] = rate * scale[move] * risk_scale[move]
                total += share[move, cell]
            stay[state, cell] = math.exp(-total * step)
            for move in range(first_move[state], first_move[state + 1]):
                share[move, cell] = share[move, cell] / total if total > 0.0 else 0.0
            if not timed[state]:
                break


@kept
def propagate(
    layout: Layout,
    course: Course,
    scale: FloatArray,
    age_0: float,
    risks: FloatArray,
    occupancy: FloatArray,
    entries: FloatArray,
    held: FloatArray,
) -> None:
    """Add one starting age's occupancy (class, step + 1, state) and moves (class, step, move).

    Adds to `held`, unless it is empty, the days spent by state, year of age, class and band of
    time in state.

    `scale` is (window, move); `risks` the share of the cohort at this age in each class.
    """
    first_move, moves_to, hazards = layout.first_move, layout.moves_to, layout.hazards
    age_edges, duration_edges, timed = layout.age_edges, layout.duration_edges, layout.timed
    risk_scale, origin, final = layout.risk_scale, int(layout.group_state[0]), layout.final_state
    steps, step, edges, absorbing = course.steps, course.step, course.edges, course.absorbing
    n_states, n_ages, last = (
        first_move.shape[0] - 1,
        age_edges.shape[0] - 1,
        duration_edges.shape[0] - 1,
    )
    cells = math.ceil(duration_edges[last] / step) + 1
    stay = np.zeros((n_states, cells))
    share = np.zeros((moves_to.shape[0], cells))
    for risk in range(risks.shape[0]):
        mass = np.zeros((n_states, cells))
        arrived, later = np.zeros(n_states), np.zeros(n_states)
        starters = risks[risk]
        occupancy[risk, 0, origin] += starters
        age_band, window, out_of_age = -1, -1, False
        for now in range(steps):
            middle = (now + 0.5) * step
            band = 0
            while band < n_ages and age_0 + middle >= age_edges[band + 1]:
                band += 1
            if band == n_ages:
                if final >= 0 and not out_of_age:
                    out_of_age = True
                    for state in range(n_states):
                        if state != final and not absorbing[state]:
                            mass[final, 0] += mass[state].sum()
                            mass[state] = 0.0
                    if not absorbing[origin]:
                        mass[final, 0] += starters
                        starters = 0.0
                for state in range(n_states):
                    occupancy[risk, now + 1, state] += mass[state].sum()
                occupancy[risk, now + 1, origin] += starters
                continue
            here = 0
            while here < edges.shape[0] and middle >= edges[here]:
                here += 1
            if band != age_band or here != window:
                age_band, window = band, here
                _rates(layout, scale[window], risk_scale[risk], age_band, step, stay, share)
            arrived[:] = 0.0
            later[:] = 0.0
            if starters > 0.0 and not absorbing[origin]:
                low = 0
                while timed[origin] and low < last and duration_edges[low + 1] <= middle:
                    low += 1
                total = 0.0
                for move in range(first_move[origin], first_move[origin + 1]):
                    rate = hazards[move, age_band, low] * scale[window, move]
                    total += rate * risk_scale[risk, move]
                left = starters * (1.0 - math.exp(-total * step))
                starters -= left
                for move in range(first_move[origin], first_move[origin + 1]):
                    if total > 0.0:
                        rate = hazards[move, age_band, low] * scale[window, move]
                        moved = left * rate * risk_scale[risk, move] / total
                        entries[risk, now, move] += moved
                        arrived[moves_to[move]] += moved
            for state in range(n_states):
                if absorbing[state] or first_move[state] == first_move[state + 1]:
                    continue
                for cell in range(min(cells, now + 1) if timed[state] else 1):
                    left = mass[state, cell] * (1.0 - stay[state, cell])
                    if left <= 0.0:
                        continue
                    mass[state, cell] -= left
                    for move in range(first_move[state], first_move[state + 1]):
                        moved = left * share[move, cell]
                        entries[risk, now, move] += moved
                        arrived[moves_to[move]] += moved
                if timed[state]:
                    mass[state, cells - 1] += mass[state, cells - 2]
                    for cell in range(min(cells - 2, now + 1), 0, -1):
                        mass[state, cell] = mass[state, cell - 1]
                    mass[state, 0] = 0.0
            for state in range(n_states):
                if arrived[state] > 0.0 and not absorbing[state]:
                    left = arrived[state] * (1.0 - math.sqrt(stay[state, 0]))
                    arrived[state] -= left
                    for move in range(first_move[state], first_move[state + 1]):
                        entries[risk, now, move] += left * share[move, 0]
                        later[moves_to[move]] += left * share[move, 0]
            for state in range(n_states):
                mass[state, 0] += arrived[state] + later[state]
                occupancy[risk, now + 1, state] += mass[state].sum()
            occupancy[risk, now + 1, origin] += starters
            if held.size > 0:
                year = int((age_0 + middle) / 365.25)
                for state in range(n_states):
                    low = 0
                    for cell in range(min(cells, now + 2) if timed[state] else 1):
                        while low < last and duration_edges[low + 1] <= (cell + 0.5) * step:
                            low += 1
                        held[state, year, risk, low] += mass[state, cell] * step
                held[origin, year, risk, 0] += starters * step


@kept
def share_at_end(
    layout: Layout, course: Course, scale: FloatArray, starters: Starters, target: int
) -> float:
    """Return the expected share of a cohort in the target state at the end."""
    total = 0.0
    n_risk, nothing = starters.risks.shape[1], np.zeros((0, 0, 0, 0))
    for i in range(starters.ages.shape[0]):
        occupancy = np.zeros((n_risk, course.steps + 1, layout.first_move.shape[0] - 1))
        entries = np.zeros((n_risk, course.steps, layout.moves_to.shape[0]))
        propagate(
            layout, course, scale, starters.ages[i], starters.risks[i], occupancy, entries, nothing
        )
        total += occupancy[:, course.steps, target].sum()
    return total


@kept
def shares(
    layout: Layout,
    course: Course,
    scale: FloatArray,
    starters: Starters,
    target: int,
    found: FloatArray,
) -> None:
    """Fill `found` with the share in the target state, for every draw of `scale`."""
    for draw in range(found.shape[0]):
        found[draw] = share_at_end(layout, course, scale[draw], starters, target)


@kept
def solve(
    layout: Layout,
    course: Course,
    scale: FloatArray,
    starters: Starters,
    target: int,
    moved: BoolArray,
    begin: FloatArray,
    wanted: FloatArray,
    found: FloatArray,
) -> None:
    """For every draw, find the factor on the `moved` hazards that gives the wanted share.

    Secant steps on the log of the factor, from each draw's `begin`, inside a bracket once both
    signs are seen and inside ±MOST_LOG before; NaN where no such factor gives the share.
    """
    for draw in range(wanted.shape[0]):
        low, high = -MOST_LOG, MOST_LOG
        at, before, f_before = begin[draw], 0.0, 0.0
        trial = scale[draw].copy()
        found[draw] = np.nan
        for iteration in range(MOST_TRIALS):
            for move in range(trial.shape[1]):
                if moved[move]:
                    trial[0, move] = scale[draw, 0, move] * math.exp(at)
            share = share_at_end(layout, course, trial, starters, target)
            f = share - wanted[draw]
            if abs(f) < CLOSE_SHARE:
                found[draw] = math.exp(at)
                break
            slope = share * (1.0 - share)
            if iteration > 0:
                slope = (f - f_before) / (at - before)
            if f > 0.0:
                high = min(high, at)
            else:
                low = max(low, at)
            following = at - f / slope if slope > 0.0 else 0.5 * (low + high)
            if not low < following < high:
                following = 0.5 * (low + high)
            if high - low < 1e-6:
                break
            before, f_before, at = at, f, following
