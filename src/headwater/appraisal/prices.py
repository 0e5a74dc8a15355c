"""What a day in each state costs here, from the place's own outturn and published unit costs.

Averages, every one: an upper bound on what one child fewer saves, because homes, teams and
overheads do not shrink with each child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from headwater.core.appraisal import Price
from headwater.core.arrays import FloatArray
from headwater.core.money import Deflator, PriceBase
from headwater.core.pathway import PLACEMENTS, YEAR
from headwater.core.place import Place
from headwater.core.unit_cost import UnitCost

SPENDING_YEAR = 2025
"""The financial year of the place's own unit costs, 2024-25, by the calendar year it ends in."""
WEEK = 7.0
WEEKS = YEAR / WEEK
OUTTURN = "section 251 outturn, pounds a week"
RESIDUAL = ("supported", "parents", "other")
"""Placements that no source prices."""
COURT = (
    "care_order_application_legal_aid",
    "care_order_application_council",
    "care_order_application_courts",
    "care_order_application_cafcass",
)


def place_prices(
    place: Place,
    england: Place,
    unit_costs: Sequence[UnitCost],
    *,
    deflator: Deflator,
    to: PriceBase,
    children_per_family: float,
) -> tuple[Price, ...]:
    """Return every price of the main job, in `to` prices.

    Parameters
    ----------
    unit_costs
        The agencies' parts of a care order application; an application is one for each family.
    """
    base = PriceBase(SPENDING_YEAR - 1)
    factor = deflator.factor(base, to)
    marks = {name: f"looked_after: {i}" for i, name in enumerate(PLACEMENTS)}
    states = ("child_in_need", "protection_plan", "pre_proceedings")
    worked = _outturn(place, england, "unit_cost_social_work", deflator)
    foster = _outturn(place, england, "unit_cost_foster", deflator)
    home = _outturn(place, england, "unit_cost_residential", deflator)
    rest = _residual(place, england, deflator)
    lines = [
        (
            "social_work",
            "social work and commissioning, every child in need",
            worked,
            (*states, *marks.values()),
        ),
        ("looked_after_foster", "foster placement", foster, (marks["foster"],)),
        ("looked_after_residential", "children's home", home, (marks["residential"],)),
        (
            "looked_after_residual",
            "other placements: residual of looked-after spending",
            rest,
            tuple(marks[name] for name in RESIDUAL),
        ),
    ]
    return tuple(
        Price(
            id=name,
            name=words,
            buckets=buckets,
            moves=(),
            agencies=("council_childrens_services",),
            value_type="fiscal",
            value=weekly / WEEK * factor,
            log_spread=spread,
            price_base=str(to),
            basis="computed" if name == "looked_after_residual" else "published",
            sources=sources,
            original=f"£{weekly:,.0f} a week, {base} prices",
            note=note,
        )
        for name, words, (weekly, spread, sources, note), buckets in lines
    ) + tuple(_application(cost, deflator, to, children_per_family) for cost in unit_costs)


Found = tuple[float, float, tuple[str, ...], str]
"""Pounds a week, spread of the log, sources, note."""


def _outturn(place: Place, england: Place, measure: str, deflator: Deflator) -> Found:
    """Return the place's own outturn unit cost, or England's where it has none."""
    for holder in (place, england):
        value = holder.value(measure, SPENDING_YEAR)
        if value is not None and value > 0.0:
            series = holder.series[measure]
            note = "" if holder is place else f"{place.name} publishes none: England's"
            return value, _spread(series.years, series.values, deflator), (series.source,), note
    msg = f"England has no {measure}"
    raise LookupError(msg)


def _spread(years: Sequence[int], values: FloatArray, deflator: Deflator) -> float:
    """Return the standard deviation of the yearly change of the log of a cost, in real terms."""
    real = [
        np.log(value / deflator.index[year - 1])
        for year, value in zip(years, values, strict=True)
        if np.isfinite(value) and value > 0.0 and year - 1 in deflator.index
    ]
    return float(np.std(np.diff(real), ddof=1)) if len(real) > 3 else 0.0


def _residual(place: Place, england: Place, deflator: Deflator) -> Found:
    """Return the average of what fostering, homes, asylum and leaving care leave of the spending.

    One year alone has these lines, so its spread is that of all looked-after care.
    """
    for holder in (place, england):
        weekly, sources = _residual_of(holder)
        if weekly is not None and weekly > 0.0:
            note = (
                "residual: the looked-after line less fostering, residential, asylum and leaving"
                " care, divided by children in supported, parental and other placements; also"
                " holds support to adopters and special guardians, so an upper bound"
            )
            if holder is not place:
                note += f"; {place.name} publishes too little: England's"
            series = holder.series["unit_cost_looked_after"]
            return weekly, _spread(series.years, series.values, deflator), sources, note
    msg = "England has no residual"
    raise LookupError(msg)


def _residual_of(place: Place) -> tuple[float | None, tuple[str, ...]]:
    year = SPENDING_YEAR
    total = place.value("ro3_looked_after", year)
    parts = [
        place.value(name, year)
        for name in ("ro3_residential", "ro3_fostering", "ro3_asylum_looked_after")
    ]
    leaving = place.value("spend_leaving_care", year) or 0.0
    stock = place.value("care_stock", year)
    named = [place.value(f"placement_{name}", year) for name in ("foster", "residential")]
    if total is None or stock is None or any(part is None for part in (*parts, *named)):
        return None, ()
    share = 1.0 - sum(value for value in named if value is not None) / 100
    left = total - sum(part for part in parts if part is not None) - leaving
    sources = tuple(
        place.series[name].source
        for name in ("ro3_looked_after", "spend_leaving_care", "care_stock", "placement_foster")
        if name in place.series
    )
    return (left / (share * stock * WEEKS) if share * stock > 0.0 else None), sources


def _application(
    cost: UnitCost, deflator: Deflator, to: PriceBase, children_per_family: float
) -> Price:
    return Price(
        id=cost.id,
        name=cost.item,
        buckets=(),
        moves=("pre_proceedings -> looked_after",),
        agencies=cost.agencies,
        value_type=cost.value_type,
        value=(cost.value or 0.0) / children_per_family * deflator.factor(cost.base(), to),
        log_spread=0.0,
        price_base=str(to),
        basis="computed",
        sources=(cost.source, deflator.source),
        original=f"£{cost.value:,.0f} an application, {cost.price_base} prices",
        note=f"one application for {children_per_family:.2f} children; old and uprated by the"
        " deflator alone",
    )


def overridden(
    prices: Sequence[Price], given: Mapping[str, tuple[float, str]]
) -> tuple[Price, ...]:
    """Return the prices with some replaced by the user's own, in pounds a day or a move."""
    return tuple(
        replace(
            price,
            value=given[price.id][0],
            log_spread=0.0,
            basis="input",
            original=given[price.id][1],
            note="given in the case",
        )
        if price.id in given
        else price
        for price in prices
    )
