"""What a pilot, run as a trial of the case's own outcome, would tell and be worth."""

from dataclasses import dataclass

import numpy as np

from headwater.appraisal.information import sampled
from headwater.appraisal.trial import Wait, net_of_waiting, noise, resolved, wait
from headwater.core.arrays import BoolArray, FloatArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.pathway import MONTH
from headwater.pathways.arms import COUNTED, Change, share_at
from headwater.pathways.expected import still_under_18
from headwater.reporting.numerals import numeral
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.decision import Decision, explained_by
from headwater.workflows.business_case.eligible import NO_SCALE, England
from headwater.workflows.business_case.figures import given
from headwater.workflows.business_case.information_result import LEAST, PilotAnswer, PilotLine
from headwater.workflows.business_case.inputs import EFFECT, RISK, Input
from headwater.workflows.business_case.question import MOST_YEARS, Pilot
from headwater.workflows.business_case.run import Run

BUY, LEAVE, TEST = "buy now", "leave it", "test first"
ALONGSIDE = "buy, test alongside"
EITHER = "test, first or alongside"


@dataclass(frozen=True, slots=True)
class Study:
    """A pilot with everything about it settled.

    Parameters
    ----------
    resolves
        Share of the variance of the effect and of the risk that it resolves, by input.
    factors
        Discount factors of `MOST_YEARS` years, array (year,).
    """

    pilot: Pilot
    cost: float
    delay_months: float
    years: int
    resolves: dict[str, float]
    factors: FloatArray

    def waited(self, years: int) -> Wait:
        """Return the years of children that its result is in time for, of so many."""
        return wait(years, delay_years=self.delay_months / 12, factors=self.factors)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a study is worth for so many children a year, arrays (share,)."""

    yearly: FloatArray
    mean: FloatArray
    net: FloatArray
    cost: FloatArray
    """Of the study, less what its own families save."""
    pays_from: FloatArray
    """Years of children; infinite where not within `MOST_YEARS`."""
    advice: tuple[str, ...]


def study(run: Run, pilot: Pilot, decision: Decision) -> Study:
    """Settle what a pilot costs, how long it takes and what it tells of a decision's inputs.

    Raises
    ------
    InputError
        If its outcome cannot be counted at the follow-up.
    """
    change = run.setting.change
    each = run.setting.delivery.value or 0.0
    return Study(
        pilot=pilot,
        cost=pilot.families * each if pilot.cost is None else pilot.cost,
        delay_months=(change.months if change else 0.0)
        if pilot.delay_months is None
        else pilot.delay_months,
        years=pilot.years or decision.years,
        resolves=_resolves(run, change, pilot.families, decision.inputs) if change else {},
        factors=discount_factors(run.setting.case, MOST_YEARS),
    )


def _resolves(
    run: Run, change: Change, families: int, uncertain: tuple[Input, ...]
) -> dict[str, float]:
    """Return the share of the variance of effect and risk that a trial resolves.

    Both arms are read together with what the case knows of every input: the programme's arm tells
    of the effect by itself, the better the risk is known before.
    """
    arms = _outcomes(run, change)
    parts = explained_by(np.stack(arms), uncertain)
    shares = resolved(parts, noise(*arms, families=families))
    found = zip(uncertain, shares, strict=True)
    return {one.name: float(share) for one, share in found if one.name in {EFFECT, RISK}}


def _outcomes(run: Run, change: Change) -> tuple[FloatArray, FloatArray]:
    """Return the share with the effect's outcome at its follow-up in each arm, arrays (draw,)."""
    s = run.setting
    if not change.ever and still_under_18(s.pathway, s.start, change.months * MONTH) < COUNTED:
        raise InputError(
            Problem(
                "pilot",
                f"hardly any of these children is still under 18 at {change.months:g} months, when"
                " its outcome is counted.",
                "Choose younger children or an earlier follow-up.",
            )
        )
    usual = run.solved.arms.scale[0][:, :1]
    helped = usual.copy()
    helped[:, :, change.moves] *= run.solved.hazard_ratio[:, None, None]
    without, with_it = (
        np.clip(share_at(s.pathway, s.start, usual=scale, change=change), 0.0, 1.0)
        for scale in (usual, helped)
    )
    return without, with_it


