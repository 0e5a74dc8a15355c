"""What a forecast says: every number a `Figure`, every block a frozen row type.

The names of these fields are the keys of the JSON document.
"""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.workflows.forecast.past import Past


@dataclass(frozen=True, slots=True)
class StockLine:
    """Children of one kind on 31 March: at the base, and after each year.

    Parameters
    ----------
    scenario, difference
        The same in the scenario, and by how much it is more; on the same luck. Empty without one.
    """

    id: str
    name: str
    base: Figure
    years: tuple[Figure, ...]
    scenario: tuple[Figure, ...]
    difference: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FlowLine:
    """Moves of one kind in each year: what a scenario's rate of the same id changes.

    Parameters
    ----------
    published
        In the year to the base day, as published; `flows_note` says why they part.
    scenario, difference
        The same in the scenario, and by how many more; on the same luck. Empty without one.
    """

    id: str
    name: str
    published: Figure
    years: tuple[Figure, ...]
    scenario: tuple[Figure, ...]
    difference: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month: children on its first day, as publishers count them, and spending at its rate.

    Parameters
    ----------
    placements
        Looked-after children by placement.
    by_state
        Spending by state, pounds a year.
    """

    day: str
    need: Figure
    plan: Figure
    care: Figure
    placements: dict[str, Figure]
    by_state: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class SpendingYear:
    """Spending on looked-after children in one financial year, and what moved it.

    Parameters
    ----------
    children, mix, price
        What each adds to the base year's spending; they add up to the change in every draw.
    looked_after
        Mean number of looked-after children in the year.
    scenario, difference
        Spending in the scenario, and by how much it is more; None without one.
    """

    period: str
    spending: Figure
    change: Figure
    looked_after: Figure
    children: Figure
    mix: Figure
    price: Figure
    scenario: Figure | None
    difference: Figure | None


@dataclass(frozen=True, slots=True)
class Driver:
    """One level of the place against England's, and which way it carries a forecast.

    Parameters
    ----------
    own, neighbours, fitted
        Of this place against England: as published, as neighbours lead one to expect, as fitted.
    weight
        Weight of the place's own figures in `fitted`.
    standing
        The level at which the published stock would stand still; None for a level of leaving.
    used
        What the forecast uses.
    """

    id: str
    name: str
    own: Figure
    neighbours: Figure
    weight: Figure
    fitted: Figure
    standing: Figure | None
    used: Figure


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where the width of a stock's interval at the end comes from: shares of its variance.

    Parameters
    ----------
    parts
        To the nearest ten per cent.
    """

    id: str
    name: str
    parts: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class SeedShift:
    """By how much the ends of an interval in the last year move with another seed.

    Parameters
    ----------
    low, high
        Of either end: one standard error, by drawing again from the draws.
    """

    id: str
    name: str
    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One change of a scenario."""

    what: str
    by: str
    since: str
    until: str
    because: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """A place's children and spending in the years to come.

    Parameters
    ----------
    first_lines
        What must be said first: how past forecasts did, and where no change did as well.
    spent_children
        Mean number of looked-after children in the year of `spent_base`.
    scenario, scenario_name
        Title of the scenario, and its file or shipped name as it was asked for; empty without one.
    cautions
        How far intervals were learnt and tested.
    lacks
        What is not published for this place, and what is done instead.
    """

    place: str
    place_id: str
    base: str
    years: str
    draws: Figure
    seed: str
    first_lines: tuple[str, ...]
    cautions: tuple[str, ...]
    stocks: tuple[StockLine, ...]
    flows: tuple[FlowLine, ...]
    flows_note: str
    spent_base: Figure
    spent_children: Figure
    spending: tuple[SpendingYear, ...]
    months: tuple[Month, ...]
    drivers: tuple[Driver, ...]
    doubts: tuple[Doubt, ...]
    seed_shifts: tuple[SeedShift, ...]
    record: tuple[Past, ...]
    scenario: str
    scenario_name: str
    changes: tuple[ScenarioLine, ...]
    assumptions: tuple[str, ...]
    lacks: tuple[str, ...]


MIDDLE_OF_DIFFERENCES = (
    "Each difference is worked out within one possible future at a time, and the middle one is"
    " shown: it need not equal one middle number less the other."
)
"""What must be said where differences stand beside what they are of."""
COST_LEFT_OUT = "What the changes cost to bring about is not in it."
"""What must be said where a scenario's money stands."""
