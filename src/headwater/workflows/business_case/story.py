"""The words: verdict, conflicts and the first page."""

import math

import numpy as np

from headwater.appraisal.cashability import break_even_share
from headwater.core.arrays import FloatArray
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.programme import Effect, Programme
from headwater.workflows.business_case.figures import HIGH, LOW, computed, drawn
from headwater.workflows.business_case.outcomes import care_days, successes
from headwater.workflows.business_case.result import Headline, PromiseAnswer, Worth
from headwater.workflows.business_case.run import NO_COST, RATES, Run
from headwater.workflows.business_case.sensitivity import AFTER
from headwater.workflows.business_case.setting import Setting

RANDOMISED = {"randomised"}
OWN = {
    "place": "the place's own, not this cohort's",
    "England": "England's, the same in every place",
    "trial": "a trial's control arm, the same in every place",
}
"""Whose risk a cohort has if none is given, by where the hazard comes from."""
LITTLE = 0.1
"""Weight of a place's own figures, in the middle of its levels, below which that is remarked on."""
FAR = 3.0
"""Times the place's own hazards from which a cohort's risk is remarked on."""


def headline(run: Run, worth: tuple[Worth, ...], promise: PromiseAnswer | None) -> Headline:
    """Return the two-sided first page."""
    council, every = worth
    setting, children, days = run.setting, run.tally.children, care_days(run.tally)
    would, gross = successes(run)
    net, known, blank = gross - would, run.effect_known, run.blank("children")
    later = _saved_later(run)
    return Headline(
        success=setting.aim.success,
        verdict=verdict(run, worth, promise),
        gross=run.count(gross, "children", GROSS) if known else blank,
        would_have_anyway=run.count(
            would, "children", GROSS, "would have done as well without the programme"
        ),
        net=run.count(net, "children", NET) if known else blank,
        number_needed=_number_needed(run, net),
        never_entering=computed(
            100 * float(would.mean()) / children,
            "per cent",
            run.child_sources,
            f"of the cohort {setting.aim.success} without the programme, within the horizon",
        ),
        days_net=(
            run.count(days[0] - days[1], "days", NET, "fewer days looked after within the horizon")
            if known
            else run.blank("days")
        ),
        delivery_cost=_delivery_cost(run),
        saved_council=council.saved,
        saved_all=every.saved,
        chance_council=council.chance_of_saving,
        chance_all=every.chance_of_saving,
        conflicts=conflicts(setting.programme),
        saved_after_follow_up=later,
        assumed=assumed_in_short(run, later),
    )


def _delivery_cost(run: Run) -> Figure:
    if run.cost is None:
        return run.blank("GBP", NO_COST)
    each = run.setting.delivery
    cost = drawn(
        run.appraisal.cost,
        "GBP",
        (*each.sources, RATES),
        price_base=run.appraisal.price_base,
        note=f"present value; {each.note}",
    )
    given = each.basis == "input" and not run.setting.case.cohort.starts
    return cost.but(basis="input", sources=()) if given else cost


def _number_needed(run: Run, net: FloatArray) -> Figure:
    unit = "children helped for one who does better"
    if not run.effect_known:
        return run.blank(unit)
    if net.mean() <= 0:
        return run.blank(unit, "none does better on average")
    if np.percentile(net, LOW) <= 0:
        return run.blank(unit, "cannot be told from none: the span of the net count holds nought")
    note = "number needed to help: children ÷ net, means over draws"
    return computed(run.tally.children / float(net.mean()), unit, run.child_sources, note)


