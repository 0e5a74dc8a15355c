"""What earns its place in a forecast: its error with and without each part of the model.

Every variation learns its own `belief` from the forecasts before the last base year, and is then
held against the years after it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headwater.core.pathway import STOCKS, Pathway, Stock
from headwater.core.place import Place, Series
from headwater.core.record import Variation
from headwater.pathways.levels import ROUTES, Pool, Window, log_ratios, published_route
from headwater.pathways.stand_still import ENTRIES
from headwater.workflows.forecast.calibrate import (
    Effects,
    Past,
    best_belief,
    errors,
    past_forecasts,
)

YEARS = 3
"""Years that forecasts are followed."""
FEWEST = 3
"""Fewest years that a trend is seen in."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One way to fit levels and carry them on."""

    name: str
    pool: Pool = "neighbours"
    breaks: bool = False
    drift: bool = False


PARTS = (
    _Part("own flows alone", pool="nothing"),
    _Part("pooled towards England", pool="England"),
    _Part("pooled towards neighbours"),
    _Part("the same, years before a break left out", breaks=True),
    _Part("the same, England's drift in entries carried on", drift=True),
)
KEPT = PARTS[2]


def earned(  # noqa: PLR0913 - what forecasts rest on, by name
    pathway: Pathway,
    places: Mapping[str, Place],
    england: Place,
    effects: Effects,
    *,
    bases: Sequence[int],
    held_out: int,
    window: Window,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Variation]:
    """Yield every variation's error from the held-out base year.

    Parameters
    ----------
    bases
        Earlier base years, whose forecasts came due by the held-out one: belief is learnt there.
    """
    last = held_out + YEARS
    for part in PARTS:
        found: dict[int, list[Past]] = {}
        for base in (*bases, held_out):
            progress(f"{part.name}, from {base}")
            found[base] = past_forecasts(
                pathway,
                places,
                england,
                effects,
                base=base,
                window=window,
                pool=part.pool,
                seen=_since_break(base) if part.breaks else lambda place: place,
                drift=_trend(england, replace(window, years=(base,))) if part.drift else None,
            )
        earlier = [past for base in bases for past in found[base]]
        learnt = best_belief(earlier, years=YEARS, last=held_out)
        if part is PARTS[0]:
            still = dict.fromkeys(STOCKS, 0.0)
            yield _variation("standing still: flows not believed", found[held_out], still, last)
        believed = dict.fromkeys(STOCKS, 1.0)
        if not (part.breaks or part.drift):
            yield _variation(f"{part.name}, believed in full", found[held_out], believed, last)
        name = f"{part.name}, believed in part"
        yield replace(_variation(name, found[held_out], learnt, last), kept=part is KEPT)


def _variation(name: str, past: Sequence[Past], belief: dict[Stock, float], last: int) -> Variation:
    error = {
        stock: tuple(
            float(np.abs(errors(past, stock, year, belief=belief, last=last).logs).mean())
            for year in range(1, YEARS + 1)
        )
        for stock in STOCKS
    }
    return Variation(name, belief, error, kept=False)


def _since_break(base: int) -> Callable[[Place], Place]:
    """Return what shows of a place only the years since the last break in each series."""

    def seen(place: Place) -> Place:
        last = {
            measure: max(found)
            for measure in place.series
            if (found := [b.year for b in place.breaks if b.measure == measure and b.year <= base])
        }
        cut = {name: _from(place.series[name], year) for name, year in last.items()}
        return replace(place, series={**place.series, **cut})

    return seen


def _from(series: Series, year: int) -> Series:
    values = np.where(np.array(series.years) >= year, series.values, np.nan)
    return replace(series, values=values)


def _trend(england: Place, window: Window) -> dict[Stock, float]:
    """Return the yearly trend of the log of England's entries up to the window's last year."""
    years = [year for year in window.spread if year <= window.years[-1]]
    slopes: dict[str, float] = {}
    for route in (published_route(england, route, window) for route in ROUTES):
        logs, _ = log_ratios(england, route, years)
        known = np.isfinite(logs)
        enough = known.sum() >= FEWEST
        slope = float(np.polyfit(np.array(years)[known], logs[known], 1)[0]) if enough else 0.0
        slopes.update(dict.fromkeys(route.moves, slope))
    return {
        stock: float(np.mean([slopes[move] for move in moves])) for stock, moves in ENTRIES.items()
    }
