"""The words: verdict, conflicts and the first page."""

import math

import numpy as np

from headwater.appraisal.cashability import break_even_share
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.programme import Effect, Programme
from headwater.pathways.arms import Solved
from headwater.workflows.business_case.figures import computed, drawn, unknown
from headwater.workflows.business_case.outcomes import care_days, successes
from headwater.workflows.business_case.result import Headline, PromiseAnswer, Worth
from headwater.workflows.business_case.setting import Setting

NO_EFFECT = "no usable effect is published"
RATES = "hmt2026greenbook"
RANDOMISED = {"randomised"}
FAR = 3.0
"""Times the place's own hazards from which a cohort's risk is remarked on."""
AFTER_IN_SHORT = {
    "none": "no further effect on entry",
    "fade": "the effect fades",
    "persist": "the effect persists",
}


def headline(  # noqa: PLR0913, PLR0917 - the first page draws on everything
    setting: Setting,
    solved: Solved,
    tally: Tally,
    appraisal: Appraisal,
    worth: tuple[Worth, ...],
    sources: tuple[str, ...],
    promise: PromiseAnswer | None,
) -> Headline:
    """Return the two-sided first page."""
    council, every = worth
    unit = "children"
    would, gross = successes(setting, tally)
    net = gross - would
    days = care_days(tally)
    base = appraisal.price_base
    known = setting.change is not None
    anyway = drawn(
        would,
        unit,
        sources,
        count=GROSS,
        note="would have done as well without the programme",
    )
    blank = unknown(unit, NO_EFFECT)
    cost = (
        drawn(
            appraisal.cost,
            "GBP",
            (*((setting.delivery_source,) if setting.delivery_source else ()), RATES),
            price_base=base,
            note=f"present value; {setting.delivery_original}",
        )
        if setting.delivery is not None
        else unknown("GBP", "the cost of delivery is not known", base)
    )
    return Headline(
        success=setting.aim.success,
        verdict=verdict(setting, appraisal, worth, promise),
        gross=drawn(gross, unit, sources, count=GROSS) if known else blank,
        would_have_anyway=anyway,
        net=drawn(net, unit, sources, count=NET) if known else blank,
        number_needed=_number_needed(tally.children, net, sources) if known else blank,
        never_entering=computed(
            100 * float(would.mean()) / tally.children,
            "per cent",
            sources,
            f"of the cohort {setting.aim.success} without the programme, within the horizon",
        ),
        days_net=(
            drawn(
                days[0] - days[1],
                "days",
                sources,
                count=NET,
                note="fewer days looked after within the horizon",
            )
            if known
            else unknown("days", NO_EFFECT)
        ),
        delivery_cost=cost,
        saved_council=council.saved,
        saved_all=every.saved,
        chance_council=council.chance_of_saving,
        chance_all=every.chance_of_saving,
        conflicts=conflicts(setting.programme),
        saved_after_follow_up=_saved_later(setting, appraisal, sources),
        assumed=assumed_in_short(setting, solved),
    )


def _number_needed(children: int, net: FloatArray, sources: tuple[str, ...]) -> Figure:
    mean, unit = float(net.mean()), "children helped for one who does better"
    if mean <= 0:
        return unknown(unit, "none does better on average")
    return computed(
        children / mean, unit, sources, "number needed to help: children ÷ net, means over draws"
    )


def verdict(
    setting: Setting,
    appraisal: Appraisal,
    worth: tuple[Worth, ...],
    promise: PromiseAnswer | None,
) -> str:
    """Return the answer in a few sentences, the cashable share it needs first."""
    if setting.change is None:
        text = (
            f"No published effect of {setting.programme.name} can be used, so no saving is"
            " forecast. What follows says what would have to be true."
        )
        return f"{text} {_of_promise(promise)}".strip()
    if setting.delivery is None:
        return "What delivery costs is not known: see the most one could pay per child."
    chances = [one.chance_of_saving.value or 0.0 for one in worth]
    council, every = (f"{_likely(chance)} ({_percent(chance)} of draws)" for chance in chances)
    share = break_even_share(appraisal.saved(council_only=True), appraisal.cost)
    text = (
        f"If what is assumed holds and average costs fall away, it is {council} to save the"
        f" council money and {every} to save public budgets as a whole."
    )
    if share <= 1.0:
        needed = _percent(100 * share)
        return f"It pays the council back if {needed} of average costs fall away. {text}"
    return f"{text} Do not buy it for its savings; it may still be worth buying for children."


