"""The figures of a programme as a reader sees them: effects, bearings, costs, published results."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from headwater.core.estimate import Z95, Estimate
from headwater.core.figure import Figure
from headwater.core.programme import Cost, Effect, Population, Programme

NO_SIZE = "only the direction is published in the sources read"
"""Why an effect has no number."""

_RANGE = re.compile(r"^(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many published results favour the programme, show no effect, or favour the control."""

    favour_programme: Figure
    no_effect: Figure
    favour_control: Figure


def published_effect(effect: Effect) -> Figure:
    """Return the size of an effect with its interval, or why it has none."""
    bounds = effect.low is not None or effect.high is not None
    words = interval_words(effect.interval) if bounds else ""
    note = effect.note if effect.effect is not None else effect.note or NO_SIZE
    if effect.standard_error is not None:
        note = "; ".join(
            text for text in (f"standard error {effect.standard_error:g}", effect.note) if text
        )
    return Figure(
        value=effect.effect,
        unit=effect.measure,
        basis="published",
        sources=(effect.source,),
        period=effect.year,
        low=effect.low,
        high=effect.high,
        interval=words,
        note=note,
    )


def interval_words(interval: str) -> str:
    """Return "95%" as "95% interval"; other words as published."""
    return f"{interval} interval" if interval.endswith("%") else interval


def arm(effect: Effect, value: float | None) -> Figure | None:
    """Return one arm's value, or None where it was not published."""
    if value is None:
        return None
    base = "not stated" if effect.arm_unit.startswith("GBP") else ""
    return Figure(
        value, effect.arm_unit, "published", (effect.source,), period=effect.year, price_base=base
    )


def estimate(quantity: Estimate) -> Figure:
    """Return the middle of an estimate and its 95% interval."""
    low, high = quantity.draws(np.array([-Z95, Z95]))
    return Figure(
        value=quantity.centre,
        unit=quantity.unit,
        basis="computed",
        sources=(quantity.source,),
        low=round(float(low), 4),
        high=round(float(high), 4),
        interval="95% interval",
        note=quantity.uncertainty,
    )


def not_published(unit: str, why: str, source: str) -> Figure:
    """Return a figure for what the sources read do not give."""
    return Figure(None, unit, "published", (source,), note=why)


def cost_figure(cost: Cost) -> Figure:
    """Return a published cost in its own currency and prices."""
    return Figure(
        value=cost.value,
        unit=f"{cost.currency} ({cost.basis})",
        basis="published",
        sources=(cost.source,),
        price_base=cost.price_base or "not stated",
        low=cost.low,
        high=cost.high,
        interval="published range" if cost.low is not None or cost.high is not None else "",
        note=cost.not_usable_because,
    )


def result_figure(row: dict[str, str], name: str, unit: str) -> Figure | None:
    """Return one figure of a published cost-benefit result, or None where it was not given."""
    text = row.get(name, "")
    if not text:
        return None
    span = _RANGE.match(text)
    base = row.get("price_year", "") or "not stated"
    return Figure(
        value=None if span else float(text),
        unit=unit,
        basis="published",
        sources=(row["source"],),
        period=row.get("estimate_date", "") or row.get("year", "") or "date not stated",
        price_base=base if "GBP" in unit or "USD" in unit else "",
        low=float(span["low"]) if span else None,
        high=float(span["high"]) if span else None,
        interval="published range" if span else "",
        note=row.get("note", "") or ("a range is published" if span else ""),
    )


def count(number: int, unit: str, keys: tuple[str, ...]) -> Figure:
    """Return how many there are in the catalogue, from the sources read for them."""
    return Figure(float(number), unit, "computed", keys)


def ages(who: Population) -> str:
    """Return "0 to 17", or that no age is stated."""
    if not who.ages_stated:
        return "ages not stated"
    return f"{who.age_from:g} to {who.age_to:g}"


def keys_of(every: Iterable[Programme]) -> tuple[str, ...]:
    """Return the keys of every source of some programmes and their effects."""
    keys = {one.source for one in every}
    return tuple(sorted(keys | {effect.source for one in every for effect in one.effects}))


def tally(effects: Iterable[Effect], keys: tuple[str, ...]) -> Tally:
    """Return how many results point which way."""
    directions = [effect.direction for effect in effects]
    return Tally(
        favour_programme=count(directions.count("favours programme"), "published results", keys),
        no_effect=count(directions.count("no detectable effect"), "published results", keys),
        favour_control=count(directions.count("favours control"), "published results", keys),
    )
