"""A waterfall in sentences: what investors may lose, who bears what, what the public pays."""

from collections.abc import Iterator

from headwater.core.cash import SIGNS
from headwater.core.exact import PENCE
from headwater.core.figure import Figure
from headwater.core.money_side import Step
from headwater.workflows.waterfall.result import WaterfallScenario

HALF_A_PENNY = 0.5 / PENCE


def amount(figure: Figure) -> str:
    """Return an amount to the whole pound: "£7,200,000", "−£300"."""
    if figure.value is None:
        return "not known"
    sign = SIGNS.get(figure.unit, f"{figure.unit} ")
    text = f"{sign}{abs(figure.value):,.0f}"
    return f"−{text}" if figure.value < 0 and round(figure.value) else text


def rate(figure: Figure) -> str:
    """Return a rate a year: "5.1%", "−100%", "none"."""
    if figure.value is None:
        return "none"
    return f"{figure.value:g}%".replace("-", "−")


def times(figure: Figure) -> str:
    """Return a multiple: "1.11", "no"."""
    return "no" if figure.value is None else f"{figure.value:.2f}"


def chance(figure: Figure) -> str:
    """Return a share of draws, which never claims certainty unless it is 0 or all."""
    value = figure.value or 0.0
    if value in {0.0, 100.0}:
        return f"{value:.0f}%"
    return "under 1%" if value < 1 else "over 99%" if value > 99 else f"{value:.0f}%"


def in_words(scenarios: tuple[WaterfallScenario, ...]) -> Iterator[str]:
    """Yield the answer, the most important first."""
    first = scenarios[0]
    worst = min(scenarios, key=lambda one: one.investors_net.value or 0.0)
    yield from _lose(first, worst)
    yield from _bear(worst)
    least = min(scenarios, key=lambda one: one.public_pays.value or 0.0)
    most = max(scenarios, key=lambda one: one.public_pays.value or 0.0)
    paid = [
        f"{amount(one.public_pays)} {one.scenario}" for one in dict.fromkeys((first, least, most))
    ]
    yield f"The public pays in all, less what comes back to it: {'; '.join(paid)}."
    yield f"The finance costs the contract {rate(first.finance_rate)} a year {first.scenario}."
    yield from _short(scenarios)


def _lose(first: WaterfallScenario, worst: WaterfallScenario) -> Iterator[str]:
    if not first.invested.value and not worst.invested.value:
        yield "Nobody invests: no loan, note or participation is drawn."
        return
    gain = first.investors_net
    word = "gain" if (gain.value or 0.0) >= 0 else "lose"
    size = amount(gain.but(value=abs(gain.value or 0.0)))
    many = first.investors_net.low is not None
    often = f"; they lose in {chance(first.investors_lose)} of draws" if many else ""
    yield (
        f"Investors, {first.scenario}: they put in {amount(first.invested)} and {word} {size}"
        f"{' on average' if many else ''}. {_rate_of_return(first)}, "
        f"{times(first.investors_multiple)} times their money back, at most "
        f"{amount(first.investors_peak)} out{often}."
    )
    if worst is not first and (worst.investors_net.value or 0.0) < 0:
        lost = amount(worst.investors_net.but(value=-(worst.investors_net.value or 0.0)))
        yield (
            f"Investors at worst ({worst.scenario}): of {amount(worst.invested)} they lose {lost} "
            f"on average, and something in {chance(worst.investors_lose)} of draws."
        )


def _rate_of_return(one: WaterfallScenario) -> str:
    if one.investors_rate.value is None:
        return "No single rate of return"
    return f"Rate of return {rate(one.investors_rate)} a year"


def _bear(worst: WaterfallScenario) -> Iterator[str]:
    """Yield who bears the worst of the scenarios."""
    parts = []
    for line in worst.instruments:
        net = (line.got.value or 0.0) - (line.given.value or 0.0)
        if net < -HALF_A_PENNY:
            said = amount(line.given.but(value=-net))
            parts.append(f"{line.party} {said} ({line.instrument}, {line.kind.replace('_', ' ')})")
    if (worst.never_paid.value or 0.0) > HALF_A_PENNY:
        parts.append(f"those owed costs {amount(worst.never_paid)}")
    if parts:
        yield f"Who bears it then: {'; '.join(parts)}."


def _short(scenarios: tuple[WaterfallScenario, ...]) -> Iterator[str]:
    for one in scenarios:
        if (one.never_paid.value or 0.0) > HALF_A_PENNY:
            yield f"Short, {one.scenario}: costs of {amount(one.never_paid)} are never paid."
        if (one.owed_to_payers.value or 0.0) > HALF_A_PENNY:
            yield (
                f"Short, {one.scenario}: {amount(one.owed_to_payers)} that payers were to have "
                "back is never given back."
            )


def order_in_words(steps: tuple[Step, ...], currency: str) -> Iterator[str]:
    """Yield the steps as an agreement would say them."""
    for step in steps:
        named = ", ".join(step.of) or (step.to or "")
        named = ", ".join(f"{part.to} {float(part.share):.0%}" for part in step.part) or named
        parts = [f"{step.id}: {step.action}{f' ({named})' if named else ''}"]
        if step.share != 1:
            parts.append(f"from {float(step.share):.0%} of the cash")
        if step.limit is not None:
            limit = Figure(float(step.limit), currency, "input", price_base="cash")
            within = "in all" if step.within == "agreement" else f"each {step.within}"
            parts.append(f"at most {amount(limit)} {within}")
        parts += _conditions(step, currency)
        yield ", ".join(parts) + (f" [{step.clause}]" if step.clause else "")


def _conditions(step: Step, currency: str) -> Iterator[str]:
    said = step.condition
    if said.first_day is not None:
        yield f"from {said.first_day}"
    if said.last_day is not None:
        yield f"until {said.last_day}"
    if said.receipts_at_least is not None:
        least = Figure(float(said.receipts_at_least), currency, "input", price_base="cash")
        yield f"once payers have paid {amount(least)}"
    if said.repaid:
        yield f"once nothing is owed to {' and '.join(said.repaid)}"
