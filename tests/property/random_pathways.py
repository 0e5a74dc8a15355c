"""Random pathways, starts and arms: every feature of the model, on and off, at small size."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from headwater.core.arrays import IntArray
from headwater.core.pathway import YEAR, Arms, Marks, Pathway, Start, Transition

HAZARDS = (0.0, 1e-5, 0.001, 0.005, 0.02)
RATIOS = (0.0, 0.4, 1.0, 1.0, 1.0, 1.7)


@dataclass(frozen=True)
class Case:
    """All that a run needs."""

    pathway: Pathway
    start: tuple[Start, ...]
    arms: Arms
    period_edges: IntArray
    target: str
    seed: int

    @property
    def horizon(self) -> int:
        return int(self.period_edges[-1])

    @property
    def children(self) -> int:
        return sum(group.children for group in self.start)

    @property
    def lives(self) -> list[tuple[int, int, int]]:
        """Every (arm, draw, child)."""
        shape = (2, self.pathway.draws, self.children)
        return [(int(a), int(d), int(c)) for a, d, c in np.ndindex(*shape)]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw one case; numbers come from a generator whose seed is drawn, sizes one by one."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    states = tuple(f"state {i}" for i in range(draw(st.integers(2, 5))))
    draws, classes, windows = (draw(st.integers(1, most)) for most in (2, 3, 3))
    horizon = draw(st.integers(1, 1500))
    pairs = [(a, b) for a in states for b in states if a != b and rng.random() < 0.7]
    moves = tuple(Transition(a, b, "assumed") for a, b in pairs or [states[:2]])
    rng.shuffle(order := np.arange(len(moves)))
    moves = tuple(moves[i] for i in order)
    pathway = _pathway(draw, rng, states, moves, draws, classes)
    start = tuple(_start(draw, rng, pathway, horizon) for _ in range(draw(st.integers(1, 3))))
    arms = Arms(
        edges=np.sort(rng.choice([0.0, 30.0, 182.5, 365.25, 2000.0], windows - 1, replace=False)),
        scale=rng.choice(RATIOS, (2, draws, windows, len(moves))),
    )
    if draw(st.booleans()):
        arms.scale[1] = np.where(rng.random(len(moves)) < 0.7, arms.scale[0], arms.scale[1])
    inner = rng.choice(np.arange(1, horizon), min(horizon - 1, 4), replace=False)
    edges = np.concatenate([[0], np.sort(inner), [horizon]]).astype(np.int64)
    target = states[int(rng.integers(len(states)))]
    return Case(pathway, start, arms, edges, target, draw(st.integers(0, 2**63)))


def _start(draw, rng, pathway: Pathway, horizon: int) -> Start:
    shape = (18, len(pathway.risk), len(pathway.duration_edges))
    young = float(pathway.age_edges[-1]) / YEAR
    return Start(
        state=int(rng.integers(len(pathway.states))),
        children=draw(st.integers(1, 4)),
        age_weights=np.where(np.arange(18) < max(1.0, young), rng.random(18), 0.0),
        risk_weights=rng.random(shape[:2]) + 0.01,
        at_birth=draw(st.booleans()),
        born_over=float(rng.choice([0.0, horizon / 2, horizon])),
        elapsed_weights=rng.random(shape) + 0.01 if draw(st.booleans()) else None,
    )


def _pathway(draw, rng, states, moves, draws, classes) -> Pathway:
    bands, durations = (draw(st.integers(1, 3)) for _ in range(2))
    hazards = rng.choice(HAZARDS, (len(moves), bands, durations))
    if draw(st.booleans()):
        hazards[:] = hazards[:, :, :1]
    groups = draw(st.integers(0, 3))
    marks = Marks(
        state=int(rng.integers(len(states))),
        age_edges=np.sort(rng.uniform(0.0, 3000.0, max(0, groups - 1))),
        cumulative=np.cumsum(rng.dirichlet(np.ones(3), (draws, max(1, groups))), axis=2),
    )
    return Pathway(
        states=states,
        transitions=moves,
        age_edges=np.cumsum([0.0, *rng.choice([200.0, 365.25, 2922.0], bands)]),
        duration_edges=np.cumsum([0.0, *rng.choice([7.5, 91.3, 365.25], durations - 1)]),
        hazards=hazards,
        risk=rng.uniform(0.1, 3.0, classes),
        risk_weights=np.full(classes, 1.0 / classes),
        loadings=rng.choice([0.0, 0.5, 1.0], len(moves)),
        multipliers=rng.uniform(0.5, 2.0, (draws, len(moves))),
        marks=marks if groups else None,
        children_per_family=float(rng.choice([1.0, 1.8])),
        ages_out=draw(st.booleans()),
    )
