"""What a case costs: delivery, prices and discounting, all in the run's prices."""

import numpy as np

from headwater.appraisal.prices import COURT, overridden, place_prices
from headwater.catalogue import pathway as pathway_catalogue
from headwater.catalogue.places import england
from headwater.catalogue.prices import deflator, discount_rates
from headwater.catalogue.unit_costs import unit_cost
from headwater.core.appraisal import Price
from headwater.core.arrays import FloatArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.place import Place
from headwater.core.programme import Programme
from headwater.workflows.business_case.case import Amount, Case
from headwater.workflows.business_case.figures import computed, given, unknown


def reprice(case: Case, amount: Amount, to: PriceBase, where: str) -> float:
    """Return an amount of the case in the run's prices."""
    base = PriceBase.read(amount.price_base, place=where)
    factor = deflator().factor(base, to, beyond=case.options.inflation_beyond_index)
    return float(amount.amount) * factor


def delivery_cost(case: Case, what: Programme, to: PriceBase) -> tuple[Figure, list[str]]:
    """Return pounds a child in the run's prices, as given or as published; and what is assumed."""
    own, unit = case.delivery.cost_per_child, "GBP a child"
    if own is not None:
        original = f"£{own.amount:,} a child, {own.price_base} prices; {own.source}"
        return given(reprice(case, own, to, "delivery.cost_per_child"), unit, original, str(to)), []
    cost = what.cost
    if cost is None or not cost.usable or cost.value is None:
        why = cost.not_usable_because if cost else "no cost was found in the sources read"
        said = (
            f"Cost of delivery not given, and no published one can be used ({why}):"
            " the case says what may be paid, not whether it pays."
        )
        return unknown(unit, why, str(to)), [said]
    base, prices = PriceBase.read(cost.price_base, place=f"{what.id}.cost"), deflator()
    value = cost.value * prices.factor(base, to, beyond=case.options.inflation_beyond_index)
    original = f"£{cost.value:,.0f} a child, {cost.price_base} prices; {cost.basis}"
    return computed(value, unit, (cost.source, prices.source), original, str(to)), [
        "Cost of delivery not given: the published one is used, uprated by the GDP deflator."
    ]


def case_prices(case: Case, here: Place, to: PriceBase) -> tuple[tuple[Price, ...], list[str]]:
    """Return every price, the user's own in place of the published; and what is assumed."""
    prices = place_prices(
        here,
        england(),
        [unit_cost(name) for name in COURT],
        deflator=deflator(),
        to=to,
        beyond=case.options.inflation_beyond_index,
        children_per_family=pathway_catalogue.national().pathway.children_per_family,
    )
    held = {price.id: price for price in prices}
    _check_lines(case, held)
    own_prices = {
        name: (
            reprice(case, own, to, f"unit_costs.{name}") / (7 if own.per == "week" else 1),
            f"£{own.amount:,} for each {own.per}, {own.price_base} prices; {own.source}",
        )
        for name, own in case.unit_costs.items()
    }
    notes = [price.note for price in prices if "England's" in price.note]
    return overridden(prices, own_prices), [f"Unit cost: {note}." for note in notes]


def discount_factors(case: Case, years: int) -> FloatArray:
    """Return the discount factor of each year from the first start, array (year,)."""
    schedule = discount_rates()[case.options.discount]
    return np.array([schedule.factor(year) for year in range(years)])


def _check_lines(case: Case, held: dict[str, Price]) -> None:
    """Refuse a price for a line that the case has not, or in a unit that is not the line's."""
    problems = []
    for name, own in case.unit_costs.items():
        where = f"unit_costs.{name}"
        if name not in held:
            known = ", ".join(held)
            problems.append(Problem(where, "is no line of this case.", f"Lines: {known}."))
        elif (own.per == "entry") != bool(held[name].moves):
            right = "entry" if held[name].moves else "day or week"
            problems.append(Problem(f"{where}.per", f"is '{own.per}'.", f"Priced per {right}."))
    days = [name for name, price in held.items() if price.buckets]
    problems += [
        Problem(
            f"cashability.{i}.line",
            f"'{step.line}' is no line of days.",
            f"Lines: {', '.join(days)}.",
        )
        for i, step in enumerate(case.cashability)
        if step.line not in days
    ]
    if problems:
        raise InputError(problems)
