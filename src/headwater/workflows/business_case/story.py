"""The words: verdict, conflicts, assumptions and the first page."""

import numpy as np

from headwater.core.appraisal import Appraisal
from headwater.core.episodes import Tally
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.need import LEVEL_NAMES
from headwater.core.programme import Effect, Programme
from headwater.workflows.business_case.figures import computed, drawn, unknown
from headwater.workflows.business_case.outcomes import care_days, successes
from headwater.workflows.business_case.result import Headline, PromiseAnswer, Worth
from headwater.workflows.business_case.setting import Setting

NO_EFFECT = "no usable effect is published"
RANDOMISED = {"randomised"}
AFTER_IN_SHORT = {
    "none": "no further effect on entry",
    "fade": "the effect fades",
    "persist": "the effect persists",
}


def headline(
    setting: Setting,
    tally: Tally,
    appraisal: Appraisal,
    worth: tuple[Worth, ...],
    promise: PromiseAnswer | None,
    sources: tuple[str, ...],
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
            sources,
            price_base=base,
            note=f"present value; {setting.delivery_original}",
        )
        if setting.delivery is not None
        else unknown("GBP", "the cost of delivery is not known", base)
    )
    return Headline(
        success=setting.aim.success,
        verdict=verdict(setting, worth, promise),
        gross=drawn(gross, unit, sources, count=GROSS) if known else blank,
        would_have_anyway=anyway,
        net=drawn(net, unit, sources, count=NET) if known else blank,
        number_needed=_number_needed(tally.children, net, known, sources),
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
        assumed=assumed_in_short(setting),
    )


def _number_needed(
    children: int,
    net: "np.typing.NDArray[np.float64]",
    known: bool,
    sources: tuple[str, ...],
) -> Figure:
    if not known:
        return unknown("children helped for one who is kept out", NO_EFFECT)
    mean = float(net.mean())
    if mean <= 0:
        return unknown("children helped for one who is kept out", "none is kept out on average")
    return computed(
        children / mean,
        "children helped for one who is kept out",
        sources,
        "number needed to help: children ÷ net, means over draws",
    )


def verdict(setting: Setting, worth: tuple[Worth, ...], promise: PromiseAnswer | None) -> str:
    """Return the answer in one or two sentences."""
    if setting.change is None:
        text = (
            f"No published effect of {setting.programme.name} can be used, so no saving is"
            " forecast. What follows says what would have to be true."
        )
        return f"{text} {_of_promise(promise)}".strip()
    council, every = worth
    if setting.delivery is None:
        return "What delivery costs is not known: see the most one could pay per child."
    chances = [council.chance_of_saving.value or 0.0, every.chance_of_saving.value or 0.0]
    words = [_likely(chance) for chance in chances]
    text = (
        f"It is {words[0]} to save the council money ({_percent(chances[0])} of draws) and {words[1]} to"
        f" save public budgets as a whole ({_percent(chances[1])}), at average costs, which are the most"
        " that could be saved."
    )
    if max(chances) < 50:
        text += " Do not buy it for its savings; it may still be worth buying for children."
    return text


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
    for claim in claims:
        for trial in trials:
            if trial.domain == claim.domain:
                found.append(
                    f"{claim.study} ({claim.kind}) reports {claim.outcome} in favour; the"
                    f" randomised {trial.study} found {trial.direction} on {trial.outcome}."
                )
    return tuple(dict.fromkeys(found))


def _against(effect: Effect) -> bool:
    return effect.direction in {"no detectable effect", "favours control"}


def assumed_in_short(setting: Setting) -> tuple[str, ...]:
    """Return the few assumptions that matter most, a line each, for the first page."""
    risk, change = setting.risk_known, setting.change
    if risk is None:
        where = "the place's own fitted pathway, not this cohort's"
    elif risk.basis == "assumed":
        where = risk.in_words.partition(". ")[0]
    elif risk.basis == "input":
        where = "as given in the case"
    else:
        where = "the trial's control arm, not this place's own"
    lines = [f"risk without the programme: {where}"]
    if change is not None:
        lines.append(f"after {change.months:g} months: {AFTER_IN_SHORT[change.after]}")
    lines.append("savings at average costs: the most that one child fewer releases")
    return tuple(lines)


def after_words(setting: Setting) -> str:
    """Return what is assumed of the effect after the trial's follow-up."""
    options, change = setting.case.options, setting.change
    months = f"{change.months:g} months" if change else "follow-up"
    return {
        "none": f"no further effect on entry after {months} (assumed; --after to change)",
        "persist": "the effect persists for the whole horizon (assumed)",
        "fade": f"the effect keeps {options.fade_kept_per_year:.0%} of itself each further year"
        " (assumed)",
    }[options.after_follow_up]


def assumptions(setting: Setting) -> tuple[str, ...]:
    """Return every assumption the result rests on."""
    lines = [*setting.assumptions]
    if setting.risk_known is not None:
        lines.append(f"Risk without the programme: {setting.risk_known.in_words}.")
        lines.append("That risk raises or lowers the cohort's hazards for the whole horizon.")
    else:
        lines.append("Risk without the programme: the place's own fitted pathway.")
    lines += _on_effect(setting)
    lines += [
        f"{move.name}: {move.how}."
        for move in setting.pathway.transitions
        if "assumed" in move.how or move.provenance == "assumed"
    ]
    lines += [
        (
            "Children leave care to stay with family or to permanence without returning, except those"
            " who went home: nobody publishes the rest."
        ),
        (
            "A placement is drawn at entry from the place's stock, and again at 16; supported"
            " accommodation only from 16; other proportions the same at every age."
        ),
        (
            "Everybody lives in the place throughout; unaccompanied asylum-seeking children are a"
            " separate inflow that no family programme prevents, and are not in the cohort."
        ),
        f"Children start with the hidden risk of England's entrants to {LEVEL_NAMES[setting.level]}.",
        (
            "A child in need, on a plan or looked after costs the place's average social work; no source"
            " prices a protection plan apart."
        ),
        (
            "Nothing is saved in health, police, schools or benefits: no source ties their costs to the"
            " modelled states. These are not nought: they are not valued."
        ),
    ]
    return tuple(dict.fromkeys(lines))


def _on_effect(setting: Setting) -> list[str]:
    if setting.change is None:
        return [f"Effect: {NO_EFFECT}; both arms are business as usual."]
    lines = [f"After follow-up: {after_words(setting)}."]
    if setting.used is not None and setting.case.effect is None:
        bearing = setting.used.bearing
        if bearing is not None and not bearing.effect.transport.home:
            share = setting.case.options.effect_carried_over
            lines.append(
                f"The effect comes from {setting.used.country or 'another country'}: {share:.0%} of"
                " it is carried over (assumed; --carried-over to change)."
            )
        if bearing is not None and bearing.effect.between_sites is None:
            lines.append("Variation of the effect between sites is not published: taken as none.")
    return lines


def evidence_lines(programme: Programme) -> tuple[str, ...]:
    """Return the evidence in words, nulls and harms beside the rest."""
    return tuple(
        f"{e.direction}: {e.outcome} ({e.study}, {e.country or 'country not stated'}, {e.kind})"
        for e in programme.effects
    )
