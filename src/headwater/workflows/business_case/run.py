"""Run a business case.

1. Look everything up, refuse what does not fit (`setting`).
2. Solve for both arms, draw by draw (`pathways.arms`).
3. Simulate both arms on the same luck (`pathways.simulate`).
4. Price days and moves, discount (`appraisal`).
5. Ask the reverse questions at the middle of the inputs (`middle`, `reverse`, `promise`).
6. Say it (`story`).
"""

from collections.abc import Callable

import numpy as np

from headwater.appraisal.appraise import appraise, price_draws
from headwater.catalogue.prices import discount_rates
from headwater.core.appraisal import Appraisal
from headwater.core.episodes import Tally
from headwater.core.figure import Figure
from headwater.core.need import LEVEL_NAMES
from headwater.core.pathway import MONTH
from headwater.pathways.arms import Solved, solve_arms
from headwater.pathways.simulate import check_memory, simulate
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.assumptions import assumptions
from headwater.workflows.business_case.beliefs import Known
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.case_file import write_case
from headwater.workflows.business_case.figures import computed, drawn, given, unknown
from headwater.workflows.business_case.lines import agencies, price_lines, year_lines
from headwater.workflows.business_case.middle import make_middle, start_shares
from headwater.workflows.business_case.money import cashability, values, worth
from headwater.workflows.business_case.outcomes import course_of, outcomes
from headwater.workflows.business_case.promise import answer
from headwater.workflows.business_case.result import (
    BusinessCase,
    CheckLine,
    CohortSummary,
    HazardLine,
    Named,
)
from headwater.workflows.business_case.reverse import reverse
from headwater.workflows.business_case.sensitivity import sensitivity
from headwater.workflows.business_case.setting import Setting, resolve
from headwater.workflows.business_case.story import evidence_lines, headline

Progress = Callable[[str, float], None]
RATES = "hmt2026greenbook"


def run_business_case(case: Case, progress: Progress | None = None) -> BusinessCase:
    """Return the whole answer to a case.

    Parameters
    ----------
    progress
        Called with what is being done and how far it is, 0 to 1.

    Raises
    ------
    InputError
        If the case names something unknown, does not fit, or cannot be run.
    """
    tell = progress or (lambda _what, _part: None)
    tell("looking up", 0.0)
    setting = resolve(case)
    months = 12 * case.horizon_years
    check_memory(setting.pathway, months)
    tell("solving for both arms", 0.0)
    solved = solve_arms(
        setting.pathway,
        setting.start,
        risk=setting.risk,
        risk_moves=setting.risk_moves,
        change=setting.change,
        horizon=setting.horizon,
    )
    tally = simulate(
        setting.pathway,
        setting.start,
        solved.arms,
        period_edges=np.round(np.arange(months + 1) * MONTH).astype(np.int64),
        target=setting.aim.state,
        seed=case.seed,
        progress=lambda part: tell("simulating both arms", part),
    )
    tell("asking the reverse questions", 0.0)
    return _answer(setting, solved, tally)


def _appraisal(setting: Setting, tally: Tally) -> Appraisal:
    case, draws = setting.case, setting.case.draws
    starts = start_shares(case)
    years = case.horizon_years + len(starts) - 1
    return appraise(
        tally,
        setting.prices,
        price_draws(setting.prices, seed=case.seed, draws=draws, place=setting.place.id),
        moves=[move.name for move in setting.pathway.transitions],
        delivery=np.full(draws, setting.delivery or 0.0),
        starts=starts,
        factors=discount_factors(setting.case, years),
    )


def child_sources(setting: Setting) -> tuple[str, ...]:
    """Return the keys of everything that counts of children and days rest on."""
    keys = [key for move in setting.pathway.transitions for key in move.sources]
    for known in (setting.risk_known, setting.change_known):
        keys += known.sources if known else ()
    return tuple(dict.fromkeys(keys))


def money_sources(setting: Setting) -> tuple[str, ...]:
    """Return the keys of everything that pounds rest on, children's included."""
    keys = [*child_sources(setting), *(key for p in setting.prices for key in p.sources)]
    if setting.delivery_source:
        keys.append(setting.delivery_source)
    return tuple(dict.fromkeys([*keys, RATES]))


def _answer(setting: Setting, solved: Solved, tally: Tally) -> BusinessCase:
    case, counted, sources = setting.case, child_sources(setting), money_sources(setting)
    appraisal = _appraisal(setting, tally)
    middle = make_middle(setting, tally)
    value = worth(setting, appraisal, sources)
    cash = cashability(setting, appraisal, tally, sources)
    promise = answer(setting, middle, sources)
    cost = None if setting.delivery is None else float(np.mean(appraisal.cost))
    return BusinessCase(
        title=case.title or f"{setting.programme.name} in {setting.place.name}",
        place=Named(setting.place.id, setting.place.name),
        programme=Named(setting.programme.id, setting.programme.name),
        banner=setting.banner,
        settings=_settings(setting),
        cohort=_cohort(setting, solved, counted),
        headline=headline(setting, solved, tally, appraisal, value, counted, promise),
        outcomes=outcomes(setting, tally, counted),
        course=course_of(setting, tally, counted),
        worth=value,
        values=values(appraisal, setting, sources),
        agencies=agencies(appraisal, setting, sources),
        years=year_lines(appraisal, setting, sources),
        prices=price_lines(appraisal, setting, sources),
        cashability=cash,
        reverse=reverse(setting, middle, appraisal, tally, sources),
        sensitivity=sensitivity(setting, middle, cost, sources),
        hazards=hazards(setting),
        checks=checks(setting),
        promise=promise,
        evidence=evidence_lines(setting.programme),
        assumptions=assumptions(setting, solved),
        notes=case.notes,
        case_file=write_case(case),
    )


def _settings(setting: Setting) -> dict[str, Figure | str]:
    case = setting.case
    schedule = discount_rates()[case.options.discount]
    return {
        "price_base": str(setting.to),
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


def _cohort(setting: Setting, solved: Solved, sources: tuple[str, ...]) -> CohortSummary:
    case = setting.case
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
        risk_factor=drawn(solved.risk_factor, "times the place's own hazards of entry", sources),
        effect=drawn(solved.hazard_ratio, "hazard ratio", sources, note="1 is no effect")
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
    rows = []
    for move in setting.pathway.transitions:
        level = held.get(move.name)
        keys = move.sources or ("dfe_cin_2024",)
        rows.append(
            HazardLine(
                move.name,
                move.provenance,
                move.how,
                move.sources,
                computed(float(np.exp(level.level)), "times England", keys)
                if level
                else computed(1.0, "times England", keys, "national: the same everywhere"),
                computed(100 * level.weight, "per cent weight of the place's own figures", keys)
                if level
                else computed(0.0, "per cent weight of the place's own figures", keys),
            )
        )
    return tuple(rows)


def checks(setting: Setting) -> tuple[CheckLine, ...]:
    """Return how well the national pathway reproduces what is published."""
    return tuple(
        CheckLine(
            check.name,
            Figure(check.published, "as named", "published", (check.source,)),
            computed(check.modelled, "as named", (check.source,)),
            "fitted to it" if check.fitted else "not fitted to it",
        )
        for check in setting.national.checks
    )
