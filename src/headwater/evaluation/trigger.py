"""Whether payment should hang on a comparison at all, or on a price that allows for it."""

from dataclasses import dataclass
from math import ceil

from headwater.evaluation.anyway import gross_price
from headwater.evaluation.performance import Performance
from headwater.evaluation.study import Study


@dataclass(frozen=True, slots=True)
class Trigger:
    """Whether to pay on a comparison.

    Parameters
    ----------
    compare
        Whether both tests are passed; None where a limit is not given.
    power, spread
        Chance of payment, and standard deviation ÷ mean, if the promise is kept.
    power_needed, spread_accepted
        What they must reach, and must not pass.
    pooled
        Contracts like this one to pool until the spread is accepted: it falls with the square root
        of their number; None where it is accepted, or not given, or nothing is paid.
    gross_price
        Pounds for every success that pay as much as `net_price` for each additional one, if the
        promise is kept; None where successes of single people are not counted.
    net_price
        Pounds for each additional outcome.
    discount
        Part of successes expected anyway, taken off the price in advance.
    """

    compare: bool | None
    power: float
    power_needed: float
    spread: float | None
    spread_accepted: float | None
    pooled: int | None
    gross_price: float | None
    net_price: float | None
    discount: float | None


def decide(
    promised: Performance,
    study: Study,
    *,
    power: float,
    spread: float | None,
    net_price: float | None,
) -> Trigger:
    """Return whether to pay on a comparison, or a gross price with a discount fixed in advance.

    A comparison decides payment only if it is paid often enough when the promise is kept, and its
    chance is no more than whoever bears the risk accepts. Else: every success at a price less what
    would have happened anyway, and an evaluation of many contracts together that resets it.

    Parameters
    ----------
    promised
        The rule's performance at the promised effect.
    power, spread
        Least chance of payment; most standard deviation ÷ mean.
    net_price
        Pounds for each additional outcome.
    """
    varies = promised.spread
    accepted = None
    if promised.chance < power or (varies is None and spread is not None):
        accepted = False
    elif spread is not None and varies is not None:
        accepted = varies <= spread
    pooled = None
    if spread is not None and varies is not None and varies > spread:
        pooled = ceil((varies / spread) ** 2)
    price = discount = None
    if study.outcome == "share":
        bad = study.baseline if study.link.sign > 0 else 1.0 - study.baseline
        without = 1.0 - bad
        discount = without / (without + promised.effect)
        price = None if net_price is None else gross_price(net_price, promised.effect, without)
    return Trigger(
        accepted,
        promised.chance,
        power,
        varies,
        spread,
        pooled,
        price,
        net_price,
        discount,
    )
