"""Price bases, discount rates and values of health and wellbeing, as published."""

from functools import cache

from headwater.catalogue.files import read_json
from headwater.core.green_book import AppraisalValue, DiscountRates, RateBand, Schedule
from headwater.core.money import Deflator, PriceBase


@cache
def deflator() -> Deflator:
    """Return the GDP deflator by calendar year, 2024 = 100."""
    entry = read_json("prices.json")["deflator"]
    index = {int(year): float(value) for year, value in entry["index"].items()}
    return Deflator(index=index, source=entry["source"])


@cache
def discount_rates() -> dict[Schedule, DiscountRates]:
    """Return the Green Book's schedules by name: standard, health, sensitivity."""
    entry = read_json("prices.json")["discount_rates"]
    return {
        name: DiscountRates(
            name=name,
            bands=tuple(RateBand(first, last, rate) for first, last, rate in bands),
            source=entry["source"],
        )
        for name, bands in entry["schedules"].items()
    }


@cache
def appraisal_values() -> tuple[AppraisalValue, ...]:
    """Return every published value of a QALY and of a WELLBY, in its own price base."""
    return tuple(
        AppraisalValue(
            item=entry["item"],
            scenario=entry["scenario"],
            value=entry["value"],
            price_base=PriceBase.read(entry["price_base"], place=f"{entry['item']} value"),
            source=entry["source"],
        )
        for entry in read_json("prices.json")["appraisal_values"]
    )
