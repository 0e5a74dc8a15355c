"""From an agreement's `[odds]` to the two chances that matter, and eight ways to pay."""

from collections.abc import Iterator

import numpy as np

from headwater.contracts.expect import Case, expected_outcomes
from headwater.contracts.settle import settle
from headwater.core.arrays import FloatArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.odds import Odds
from headwater.evaluation.estimates import chance_above, shares, simulated, standard_error
from headwater.evaluation.rules import Found, Linear, Rule, Setting, rules
from headwater.evaluation.sizes import (
    design_effect,
    implied_baseline,
    people_needed,
    smallest_effect,
)
from headwater.workflows.agreements import Agreement
from headwater.workflows.odds.result import EffectLine, OddsAnswer, RuleLine

DRAWS, SEED = 20_000, 1
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
"""True effects that are shown, as parts of the promised one."""
GOOD_POWER = 0.8
NOISY = 0.5
"""Standard deviation over mean of a payment above which a comparison adds mostly noise."""
SOURCES = ("headwater",)
BY_THE_UNIT = Linear(0.0, 0.0, 0.0).name


def odds(agreement: Agreement, *, draws: int = DRAWS, seed: int = SEED) -> OddsAnswer:
    """Return the odds of an agreement.

    Raises
    ------
    InputError
        If it has no `[odds]`.
    """
    contract = agreement.contract
    if contract.odds is None:
        raise InputError(
            Problem(
                agreement.name,
                "has no [odds]: what is tested, on how many, against what.",
                "Add without, promised, people, comparator, trigger and because.",
            )
        )
    asked = contract.odds
    trigger = asked.promised if asked.trigger is None else asked.trigger
    false, missed = _two(asked, trigger)
    lines = tuple(_rules(asked, trigger, draws, seed))
    return OddsAnswer(
        agreement=contract.id,
        name=contract.name,
        in_words=tuple(_words(asked, trigger, false, missed)),
        warnings=tuple(_warnings(asked, trigger)),
        false_pay=_chance(false, "the trigger is reached though the service changes nothing"),
        missed=_chance(missed, "the trigger is missed though the promise is kept"),
        trigger=_effect(asked, trigger, "assumed" if asked.trigger is None else "input"),
        standard_error=_effect(asked, float(standard_error(asked, asked.promised)), "computed"),
        needed=_needed(asked),
        smallest=_effect(asked, smallest_effect(asked), "computed"),
        effects=tuple(_effects(asked, trigger, draws, seed)),
        rules=lines,
        written=tuple(_written(agreement, seed)),
        advice=_advice(asked, trigger, lines),
        because=asked.because,
    )


def _two(asked: Odds, trigger: float) -> tuple[float, float]:
    false = float(chance_above(asked, 0.0, trigger))
    return false, 1.0 - float(chance_above(asked, asked.promised, trigger))


def _words(asked: Odds, trigger: float, false: float, missed: float) -> Iterator[str]:
    what = _said(asked, trigger)
    yield (
        f"If the service changes nothing, an estimate reaches the trigger of {what} with a "
        f"chance of {false:.0%}: then the payer pays for nothing."
    )
    yield (
        f"If the promise of {_said(asked, asked.promised)} is kept, it is missed with a chance of "
        f"{missed:.0%}: then the payer does not pay for success."
    )


def _said(asked: Odds, effect: float) -> str:
    if asked.outcome == "events":
        return f"{effect:.1%}"
    return f"{100 * effect:.3g} points"


def _warnings(asked: Odds, trigger: float) -> Iterator[str]:
    if trigger >= asked.promised:
        yield (
            "The trigger is not below the promised effect: however many people there are, a "
            "promise that is just kept pays no more than half of the time. Put it lower, or pay by "
            "the unit."
        )
    if asked.trigger is None:
        yield "The agreement names no trigger: the promised effect stands for it."
    comparator = asked.comparator
    if comparator.kind == "known":
        yield (
            "The comparison is a number taken as given. What it leaves out: its own error, and any "
            "change by itself since."
        )
    if comparator.kind != "concurrent" and comparator.drift_sd == 0.0 and comparator.drift == 0.0:
        drifted = asked.model_copy(
            update={"comparator": comparator.model_copy(update={"drift": trigger})}
        )
        pays = float(chance_above(drifted, 0.0, trigger))
        yield (
            f"No drift is allowed for. If rates improve by {_said(asked, trigger)} by themselves, "
            f"a service that changes nothing reaches the trigger with a chance of {pays:.0%}."
        )
    if asked.flagged is not None and asked.used is not None and asked.evidence_most is not None:
        implied = implied_baseline(asked.flagged, asked.used, asked.evidence_most)
        if implied.alarm:
            yield (
                f"The paid baseline implies that {implied.effect:.0%} was prevented; no such "
                f"service was shown to prevent more than {asked.evidence_most:.0%}. At that, "
                f"{implied.expected_flagged:.0f} of the {asked.flagged} would have had the outcome."
            )


