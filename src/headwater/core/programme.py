"""`Programme`: who it is for, what it changed, what it costs, how good the evidence is."""

import math
from typing import Literal

from pydantic import Field

from headwater.core.estimate import Estimate
from headwater.core.model import Frozen
from headwater.core.need import Level

Direction = Literal["favours programme", "favours control", "no detectable effect", "not an effect"]

Kind = Literal[
    "randomised",
    "quasi-experimental",
    "meta-analysis",
    "before-after, uncontrolled",
    "historical comparison",
    "not stated",
]


class Bearing(Frozen):
    """How one published effect bears on the modelled pathway.

    Parameters
    ----------
    transitions
        Names of the transitions whose hazards it moves, "from -> to".
    measure
        What the study measured, in the model's terms: `in_state_at` (status on a day), `ever_by`
        (any entry by a day), or `hazard_ratio` (taken as one over the follow-up).
    scale
        The scale `effect` is on: risk difference (as a share, negative = fewer), risk ratio, odds
        ratio or hazard ratio.
    control_risk
        The share of the control arm with the outcome, where published.
    """

    transitions: tuple[str, ...]
    measure: Literal["in_state_at", "ever_by", "hazard_ratio"]
    state: str
    scale: Literal["risk_difference", "risk_ratio", "odds_ratio", "hazard_ratio"]
    effect: Estimate
    control_risk: Estimate | None = None
    follow_up_months: int = Field(gt=0)
    how: str
    """In words: what was done to the published figure, and what is assumed in doing it."""


class Effect(Frozen):
    """One outcome of one study, as published; nulls and harms included."""

    study: str
    country: str
    design: str
    kind: Kind
    sample: str = ""
    population: str = ""
    comparator: str = ""
    outcome: str
    domain: str
    follow_up_months: str = ""
    measure: str
    effect: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    p_value: str = ""
    programme_value: float | None = None
    control_value: float | None = None
    arm_unit: str = ""
    """What the two arms' values are in, where they are given."""
    direction: Direction
    published_direction: str
    source: str
    year: str = ""
    note: str = ""
    bearing: Bearing | None = None
    not_usable_because: str = ""
    """Why it moves no hazard here; empty when `bearing` is given."""


class Cost(Frozen):
    """What it costs to deliver, as published."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    currency: str = "GBP"
    price_base: str = ""
    basis: str
    source: str
    usable: bool
    not_usable_because: str = ""


class Population(Frozen):
    """Who a programme is for."""

    age_from: float = Field(ge=0, le=18)
    age_to: float = Field(ge=0, le=18)
    levels: tuple[Level, ...]
    ages_stated: bool = True
    """False where no source read states ages: `age_from` and `age_to` are then only the bounds of
    childhood, and are shown as "not stated"."""
    need: str
    exclusions: str = "not stated in the sources read"

    @property
    def ages(self) -> tuple[int, int]:
        """First and last age in completed years that hold some of them."""
        return math.floor(self.age_from), min(17, math.ceil(self.age_to))


class NotProgramme(Frozen):
    """Something with published costs or benefits that is no programme: a fund, a review, a plan."""

    id: str
    name: str
    reason: str
    published_cba: tuple[dict[str, str], ...] = ()


class Programme(Frozen):
    """A defined intervention and everything published about it that was found."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    population: Population
    delivery: str = "not stated in the sources read"
    rating: str = ""
    outcomes: str = ""
    nulls: str = ""
    tested_in_uk: str = ""
    available_in_uk: str = ""
    family_of: str
    """The class of programme it belongs to, beside which a break-even effect is shown."""
    effects: tuple[Effect, ...] = ()
    cost: Cost | None = None
    published_cba: tuple[dict[str, str], ...] = ()
    source: str
    note: str = ""
    conflicts: tuple[str, ...] = ()
    """Where the evidence disagrees with itself, in words: above all a claim with a randomised
    result."""
    unknown: tuple[str, ...] = ()
    """What was looked for and not found, in words."""

    @property
    def usable(self) -> tuple[Effect, ...]:
        """The effects that move a hazard of the pathway."""
        return tuple(effect for effect in self.effects if effect.bearing is not None)