def study_worth(decision: Decision, settled: Study, *, scale: float = 1.0) -> Worth:
    """Return what a study is worth to one decision.

    Parameters
    ----------
    scale
        Children a year, relative to a year of the cohort's.
    """
    shares = {
        place: share
        for name, share in settled.resolves.items()
        if (place := decision.index(name)) is not None
    }
    yearly = scale * sampled(decision.explained, shares) / decision.present_years
    tested = [
        _tested(decision, settled, yearly, years=years, scale=scale)
        for years in range(1, MOST_YEARS + 1)
    ]
    first = np.array([one for one, _, _ in tested])
    net, alongside, cost = tested[settled.years - 1]
    mean = scale * decision.yearly
    return Worth(
        yearly=yearly,
        mean=mean,
        net=net,
        cost=cost,
        pays_from=_pays_from(first > 0.0),
        advice=tuple(
            _advice(float(m), float(a), float(n))
            for m, a, n in zip(mean, alongside, net, strict=True)
        ),
    )


def _tested(
    decision: Decision, settled: Study, yearly: FloatArray, *, years: int, scale: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what testing is worth if others wait, if they are helped, and its cost, (share,) each.

    Half of the pilot's families are helped. What they save is set against its cost, down to nought:
    a pilot is for learning, not for the help in it. It counts of those who are among the children
    who start before the result.
    """
    waited, mean = settled.waited(years), scale * decision.yearly
    children = scale * decision.children_yearly
    within = min(float(settled.pilot.families), waited.before * children)
    saved = (mean - mean[0]) / children  # where nothing is cash, nothing is saved
    cost = np.maximum(settled.cost - within / 2.0 * saved, 0.0)
    first = net_of_waiting(yearly, mean, waited, cost=cost)
    others = waited.before - within / children
    return first, first + np.maximum(mean, 0.0) * others, cost


def _pays_from(pays: BoolArray) -> FloatArray:
    """Return the years from which testing first pays and goes on paying, of pays (year, share)."""
    last_not = len(pays) - np.argmax(~pays[::-1], axis=0)
    years = np.where(pays.all(axis=0), 1.0, last_not + 1.0)
    return np.where(pays[-1], years, np.inf)


def _advice(mean: float, alongside: float, first: float) -> str:
    """Return what to do.

    Parameters
    ----------
    mean
        Net present value of buying.
    alongside, first
        What a test is worth less its cost, if children are helped while it runs and if they wait.
    """
    if mean <= 0.0:
        return TEST if first > 0.0 else LEAVE
    if alongside <= 0.0:
        return BUY
    return EITHER if first > 0.0 else ALONGSIDE


def pilot_answer(
    run: Run, found: tuple[Decision, ...], pilot: Pilot, *, england: England
) -> PilotAnswer:
    """Return what a pilot would tell and be worth, here and in England."""
    settled = study(run, pilot, found[0])
    here = [study_worth(decision, settled) for decision in found]
    scale = england.scale
    nation = [
        None if scale is None else study_worth(decision, settled, scale=scale) for decision in found
    ]
    unresolved = run.blank("per cent", "the case takes it as certain, or has none of its own")
    lines = [
        _line(run, (decision, i), worth, there, england.children.sources)
        for decision, worth, there in zip(found, here, nation, strict=True)
        for i in range(len(decision.shares))
    ]
    effect, risk = (
        run.worked_out(100 * settled.resolves[name], "per cent", "of its variance")
        if name in settled.resolves
        else unresolved
        for name in (EFFECT, RISK)
    )
    return PilotAnswer(
        families=given(pilot.families, "families", "half of them in each arm"),
        cost=_cost(run, settled),
        delay=_delay(run, settled),
        years=given(settled.years, "years", "of children, like the cohort's, decided for"),
        effect_resolved=effect,
        risk_resolved=risk,
        lines=tuple(lines),
        rule_of_thumb=_rule(settled, found[0], here[0]),
        cautions=_cautions(run, settled, found[0].children_yearly),
    )


def _cost(run: Run, settled: Study) -> Figure:
    if settled.pilot.cost is not None:
        return given(settled.cost, "GBP", "given", run.appraisal.price_base)
    note = "families × delivery cost for each child (--pilot-cost to change)"
    return run.worked_out(settled.cost, "GBP", note).but(basis="assumed")


def _delay(run: Run, settled: Study) -> Figure:
    if settled.pilot.delay_months is not None:
        return given(settled.delay_months, "months", "given")
    note = "the effect's follow-up, finding the families left out (--pilot-delay to change)"
    return run.worked_out(settled.delay_months, "months", note).but(basis="assumed")


def _line(
    run: Run,
    where: tuple[Decision, int],
    here: Worth,
    nation: Worth | None,
    counted: tuple[str, ...],
) -> PilotLine:
    """Make the row of one budget and share.

    Parameters
    ----------
    counted
        Sources of the number of children in England.
    """
    decision, i = where
    year, net, pays = _figures(run, here, i)
    year_england, net_england, pays_england = _figures(run, nation, i, counted)
    return PilotLine(
        for_whom=decision.for_whom,
        share=decision.share(i),
        year_here=year,
        net_here=net,
        pays_from_here=pays,
        advice_here=here.advice[i],
        year_england=year_england,
        net_england=net_england,
        pays_from_england=pays_england,
        advice_england=nation.advice[i] if nation else "not known",
    )


def _figures(
    run: Run, worth: Worth | None, i: int, counted: tuple[str, ...] = ()
) -> tuple[Figure, Figure, Figure]:
    if worth is None:
        year, net, pays = (run.blank(unit, NO_SCALE) for unit in ("GBP a year", "GBP", "years"))
        return year, net, pays
    years = float(worth.pays_from[i])
    never = f"testing first is not worth it within {MOST_YEARS} years of children"
    figures = (
        run.worked_out(float(worth.yearly[i]), "GBP a year", "of children, before its cost"),
        run.worked_out(
            float(worth.net[i]),
            "GBP",
            "against deciding now, present value; what its own families save is counted",
        ),
        run.worked_out(None, "years", never)
        if np.isinf(years)
        else run.worked_out(years, "years", "of children, from which testing first pays"),
    )
    year, net, pays = (one.but(sources=_joined(one.sources, counted)) for one in figures)
    return year, net, pays


def _joined(sources: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sources, *more)))


def _cautions(run: Run, settled: Study, yearly: float) -> tuple[str, ...]:
    """Say where a pilot, as it was asked about, can hardly tell or is hardly what it says.

    Parameters
    ----------
    yearly
        Children who start here in a year.
    """
    found, families = [], settled.pilot.families
    delay = f"{numeral(settled.delay_months, 'months')} months"
    if settled.waited(settled.years).after <= 0.0:
        many = "the year's" if settled.years == 1 else f"all {settled.years} years'"
        found.append(
            f"Its result comes after {delay}, when {many} children have started: it serves none of"
            " them. --pilot-years says for how many years of children the decision is."
        )
    finding, change = 12 * families / yearly, run.setting.change
    follow_up = change.months if change else 0.0
    if families > yearly and finding + follow_up > settled.delay_months:
        takes = numeral(finding, "months")
        more = numeral(follow_up, "months")
        found.append(
            f"Finding {families:,} families here, where {numeral(yearly, 'children')} children"
            f" start in a year, takes about {takes} months, and follow-up {more} more; its result"
            f" is taken to come after {delay}. Find them in more places, or give a longer"
            " --pilot-delay."
        )
    helped = families / 2 * (run.setting.delivery.value or 0.0)
    if settled.cost < helped:
        found.append(
            f"It is said to cost {numeral(settled.cost, 'GBP')}, less than helping half of its"
            f" families does ({numeral(helped, 'GBP')}). --pilot-cost is for everything, their"
            " help too."
        )
    return tuple(found)


def _rule(settled: Study, decision: Decision, worth: Worth) -> str:
    """Say when testing first is right, with the council's numbers where they are closest."""
    i = int(np.argmax(worth.yearly))
    if worth.yearly[i] < LEAST:
        return (
            "Rule of thumb: a test is worth nothing where no result could change the decision, and"
            f" none could change that of {decision.whom}. Waiting for one only harms."
        )
    years = float(worth.pays_from[i])
    first = (
        f"pays from {years:.0f} years of such children on"
        if np.isfinite(years)
        else f"does not pay within {MOST_YEARS} years of such children"
    )
    share = numeral(100 * float(decision.shares[i]), "per cent")
    less = ""
    if worth.cost[i] < settled.cost:
        less = f" ({numeral(float(worth.cost[i]), 'GBP')} after what its own families save)"
    lost = numeral(max(float(worth.mean[i]), 0.0), "GBP")
    return (
        "Rule of thumb: test first only if what it tells is worth more, for the children still to"
        " come, than it costs and than those before its result go without. For"
        f" {decision.whom}, at a cashable share of {share}, its result is worth"
        f" {numeral(float(worth.yearly[i]), 'GBP')} for a year of children, it costs"
        f" {numeral(settled.cost, 'GBP')}{less}, and a year of waiting forgoes {lost}:"
        f" testing first {first}."
    )
