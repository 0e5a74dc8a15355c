"""A pathway and a start as kernels read them: flat, moves grouped by the state they leave."""

from itertools import accumulate
from typing import NamedTuple

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.pathway import Pathway, Start

MOST_STATES = 64
"""Codes of states that a random number's counter has room for."""
MOST_MOVES = 60
"""Moves out of one state that it has room for."""


class Layout(NamedTuple):
    """A pathway and a start; move `i` here is `pathway.transitions[order[i]]`."""

    order: IntArray
    first_move: IntArray
    """First move out of each state; array (state + 1,)."""
    moves_to: IntArray
    """State each move enters; array (move,)."""
    hazards: FloatArray
    """Per day; array (move, age band, duration band)."""
    timed: BoolArray
    """Whether a state's hazards change with time in it; array (state,)."""
    risk_scale: FloatArray
    """What hidden risk does to each hazard; array (class, move)."""
    age_edges: FloatArray
    duration_edges: FloatArray
    age_cumulative: FloatArray
    risk_cumulative: FloatArray
    mark_edges: FloatArray
    mark_cumulative: FloatArray
    """Cumulative shares of marks; array (draw, age group, mark)."""
    start_state: int
    final_state: int
    """Where everybody goes at the last age, -1 for nowhere."""
    mark_state: int
    """The state split by marks, -1 for none."""
    at_birth: bool
    children_per_family: float

    @property
    def marks(self) -> int:
        """Number of marks."""
        return self.mark_cumulative.shape[2] if self.mark_state >= 0 else 0


def lay_out(pathway: Pathway, start: Start) -> Layout:
    """Return the flat arrays of a pathway for children who start as `start` says."""
    origins = np.array([pathway.state(move.origin) for move in pathway.transitions])
    order = np.argsort(origins, kind="stable")
    states = np.arange(len(pathway.states))
    if len(states) > MOST_STATES or np.bincount(origins).max() > MOST_MOVES:
        msg = f"at most {MOST_STATES} states, with {MOST_MOVES} moves out of each"
        raise ValueError(msg)
    hazards = _own(pathway.hazards[order])
    varies = np.any(np.diff(hazards, axis=2) != 0.0, axis=(1, 2))
    marks = pathway.marks
    shares = np.ones((1, 1, 1)) if marks is None else marks.cumulative
    return Layout(
        order=order,
        first_move=np.searchsorted(origins[order], np.arange(len(states) + 1)).astype(np.int64),
        moves_to=np.array([pathway.state(pathway.transitions[i].target) for i in order]),
        hazards=hazards,
        timed=np.array([bool(varies[origins[order] == state].any()) for state in states]),
        risk_scale=_risk_scale(pathway.risk, pathway.loadings[order]),
        age_edges=_own(pathway.age_edges),
        duration_edges=_own(pathway.duration_edges),
        age_cumulative=cumulative(start.age_weights),
        risk_cumulative=np.array([cumulative(weights) for weights in start.risk_weights]),
        mark_edges=np.zeros(0) if marks is None else _own(marks.age_edges),
        mark_cumulative=_own(np.broadcast_to(shares, (pathway.draws, *shares.shape[1:]))),
        start_state=start.state,
        final_state=len(states) - 1 if pathway.ages_out else -1,
        mark_state=-1 if marks is None else marks.state,
        at_birth=start.at_birth,
        children_per_family=float(pathway.children_per_family),
    )


def cumulative(weights: FloatArray) -> FloatArray:
    """Return cumulative shares, summed in order so that the last is 1 exactly."""
    sums = np.array(list(accumulate(float(weight) for weight in weights)))
    return np.asarray(sums / sums[-1])


def _risk_scale(risk: FloatArray, loadings: FloatArray) -> FloatArray:
    """Return risk ** loading, array (class, move); Python's power, the same on every processor."""
    return np.array([[float(value) ** float(power) for power in loadings] for value in risk])


def _own(array: FloatArray) -> FloatArray:
    """Return a copy that a kernel takes without being compiled again: writable, in C order."""
    return np.array(array, dtype=np.float64, order="C")