def _advice(asked: Odds, trigger: float, lines: tuple[RuleLine, ...]) -> str:
    """Return whether to pay on a comparison: only with power, and where noise does not rule."""
    power = float(chance_above(asked, asked.promised, trigger))
    linear = next(line for line in lines if line.rule == BY_THE_UNIT)
    noisy = (linear.spread.value or 0.0) > 100 * NOISY
    if power >= GOOD_POWER and not noisy:
        return "Large enough to pay on a comparison: the promise, kept, is mostly seen."
    return (
        "Too small to pay on a comparison: luck decides too much. Pay a lower price for every "
        "success, with what would have happened anyway taken off beforehand, evaluate beside it "
        "without payment, and pool contracts of the kind to set the next year's deduction."
    )


def _effects(asked: Odds, trigger: float, draws: int, seed: int) -> Iterator[EffectLine]:
    for part in PARTS:
        effect = part * asked.promised
        if asked.outcome == "events" and effect >= 1.0:
            continue
        estimate, _ = simulated(asked, effect, draws=draws, seed=seed)
        yield EffectLine(
            _effect(asked, effect, "input"),
            _chance(float(chance_above(asked, effect, trigger)), "normal formula"),
            _chance(float(np.mean(estimate >= trigger)), f"{draws:,} draws"),
        )


def _rules(asked: Odds, trigger: float, draws: int, seed: int) -> Iterator[RuleLine]:
    """Yield the eight rules at nothing, half the promise, and the promise kept."""
    worth = 1.0 if asked.worth is None else asked.worth
    per_person = asked.promised if asked.outcome == "share" else asked.promised * asked.without
    budget = worth * asked.people * per_person
    nothing, half, kept = (
        _found(asked, part * asked.promised, draws, seed) for part in (0.0, 0.5, 1.0)
    )
    baseline = asked.without if asked.good == "rise" else 1.0 - min(asked.without, 1.0)
    setting = Setting(budget, asked.promised, trigger, baseline, asked.people)
    for rule in rules(setting, kept):
        yield _line(asked, rule.name, (_pay(rule, nothing), _pay(rule, half), _pay(rule, kept)))


def _pay(rule: Rule, found: Found) -> FloatArray:
    return rule.pay(found)


def _found(asked: Odds, effect: float, draws: int, seed: int) -> Found:
    estimate, spread = simulated(asked, effect, draws=draws, seed=seed)
    rate = float(shares(asked, effect))
    random = np.random.default_rng([seed, 11])
    well = rate if asked.good == "rise" else 1.0 - min(rate, 1.0)
    succeeded = random.binomial(asked.people, min(max(well, 0.0), 1.0), draws).astype(float)
    return Found(estimate, spread, succeeded, asked.people)


def _line(asked: Odds, name: str, paid: tuple[FloatArray, FloatArray, FloatArray]) -> RuleLine:
    nothing, half, kept = paid
    mean = float(np.mean(kept))
    return RuleLine(
        rule=name,
        paid_for_nothing=_money(asked, float(np.mean(nothing)), mean),
        paid_half=_money(asked, float(np.mean(half)), mean),
        paid_kept=_money(asked, mean, mean),
        false_pay=_chance(float(np.mean(nothing > 0.0)), "something is paid for nothing"),
        missed=_chance(
            float(np.mean(kept < mean / 2.0)), "less than half is paid though the promise is kept"
        ),
        spread=Figure(
            100.0 * float(np.std(kept)) / mean if mean else 0.0,
            "per cent of the payment",
            "computed",
            SOURCES,
            note="standard deviation if the promise is kept",
        ),
    )


def _money(asked: Odds, value: float, whole: float) -> Figure:
    if asked.worth is not None:
        return Figure(value, "GBP", "computed", SOURCES, price_base="cash", note="mean of draws")
    part = 100.0 * value / whole if whole else 0.0
    return Figure(part, "per cent of what a kept promise pays", "computed", SOURCES)


def _written(agreement: Agreement, seed: int) -> Iterator[RuleLine]:
    """Yield what the agreement pays as it is written, where it expects outcomes."""
    contract = agreement.contract
    if not contract.expected or contract.odds is None:
        return
    cases: tuple[Case, ...] = ("no effect", "half the effect", "as promised")
    paid = []
    for case in cases:
        outcomes = expected_outcomes(contract, case, draws=2000, seed=seed)
        paid.append(settle(contract, outcomes).total.sum(axis=1) / 100.0)
    asked = contract.odds.model_copy(update={"worth": contract.odds.worth or 1.0})
    yield _line(asked, "the agreement as it is written", (paid[0], paid[1], paid[2]))


def _needed(asked: Odds) -> Figure:
    note = "people in each arm to see the promised effect: 5% two-sided, 80% power"
    if asked.outcome != "share":
        why = "given for shares only"
        return Figure(None, "people", "not known", note=why)
    after = float(shares(asked, asked.promised))
    people = people_needed(asked.without, after, design=design_effect(asked))
    return Figure(people, "people", "computed", SOURCES, note=note)


def _effect(asked: Odds, value: float, basis: str) -> Figure:
    unit = "points" if asked.outcome == "share" else "per cent of the rate"
    note = "the promised effect, for want of a trigger" if basis == "assumed" else ""
    if not np.isfinite(value):
        return Figure(None, unit, "not known", note="no effect would be seen")
    sources = SOURCES if basis == "computed" else ()
    return Figure(100.0 * value, unit, basis, sources, note=note)  # type: ignore[arg-type]


def _chance(value: float, note: str) -> Figure:
    return Figure(100.0 * value, "per cent of draws", "computed", SOURCES, note=note)
