"""What a case rests on: its settings, cohort and evidence, each hazard, and how the model does."""

import numpy as np

from headwater.catalogue.prices import discount_rates
from headwater.core.check import Check
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.need import LEVEL_NAMES
from headwater.core.pathway import STATES, Level, Transition
from headwater.core.programme import Programme
from headwater.pathways.levels import LATEST, quantity
from headwater.pathways.local import implied_stocks
from headwater.workflows.business_case.beliefs import Known
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.figures import computed, drawn, given, unknown
from headwater.workflows.business_case.result import CohortSummary, Evidence, HazardLine
from headwater.workflows.business_case.run import Run
from headwater.workflows.business_case.setting import Setting
from headwater.workflows.checks.rows import CheckRow, check_row, check_rows
from headwater.workflows.programme_figures import published_effect

MOSTLY = 0.5
"""Weight of a place's own figures from which its level is said to be its own."""
CLOSED = (
    (
        "children in net need or pre-proceedings",
        "net need",
        ("child_in_need", "pre_proceedings"),
        ("need_stock", "plan_stock", "care_stock"),
    ),
    ("children on plans", "plan_stock", ("protection_plan",), ("plan_stock",)),
    (
        "children looked after, without asylum",
        "care stock without asylum",
        ("looked_after",),
        ("care_stock", "uasc_stock"),
    ),
)
"""A place's stocks that no level is fitted to: name, quantity, states, measures."""
NOT_CLOSED = (
    "The model's are those if the place's levels held for good. Levels move its hazards one by one;"
    " nothing makes the stocks that follow equal those published."
)


def settings(case: Case, to: PriceBase) -> dict[str, Figure | str]:
    """Return the choices of the run that move its numbers."""
    schedule = discount_rates()[case.options.discount]
    return {
        "price_base": str(to),
        "horizon": given(case.horizon_years, "years"),
        "draws": given(case.draws, "draws"),
        "seed": given(case.seed, "seed of the random numbers"),
        "discount_schedule": case.options.discount,
        "first_rate": Figure(
            100 * schedule.rate(1),
            "per cent a year",
            "published",
            (schedule.source,),
            note="declines after 30 years",
        ),
        "after_follow_up": case.options.after_follow_up,
        "effect_carried_over": given(100 * case.options.effect_carried_over, "per cent"),
    }


def cohort(run: Run) -> CohortSummary:
    """Return who is helped, their risk without the programme and what it does to it."""
    setting, case = run.setting, run.setting.case
    risk, change = setting.risk_known, setting.change_known
    by = f"looked after by {setting.risk.months:g} months" if setting.risk else ""
    if setting.risk and not setting.risk.ever:
        by = f"looked after at {setting.risk.months:g} months"
    return CohortSummary(
        children=given(case.cohort.children, "children"),
        ages=f"{setting.ages[0]} to {setting.ages[1]}",
        level=LEVEL_NAMES[setting.level],
        starts=tuple((s.year, given(s.children, "children")) for s in case.cohort.starts),
        risk=_known(risk, f"per cent {by}", 100.0)
        if risk
        else unknown("per cent", "the place's own hazards: no risk of this cohort is known"),
        risk_in_words=risk.in_words if risk else "the place's own fitted pathway",
        risk_factor=drawn(
            run.solved.risk_factor, "times the place's own hazards", run.child_sources
        ),
        effect=drawn(
            run.solved.hazard_ratio, "hazard ratio", run.child_sources, note="1 is no effect"
        )
        if change
        else unknown("hazard ratio", "no usable effect is published"),
        effect_in_words=change.in_words if change else "no usable effect is published",
    )


def _known(known: Known, unit: str, times: float) -> Figure:
    low, high = np.percentile(known.draws, [10, 90])
    return Figure(
        times * known.centre,
        unit,
        known.basis,
        known.sources,
        low=times * float(low),
        high=times * float(high),
        interval="80% of draws",
        note=known.in_words,
    )


def hazards(setting: Setting) -> tuple[HazardLine, ...]:
    """Return every hazard with where it comes from and the place's level and weight."""
    held = {move: level for level in setting.levels for move in level.moves}
    return tuple(_hazard(move, held.get(move.name)) for move in setting.pathway.transitions)


def _hazard(move: Transition, level: Level | None) -> HazardLine:
    """Say "place" only where its own figures weigh most; else its level is its neighbours'."""
    pooled = move.provenance == "place" and level is not None and level.weight < MOSTLY
    times, weight = (float(np.exp(level.level)), level.weight) if level else (1.0, 0.0)
    note = "" if level else "national: the same everywhere"
    weighed = "per cent weight of the place's own figures"
    return HazardLine(
        move.name,
        "England" if pooled else move.provenance,
        move.how + ("; level mostly that of its neighbours and England" if pooled else ""),
        move.sources,
        computed(times, "times England", move.sources, note),
        computed(100 * weight, weighed, move.sources),
    )


def checks(setting: Setting) -> tuple[CheckRow, ...]:
    """Return how well the pathway reproduces what is published, for England and for the place."""
    return (*check_rows(), *_local_checks(setting))


def _local_checks(setting: Setting) -> tuple[CheckRow, ...]:
    """Return the place's stocks if its levels held for good beside those published."""
    here, latest = setting.place, LATEST.years[-1]
    population = quantity(here, "population", latest)
    if population is None:
        return ()
    stocks = implied_stocks(setting.national, setting.levels, population=population)
    rows = []
    for name, counted, states, measures in CLOSED:
        found = [quantity(here, counted, year) for year in LATEST.years]
        known = [value for value in found if value is not None]
        if not known:
            continue
        rows.append(
            check_row(
                Check(
                    name=f"{here.name}: {name}",
                    unit="children",
                    period=f"31 March, mean of {len(known)} years to {latest}",
                    published=float(np.mean(known)),
                    modelled=sum(float(stocks[STATES.index(state)]) for state in states),
                    within=0.0,
                    fitted=False,
                    sources=tuple(dict.fromkeys(here.series[m].source for m in measures)),
                    reason=NOT_CLOSED,
                    basis="computed",
                )
            )
        )
    return tuple(rows)


def evidence(programme: Programme) -> tuple[Evidence, ...]:
    """Return every published result of the programme, nulls and harms beside the rest."""
    return tuple(
        Evidence(
            effect.direction,
            effect.outcome,
            effect.study,
            effect.country or "country not stated",
            effect.kind,
            published_effect(effect),
        )
        for effect in programme.effects
    )