def _saved_later(setting: Setting, appraisal: Appraisal, sources: tuple[str, ...]) -> Figure:
    """Return the share of the saving that falls after the years a study followed families."""
    unit = "per cent of what all budgets save"
    if setting.change is None:
        return unknown(unit, NO_EFFECT)
    followed = math.ceil(setting.change.months / 12)
    yearly = appraisal.benefits.sum(axis=0).mean(axis=0) * appraisal.factors
    whole = float(yearly.sum())
    if len(setting.case.cohort.starts) > 1 or whole <= 0.0:
        return unknown(unit, "children start in several years, or nothing is saved")
    later = 100 * float(yearly[followed:].sum()) / whole
    return computed(later, unit, sources, f"after {12 * followed} months: modelled, not observed")


def _of_promise(promise: PromiseAnswer | None) -> str:
    if promise is None or not promise.rows:
        return ""
    needed = [row.effect_if_before.value for row in promise.rows]
    possible = [row for row, value in zip(promise.rows, needed, strict=True) if value is not None]
    if not possible:
        return "At no baseline risk in the stated range can the promise hold."
    weakest = possible[-1].effect_if_before.value or 0.0
    first, last = possible[0], possible[-1]
    start = (
        f"At a risk of {first.risk.value:.0f}% without the programme"
        if first is promise.rows[0]
        else f"Below a risk of about {first.risk.value:.0f}% the promise cannot hold; at it"
    )
    return (
        f"{start}, the promise needs a hazard ratio of"
        f" {first.effect_if_before.value or 0.0:.2f} for the whole horizon; at"
        f" {last.risk.value:.0f}%, {weakest:.2f}. Stricter if the saving is after payments."
    )


def _percent(chance: float) -> str:
    """Return a share of draws in words that never claim certainty."""
    if chance > 99:
        return "over 99%"
    return "under 1%" if chance < 1 else f"{chance:.0f}%"


def _likely(chance: float) -> str:
    for least, words in (
        (90, "likely"),
        (50, "more likely than not"),
        (10, "less likely than not"),
    ):
        if chance >= least:
            return words
    return "unlikely"


def conflicts(programme: Programme) -> tuple[str, ...]:
    """Return where a claim for this programme meets randomised evidence that says otherwise."""
    found = [*programme.conflicts]
    trials = [e for e in programme.effects if e.kind in RANDOMISED and _against(e)]
    claims = [
        e
        for e in programme.effects
        if e.kind not in RANDOMISED and e.direction == "favours programme"
    ]
    found += [
        f"{claim.study} ({claim.kind}) reports {claim.outcome} in favour; the randomised"
        f" {trial.study} found {trial.direction} on {trial.outcome}."
        for claim in claims
        for trial in trials
        if trial.domain == claim.domain
    ]
    return tuple(dict.fromkeys(found))


def _against(effect: Effect) -> bool:
    return effect.direction in {"no detectable effect", "favours control"}


def assumed_in_short(setting: Setting, solved: Solved) -> tuple[str, ...]:
    """Return the few assumptions that matter most, a line each, for the first page."""
    risk, change = setting.risk_known, setting.change
    if risk is None:
        where = "the place's own, not this cohort's"
    elif risk.basis == "assumed":
        where = risk.in_words.partition(". ")[0]
    elif risk.basis == "input":
        where = "as given in the case"
    else:
        where = "the trial's control arm, not local"
    lines = [f"risk without the programme: {where}"]
    times = float(np.median(solved.risk_factor))
    if times > FAR:
        lines.append(f"that risk is {times:.0f} times the place's own at this level of need")
    if change is not None:
        lines.append(f"after {change.months:g} months: {AFTER_IN_SHORT[change.after]}")
    lines.append("savings at average costs: the most that can be released")
    return tuple(lines)


def evidence_lines(programme: Programme) -> tuple[str, ...]:
    """Return the evidence in words, nulls and harms beside the rest."""
    return tuple(
        f"{e.direction}: {e.outcome} ({e.study}, {e.country or 'country not stated'}, {e.kind})"
        for e in programme.effects
    )
