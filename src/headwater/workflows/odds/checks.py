"""Checks of what would have happened anyway, in words."""

from collections.abc import Iterator
from dataclasses import replace

from headwater.core.figure import Figure
from headwater.core.odds import Odds
from headwater.evaluation.anyway import implied_baseline, regression_to_mean
from headwater.evaluation.missing import missing_bounds
from headwater.evaluation.precision import audit_that_deters, claims_to_check
from headwater.evaluation.rule import Pays
from headwater.evaluation.study import Study
from headwater.workflows.odds.figures import Made, effect_words, of_100
from headwater.workflows.odds.result import AnywayCheck

SURE = 0.95
"""How sure a check of claims is to be."""
WRONG = (0.05, 0.1)
"""Parts of claims that may be wrong."""


def checks(table: Odds, study: Study, rule: Pays, made: Made) -> tuple[AnywayCheck, ...]:
    """Return every check that the file gives numbers for."""
    return (
        *_regression(table, made),
        *_implied(table, made),
        *_missing(table, study, rule, made),
        _claims(made),
    )


def _regression(table: Odds, made: Made) -> Iterator[AnywayCheck]:
    chosen = table.selection
    if chosen is None:
        return
    anyway = regression_to_mean(
        correlation=chosen.correlation.value,
        mean=chosen.mean.value,
        sd=chosen.sd.value,
        cutoff=chosen.cutoff.value,
        chosen=chosen.chosen,
    )
    if chosen.improvement is None:
        said = f"{anyway:.3g} points of the score were to be expected anyway, without any help."
        yield _check("regression_to_the_mean", said, made, anyway=anyway)
        return
    claimed = chosen.improvement.value
    said = (
        f"{anyway:.3g} points of the {claimed:.3g}-point improvement were to be expected anyway:"
        " people chosen when a score stands badly come nearer the mean by themselves."
    )
    alarm = anyway > 0.5 * claimed
    yield _check(
        "regression_to_the_mean", said, made, alarm=alarm, anyway=anyway, left=claimed - anyway
    )


def _check(
    name: str, said: str, made: Made, *, alarm: bool = False, **numbers: float
) -> AnywayCheck:
    figures = {key: made.worked(value, "points of the score") for key, value in numbers.items()}
    return AnywayCheck(name, said, alarm, figures)


def _implied(table: Odds, made: Made) -> Iterator[AnywayCheck]:
    given = table.implied
    if given is None:
        return
    paid, seen, upper = (
        given.paid_baseline.value,
        given.observed.value,
        given.evidence_upper.value,
    )
    found = implied_baseline(paid, seen, upper)
    said = (
        f"Paying against {paid:,.4g} where {seen:,.4g} came claims that"
        f" {100 * found.effect:.0f}% was prevented."
    )
    if found.alarm:
        said += (
            f" The best trials prevented {100 * upper:.0f}%. If this is as good, about"
            f" {found.likely_without:,.3g} were to be expected and {found.likely_avoided:,.3g}"
            f" avoided, not {found.paid_avoided:,.4g}."
        )
    else:
        said += f" Trials found up to {100 * upper:.0f}%."
    figures = {
        "effect": made.worked(found.effect, "per cent", times=100),
        "likely_without": made.worked(found.likely_without, "cases"),
        "likely_avoided": made.worked(found.likely_avoided, "cases"),
        "paid_avoided": made.worked(found.paid_avoided, "cases"),
    }
    yield AnywayCheck("implied_baseline", said, found.alarm, figures)


def _missing(table: Odds, study: Study, rule: Pays, made: Made) -> Iterator[AnywayCheck]:
    if study.missing <= 0.0:
        return
    part = f"{100 * study.missing:.0f}% of outcomes are not known."
    bounds = missing_bounds(study, 0.0)
    if bounds is None:
        said = f"{part} Nothing bounds how far those people could carry the result."
        yield AnywayCheck("missing_outcomes", said, alarm=True, figures={})
        return
    figures = {"low": made.effect(bounds.low), "high": made.effect(bounds.high)}
    said = (
        f"{part} If those people differ as much as can be, a service that changes nothing looks"
        f" anything from {effect_words(table, bounds.low)} to {effect_words(table, bounds.high)}"
        " better."
    )
    at = study.sampling(0.0)
    worst = rule.chance(replace(at, mean=study.link.to(bounds.high)))
    if worst is not None:
        said += f" At worst it is paid in {of_100(worst)}."
        figures["worst"] = made.worked(worst, "per cent", times=100)
    said += " Agree beforehand how they are counted."
    yield AnywayCheck("missing_outcomes", said, alarm=True, figures=figures)


def _claims(made: Made) -> AnywayCheck:
    few, more = (claims_to_check(sure=SURE, wrong=wrong) for wrong in WRONG)
    said = (
        f"To be 95% sure of finding a wrong claim, check {few} if one in 20 is wrong, {more} if one"
        " in ten is. A false claim no longer pays where every other one is checked and it costs"
        " its price again, or where one in ten is checked and it costs nine times its price."
    )
    figures = {
        "one_in_twenty": made.worked(few, "claims", note="assumed: one in 20 wrong"),
        "one_in_ten": made.worked(more, "claims", note="assumed: one in ten wrong"),
        "deters_at_once": _audit(1, made),
        "deters_at_nine": _audit(9, made),
    }
    return AnywayCheck("claims", said, alarm=False, figures=figures)


def _audit(penalty: float, made: Made) -> Figure:
    """Return the part of claims to check so that a false one does not pay."""
    note = f"where a false claim costs its price {penalty:g} times on top"
    return made.worked(audit_that_deters(penalty=penalty), "per cent", times=100, note=note)
