"""What `odds` answers."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What happens at one true effect: the chance of the trigger, by formula and simulated."""

    effect: Figure
    by_formula: Figure
    simulated: Figure


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One way to pay, scaled to the same average payment if the promise is kept.

    Parameters
    ----------
    paid_for_nothing, paid_half, paid_kept
        Average payment if the service changes nothing, half of what is promised, and all of it.
    false_pay, missed
        Chance to pay something if nothing changes; to pay less than half if the promise is kept.
    overpaid
        Average payment beyond what the outcomes are worth, if nothing changes.
    spread
        Standard deviation of the payment over its mean, if the promise is kept.
    """

    rule: str
    paid_for_nothing: Figure
    paid_half: Figure
    paid_kept: Figure
    false_pay: Figure
    missed: Figure
    spread: Figure


@dataclass(frozen=True, slots=True)
class OddsAnswer:
    """The odds of an agreement.

    Parameters
    ----------
    in_words
        The two chances first.
    false_pay, missed
        At the agreement's own trigger.
    written
        What the agreement pays by its own engine on the outcomes it expects, where it says any.
    """

    agreement: str
    name: str
    in_words: tuple[str, ...]
    warnings: tuple[str, ...]
    false_pay: Figure
    missed: Figure
    trigger: Figure
    standard_error: Figure
    needed: Figure
    smallest: Figure
    effects: tuple[EffectLine, ...]
    rules: tuple[RuleLine, ...]
    written: tuple[RuleLine, ...]
    advice: str
    because: str
