"""How far a place's hazards stand above or below England's, and how sure that is.

A level is events ÷ children exposed, against the same ratio for England in the calibration year.
Its logarithm is pooled towards what the place's statistical neighbours lead one to expect:

    level = weight × own + (1 − weight) × expected from neighbours
    weight = τ² / (τ² + s²)

with s² the sampling and year-to-year variance of the place's own mean, and τ² the variance between
places that neighbours do not explain; both are estimated from all places together. Which years a
fit may look at is its `Window`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.pathway import Level
from headwater.core.place import Place

FEWEST = 10.0
"""Fewest events or children exposed in a year for that year to count."""
FEWEST_YEARS = 4
"""Fewest years of a series for its spread to count."""


@dataclass(frozen=True, slots=True)
class Window:
    """The reporting years that a fit may look at.

    Parameters
    ----------
    years
        Ascending; their mean is a place's own level.
    base
        The year the national hazards are calibrated to.
    spread
        The years over which levels are watched: England's spread is the national shock.
    """

    years: tuple[int, ...]
    base: int
    spread: tuple[int, ...]


LATEST = Window((2023, 2024, 2025), 2024, tuple(range(2018, 2026)))
"""Everything published. 2024 is the last year with every table by age."""
TO_2022 = Window((2020, 2021, 2022), 2022, tuple(range(2015, 2023)))
"""Nothing dated after 31 March 2022."""


Pool = Literal["neighbours", "England", "nothing"]
"""What a place's own level is pooled towards."""


@dataclass(frozen=True, slots=True)
class Route:
    """One level: which moves it sets, and which published figures it is made of.

    Parameters
    ----------
    watched
        Events and exposed that are published for longer: what a fit to earlier years uses, and what
        the spread is watched through where the window holds fewer than `FEWEST_YEARS` of the
        route's own. Empty if its own are as long.
    """

    name: str
    moves: tuple[str, ...]
    events: str
    exposed: str
    watched: tuple[str, ...] = ()


ROUTES = (
    Route("need_starts", ("universal -> child_in_need",), "need_starts", "population"),
    Route(
        "need_ends",
        ("child_in_need -> universal",),
        "need_ends",
        "net need",
        ("need_ends", "need and care leavers"),
    ),
    Route(
        "plan_starts",
        ("child_in_need -> protection_plan",),
        "plan_starts",
        "net need",
        ("plan_starts", "need and care leavers"),
    ),
    Route("plan_ends", ("protection_plan -> child_in_need",), "plan_ends", "plan_stock"),
    Route(
        "applications",
        ("protection_plan -> pre_proceedings",),
        "care applications",
        "plan_stock",
    ),
    Route(
        "care_starts",
        ("child_in_need -> looked_after", "protection_plan -> looked_after"),
        "care starts without asylum",
        "net need and plans",
        ("care_starts", "need, plans and care leavers"),
    ),
    Route(
        "care_ends",
        (
            "looked_after -> left_care_home",
            "looked_after -> left_care_permanence",
            "looked_after -> left_care_other",
        ),
        "care ends without asylum",
        "care stock without asylum",
        ("care_ends", "care_stock"),
    ),
)


def standing(place: Place, year: int) -> bool:
    """Return whether a place had a return of children in need to make for a year."""
    return "need_stock" in place.series and year in place.series["need_stock"].years


def net_need(place: Place, year: int) -> float | None:
    """Return children in need who are not on a plan, not looked after and under 18, or None.

    Published children in need also contain children on plans, looked-after children and care
    leavers still helped. Where care leavers are not published, they are not taken off: None.
    """
    parts = [
        place.value(name, year)
        for name in (
            "need_stock",
            "plan_stock",
            "care_stock",
            "care_leavers_17_18",
            "care_leavers_19_21",
        )
    ]
    if any(part is None for part in parts):
        return None
    stock, *others = (float(part) for part in parts if part is not None)
    return max(stock - sum(others), 0.0)


def quantity(place: Place, name: str, year: int) -> float | None:
    """Return events or children exposed in a year, published or put together, or None."""
    made = _MADE.get(name)
    return place.value(name, year) if made is None else made(place, year)


