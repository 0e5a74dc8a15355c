"""Figures of a place: published values with unit, period and source, and rates from them."""

from collections.abc import Mapping

from headwater.catalogue.places import Measure, england, measures
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.place import Place

PER_CHILDREN = 10_000
"""Rates are per 10,000 children aged 0 to 17, as the Department for Education gives them."""

MISSING = {
    "suppressed": "suppressed: a small number, or one that would give a small number away",
    "not applicable": "not applicable",
    "not available": "not available",
    "low": "rounds to nought",
    "merged": "suppressed or not applicable; its publisher writes one dash for both",
    "unreliable": "withheld by its publisher for low reliability",
}


def period(measure: Measure, year: int) -> str:
    """Return what a year of a measure stands for, e.g. "year to 31 March 2025"."""
    if measure.timing == "spending":
        return str(PriceBase(year - 1))
    words = {"stock": "31 March {}", "flow": "year to 31 March {}", "mid-year": "mid-{}"}
    return words[measure.timing].format(year)


def published(place: Place, measure_id: str, year: int) -> Figure:
    """Return one value as published; without a number it says why there is none.

    Where a table does not list the place at all, the source named is the one England's figure has.
    """
    measure = measures()[measure_id]
    price_base = period(measure, year) if measure.unit.startswith("GBP") else ""
    series = place.series.get(measure_id)
    if series is None or year not in series.years:
        return Figure(
            None,
            measure.unit,
            "published",
            (england().series[measure_id].source,),
            period(measure, year),
            price_base,
            note="not in the tables read",
        )
    symbol = series.symbols[series.years.index(year)]
    return Figure(
        series.at(year),
        measure.unit,
        "published",
        (series.source_of(year),),
        period(measure, year),
        price_base,
        note=MISSING[symbol] if symbol else series.rounding,
    )


def rate(place: Place, measure_id: str, year: int) -> Figure:
    """Return a count per 10,000 children, on the population of the mid-year before."""
    count = published(place, measure_id, year)
    children = published(place, "population", year - 1)
    known = count.value is not None and children.value
    return computed(
        (count.value or 0.0) / children.value * PER_CHILDREN if known and children.value else None,
        "per 10,000 children",
        {"count": count, "population": children},
        period=count.period,
    )


def computed(
    value: float | None,
    unit: str,
    parts: Mapping[str, Figure],
    *,
    period: str,
    price_base: str = "",
    note: str = "",
) -> Figure:
    """Return a figure worked out from others, with their sources.

    Parameters
    ----------
    parts
        What it is worked out from, by name; where `value` is None the note names those missing.
    """
    missing = [f"{name} {part.note}" for name, part in parts.items() if part.value is None]
    keys = tuple(sorted({key for part in parts.values() for key in part.sources}))
    text = note if value is not None else ("; ".join(missing) or note)
    return Figure(value, unit, "computed", keys, period, price_base, note=text)
