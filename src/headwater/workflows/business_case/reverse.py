"""The reverse questions: which effect breaks even, what one may pay, which deadweight sinks it."""

import numpy as np
from scipy.optimize import brentq

from headwater.catalogue.programmes import programmes
from headwater.core.errors import InputError
from headwater.core.estimate import Z95
from headwater.core.figure import Figure
from headwater.core.programme import Bearing, Effect, Programme
from headwater.pathways.arms import Change
from headwater.workflows.business_case.beliefs import carried, on_cohort
from headwater.workflows.business_case.figures import unknown
from headwater.workflows.business_case.middle import Middle, start_shares
from headwater.workflows.business_case.outcomes import successes
from headwater.workflows.business_case.result import PublishedEffect, Reverse
from headwater.workflows.business_case.run import NO_COST, Run
from headwater.workflows.business_case.setting import Setting

ON_CARE = {"looked after", "child protection", "children social care", "court"}
"""Domains of outcomes that are shown beside the effect needed even where they move no hazard."""
NOT_COMPARED = "cannot be compared"


def effect_needed(
    middle: Middle, wanted: float, *, council_only: bool, discounted: bool = True
) -> float | None:
    """Return the hazard ratio that saves `wanted`, or None where none is strong enough.

    Parameters
    ----------
    wanted
        Pounds for the whole cohort: present value, or not discounted.
    """
    which = 0 if council_only else 1
    strongest = float(np.log(middle.setting.aim.strongest))
    usual = middle.spent(middle.arms, 0)

    def short(log_ratio: float) -> float:
        arms = middle.at(float(np.exp(log_ratio)))
        return middle.saved(arms, usual, discounted=discounted)[which] - wanted

    if wanted <= 0.0:
        return 1.0
    if short(strongest) < 0.0:
        return None
    return float(np.exp(brentq(short, min(strongest, 0.0), max(strongest, 0.0), xtol=1e-3)))


def reverse(run: Run) -> Reverse:
    """Answer every reverse question that the case allows."""
    council, every = (
        None if run.cost is None else effect_needed(run.middle, run.cost, council_only=council_only)
        for council_only in (True, False)
    )
    difference = None if every is None else run.middle.difference(every)
    unit = "percentage points at follow-up"
    fails_council, fails_all, here, per_avoided = deadweight(run)
    return Reverse(
        effect_needed_council=_ratio(run, council),
        effect_needed_all=_ratio(run, every),
        difference_needed_all=(
            run.worked_out(100 * difference, unit)
            if difference is not None
            else run.blank(unit, "no effect breaks even, or no follow-up")
        ),
        beside=beside(run),
        most_per_child=most_per_child(run),
        deadweight_fails_council=fails_council,
        deadweight_fails_all=fails_all,
        deadweight_here=here,
        saved_per_avoided=per_avoided,
    )


def _ratio(run: Run, value: float | None) -> Figure:
    unit = "hazard ratio"
    if run.cost is None:
        return run.blank(unit, NO_COST)
    if value is None:
        strongest = run.setting.aim.strongest
        return run.blank(
            unit, f"no effect is enough: even a hazard ratio of {strongest:g} saves less"
        )
    note = f"held for {run.middle.held}; 1 is no effect, {run.setting.aim.stronger}"
    return run.worked_out(value, unit, note)


def most_per_child(run: Run) -> tuple[tuple[str, Figure], ...]:
    """Return the most one may pay per child and be more likely than not, and 90% sure, to save.

    Pounds paid when a child starts: those who start later cost less in present value.
    """
    rows, unit = [], "GBP a child"
    starts = start_shares(run.setting.case)
    pound = float(starts @ run.appraisal.factors[: len(starts)])
    for whom, appraisal in run.budgets.items():
        each = appraisal.saved / (appraisal.children * pound)
        for sure, quantile in (("more likely than not", 50.0), ("90% sure", 10.0)):
            value = float(np.percentile(each, quantile))
            note = "" if value > 0 else "nothing: in that many draws it saves less than nothing"
            most = run.worked_out(max(value, 0.0), unit, note)
            rows.append((f"{whom}, {sure}", most if run.effect_known else run.blank(unit)))
    return tuple(rows)


