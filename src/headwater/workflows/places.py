"""Places: the list of all, and one place's card with its figures, neighbours, breaks and gaps."""

from dataclasses import dataclass

from headwater.catalogue.places import england, measures, neighbours_source, place, places
from headwater.core.figure import Figure
from headwater.core.place import Area, Break, Place
from headwater.workflows.place_figures import period, published, rate
from headwater.workflows.spending import EarlyAgainstLate, early_against_late
from headwater.workflows.states import StateStocks, all_state_stocks

LISTED = ("population", "need_stock", "plan_stock", "care_stock")
COMPARED = ("need_stock", "plan_stock", "care_stock", "care_starts")
"""Counts compared between places per 10,000 children."""

COMPARED_AS_PUBLISHED = ("care_applications_rate", "unit_cost_looked_after")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in the list: who it is, and its latest stocks as published."""

    area: Area
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Every place: those of today, and those that went before them."""

    places: tuple[PlaceLine, ...]
    former: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of a place by year, as published."""

    measure: str
    title: str
    group: str
    note: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The place itself, a neighbour or England: the latest year of the same measures."""

    id: str
    name: str
    closeness: str
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class BreakShown:
    """A break with what stood before and after it."""

    measure: str
    title: str
    period: str
    before: Figure
    after: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything published about one place that Headwater uses."""

    area: Area
    spending: EarlyAgainstLate
    states: tuple[StateStocks, ...]
    rows: tuple[Row, ...]
    compared: tuple[Compared, ...]
    neighbours_source: str
    breaks: tuple[BreakShown, ...]
    lacks: tuple[str, ...]


def list_places() -> PlaceList:
    """Return every place with its latest stocks."""
    lines = [_line(one) for one in places().values()]
    return PlaceList(
        places=tuple(line for line in lines if line.area.active),
        former=tuple(line for line in lines if not line.area.active),
    )


def _line(one: Place) -> PlaceLine:
    return PlaceLine(
        area=one.area,
        figures={measure: _latest(one, measure) for measure in LISTED},
    )


def _latest(one: Place, measure: str) -> Figure:
    """Return the last listed year, even where it is suppressed: an older one would mislead."""
    series = one.series.get(measure) or england().series[measure]
    return published(one, measure, series.years[-1])


def card(name: str) -> Card:
    """Return one place's card.

    Raises
    ------
    InputError
        If no place is called `name`, or several could be.
    """
    one = place(name)
    return Card(
        area=one.area,
        spending=early_against_late(one),
        states=all_state_stocks(one),
        rows=_rows(one),
        compared=_compared(one),
        neighbours_source=neighbours_source(),
        breaks=tuple(_break(one, found) for found in one.breaks),
        lacks=one.lacks,
    )


def _rows(one: Place) -> tuple[Row, ...]:
    return tuple(
        Row(
            measure.id,
            measure.title,
            measure.group,
            measure.note,
            tuple(published(one, measure.id, year) for year in one.series[measure.id].years),
        )
        for measure in measures().values()
        if measure.id in one.series
    )


def _compared(one: Place) -> tuple[Compared, ...]:
    """Return the place, its neighbours from the closest, and England, in the place's last year."""
    last = {
        measure: one.series[measure].years[-1]
        for measure in (*COMPARED, *COMPARED_AS_PUBLISHED)
        if measure in one.series
    }
    others = [(place(near.place), near.closeness) for near in one.neighbours]
    rest = () if one.id == england().id else ((england(), ""),)
    return tuple(
        Compared(other.id, other.name, closeness, _side(other, last))
        for other, closeness in ((one, ""), *others, *rest)
    )


def _side(other: Place, years: dict[str, int]) -> dict[str, Figure]:
    return {
        measure: (rate if measure in COMPARED else published)(other, measure, year)
        for measure, year in years.items()
    }


def _break(one: Place, found: Break) -> BreakShown:
    """Name the years compared: before it, and the first one with a number from it on."""
    measure = measures()[found.measure]
    series = one.series[found.measure]
    after = next(year for year in series.years if year >= found.year and series.at(year))
    return BreakShown(
        measure=measure.id,
        title=measure.title,
        period=period(measure, found.year),
        before=published(one, measure.id, found.year - 1),
        after=published(one, measure.id, after),
        reason=found.reason,
    )
