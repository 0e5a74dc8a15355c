"""What forecasts rest on: the pathway, levels, beliefs and prices of one vintage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.catalogue import forecast, pathway
from headwater.catalogue.pathway import Vintage
from headwater.catalogue.places import england, places
from headwater.core.ahead import Ahead, SpendAhead
from headwater.core.pathway import Level, Pathway, Stock
from headwater.pathways.levels import standing

HELD_OUT = 2022
"""The base year of the record."""


@dataclass(frozen=True, slots=True)
class Models:
    """What forecasts from one base year rest on, nothing in it later than that year."""

    year: int
    pathway: Pathway
    levels: Mapping[str, Sequence[Level]]
    ahead: Mapping[Stock, Ahead]
    spend: SpendAhead
    older: float


def shipped_models() -> Models:
    """Return what forecasts from 31 March 2022 rest on."""
    then = [
        name
        for name, place in places().items()
        if name != england().id and standing(place, HELD_OUT)
    ]
    return Models(
        year=HELD_OUT,
        pathway=pathway.national("2022").pathway,
        levels={name: pathway.levels(name, "2022") for name in then},
        ahead=forecast.ahead("2022"),
        spend=forecast.spend_ahead("2022"),
        older=older_share("2022"),
    )


def older_share(vintage: Vintage = "latest") -> float:
    """Return the share of England's looked-after children who are 16 or over."""
    stock = pathway.national_facts(vintage)["care_stock_by_age"]
    return float(stock[-1] / stock.sum())
