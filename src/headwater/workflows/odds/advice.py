"""Whether payment should hang on the comparison, in words."""

from collections.abc import Iterator, Sequence

from headwater.core.figure import Figure
from headwater.core.odds import Odds
from headwater.evaluation.performance import Performance
from headwater.evaluation.rule import Pays
from headwater.evaluation.study import Study
from headwater.evaluation.trigger import Trigger, decide
from headwater.workflows.odds.figures import Made, money, of_100
from headwater.workflows.odds.result import TriggerAdvice

ASK = "Add [odds.accepts] with spread: standard deviation ÷ mean that the risk bearer can carry."


def advise(
    table: Odds, study: Study, rules: Sequence[Pays], promised: Sequence[Performance], made: Made
) -> TriggerAdvice | None:
    """Return advice on the first rule that compares; None where none does."""
    chosen = next((i for i, rule in enumerate(rules) if rule.compares), None)
    if chosen is None:
        return None
    spread = table.accepts.spread
    found = decide(
        promised[chosen],
        study,
        power=table.accepts.power,
        spread=None if spread is None else spread.value,
        net_price=_net_price(table, rules[chosen]),
    )
    return _figures(rules[chosen].title, found, made, _said(table, rules[chosen].title, found))


def _net_price(table: Odds, rule: Pays) -> float | None:
    """Return the rule's price of an additional outcome, else what one is worth."""
    price = getattr(rule, "price", None)
    if price is not None:
        return float(price)
    return table.worth.value if table.worth is not None else None


def _said(table: Odds, title: str, found: Trigger) -> str:
    if found.compare is True:
        return f"'{title}' may decide payment: it pays often enough, and its chance can be carried."
    if found.compare is None:
        return f"Whether '{title}' should decide payment cannot be said. {ASK}"
    refused = f"Do not let '{title}' decide payment: {_why(found)}."
    return " ".join((refused, *_instead(table, found)))


def _why(found: Trigger) -> str:
    reasons = []
    if found.power < found.power_needed:
        reasons.append(
            f"with the promise kept it pays in {of_100(found.power)}, and"
            f" {of_100(found.power_needed)} are wanted"
        )
    if found.spread is not None and found.spread_accepted is not None:
        if found.spread > found.spread_accepted:
            reasons.append(
                f"payment varies by {found.spread:.2f} of its mean, and"
                f" {found.spread_accepted:g} can be carried"
            )
    elif found.spread is None:
        reasons.append("it pays nothing on average")
    return "; ".join(reasons)


def _instead(table: Odds, found: Trigger) -> Iterator[str]:
    """Yield what to do instead: a gross price, and an evaluation of many contracts."""
    price, net, discount = found.gross_price, found.net_price, found.discount
    if price is not None and net is not None and discount is not None:
        bad = table.baseline.value if table.better == "lower" else 1.0 - table.baseline.value
        anyway = price * table.people * (1.0 - bad)
        yield (
            f"Instead, {money(table, price)} for every success pays as much if the promise is kept:"
            f" {money(table, net)} less {100 * discount:.0f}%, the part of successes expected"
            f" anyway, fixed in advance. But it pays {money(table, anyway)} if the service changes"
            " nothing, so it needs a list of people whom the provider does not choose, and a grant"
            " beside it for comparison."
        )
    elif table.outcome != "share":
        yield "Pay for delivery, and let an evaluation that is not paid on say what changed."
    if found.pooled is not None:
        yield (
            f"Or pool {found.pooled:,} such contracts: together their payment varies no more than"
            " can be carried; their result resets the discount."
        )


def _figures(title: str, found: Trigger, made: Made, said: str) -> TriggerAdvice:
    no_limit = "the file gives no limit: add [odds.accepts] with spread"
    pooled = no_limit if found.spread_accepted is None else "it can be carried already"
    no_price = "neither a price nor an outcome's worth is given"
    no_share = "single people do not succeed or fail"

    def worked(value: float | None, unit: str, without: str, times: float = 1) -> Figure:
        return made.worked(value, unit, note=without if value is None else "", times=times)

    return TriggerAdvice(
        rule=title,
        compare=found.compare,
        said=said,
        power=made.chance(found.power),
        power_needed=worked(found.power_needed, "per cent", "", 100),
        spread=worked(found.spread, "ratio", "nothing is paid"),
        spread_accepted=worked(found.spread_accepted, "ratio", no_limit),
        pooled=worked(found.pooled, "contracts", pooled),
        net_price=worked(found.net_price, "GBP for each", no_price),
        gross_price=worked(
            found.gross_price,
            "GBP for each success",
            no_share if found.discount is None else no_price,
        ),
        discount=worked(found.discount, "per cent", no_share, 100),
    )
