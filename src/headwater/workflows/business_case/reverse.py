"""The reverse questions: which effect breaks even, what one may pay, which deadweight sinks it."""

import numpy as np
from scipy.optimize import brentq

from headwater.catalogue.programmes import programmes
from headwater.core.appraisal import Appraisal
from headwater.core.episodes import Tally
from headwater.core.errors import InputError
from headwater.core.estimate import Z95
from headwater.core.figure import Figure
from headwater.core.programme import Bearing, Effect, Programme
from headwater.pathways.arms import Change
from headwater.workflows.business_case.beliefs import on_cohort
from headwater.workflows.business_case.figures import computed, unknown
from headwater.workflows.business_case.middle import Middle
from headwater.workflows.business_case.outcomes import successes
from headwater.workflows.business_case.result import PublishedEffect, Reverse
from headwater.workflows.business_case.setting import Setting

STRONGEST = 0.02
"""The strongest hazard ratio looked for: 98% of moves prevented."""
NO_EFFECT = (
    "no effect that a model can use is published: give one of your own, or read what follows"
)
NO_COST = "the cost of delivery is not known"


def effect_needed(middle: Middle, wanted: float, *, council_only: bool) -> float | None:
    """Return the hazard ratio that saves `wanted`, or None where none is strong enough.

    Parameters
    ----------
    wanted
        Pounds, present value, for the whole cohort.
    """
    which = 0 if council_only else 1
    strongest = float(np.log(STRONGEST)) * (-1.0 if middle.setting.aim.entering_is_good else 1.0)

    usual = middle.spent(middle.arms, 0)

    def short(log_ratio: float) -> float:
        return middle.saved(middle.at(float(np.exp(log_ratio))), usual)[which] - wanted

    if wanted <= 0.0:
        return 1.0
    if short(strongest) < 0.0:
        return None
    return float(np.exp(brentq(short, min(strongest, 0.0), max(strongest, 0.0), xtol=1e-3)))


def reverse(
    setting: Setting, middle: Middle, appraisal: Appraisal, tally: Tally, sources: tuple[str, ...]
) -> Reverse:
    """Answer every reverse question that the case allows."""
    cost = None if setting.delivery is None else float(np.mean(appraisal.cost))
    council, every = (
        None if cost is None else effect_needed(middle, cost, council_only=council_only)
        for council_only in (True, False)
    )
    fails_council, fails_all, here, per_avoided = _deadweight(setting, appraisal, tally, sources)
    difference = None if every is None else middle.difference(every)
    return Reverse(
        effect_needed_council=_ratio(council, cost, sources),
        effect_needed_all=_ratio(every, cost, sources),
        difference_needed_all=(
            computed(100 * difference, "percentage points at follow-up", sources)
            if difference is not None
            else unknown("percentage points at follow-up", "no effect breaks even, or no follow-up")
        ),
        beside=beside(setting, middle, every),
        most_per_child=most_per_child(setting, appraisal, sources),
        deadweight_fails_council=fails_council,
        deadweight_fails_all=fails_all,
        deadweight_here=here,
        saved_per_avoided=per_avoided,
    )


def _ratio(value: float | None, cost: float | None, sources: tuple[str, ...]) -> Figure:
    if cost is None:
        return unknown("hazard ratio", NO_COST)
    if value is None:
        return unknown(
            "hazard ratio", f"no effect is enough: even a hazard ratio of {STRONGEST} saves less"
        )
    return computed(value, "hazard ratio", sources, "1 is no effect; lower is stronger")


def most_per_child(
    setting: Setting, appraisal: Appraisal, sources: tuple[str, ...]
) -> tuple[tuple[str, Figure], ...]:
    """Return the most one may pay per child and be more likely than not, and 90% sure, to save."""
    base = appraisal.price_base
    rows = []
    for whom, council_only in (("council", True), ("all public budgets", False)):
        each = appraisal.saved(council_only=council_only) / appraisal.children
        for sure, quantile in (("more likely than not", 50.0), ("90% sure", 10.0)):
            name = f"{whom}, {sure}"
            if setting.change is None:
                rows.append((name, unknown("GBP a child", NO_EFFECT, base)))
                continue
            value = float(np.percentile(each, quantile))
            note = "" if value > 0 else "nothing: in that many draws it saves less than nothing"
            rows.append(
                (name, computed(max(value, 0.0), "GBP a child", sources, note, price_base=base))
            )
    return tuple(rows)


