"""What was published of a place before its base day, beside which a forecast is drawn."""

from dataclasses import dataclass

from headwater.catalogue.places import place
from headwater.catalogue.prices import deflator
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.pathway import STOCKS
from headwater.core.place import Place
from headwater.workflows.forecast.base_day import MEASURE
from headwater.workflows.forecast.record import NAMES, PUBLISHED, SPENDING
from headwater.workflows.forecast.result import Forecast
from headwater.workflows.place_figures import published

YEARS = 10
"""Published years shown, the base year the last."""
FEWEST = 4
"""Years that must follow a break for a drawing to begin there."""


@dataclass(frozen=True, slots=True)
class History:
    """Published figures of the years to the base day.

    Parameters
    ----------
    base
        The year of the base day.
    stocks
        Children by stock, a figure a year of `years`.
    spending
        On looked-after children in the financial year that ends then, in the base year's prices.
    breaks
        In words: where a series jumps by more than its past and its peers explain.
    since
        The year that each series is drawn from, by stock or "spending": that of its last break,
        where enough years follow, so that what was counted otherwise does not set the scale.
    """

    base: int
    years: tuple[int, ...]
    stocks: dict[str, tuple[Figure, ...]]
    spending: tuple[Figure, ...]
    breaks: tuple[str, ...]
    since: dict[str, int]


def history(result: Forecast) -> History:
    """Return what was published before a forecast's base day, that day included."""
    here, base = place(result.place_id), int(result.base.rsplit(" ", maxsplit=1)[-1])
    years = tuple(range(base - YEARS + 1, base + 1))
    return History(
        base=base,
        years=years,
        stocks={
            stock: tuple(published(here, MEASURE[stock], year) for year in years)
            for stock in STOCKS
        },
        spending=tuple(_spent(here, year, base) for year in years),
        breaks=_breaks(here, years),
        since={name: _since(here, measure, years) for name, measure in PUBLISHED.items()},
    )


def _spent(here: Place, year: int, base: int) -> Figure:
    """Return what was spent in the financial year that ends in `year`, in real terms."""
    spent = published(here, PUBLISHED[SPENDING], year)
    prices = deflator()
    if spent.value is None:
        return spent
    to, own = PriceBase(base - 1), PriceBase(year - 1)
    if to == own:
        return spent
    return Figure(
        spent.value * prices.factor(own, to),
        "GBP",
        "computed",
        (*spent.sources, prices.source),
        spent.period,
        str(to),
        note=f"published in {own} prices, moved by the GDP deflator",
    )


def _since(here: Place, measure: str, years: tuple[int, ...]) -> int:
    last = max((b.year for b in here.breaks if b.measure == measure), default=years[0])
    return last if years[0] < last <= years[-FEWEST] else years[0]


def _breaks(here: Place, years: tuple[int, ...]) -> tuple[str, ...]:
    measures = {measure: name for name, measure in PUBLISHED.items()}
    return tuple(
        f"{NAMES[measures[found.measure]]} jump in {found.year}: {found.reason}"
        + _begins(here, found.measure, found.year, years)
        for found in here.breaks
        if found.measure in measures and found.year in years
    )


def _begins(here: Place, measure: str, year: int, years: tuple[int, ...]) -> str:
    return " (the drawing begins there)" if _since(here, measure, years) == year else ""
