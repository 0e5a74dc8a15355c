"""A six-state pathway whose exact answers are known from matrix exponentials.

Monthly hazards between universal, child in need, protection plan, foster care, residential care and
out of scope (absorbing); birth to 18 in 216 months; monthly costs; discounting at 3.5% a year. With
age bands, moves to a higher state short of out of scope are × 1.4 under 5, × 0.8 from 5, × 1.1 from
11. Continuous costs, discounted continuously.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.pathway import MONTH, YEAR, Arms, Pathway, Start, Transition

MONTHS = 216
STATES = ("universal", "need", "plan", "foster", "residential", "out of scope")
MONTHLY = np.array(
    [
        [0.0, 0.0030, 0.0004, 0.0002, 0.00003, 0.0002],
        [0.060, 0.0, 0.0120, 0.0040, 0.00040, 0.0002],
        [0.020, 0.080, 0.0, 0.0100, 0.00100, 0.0002],
        [0.010, 0.0060, 0.0010, 0.0, 0.00500, 0.0004],
        [0.006, 0.0040, 0.0010, 0.0120, 0.0, 0.0006],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ]
)
COSTS = np.array([0.0, 250.0, 600.0, 2600.0, 21000.0, 0.0])
BAND_EDGES, BAND_FACTORS = (0, 60, 132, MONTHS), (1.4, 0.8, 1.1)
PERIOD_EDGES = np.round(np.arange(MONTHS + 1) * MONTH).astype(np.int64)


@dataclass(frozen=True)
class Answer:
    """Exact mean discounted cost (pounds) and occupancy at 18."""

    banded: bool
    cost: float
    occupancy: tuple[float, ...]


ANSWERS = (
    Answer(
        banded=False,
        cost=22595.45,
        occupancy=(0.87359, 0.04513, 0.00829, 0.02282, 0.00681, 0.04337),
    ),
    Answer(
        banded=True, cost=26934.84, occupancy=(0.86624, 0.04847, 0.00938, 0.02475, 0.00762, 0.04354)
    ),
)


def pathway(draws: int, *, banded: bool) -> Pathway:
    """Return the pathway, the same in every draw."""
    pairs = [(i, j) for i, row in enumerate(MONTHLY) for j in np.flatnonzero(row)]
    edges = BAND_EDGES if banded else (0, MONTHS)
    factors = np.array(BAND_FACTORS if banded else (1.0,))
    hazards = [
        MONTHLY[i, j] / MONTH * (factors if i < j < len(STATES) - 1 else np.ones(len(factors)))
        for i, j in pairs
    ]
    return Pathway(
        states=STATES,
        transitions=tuple(Transition(STATES[i], STATES[j], "assumed") for i, j in pairs),
        age_edges=np.array(edges) * MONTH,
        duration_edges=np.zeros(1),
        hazards=np.array(hazards)[:, :, None],
        risk=np.ones(1),
        risk_weights=np.ones(1),
        loadings=np.zeros(len(pairs)),
        multipliers=np.ones((draws, len(pairs))),
        ages_out=False,
    )


def births(children: int) -> Start:
    """Return a cohort of newborns."""
    return Start(
        state=0,
        children=children,
        age_weights=np.eye(18)[0],
        risk_weights=np.ones((18, 1)),
        at_birth=True,
    )


def same_arms(model: Pathway) -> Arms:
    """Return two arms without a programme."""
    return Arms(np.zeros(0), np.ones((2, model.draws, 1, len(model.transitions))))


def cost_by_draw(tally: Tally) -> FloatArray:
    """Return the mean discounted cost of a child in business as usual, array (draw,)."""
    middle = (tally.period_edges[1:] + tally.period_edges[:-1]) / 2
    value = COSTS[:, None] / MONTH * 1.035 ** (-middle / YEAR)
    return np.asarray((tally.days[0] * value).sum(axis=(1, 2)) / tally.children)
