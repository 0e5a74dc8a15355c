"""The value of information of a case: what to know, whether to test first, here and in England."""

import numpy as np

from headwater.appraisal.information import by_chance, each, partial, perfect
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.reporting.numerals import numeral
from headwater.workflows.business_case.decision import Decision, decisions
from headwater.workflows.business_case.eligible import NO_SCALE, England, eligible, in_england
from headwater.workflows.business_case.information_result import (
    LEAST,
    Information,
    InputLine,
    ShareLine,
)
from headwater.workflows.business_case.information_verdict import verdicts
from headwater.workflows.business_case.inputs import EFFECT, inputs
from headwater.workflows.business_case.pilot import pilot_answer
from headwater.workflows.business_case.question import Question
from headwater.workflows.business_case.run import NO_COST, NO_EFFECT, Run

IN_ENGLAND = "a year's children in England, as if each stood as one of this cohort"
COST_REMEDY = "Give --cost-per-child."
EFFECT_REMEDY = "Give an effect of your own in a case file."
LIMITS = (
    "Inputs are drawn independently. What single children's luck adds is left out: no study tells"
    " it. What is assumed, and spread that nobody publishes, is not among the inputs."
)


def information(run: Run, question: Question) -> Information:
    """Return what it would be worth to know more before buying or not.

    Raises
    ------
    InputError
        If a pilot's outcome cannot be counted.
    """
    if not run.effect_known or run.cost is None:
        why = NO_COST if run.effect_known else NO_EFFECT
        remedy = COST_REMEDY if run.effect_known else EFFECT_REMEDY
        said = (f"Not known: {why}, so there is no decision to inform. {remedy}",)
        return Information(
            (), said, eligible(run.setting), run.blank("per cent", why), (), (), None
        )
    uncertain = inputs(run)
    found = decisions(run, uncertain)
    nation = in_england(run.setting, yearly=found[0].children_yearly)
    lines = [line for one in found for line in _inputs(run, one, nation)]
    asked = question.pilot
    pilot = None if asked is None else pilot_answer(run, found, asked, england=nation)
    shares = tuple(line for one in found for line in _shares(run, one, nation))
    return Information(
        verdict=verdicts(shares, pilot, yearly=found[0].children_yearly),
        in_words=(*(_in_words(one) for one in found), *_nothing(lines, found[0]), LIMITS),
        eligible=nation.children,
        luck=run.worked_out(
            100 * found[-1].luck,
            "per cent",
            "of its variance: chance in who enters and when, and what no input explains",
        ),
        shares=shares,
        inputs=tuple(lines),
        pilot=pilot,
    )


def _england(run: Run, worth: float, decision: Decision, nation: England) -> Figure:
    if nation.scale is None:
        return run.blank("GBP a year", NO_SCALE)
    figure = run.worked_out(worth / decision.present_years * nation.scale, "GBP a year", IN_ENGLAND)
    sources = dict.fromkeys((*figure.sources, *nation.children.sources))
    return figure.but(sources=tuple(sources))


def _shares(run: Run, decision: Decision, nation: England) -> list[ShareLine]:
    everything = perfect(decision.explained)
    return [
        ShareLine(
            for_whom=decision.for_whom,
            share=decision.share(i),
            now=_now(decision, i),
            net=run.pounds(decision.net[i], "present value"),
            here=run.worked_out(float(everything[i]), "GBP", "for this cohort"),
            england=_england(run, float(everything[i]), decision, nation),
        )
        for i in range(len(decision.shares))
    ]


def _now(decision: Decision, i: int) -> str:
    if decision.breaks_even(i):
        return "breaks even"
    return "buy" if decision.explained.mean[i] > 0.0 else "do not buy"


def _inputs(run: Run, decision: Decision, nation: England) -> list[InputLine]:
    """Return what each input and each group of several is worth to know, worth most first."""
    rows = [
        (one.name, one.kind, worth)
        for one, worth in zip(decision.inputs, each(decision.explained), strict=True)
    ]
    for kind in dict.fromkeys(one.kind for one in decision.inputs):
        members = [i for i, one in enumerate(decision.inputs) if one.kind == kind]
        if len(members) > 1:
            rows.append((f"all {kind}", kind, partial(decision.explained, members)))
    closest = _closest(decision)
    known = [row for row in rows if row[2].max() >= LEAST]
    known.sort(key=lambda row: -float(row[2][closest]))
    return [_input(run, decision, nation, row) for row in known]


def _input(
    run: Run, decision: Decision, nation: England, row: tuple[str, str, FloatArray]
) -> InputLine:
    name, kind, worth = row
    by_share = tuple(run.worked_out(float(value), "GBP", "for this cohort") for value in worth)
    closest = _closest(decision)
    return InputLine(
        for_whom=decision.for_whom,
        input=name,
        kind=kind,
        closest=by_share[closest],
        england=_england(run, float(worth[closest]), decision, nation),
        whole=by_share[-1],
        by_share=by_share,
    )


def _closest(decision: Decision) -> int:
    """Return the share at which knowing everything is worth most: where the decision is closest."""
    return int(np.argmax(perfect(decision.explained)))


def _in_words(decision: Decision) -> str:
    everything, i = perfect(decision.explained), _closest(decision)
    whom = decision.whom
    if everything[i] < LEAST:
        return f"To {whom} knowing more is worth nothing: no input drawn could change the decision."
    values = each(decision.explained)[:, i]
    first = int(np.argmax(values))
    even = " (it breaks even)" if decision.breaks_even(i) else ""
    chance = float(by_chance(decision.explained, decision.net)[i])
    return (
        f"To {whom} knowing every input before deciding is worth most where"
        f" {numeral(100 * float(decision.shares[i]), 'per cent')} of average costs fall away{even}:"
        f" {numeral(float(everything[i]), 'GBP')} for this cohort; where all do,"
        f" {numeral(float(everything[-1]), 'GBP')}. Of the first, knowing the"
        f" {decision.inputs[first].name} alone is worth {numeral(float(values[first]), 'GBP')}."
        f" With {decision.net.shape[1]:,} draws, less than {numeral(chance, 'GBP')} there may be"
        " chance in the draws (--draws)."
    )


def _nothing(lines: list[InputLine], decision: Decision) -> tuple[str, ...]:
    """Name the inputs that are worth nothing to know, alone, and what is no input."""
    worth = {line.input for line in lines}
    names = [one.name for one in decision.inputs if one.name not in worth]
    said = [f"Worth nothing to know, alone: {'; '.join(names)}."] if names and worth else []
    if decision.index(EFFECT) is None:
        said.append("The effect is taken as certain here: what learning it is worth is not seen.")
    return tuple(said)