def deadweight(run: Run) -> tuple[Figure, Figure, Figure, Figure]:
    """Return the deadweight at which it fails (council, all), that here, and an entry's worth."""
    unit, each = "per cent of gross", f"GBP for each {run.setting.aim.gained}"
    if not run.effect_known:
        return run.blank(unit), run.blank(unit), run.blank(unit), run.blank(each)
    usual, gross = (float(count) for count in successes(run).mean(axis=1))
    net = gross - usual
    if net <= 0:
        why = "no more children gain with the programme than without, on average"
        return (
            run.blank(unit, why),
            run.blank(unit, why),
            run.blank(unit, why),
            run.blank(each, why),
        )
    here = run.worked_out(
        100 * (1 - net / gross),
        unit,
        f"share of those who {run.setting.aim.success} with the programme who would have anyway",
    )
    saved = [float(np.mean(appraisal.saved)) for appraisal in run.budgets.values()]
    fails = [_fails(run, one / net * gross, unit) for one in saved]
    return fails[0], fails[1], here, run.worked_out(saved[1] / net, each)


def _fails(run: Run, saved_if_all_net: float, unit: str) -> Figure:
    if saved_if_all_net <= 0:
        return run.blank(unit, "it saves nothing")
    if run.cost is None:
        return run.blank(unit, NO_COST)
    note = "above this share of deadweight the case costs more than it saves"
    return run.worked_out(100 * (1 - run.cost / saved_if_all_net), unit, note)


def beside(run: Run) -> tuple[PublishedEffect, ...]:
    """Return every published effect of the programme and of its class, as this cohort sees it."""
    own = run.setting.programme
    others = [p for p in programmes().values() if p.family_of == own.family_of and p.id != own.id]
    return tuple(
        _placed(run, programme, effect)
        for programme in (own, *others)
        for effect in programme.effects
        if effect.bearing is not None or (programme is own and effect.domain in ON_CARE)
    )


def _placed(run: Run, programme: Programme, effect: Effect) -> PublishedEffect:
    figure = _on_cohort(effect, run.setting, run.middle)
    return PublishedEffect(
        programme.name,
        effect.study,
        f"{effect.outcome}: {effect.direction}",
        figure,
        _enough(run, effect, figure),
    )


def _on_cohort(effect: Effect, setting: Setting, middle: Middle) -> Figure:
    """Return a published effect as a hazard ratio in this cohort, or why it cannot be one."""
    unit, bearing = "hazard ratio", effect.bearing
    if bearing is None:
        return unknown(unit, effect.not_usable_because or "not on a modelled transition")
    if bearing.state != setting.aim.state:
        return unknown(unit, f"bears on '{bearing.state}', not on '{setting.aim.state}'")
    changes = [_as_change(bearing, z, setting) for z in (0.0, -Z95, Z95)]
    try:
        values = [middle.hazard_ratio_of(change) for change in changes]
    except InputError:
        why = "in this cohort the outcome hardly or always happens at that follow-up"
        return unknown(unit, why)
    return Figure(
        values[0],
        unit,
        "computed",
        (bearing.effect.source,),
        low=min(values[1:]),
        high=max(values[1:]),
        interval=f"95%; {bearing.effect.uncertainty}",
    )


def _as_change(bearing: Bearing, z: float, setting: Setting) -> Change:
    drawn = bearing.effect.draws(np.array([z]))
    effect, scale = on_cohort(bearing, drawn, setting.trial)
    effect = carried(effect, scale, setting.case.options.effect_carried_over)
    return Change(
        effect=effect,
        scale=scale,
        state=bearing.state,
        moves=setting.pathway.moves(*bearing.transitions),
        months=bearing.follow_up_months,
        ever=bearing.measure == "ever_by",
    )


def _enough(run: Run, effect: Effect, here: Figure) -> str:
    """Say whether an effect, held for its own follow-up, saves all budgets what delivery costs."""
    values = [value for value in (here.value, here.low, here.high) if value is not None]
    if effect.bearing is None or not values:
        return NOT_COMPARED
    if run.cost is None:
        return NO_COST
    months = effect.bearing.follow_up_months
    enough = [
        run.middle.saved(run.middle.at(value, months=months))[1] >= run.cost for value in values
    ]
    held = f"held for {months} months"
    if all(enough):
        return f"enough, with its whole interval, {held}"
    return f"enough at its middle alone, {held}" if enough[0] else f"not enough, {held}"
