"""What the odds say: every number a `Figure`, every block a frozen row type.

The names of these fields are the keys of the JSON document.
"""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class EffectColumn:
    """A true effect of the service.

    Parameters
    ----------
    name
        Harm, nothing, half of what is promised, what is promised, or as asked.
    effect
        The improvement; below nought: harm.
    """

    name: str
    effect: Figure


@dataclass(frozen=True, slots=True)
class OddsAt:
    """A payment rule at one true effect.

    Parameters
    ----------
    name
        Of the effect.
    chance
        How often it pays on results; of a rule that pays a part, the mean part.
    by_formula
        The same on the normal approximation, which knows no whole people; not known where there is
        no formula.
    pays, spread
        Payment on average, and its standard deviation ÷ mean.
    overpaid, underpaid
        By how much payment passes, and falls short of, what the outcomes really brought are worth;
        each on average over all draws.
    regret
        How far payment is, on average, from what the payer would pay in hindsight.
    loss
        How often payment is less than was put at risk.
    """

    name: str
    chance: Figure
    by_formula: Figure
    pays: Figure
    spread: Figure
    overpaid: Figure
    underpaid: Figure
    regret: Figure
    loss: Figure


@dataclass(frozen=True, slots=True)
class RuleOdds:
    """A payment rule over all effects.

    Parameters
    ----------
    kind, name
        Its kind, and what it is called.
    pays_part
        Whether it always pays a part, so that its chance is the mean part.
    false_pay
        How often it pays although the service changes nothing.
    missed
        How often it does not pay although the promise is kept.
    worst_regret
        The largest regret among the effects shown.
    per_outcome
        Payment for each additional outcome if the promise is kept.
    at
        Each true effect.
    """

    kind: str
    name: str
    pays_part: bool
    false_pay: Figure
    missed: Figure
    worst_regret: Figure
    per_outcome: Figure
    at: tuple[OddsAt, ...]


@dataclass(frozen=True, slots=True)
class SizeLine:
    """The rule in question with other numbers of people, by formula.

    Parameters
    ----------
    people
        People helped.
    nothing, promised
        How often it pays if the service changes nothing, and if the promise is kept.
    """

    people: Figure
    nothing: Figure
    promised: Figure


@dataclass(frozen=True, slots=True)
class DriftLine:
    """The rule in question if outcomes improve by themselves, by formula.

    Parameters
    ----------
    drift
        The improvement without help that the comparison does not see.
    nothing
        How often it pays if the service changes nothing.
    """

    drift: Figure
    nothing: Figure


@dataclass(frozen=True, slots=True)
class Precision:
    """What so many people can show.

    Parameters
    ----------
    error
        Standard deviation of the estimate if the promise is kept, drift included.
    design_effect
        By how much clusters multiply the variance.
    needed
        People helped that a test of the promise needs.
    least
        The least effect that it would show.
    """

    error: Figure
    design_effect: Figure
    needed: Figure
    least: Figure


@dataclass(frozen=True, slots=True)
class TriggerAdvice:
    """Whether payment should hang on the comparison.

    Parameters
    ----------
    rule
        The rule it is said of: the first that compares.
    compare
        Whether it should; null where a limit is not given.
    said
        The advice in words.
    power, power_needed
        How often it pays if the promise is kept, and what is wanted.
    spread, spread_accepted
        Standard deviation ÷ mean of the payment then, and what can be carried.
    pooled
        Contracts like this one to pool before the spread is accepted.
    net_price, gross_price, discount
        Price of an additional outcome; price of every success that pays as much if the promise is
        kept; the part of successes expected anyway.
    """

    rule: str
    compare: bool | None
    said: str
    power: Figure
    power_needed: Figure
    spread: Figure
    spread_accepted: Figure
    pooled: Figure
    net_price: Figure
    gross_price: Figure
    discount: Figure


@dataclass(frozen=True, slots=True)
class AnywayCheck:
    """A check of what would have happened anyway.

    Parameters
    ----------
    id
        "drift", "regression_to_the_mean", "implied_baseline", "missing_outcomes" or "claims".
    said
        What it says, in words.
    alarm
        Whether it gives cause for doubt.
    figures
        Its numbers, by name.
    """

    id: str
    said: str
    alarm: bool
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A number of the file, with where it comes from.

    Parameters
    ----------
    what
        What it is.
    figure
        The number.
    why
        Its source, or why it is assumed, in the file's words.
    """

    what: str
    figure: Figure
    why: str


@dataclass(frozen=True, slots=True)
class OddsResult:
    """How likely a contract is to pay for nothing, or to pay nothing for success.

    Parameters
    ----------
    title
        What the file calls it.
    people
        People helped.
    measured
        How the result is measured, in words.
    first_lines
        What must be said first: the two chances.
    effects
        True effects shown.
    rules
        Payment rules, the one in question first.
    by_formula
        The first rule that formulas hold for, which the next two are of.
    sizes, drifts
        That rule with more or fewer people; with improvement by itself.
    precision
        What so many people can show.
    trigger
        Whether payment should hang on the comparison; null where no rule compares.
    checks
        Checks of what would have happened anyway.
    warnings
        What a reader must not miss.
    given
        The file's numbers and where they come from.
    assumptions
        What is taken for granted.
    draws, seed
        Studies played out for each effect, and the seed of the random numbers.
    """

    title: str
    people: Figure
    measured: str
    first_lines: tuple[str, ...]
    effects: tuple[EffectColumn, ...]
    rules: tuple[RuleOdds, ...]
    by_formula: str
    sizes: tuple[SizeLine, ...]
    drifts: tuple[DriftLine, ...]
    precision: Precision
    trigger: TriggerAdvice | None
    checks: tuple[AnywayCheck, ...]
    warnings: tuple[str, ...]
    given: tuple[GivenLine, ...]
    assumptions: tuple[str, ...]
    draws: Figure
    seed: str
