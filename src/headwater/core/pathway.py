"""`Pathway`: states, allowed transitions and hazards by age, time in state, risk and draw.

::

    universal ⇄ child_in_need ⇄ protection_plan → pre_proceedings → looked_after
                     └────────────── direct entry ──────────────────────┘ │
                              left_care_home ⇄ ───────────────────────────┤
                              left_care_permanence, left_care_other ◀─────┘
    everybody: aged_out at 18

A state is exclusive: a child on a plan is not also counted in need. Time is in days; hazards are
per day and constant within a band of age and a band of time in state.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray, IntArray

YEAR = 365.25
"""Days in a year."""
MONTH = YEAR / 12
"""Days in a month."""

STATES: tuple[str, ...] = (
    "universal",
    "child_in_need",
    "protection_plan",
    "pre_proceedings",
    "looked_after",
    "left_care_home",
    "left_care_permanence",
    "left_care_other",
    "aged_out",
)

PLACEMENTS: tuple[str, ...] = ("foster", "residential", "supported", "parents", "other")
"""Where a looked-after child lives: foster care; secure and children's homes; semi-independent and
supported accommodation; with parents; other (other residential settings, placed for adoption, and
what the publisher calls other)."""

Provenance = Literal["place", "England", "trial", "assumed"]

Stock = Literal["need", "plan", "care"]
"""Children on a day: in need but neither on a plan nor looked after, on a plan, looked after."""
STOCKS: tuple[Stock, ...] = ("need", "plan", "care")


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move and where its hazard comes from."""

    origin: str
    target: str
    provenance: Provenance
    sources: tuple[str, ...] = ()
    how: str = ""

    @property
    def name(self) -> str:
        """The move in words: "child_in_need -> looked_after"."""
        return f"{self.origin} -> {self.target}"

    @property
    def in_words(self) -> str:
        """The move as a reader sees it: "child in need → looked after"."""
        return f"{self.origin} → {self.target}".replace("_", " ")


@dataclass(frozen=True, slots=True)
class Marks:
    """How one state is split by a mark drawn at each visit (looked after, by placement).

    Parameters
    ----------
    state
        Index of the split state.
    age_edges
        Ages in days at which the shares change; the mark follows the same luck across them.
    cumulative
        Array (draw, age group, mark): cumulative shares, last one 1.
    """

    state: int
    age_edges: FloatArray
    cumulative: FloatArray


@dataclass(frozen=True, slots=True)
class Pathway:
    """A model of children's journeys that can be simulated.

    Parameters
    ----------
    states
        Names; the last one is where everybody goes at `age_edges[-1]`, if `ages_out`.
    transitions
        Allowed moves, in the order of the first axis of `hazards`.
    age_edges
        Days, from 0 to the last age; array (age band + 1,).
    duration_edges
        Days in the state, from 0; array (duration band,). The last band has no end.
    hazards
        Per day; array (transition, age band, duration band).
    risk
        Hidden risk, shared within a family: multiplier of each class, array (class,).
    risk_weights
        Share of newborn families in each class; array (class,), summing to 1.
    loadings
        Power of hidden risk on each hazard; array (transition,). 0: risk plays no part.
    multipliers
        Level of each hazard in each draw: place, national shock and fitting uncertainty together;
        array (draw, transition).
    children_per_family
        Mean number of children who share hidden risk.
    """

    states: tuple[str, ...]
    transitions: tuple[Transition, ...]
    age_edges: FloatArray
    duration_edges: FloatArray
    hazards: FloatArray
    risk: FloatArray
    risk_weights: FloatArray
    loadings: FloatArray
    multipliers: FloatArray
    marks: Marks | None = None
    children_per_family: float = 1.0
    ages_out: bool = True

    @property
    def draws(self) -> int:
        """Number of draws, or worlds."""
        return int(self.multipliers.shape[0])

    def state(self, name: str) -> int:
        """Return the index of a state."""
        return self.states.index(name)

    def moves(self, *names: str) -> IntArray:
        """Return the indices of the transitions named "from -> to"."""
        known = [transition.name for transition in self.transitions]
        return np.array([known.index(name) for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Start:
    """Who enters the simulation: children who start in one state on day 0, or at birth after it.

    Parameters
    ----------
    state
        Index of the state they start in.
    age_weights
        Share starting at each single year of age, array (18,); within a year, ages are even.
    risk_weights
        Share in each class of hidden risk by single year of age; array (18, class).
    at_birth
        Start at age 0 exactly, whatever the weights.
    born_over
        Days from day 0 over which they are born, evenly; with `at_birth` alone. 0: on day 0.
    elapsed_weights
        Share who have been in the state for each of the pathway's bands of time in state; array
        (18, class, duration band). Within a band times are even, in the last one they count as
        its edge. None: newly entered.
    """

    state: int
    children: int
    age_weights: FloatArray
    risk_weights: FloatArray
    at_birth: bool = False
    born_over: float = 0.0
    elapsed_weights: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Arms:
    """What the two arms do to the hazards, by window of time since the start.

    Parameters
    ----------
    edges
        Days since the start at which windows end, ascending; array (window - 1,). The last window
        has no end.
    scale
        Multiplier of each hazard; array (arm, draw, window, transition). Arm 0 is business as
        usual, arm 1 the programme.
    """

    edges: FloatArray
    scale: FloatArray


@dataclass(frozen=True, slots=True)
class Level:
    """How far one of a place's hazards stands above or below England's.

    Parameters
    ----------
    own, expected
        Logs of the place's own ratio (NaN where nothing was published) and of the ratio that its
        statistical neighbours lead one to expect.
    weight
        Weight of the place's own figures, 0 to 1.
    level, spread
        Log of the fitted level and its standard deviation in a draw.
    """

    route: str
    moves: tuple[str, ...]
    own: float
    expected: float
    weight: float
    level: float
    spread: float


@dataclass(frozen=True, slots=True)
class National:
    """The calibrated pathway of England and who enters each state.

    Parameters
    ----------
    entrant_ages
        Share of a state's entrants at each single year of age; array (state, 18).
    entrant_risk
        Share of those entrants in each class of hidden risk; array (state, 18, class).
    shocks
        Standard deviation of the national shock to the log of each level, by route.
    """

    pathway: Pathway
    entrant_ages: FloatArray
    entrant_risk: FloatArray
    shocks: dict[str, float]