def _deadweight(
    setting: Setting, appraisal: Appraisal, tally: Tally, sources: tuple[str, ...]
) -> tuple[Figure, Figure, Figure, Figure]:
    unit = "per cent of gross"
    if setting.change is None:
        blank = unknown(unit, NO_EFFECT)
        return blank, blank, blank, unknown("GBP an avoided entry", NO_EFFECT, appraisal.price_base)
    usual, gross = (float(count) for count in successes(setting, tally).mean(axis=1))
    net = gross - usual
    here = computed(
        100 * (1 - net / gross) if gross > 0 else None,
        unit,
        sources,
        "share of children never entering in the programme arm who would not have entered anyway"
        if gross > 0
        else "every child enters",
    )
    worth = [float(np.mean(appraisal.saved(council_only=c))) for c in (True, False)]
    if net <= 0 or gross <= 0:
        why = "the programme avoids no entry on average"
        return (
            unknown(unit, why),
            unknown(unit, why),
            here,
            unknown("GBP an avoided entry", why, appraisal.price_base),
        )
    fails = []
    for saved in worth:
        if setting.delivery is None or saved <= 0:
            fails.append(unknown(unit, NO_COST if saved > 0 else "it saves nothing"))
            continue
        share = 1 - float(np.mean(appraisal.cost)) / (saved / net * gross)
        fails.append(
            computed(
                100 * share,
                unit,
                sources,
                "above this share of deadweight the case costs more than it saves",
            )
        )
    per = computed(worth[1] / net, "GBP an avoided entry", sources, price_base=appraisal.price_base)
    return fails[0], fails[1], here, per


def beside(setting: Setting, middle: Middle, needed: float | None) -> tuple[PublishedEffect, ...]:
    """Return every published effect of the programme and of its class, as this cohort sees it."""
    own = setting.programme
    others = [p for p in programmes().values() if p.family_of == own.family_of and p.id != own.id]
    return tuple(
        _placed(programme, effect, setting, middle, needed)
        for programme in (own, *others)
        for effect in programme.effects
        if effect.bearing is not None or (programme is own and _on_care(effect))
    )


def _on_care(effect: Effect) -> bool:
    return effect.domain in {"looked after", "child protection", "children social care", "court"}


def _placed(
    programme: Programme, effect: Effect, setting: Setting, middle: Middle, needed: float | None
) -> PublishedEffect:
    bearing = effect.bearing
    published = f"{effect.outcome}: {effect.direction}"
    if bearing is None:
        why = effect.not_usable_because or "not on a modelled transition"
        return PublishedEffect(
            programme.name,
            effect.study,
            published,
            unknown("hazard ratio", why),
            "cannot be compared",
        )
    if bearing.state != setting.aim.state:
        why = f"bears on '{bearing.state}', not on '{setting.aim.state}'"
        return PublishedEffect(
            programme.name,
            effect.study,
            published,
            unknown("hazard ratio", why),
            "cannot be compared",
        )
    changes = [_as_change(bearing, z, setting) for z in (0.0, -Z95, Z95)]
    try:
        values = [middle.hazard_ratio_of(change) for change in changes]
    except InputError:
        why = "in this cohort the outcome hardly or always happens at that follow-up"
        return PublishedEffect(
            programme.name,
            effect.study,
            published,
            unknown("hazard ratio", why),
            "cannot be compared",
        )
    low, high = sorted(values[1:])
    figure = Figure(
        values[0],
        "hazard ratio",
        "computed",
        (bearing.effect.source,),
        low=low,
        high=high,
        interval=f"95%; {bearing.effect.uncertainty}",
    )
    return PublishedEffect(
        programme.name, effect.study, published, figure, _enough(values[0], high, needed)
    )


def _as_change(bearing: Bearing, z: float, setting: Setting) -> Change:
    effect, scale = on_cohort(setting.case, bearing, bearing.effect.draws(np.array([z])))
    return Change(
        effect=effect,
        scale=scale,
        state=bearing.state,
        moves=setting.pathway.moves(*bearing.transitions),
        months=bearing.follow_up_months,
        ever=bearing.measure == "ever_by",
    )


def _enough(value: float, high: float, needed: float | None) -> str:
    if needed is None:
        return "no effect breaks even, or the cost is not known"
    if high <= needed:
        return "enough, with its whole interval"
    return "enough at its middle, not with its whole interval" if value <= needed else "not enough"
