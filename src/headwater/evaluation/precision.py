"""How many people a test needs, and the least effect that so many can show."""

from dataclasses import replace
from math import ceil, inf, log

import numpy as np
from scipy.optimize import brentq

from headwater.evaluation.normal import deviations_of
from headwater.evaluation.study import Study

STEPS = 400
"""Effects tried, from nought to the largest that can be, for the first that a test shows."""


def people_needed(study: Study, effect: float, *, significance: float, power: float) -> int | None:
    """Return how many people helped a two-sided test needs; None where no number is enough.

    n = (z_α + z_β)² [p₁(1 − p₁) + p₀(1 − p₀) ÷ k] × design effect ÷ τ² of a share
    :cite:p:`fleiss2003statistical`. Earlier people and drift stay as they are, however many are
    helped: where they alone are too uncertain, nothing is enough.

    Parameters
    ----------
    effect
        To be shown, in the scale of the result.
    significance, power
        Chances of a false alarm and of finding the effect.
    """
    wanted = study.link.to(effect) / _deviations(significance, power)
    treated = study.variance(study.rate(effect, study.drift_mean))
    per_person, fixed = treated, study.drift_sd**2
    for arm in study.arms[1:]:
        if arm.name == "control":
            per_person += study.variance(study.baseline) * study.treated.people / arm.people
        else:
            fixed += study.variance(study.baseline) / arm.people
    if study.correlation > 0.0:  # the same people before: every arm grows
        per_person = study.error(effect) ** 2 * study.treated.people
        fixed = study.drift_sd**2
    left = wanted**2 - fixed
    if left <= 0:
        return None
    known = 1.0 - study.missing
    return ceil(round(per_person / left / known, 6))


def least_effect(study: Study, *, significance: float, power: float) -> float | None:
    """Return the least improvement that a two-sided test of this study shows with given power.

    None where not even the largest improvement that can be is enough.
    """
    deviations = _deviations(significance, power)

    def short(effect: float) -> float:
        return study.link.to(effect) - deviations * study.sampling(effect).sd

    top = _most(study)
    if top < inf:  # near the top a rate of hardly anything is known badly: the first root counts
        below = 0.0
        for step in np.linspace(0.0, top, STEPS)[1:]:
            if short(float(step)) > 0:
                return float(brentq(short, below, float(step)))
            below = float(step)
        return None
    far = 1e3 * deviations * study.sampling(0.0).sd + 1e-9
    return float(brentq(short, 0.0, far)) if short(far) > 0 else None


def _most(study: Study) -> float:
    """Return the largest improvement that can be; without limit for a mean or rising events."""
    if study.outcome == "mean":
        return inf
    if study.outcome == "events":
        return 1.0 - 1e-9 if study.link.sign > 0 else inf
    bad = study.baseline if study.link.sign > 0 else 1.0 - study.baseline
    return max(bad - max(study.drift_mean, 0.0), 1e-9)


def _deviations(significance: float, power: float) -> float:
    return deviations_of(1.0 - significance / 2.0) + deviations_of(power)


def with_people(study: Study, people: int) -> Study:
    """Return the same study of another number of people helped, controls in proportion."""
    times = people / study.cohort
    arms = tuple(
        replace(arm, people=max(round(arm.people * times), 1))
        if arm.name in {"treated", "control"} or study.correlation > 0.0
        else arm
        for arm in study.arms
    )
    return replace(study, cohort=people, arms=arms)


def audit_that_deters(*, penalty: float) -> float:
    """Return the part of claims to check from which a false one no longer pays: 1 ÷ (1 + k).

    Parameters
    ----------
    penalty
        What a false claim that is found costs on top, as a multiple of its price.
    """
    return 1.0 / (1.0 + penalty)


def claims_to_check(*, sure: float, wrong: float) -> int:
    """Return how many claims to check to find at least one wrong one: ln(1 − sure) ÷ ln(1 − p).

    Parameters
    ----------
    sure
        The chance of finding one: 0.95.
    wrong
        The part of claims that are wrong: 0.05.
    """
    return ceil(log(1.0 - sure) / log(1.0 - wrong))
