"""Studies played out with whole people and whole events, and estimated as an evaluator would.

1. Draw the drift of those helped.
2. Count each arm: binomial (beta-binomial in clusters), Poisson (negative binomial where events
   come in runs), or the mean of normal values.
3. Estimate the improvement and its standard error from the counts alone.

Every arm has its own stream of luck, the same for every effect: a better service never looks worse
in the same draw.
"""

import numpy as np
from scipy.special import ndtr
from scipy.stats import beta, binom, gamma, poisson

from headwater.core.arrays import FloatArray
from headwater.core.worlds import normals
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.study import Arm, Study

BEFORE = {"before": "treated", "control before": "control"}
"""Who those counted before are afterwards, where they are the same people."""

NEGLIGIBLE = 1e-12
"""How alike people are, below which nobody could see it, and no quantile can be worked out."""


def simulate(study: Study, effect: float, *, draws: int, seed: int) -> Estimates:
    """Return what studies of one true effect would estimate.

    Parameters
    ----------
    effect
        The true improvement, in the scale of the result.
    """
    drift = _drift(study, draws, seed)
    without = _without(study, drift)
    rates = {
        arm.name: _seen(study, arm, _truth(study, arm, without, effect, draws), draws, seed)
        for arm in study.arms
    }
    theta = _estimate(study, rates)
    treated = rates["treated"]
    sign = study.link.sign
    return Estimates(
        link=study.link,
        people=study.cohort,
        theta=theta,
        error=_error(study, rates),
        drift_sd=study.drift_sd,
        treated=treated,
        counterfactual=treated * np.exp(sign * theta) if study.link.log else treated + sign * theta,
        truth=study.cohort * sign * (without - _helped(study, without, effect)),
    )


def _drift(study: Study, draws: int, seed: int) -> FloatArray:
    """Return the improvement without help, on the normal scale, array (draw,)."""
    mean = study.link.to(study.drift_mean)
    if study.drift_sd == 0.0:
        return np.full(draws, mean)
    return mean + study.drift_sd * normals(seed, "odds drift", draws)


def _without(study: Study, drift: FloatArray) -> FloatArray:
    """Return the rate that those helped would have had, array (draw,)."""
    sign = study.link.sign
    if study.link.log:
        return study.baseline * np.exp(-sign * drift)
    return _possible(study, study.baseline - sign * drift)


def _helped(study: Study, without: FloatArray, effect: float) -> FloatArray:
    sign = study.link.sign
    if study.link.log:
        return without * (1.0 - sign * effect)
    return _possible(study, without - sign * effect)


def _possible(study: Study, rate: FloatArray) -> FloatArray:
    return np.clip(rate, 0.0, 1.0) if study.outcome == "share" else rate


def _truth(study: Study, arm: Arm, without: FloatArray, effect: float, draws: int) -> FloatArray:
    if arm.name == "treated":
        return _helped(study, without, effect)
    return np.full(draws, study.baseline)


def _seen(study: Study, arm: Arm, rate: FloatArray, draws: int, seed: int) -> FloatArray:
    """Return the rate counted in an arm, array (draw,)."""
    if np.isinf(arm.people):
        return rate
    people = int(arm.people)
    luck = normals(seed, f"odds {arm.name}", draws)
    if study.outcome == "mean":
        if arm.name in BEFORE and study.correlation > 0.0:
            own = np.sqrt(1.0 - study.correlation**2)
            luck = own * luck + study.correlation * normals(seed, f"odds {BEFORE[arm.name]}", draws)
        return np.asarray(rate + luck * study.sd * np.sqrt(study.design_effect / people))
    shared = normals(seed, f"odds {arm.name}, shared", draws)
    if study.outcome == "share":
        return np.asarray(_share(study, people, rate, luck, shared) / people)
    return np.asarray(_events(study, people, rate, luck, shared) / people)


def _share(
    study: Study, people: int, rate: FloatArray, luck: FloatArray, shared: FloatArray
) -> FloatArray:
    """Return people counted: binomial, or beta-binomial of the same variance as in clusters."""
    extra = (study.design_effect - 1.0) / max(people - 1, 1)
    if extra > NEGLIGIBLE:
        kappa = max(1.0 / min(extra, 1.0 - 1e-9) - 1.0, 1e-9)
        inner = np.clip(rate, 1e-12, 1.0 - 1e-12)
        drawn = beta.ppf(ndtr(shared), inner * kappa, (1.0 - inner) * kappa)
        rate = np.where((rate > 0.0) & (rate < 1.0), drawn, rate)
    return np.asarray(binom.ppf(ndtr(luck), people, rate), dtype=np.float64)


def _events(
    study: Study, people: int, rate: FloatArray, luck: FloatArray, shared: FloatArray
) -> FloatArray:
    """Return events counted: Poisson, or negative binomial of variance ÷ mean D."""
    mean = people * rate
    runs = study.dispersion * study.design_effect - 1.0
    if runs > 0.0:
        mean = np.asarray(gamma.ppf(ndtr(shared), mean / runs, scale=runs), dtype=np.float64)
    return np.asarray(poisson.ppf(ndtr(luck), mean), dtype=np.float64)


def _estimate(study: Study, rates: dict[str, FloatArray]) -> FloatArray:
    """Return the improvement on the normal scale, array (draw,)."""
    scaled = {arm.name: _on_scale(study, arm, rates[arm.name]) for arm in study.arms}
    total = np.sum([arm.weight * scaled[arm.name] for arm in study.arms], axis=0)
    return np.asarray(study.link.sign * total)


def _on_scale(study: Study, arm: Arm, rate: FloatArray) -> FloatArray:
    """Return a rate, or its log; half an event where none was counted."""
    if not study.link.log:
        return rate
    least = 0.5 / arm.people if np.isfinite(arm.people) else 0.0
    return np.asarray(np.log(np.maximum(rate, least)))


def _error(study: Study, rates: dict[str, FloatArray]) -> FloatArray:
    """Return the standard error that the counts themselves give, array (draw,).

    A share of nobody or everybody is taken as half a person from there, so that no error is nought.
    """
    total = np.zeros_like(rates["treated"])
    if study.outcome == "mean":
        return np.full_like(total, study.error(0.0))
    for arm in study.arms:
        if np.isinf(arm.people):
            continue
        rate, half = rates[arm.name], 0.5 / arm.people
        if study.outcome == "share":
            rate = np.clip(rate, half, 1.0 - half)
            total += rate * (1.0 - rate) * study.design_effect / arm.people
        else:
            spread = study.dispersion * study.design_effect
            total += spread / (np.maximum(rate, half) * arm.people)
    return np.sqrt(total)
