"""Drift and spread of the price of a looked-after child and of the mix of placements.

Drift is England's, over the last years; what places did beside it, and England beside its own, are
the spreads, found as those of the levels of entry are: from the errors of earlier forecasts.
"""

from collections.abc import Callable, Mapping

import numpy as np
from scipy.optimize import nnls

from headwater.core.ahead import SpendAhead, Spread
from headwater.core.arrays import FloatArray
from headwater.core.money import Deflator
from headwater.core.pathway import PLACEMENTS
from headwater.core.place import Place
from headwater.evaluation.scores import variance_to_cover
from headwater.workflows.forecast.spending import HOMES, purse_of, real_growth

PRICED = {"foster": "unit_cost_foster", "residential": "unit_cost_residential"}
AVERAGE = "unit_cost_looked_after"
DRIFT_YEARS = 5
"""Years over which drift is taken, or as many as are published."""
YEARS = 3
"""Years that past prices are followed."""
FIRST_PRICE, FIRST_MIX = 2017, 2020
"""First years of published prices and shares."""

Change = Callable[[Place, int, int], float | None]
"""Log of something in a later year ÷ in an earlier one, less its expected drift."""


def calibrate_spending(
    places: Mapping[str, Place], england: Place, deflator: Deflator, *, last: int, older: float
) -> SpendAhead:
    """Return drift and spreads, nothing later than the year `last` looked at."""

    def total(place: Place, base: int, year: int) -> float | None:
        grown = real_growth(place, AVERAGE, deflator, first=base, last=year)
        first = max(FIRST_PRICE, base - DRIFT_YEARS)
        drift = real_growth(england, AVERAGE, deflator, first=first, last=base)
        return None if grown is None or drift is None else (grown - drift) * (year - base)

    mix_drift = _mix_drift(england, last)

    def homes(place: Place, base: int, year: int) -> float | None:
        before, after = _homes(place, base), _homes(place, year)
        if before is None or after is None:
            return None
        return after - before - mix_drift * (year - base)

    price = _spreads(places, england, total, first=FIRST_PRICE + 2, last=last)
    mix = _spreads(places, england, homes, first=FIRST_MIX, last=last)
    share = _weight_of_homes(england, last, older=older)
    less = [
        Spread(
            float(np.sqrt(max(whole.at_once**2 - (share * part.at_once) ** 2, 0.0))),
            float(np.sqrt(max(whole.a_year**2 - (share * part.a_year) ** 2, 0.0))),
        )
        for whole, part in zip(price, mix, strict=True)
    ]
    return SpendAhead(
        price_drift=_price_drift(england, deflator, last),
        mix_drift=mix_drift,
        price_place=less[0],
        price_nation=less[1],
        mix_place=mix[0],
        mix_nation=mix[1],
    )


def _price_drift(england: Place, deflator: Deflator, last: int) -> FloatArray:
    """Return yearly drift by placement; one that nobody prices takes the average's."""
    first = max(FIRST_PRICE, last - DRIFT_YEARS)

    def drift(measure: str) -> float:
        found = real_growth(england, measure, deflator, first=first, last=last)
        if found is None:
            msg = f"England has no {measure} for {first} and {last}"
            raise LookupError(msg)
        return found

    return np.array([drift(PRICED.get(name, AVERAGE)) for name in PLACEMENTS])


def _homes(place: Place, year: int) -> float | None:
    """Return the log of the share in children's homes against that in foster care."""
    homes, foster = (place.value(f"placement_{name}", year) for name in ("residential", "foster"))
    if homes is None or foster is None or min(homes, foster) <= 0.0:
        return None
    return float(np.log(homes / foster))


def _mix_drift(england: Place, last: int) -> float:
    """Return the slope by year of England's share in children's homes, in logs."""
    years = range(max(FIRST_MIX, last - DRIFT_YEARS), last + 1)
    known = {year: share for year in years if (share := _homes(england, year)) is not None}
    return float(np.polyfit(list(known), list(known.values()), 1)[0])


def _spreads(
    places: Mapping[str, Place], england: Place, change: Change, *, first: int, last: int
) -> tuple[Spread, Spread]:
    """Return the spreads of a place's own and of England's changes."""
    whole, shared, terms = list[float](), list[float](), list[tuple[float, float]]()
    for year in range(1, YEARS + 1):
        bases = range(first, last - year + 1)
        found = [
            value
            for place in places.values()
            if place.id != england.id
            for base in bases
            if (value := change(place, base, base + year)) is not None
        ]
        nation = [v for base in bases if (v := change(england, base, base + year)) is not None]
        if not found or not nation:
            continue
        everything = variance_to_cover(np.array(found), np.zeros(len(found)))
        whole.append(everything)
        shared.append(min(float(np.mean(np.square(nation))), everything))
        terms.append((1.0, float(year)))
    own = np.array(whole) - np.array(shared)
    return _fitted(terms, own), _fitted(terms, np.array(shared))


def _fitted(terms: list[tuple[float, float]], variances: FloatArray) -> Spread:
    squares, _ = nnls(np.array(terms), variances)
    return Spread(*np.sqrt(squares).tolist())


def _weight_of_homes(england: Place, year: int, *, older: float) -> float:
    """Return the rise of the average price for a unit rise of the log of the share in homes."""
    purse = purse_of(england, england, year, older=older)
    if purse is None:
        msg = f"England's spending of {year} is not published"
        raise LookupError(msg)
    cost = purse.shares * purse.weekly
    return float(cost[HOMES] / cost.sum() - purse.shares[HOMES])
