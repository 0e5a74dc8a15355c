"""What a day in each state costs here, from the place's own outturn and published unit costs.

Averages, every one: an upper bound on what one child fewer saves, because homes, teams and
overheads do not shrink with each child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from headwater.core.appraisal import Price
from headwater.core.money import Deflator, PriceBase
from headwater.core.pathway import PLACEMENTS, YEAR
from headwater.core.place import Place, Series
from headwater.core.unit_cost import UnitCost

SPENDING_YEAR = 2025
"""The financial year of the place's own unit costs, 2024-25, by the calendar year it ends in."""
WEEK = 7.0
WEEKS = YEAR / WEEK
RESIDUAL_NOTE = (
    "residual: looked-after spending less foster and children's home placements at their own unit"
    " costs, asylum and leaving care, divided by children in supported, parental and other"
    " placements who are not asylum-seeking (assumed: none of those in homes, the rest spread"
    " alike); also holds support to adopters and special guardians, so an upper bound"
)
RESIDUAL = ("supported", "parents", "other")
"""Placements that no source prices."""
MOST_SPREAD = 0.3
"""Largest spread of the log of a price in a draw (assumed)."""
COURT = (
    "care_order_application_legal_aid",
    "care_order_application_council",
    "care_order_application_courts",
    "care_order_application_cafcass",
)


def place_prices(  # noqa: PLR0913 - what prices rest on, by name
    place: Place,
    england: Place,
    unit_costs: Sequence[UnitCost],
    *,
    deflator: Deflator,
    to: PriceBase,
    beyond: float | None,
    children_per_family: float,
) -> tuple[Price, ...]:
    """Return every price of the main job, in `to` prices.

    Parameters
    ----------
    unit_costs
        The agencies' parts of a care order application; an application is one for each family.
    beyond
        Yearly inflation assumed past the last published index, if any.
    """
    base = PriceBase(SPENDING_YEAR - 1)
    factor = deflator.factor(base, to, beyond=beyond)
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
            basis="published" if factor == 1.0 and name != "looked_after_residual" else "computed",
            sources=sources if factor == 1.0 else (*sources, deflator.source),
            original=f"£{weekly:,.0f} a week, {base} prices",
            note=note,
        )
        for name, words, (weekly, spread, sources, note), buckets in lines
    ) + tuple(
        _application(
            cost,
            uprated=deflator.factor(cost.base(), to, beyond=beyond) / children_per_family,
            sources=(cost.source, deflator.source),
            to=to,
            children_per_family=children_per_family,
        )
        for cost in unit_costs
    )


Found = tuple[float, float, tuple[str, ...], str]
"""Pounds a week, spread of the log, sources, note."""


def _outturn(place: Place, england: Place, measure: str, deflator: Deflator) -> Found:
    """Return the place's own outturn unit cost, or England's where it has none."""
    for holder in (place, england):
        value = holder.value(measure, SPENDING_YEAR)
        if value is not None and value > 0.0:
            series = holder.series[measure]
            note = "" if holder is place else f"{place.name} publishes none: England's"
            return value, _spread(holder, england, measure, deflator), (series.source,), note
    msg = f"England has no {measure}"
    raise LookupError(msg)


def _spread(holder: Place, england: Place, measure: str, deflator: Deflator) -> float:
    """Return the spread of the log of a cost in a draw: that of its yearly changes, in real terms.

    Never below England's, nor above `MOST_SPREAD`: a small place's outturn jumps with one child.
    """
    own, nation = (_yearly_change(place.series[measure], deflator) for place in (holder, england))
    return min(max(own, nation), MOST_SPREAD)


def _yearly_change(series: Series, deflator: Deflator) -> float:
    real = [
        np.log(value / deflator.index[year - 1])
        for year, value in zip(series.years, series.values, strict=True)
        if np.isfinite(value) and value > 0.0 and year - 1 in deflator.index
    ]
    return float(np.std(np.diff(real), ddof=1)) if len(real) > 3 else 0.0


def _residual(place: Place, england: Place, deflator: Deflator) -> Found:
    """Return the average of what fostering, homes, asylum and leaving care leave of the spending.

    One year alone has these lines, so its spread is that of all looked-after care.
    """
    for holder in (place, england):
        weekly, sources = _residual_of(holder)
        dearest = holder.value("unit_cost_residential", SPENDING_YEAR) or 0.0
        if weekly is not None and 0.0 < weekly < dearest:
            note = RESIDUAL_NOTE
            if holder is not place:
                note += (
                    f"; {place.name}'s own is not published, below nought or above the price of a"
                    " children's home: England's"
                )
            return (
                weekly,
                _spread(holder, england, "unit_cost_looked_after", deflator),
                sources,
                note,
            )
    msg = "England has no residual"
    raise LookupError(msg)


def _residual_of(place: Place) -> tuple[float | None, tuple[str, ...]]:
    """Return pounds a week for each child in another placement, so that the lines add up.

    Asylum-seeking children leave with what is spent on them: from foster and other placements in
    the proportions of all children, from children's homes none (assumed: it is not published).
    """
    names = (
        "spend_looked_after",
        "ro3_asylum_looked_after",
        "spend_leaving_care",
        "care_stock",
        "uasc_stock",
        "placement_foster",
        "placement_residential",
        "unit_cost_foster",
        "unit_cost_residential",
    )
    found = [place.value(name, SPENDING_YEAR) for name in names]
    if any(value is None for value in found):
        return None, ()
    total, asylum, leaving, stock, seekers, *rest = (v for v in found if v is not None)
    foster_share, home_share, foster_price, home_price = rest
    homes = stock * home_share / 100
    stay = 1.0 - seekers / (stock - homes) if stock > homes else 0.0
    foster = stock * foster_share / 100 * stay
    others = (stock - homes) * stay - foster
    sources = tuple(dict.fromkeys(place.series[name].source for name in names))
    left = total - asylum - leaving - WEEKS * (foster * foster_price + homes * home_price)
    return (left / (others * WEEKS) if others > 0.0 else None), sources


def _application(
    cost: UnitCost,
    *,
    uprated: float,
    sources: tuple[str, ...],
    to: PriceBase,
    children_per_family: float,
) -> Price:
    return Price(
        id=cost.id,
        name=cost.item,
        buckets=(),
        moves=("pre_proceedings -> looked_after",),
        agencies=cost.agencies,
        value_type=cost.value_type,
        value=(cost.value or 0.0) * uprated,
        log_spread=0.0,
        price_base=str(to),
        basis="computed",
        sources=sources,
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
            sources=(),
            original=given[price.id][1],
            note="given in the case",
        )
        if price.id in given
        else price
        for price in prices
    )