def _need_and_plans(place: Place, year: int) -> float | None:
    return _sum(net_need(place, year), place.value("plan_stock", year))


def _need_and_leavers(place: Place, year: int) -> float | None:
    """Return net need with the care leavers left in, who are not published before 2021."""
    return _less(_all_but_care(place, year), place.value("plan_stock", year))


def _all_but_care(place: Place, year: int) -> float | None:
    return _less(place.value("need_stock", year), place.value("care_stock", year))


def _applications(place: Place, year: int) -> float | None:
    rate, children = place.value("care_applications_rate", year), _population(place, year)
    return None if rate is None or children is None else rate * children / 10_000


def _starts(place: Place, year: int) -> float | None:
    starts, share = place.value("care_starts", year), place.value("uasc_share_of_starts", year)
    return None if starts is None or share is None else starts * (1.0 - share / 100)


def _ends(place: Place, year: int) -> float | None:
    return _less(place.value("care_ends", year), _asylum_ends(place, year))


def _stock(place: Place, year: int) -> float | None:
    return _less(place.value("care_stock", year), place.value("uasc_stock", year))


def _population(place: Place, year: int) -> float | None:
    return place.value("population", year - 1)


def _plan_ends(place: Place, year: int) -> float | None:
    """Return plans that ended: published, or from starts and the change in stock."""
    if (published := place.value("plan_ends", year)) is not None:
        return published
    starts, now = place.value("plan_starts", year), place.value("plan_stock", year)
    before = place.value("plan_stock", year - 1)
    if starts is None or now is None or before is None:
        return None
    return max(starts - (now - before), 0.0)


def _asylum_ends(place: Place, year: int) -> float | None:
    """Return asylum children who ceased: those who started less the change in their stock."""
    starts, share = place.value("care_starts", year), place.value("uasc_share_of_starts", year)
    now, before = place.value("uasc_stock", year), place.value("uasc_stock", year - 1)
    if starts is None or share is None or now is None or before is None:
        return None
    return max(starts * share / 100 - (now - before), 0.0)


def _less(whole: float | None, part: float | None) -> float | None:
    """Return a whole less a part, or None where either is not published as a number."""
    return None if whole is None or part is None else max(whole - part, 0.0)


def _sum(*parts: float | None) -> float | None:
    return None if any(part is None for part in parts) else sum(p for p in parts if p is not None)


_MADE: dict[str, Callable[[Place, int], float | None]] = {
    "net need": net_need,
    "net need and plans": _need_and_plans,
    "need and care leavers": _need_and_leavers,
    "need, plans and care leavers": _all_but_care,
    "population": _population,
    "care applications": _applications,
    "care starts without asylum": _starts,
    "care ends without asylum": _ends,
    "care stock without asylum": _stock,
    "plan_ends": _plan_ends,
}
"""Quantities that are put together from published figures."""


