"""A pathway and its starts as kernels read them: flat, moves by the state they leave."""

from collections.abc import Sequence
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
    """A pathway and its starts; move `i` here is `pathway.transitions[order[i]]`."""

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
    group_until: IntArray
    """First child after each group, a group being one start; array (group,)."""
    group_state: IntArray
    born_over: FloatArray
    """Days over which a group is born, NaN where ages are drawn; array (group,)."""
    age_cumulative: FloatArray
    """Array (group, year of age)."""
    risk_cumulative: FloatArray
    """Array (group, year of age, class)."""
    newly_entered: BoolArray
    """Whether a group has spent no time in its state yet; array (group,)."""
    elapsed_cumulative: FloatArray
    """Array (group, year of age, class, duration band); of no use to the newly entered."""
    mark_edges: FloatArray
    mark_cumulative: FloatArray
    """Cumulative shares of marks; array (draw, age group, mark)."""
    final_state: int
    """Where everybody goes at the last age, -1 for nowhere."""
    mark_state: int
    """The state split by marks, -1 for none."""
    children_per_family: float

    @property
    def children(self) -> int:
        """Number of children in all groups."""
        return int(self.group_until[-1])

    @property
    def marks(self) -> int:
        """Number of marks."""
        return self.mark_cumulative.shape[2] if self.mark_state >= 0 else 0


def lay_out(pathway: Pathway, start: Start | Sequence[Start]) -> Layout:
    """Return the flat arrays of a pathway for children who start as `start` says, in groups."""
    starts = (start,) if isinstance(start, Start) else start
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
        group_until=np.cumsum([start.children for start in starts]).astype(np.int64),
        group_state=np.array([start.state for start in starts], dtype=np.int64),
        born_over=np.array([start.born_over if start.at_birth else np.nan for start in starts]),
        age_cumulative=np.array([cumulative(start.age_weights) for start in starts]),
        risk_cumulative=np.array(
            [[cumulative(weights) for weights in start.risk_weights] for start in starts]
        ),
        newly_entered=np.array([start.elapsed_weights is None for start in starts]),
        elapsed_cumulative=_elapsed(pathway, starts),
        mark_edges=np.zeros(0) if marks is None else _own(marks.age_edges),
        mark_cumulative=_own(np.broadcast_to(shares, (pathway.draws, *shares.shape[1:]))),
        final_state=len(states) - 1 if pathway.ages_out else -1,
        mark_state=-1 if marks is None else marks.state,
        children_per_family=float(pathway.children_per_family),
    )


def _elapsed(pathway: Pathway, starts: Sequence[Start]) -> FloatArray:
    """Return cumulative shares by time already spent in the state."""
    even = np.ones((18, len(pathway.risk), len(pathway.duration_edges)))
    weights = np.array([even if s.elapsed_weights is None else s.elapsed_weights for s in starts])
    return np.asarray(np.apply_along_axis(cumulative, 3, weights))


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