def verdict(run: Run, worth: tuple[Worth, ...], promise: PromiseAnswer | None) -> str:
    """Return the answer in a few sentences, the cashable share it needs first."""
    if not run.effect_known:
        text = (
            f"No published effect of {run.setting.programme.name} can be used, so no saving is"
            " forecast. What follows says what would have to be true."
        )
        return f"{text} {_of_promise(promise)}".strip()
    if run.cost is None:
        text = "What delivery costs is not known: see the most one could pay per child."
        return f"{text} {_of_promise(promise)}".strip()
    share = break_even_share(run.appraisal.council.saved, run.appraisal.cost)
    text = f"If what is assumed holds and average costs fall away, it is {_chances(worth)}."
    if run.cost == 0.0:
        return text
    if run.aim_missed:
        text += f" Fewer children {run.setting.aim.success} with it than without, on average."
    if share <= 1.0:
        needed = _percent(100 * share)
        return f"It pays the council back if {needed} of average costs fall away. {text}"
    return f"{text} Do not buy it for its savings; it may still be worth buying for children."


def _saved_later(run: Run) -> Figure:
    """Return the share of the saving that falls after the years a study followed families."""
    unit, change = "per cent of what all budgets save", run.setting.change
    if change is None:
        return run.blank(unit)
    followed = math.ceil(change.months / 12)
    yearly = run.appraisal.benefits.sum(axis=0).mean(axis=0) * run.appraisal.factors
    whole = float(yearly.sum())
    if len(run.setting.case.cohort.starts) > 1:
        return run.blank(unit, "not worked out where children start in several years")
    if whole <= 0.0:
        return run.blank(unit, "nothing is saved")
    later = 100 * float(yearly[followed:].sum()) / whole
    if later > 100:
        return run.blank(unit, "all of it and more: before then it costs")
    return run.worked_out(later, unit, f"after {12 * followed} months: modelled, not observed")


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


def _chances(worth: tuple[Worth, ...]) -> str:
    """Return how likely a saving is, for the council and for all public budgets."""
    council, every = (one.chance_of_saving.value or 0.0 for one in worth)
    said = f"{_likely(council)} to save the council money ({_percent(council)} of draws)"
    other = f"{_likely(every)} to save " if _likely(every) != _likely(council) else ""
    return f"{said} and {other}all public budgets ({_percent(every)})"


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


def assumed_in_short(run: Run, later: Figure) -> tuple[str, ...]:
    """Return the few assumptions that matter most, a line each, for the first page."""
    change, times = run.setting.change, float(np.median(run.solved.risk_factor))
    lines = [f"risk without the programme: {_whose_risk(run.setting)}"]
    if times > FAR:
        lines.append(f"that risk is {times:.0f} times the place's own at this level of need")
    if times < 1 / FAR:
        lines.append(f"that risk is 1/{1 / times:.0f} of the place's own at this level of need")
    if change is not None:
        line = f"after {change.months:g} months: {AFTER[change.after]}"
        if later.value:
            line += f"; {_percent(later.value)} of the saving falls {later.note}"
        lines.append(line)
    lines.append("savings at average costs: the most that can be released")
    if np.median([level.weight for level in run.setting.levels]) < LITTLE:
        lines.append("the place publishes too little of its own: its neighbours' levels are used")
    if run.effect_known and _outside(run.appraisal.saved):
        lines.append("so few children gain that chance decides: the mean lies outside the span")
    return tuple(lines)


def _outside(draws: FloatArray) -> bool:
    """Whether the mean lies outside the span that holds most draws."""
    low, high = np.percentile(draws, [LOW, HIGH])
    return not low <= float(draws.mean()) <= high


def _whose_risk(setting: Setting) -> str:
    """Say, in short, where the cohort's risk without the programme comes from."""
    risk = setting.risk_known
    if risk is None:
        start = setting.pathway.states[setting.start.state]
        moves = [setting.pathway.transitions[i] for i in setting.aim.moves]
        direct = {move.provenance for move in moves if move.origin == start}
        return OWN.get(direct.pop(), OWN["place"]) if len(direct) == 1 else OWN["place"]
    if risk.basis == "assumed":
        return risk.in_words.partition(". ")[0]
    return "as given in the case" if risk.basis == "input" else "the trial's control arm, not local"
