"""A five-year forecast of one place, and the whole record of past forecasts."""

import time
from dataclasses import replace

import numpy as np

from benchmarks.measurement import Measurement, best, peak_megabytes, processor
from headwater.catalogue import forecast as shipped
from headwater.catalogue.pathway import levels, national
from headwater.catalogue.places import england, place, places
from headwater.catalogue.prices import deflator
from headwater.core.pathway import YEAR, Arms
from headwater.pathways import reference
from headwater.pathways.stand_still import stand_still, starts
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.forecast.base_day import Base, base_of
from headwater.workflows.forecast.models import shipped_models
from headwater.workflows.forecast.record import past_rows

PLACE, YEARS, DRAWS = "norfolk", 5, 80
FEW = 400
"""Children of the place, in need or care above all, that the plain Python simulator lives."""


def plain(base: Base) -> float:
    """Return the seconds that plain Python would take for the same children, years and draws."""
    still = stand_still(
        national().pathway, levels(PLACE), population=base.population, stocks=base.stocks
    )
    groups = starts(still, days=YEARS * YEAR)
    arms = Arms(np.zeros(0), np.ones((2, 1, 1, len(still.pathway.transitions))))
    edges = np.round(np.arange(12 * YEARS + 1) * YEAR / 12).astype(np.int64)
    seconds = 0.0
    for group in groups:
        part = min(group.children, FEW)
        begin = time.perf_counter()
        reference.simulate(
            still.pathway,
            replace(group, children=part),
            arms,
            period_edges=edges,
            target="looked_after",
        )
        seconds += (time.perf_counter() - begin) * group.children / part
    return seconds * DRAWS / 2  # it lives both arms, which here are the same


def measure() -> list[Measurement]:
    """Measure both."""
    base = base_of(place(PLACE), 2025)
    if base is None:
        msg = f"{PLACE} is not published"
        raise LookupError(msg)

    def one() -> None:
        forecast(PLACE, years=YEARS, draws=DRAWS)

    def record() -> None:
        past_rows(
            places(), england(), shipped_models(), deflator(), draws=shipped.record().draws, seed=1
        )

    one()
    found = [
        Measurement(
            f"forecast: {PLACE}, {YEARS} years, {DRAWS} draws, {base.population:,.0f} children",
            best(one),
            goal=1.0,
            processor_seconds=processor(one),
            megabytes=peak_megabytes(),
            baseline=f"plain Python, {FEW} children of each state scaled up",
            baseline_seconds=plain(base),
            note="published peer: 820 children, 365 days, one path 4.15 s (not measured here)",
        )
    ]
    seconds = best(record, times=1)
    found.append(
        Measurement(
            "record: every authority, three stocks and spending, three years",
            seconds,
            goal=60.0,
            megabytes=peak_megabytes(),
        )
    )
    return found