def log_ratios(place: Place, route: Route, years: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """Return logs of events ÷ exposed, and events, by year; NaN where either is too small."""
    ratios, events = np.full(len(years), np.nan), np.full(len(years), np.nan)
    for i, year in enumerate(years):
        happened, exposed = (
            quantity(place, route.events, year),
            quantity(place, route.exposed, year),
        )
        if happened is not None and exposed is not None and min(happened, exposed) >= FEWEST:
            ratios[i], events[i] = np.log(happened / exposed), happened
    return ratios, events


def fit_levels(
    places: Mapping[str, Place], england: Place, *, window: Window, pool: Pool = "neighbours"
) -> tuple[dict[str, tuple[Level, ...]], dict[str, float], dict[str, float]]:
    """Fit every level of every place.

    Parameters
    ----------
    pool
        What helps a forecast is pooling towards neighbours; the others are there to show it.

    Returns
    -------
    Levels by place; the national shock of each route (standard deviation of England's log ratio
    across `window.spread`); England's own log level in `window.years` against `window.base`.
    """
    fitted: dict[str, list[Level]] = {name: [] for name in places}
    shocks, nation = {}, {}
    for route in (published_route(england, route, window) for route in ROUTES):
        (base,), _ = log_ratios(england, route, (window.base,))
        recent, _ = log_ratios(england, route, window.years)
        long = _watched(england, route, window)
        past, _ = log_ratios(england, long, window.spread)
        shocks[route.name] = float(np.nanstd(past, ddof=1))
        nation[route.name] = float(np.nanmean(recent) - base)
        drift = _year_variance(long, places, window)
        for name, level in _pool(route, places, window, base, drift, pool).items():
            fitted[name].append(level)
    return {name: tuple(levels) for name, levels in fitted.items()}, shocks, nation


def published_route(england: Place, route: Route, window: Window) -> Route:
    """Return the route by figures that are published in every year of the window."""
    ratios, _ = log_ratios(england, route, (*window.years, window.base))
    if np.isfinite(ratios).all() or not route.watched:
        return route
    events, exposed = route.watched
    return replace(route, events=events, exposed=exposed, watched=())


def year_variances(
    places: Mapping[str, Place], england: Place, *, window: Window
) -> dict[str, float]:
    """Return the variance of a year's log ratio round a place's mean, beyond chance, by route."""
    routes = (published_route(england, route, window) for route in ROUTES)
    return {
        route.name: _year_variance(_watched(england, route, window), places, window)
        for route in routes
    }


def _watched(england: Place, route: Route, window: Window) -> Route:
    """Return the route by figures that are published long enough to watch its spread."""
    ratios, _ = log_ratios(england, route, window.spread)
    if not route.watched or np.isfinite(ratios).sum() >= FEWEST_YEARS:
        return route
    events, exposed = route.watched
    return replace(route, events=events, exposed=exposed)


def _pool(
    route: Route,
    places: Mapping[str, Place],
    window: Window,
    base: float,
    drift: float,
    pool: Pool,
) -> dict[str, Level]:
    names = list(places)
    yearly = [log_ratios(places[name], route, window.years) for name in names]
    years = np.array([np.isfinite(ratios).sum() for ratios, _ in yearly])
    own = np.array([_mean(ratios) - base for ratios, _ in yearly])
    variance = np.array(
        [
            drift + 1.0 / _mean(events) if n else np.inf
            for n, (_, events) in zip(years, yearly, strict=True)
        ]
    ) / np.maximum(years, 1)
    neighbours = np.array([_neighbours(places[name], names, own) for name in names])
    known = np.isfinite(own) & np.isfinite(neighbours)
    centre = float(np.average(own[known], weights=1.0 / (variance[known] + 0.05)))
    slope = float(
        np.clip(
            np.dot(neighbours[known] - centre, own[known] - centre)
            / np.square(neighbours[known] - centre).sum(),
            0.0,
            1.0 if pool == "neighbours" else 0.0,
        )
    )
    expected = centre + slope * (np.where(np.isfinite(neighbours), neighbours, centre) - centre)
    between = max(float(np.mean(np.square(own[known] - expected[known]) - variance[known])), 1e-4)
    weight = np.where(np.isfinite(own), between / (between + variance), 0.0)
    if pool == "nothing":
        weight = np.where(np.isfinite(own), 1.0, 0.0)
    level = expected + weight * np.where(np.isfinite(own), own - expected, 0.0)
    left = np.where(weight > 0.0, weight * np.where(np.isfinite(variance), variance, 0.0), between)
    return {
        name: Level(
            route.name,
            route.moves,
            float(own[i]),
            float(expected[i]),
            float(weight[i]),
            float(level[i]),
            float(np.sqrt(left[i] + drift)),
        )
        for i, name in enumerate(names)
    }


def _mean(values: FloatArray) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _neighbours(place: Place, names: list[str], own: FloatArray) -> float:
    found = [own[names.index(n.place)] for n in place.neighbours if n.place in names]
    known = [value for value in found if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def _year_variance(route: Route, places: Mapping[str, Place], window: Window) -> float:
    """Return the variance of a year's log ratio round a place's mean, beyond chance (pooled).

    The median over places, so that a break in one series does not widen every place's band.
    """
    extra = []
    for place in places.values():
        ratios, events = log_ratios(place, route, window.spread)
        known = np.isfinite(ratios)
        if known.sum() >= FEWEST_YEARS:
            extra.append(np.var(ratios[known], ddof=1) - np.mean(1.0 / events[known]))
    return max(float(np.median(extra)), 0.0)
