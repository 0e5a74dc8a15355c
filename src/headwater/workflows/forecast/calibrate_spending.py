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
from headwater.workflows.forecast.spending import (
    HALF,
    HOMES,
    PRICED,
    Purse,
    purse_of,
    real_growth,
)

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
    mix_drift = _mix_drift(england, last)

    def homes(place: Place, base: int, year: int) -> float | None:
        before, after = _homes(place, base), _homes(place, year)
        if before is None or after is None:
            return None
        return after - before - mix_drift * (year - base)

    whole = cost_variances(places, england, deflator, last=last)
    mix_place, mix_nation = (
        _fitted(each) for each in _variances(places, england, homes, first=FIRST_MIX, last=last)
    )
    purse = _purse(england, last, older=older)
    weight = _weight_of_homes(purse, mix_drift)
    price_place, price_nation = (
        _fitted({year: each[year] - weight**2 * _in_the_middle(mix, year) for year in each})
        for each, mix in zip(whole, (mix_place, mix_nation), strict=True)
    )
    average = _drift(england, AVERAGE, deflator, last)
    return SpendAhead(
        average_drift=average,
        price_drift=_price_drift(england, deflator, last, purse, average, mix_drift),
        mix_drift=mix_drift,
        price_place=price_place,
        price_nation=price_nation,
        mix_place=mix_place,
        mix_nation=mix_nation,
    )


def cost_variances(
    places: Mapping[str, Place], england: Place, deflator: Deflator, *, last: int
) -> tuple[dict[int, float], dict[int, float]]:
    """Return how far what a child costs on average parted from England's drift up to each base.

    Returns
    -------
    The variance of the log for a place's own part and for England's, by years followed.
    """

    def total(place: Place, base: int, year: int) -> float | None:
        grown = real_growth(place, AVERAGE, deflator, first=base, last=year)
        first = max(FIRST_PRICE, base - DRIFT_YEARS)
        drift = real_growth(england, AVERAGE, deflator, first=first, last=base)
        return None if grown is None or drift is None else (grown - drift) * (year - base)

    return _variances(places, england, total, first=FIRST_PRICE + 2, last=last)


def _drift(england: Place, measure: str, deflator: Deflator, last: int) -> float:
    """Return the yearly change of the log of a real price of England over the last years."""
    first = max(FIRST_PRICE, last - DRIFT_YEARS)
    found = real_growth(england, measure, deflator, first=first, last=last)
    if found is None:
        msg = f"England has no {measure} for {first} and {last}"
        raise LookupError(msg)
    return found


def _price_drift(
    england: Place, deflator: Deflator, last: int, purse: Purse, average: float, mix_drift: float
) -> FloatArray:
    """Return yearly drift by placement.

    A placement that nobody prices takes what the average's drift leaves for it once the drift of
    the mix is taken off, which the average holds as well: England's price × mix then goes on at
    the average's pace.
    """
    priced = np.array([name in PRICED for name in PLACEMENTS])
    drift = np.array(
        [
            _drift(england, f"unit_cost_{name}", deflator, last) if known else 0.0
            for name, known in zip(PLACEMENTS, priced, strict=True)
        ]
    )
    cost = purse.shares_of_the_year(mix_drift) * purse.weekly
    left = average - purse.pace(drift, mix_drift)
    return np.where(priced, drift, left * cost.sum() / cost[~priced].sum())


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


def _variances(
    places: Mapping[str, Place], england: Place, change: Change, *, first: int, last: int
) -> tuple[dict[int, float], dict[int, float]]:
    """Return the variance of a place's own and of England's changes, by years followed."""
    own, shared = dict[int, float](), dict[int, float]()
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
        shared[year] = min(float(np.mean(np.square(nation))), everything)
        own[year] = everything - shared[year]
    return own, shared


def _fitted(variances: Mapping[int, float]) -> Spread:
    terms = np.array([(1.0, float(year)) for year in variances])
    squares, _ = nnls(terms, np.maximum(list(variances.values()), 0.0))
    return Spread(*np.sqrt(squares).tolist())


def _in_the_middle(mix: Spread, year: int) -> float:
    """Return the variance of the log of the share in homes in the middle of a year ahead.

    Shares wander from the base day, where they are published, and straight between the ends of
    years: the middle of a year has half of its step, and half of what comes at once in the first.
    """
    at_once = HALF if year == 1 else 1.0
    return (at_once * mix.at_once) ** 2 + mix.a_year**2 * (year - 1 + HALF**2)


def _purse(england: Place, year: int, *, older: float) -> Purse:
    purse = purse_of(england, england, year, older=older)
    if purse is None:
        msg = f"England's spending of {year} is not published"
        raise LookupError(msg)
    return purse


def _weight_of_homes(purse: Purse, mix_drift: float) -> float:
    """Return the rise of the average price for a unit rise of the log of the share in homes."""
    shares = purse.shares_of_the_year(mix_drift)
    cost = shares * purse.weekly
    return float(cost[HOMES] / cost.sum() - shares[HOMES])
