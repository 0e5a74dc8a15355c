"""How many people a test needs, and what improvement was to be expected anyway."""

from dataclasses import dataclass
from math import ceil, exp, log, sqrt

from scipy.optimize import brentq
from scipy.stats import norm

from headwater.core.odds import Odds


def people_needed(
    before: float,
    after: float,
    *,
    significance: float = 0.05,
    power: float = 0.8,
    design: float = 1.0,
) -> int:
    """Return people in each arm to tell two shares apart, two-sided, rounded up.

    (z_α + z_β)² [p₀(1−p₀) + p₁(1−p₁)] ÷ (p₀−p₁)², times the design effect.
    """
    z = norm.ppf(1.0 - significance / 2.0) + norm.ppf(power)
    variance = before * (1.0 - before) + after * (1.0 - after)
    return ceil(float(z**2 * variance / (before - after) ** 2) * design)


def design_effect(odds: Odds) -> float:
    """Return by how much likeness within families or sites raises the people needed."""
    return 1.0 + (odds.cluster_size - 1.0) * odds.icc


def smallest_effect(odds: Odds, *, significance: float = 0.05, power: float = 0.8) -> float:
    """Return the smallest effect that the test would find with that power, two-sided."""
    from headwater.evaluation.estimates import standard_error  # noqa: PLC0415

    z = float(norm.ppf(1.0 - significance / 2.0) + norm.ppf(power))
    most = odds.without if odds.good == "fall" else 1.0 - odds.without
    most = 0.999 if odds.outcome == "events" else most

    def missing(effect: float) -> float:
        seen = -log(1.0 - effect) if odds.outcome == "events" else effect
        return seen - z * float(standard_error(odds, effect))

    return float(brentq(missing, 0.0, most)) if missing(most) > 0.0 else float("inf")


def sample_to_find_errors(share: float, *, confidence: float = 0.95) -> int:
    """Return claims to check so that an invalid share is met once, with that confidence."""
    return ceil(log(1.0 - confidence) / log(1.0 - share))


def audit_rate_that_deters(penalty: float) -> float:
    """Return the share of claims to audit where a false one costs `penalty` times its price."""
    return 1.0 / (1.0 + penalty)


@dataclass(frozen=True, slots=True)
class Regression:
    """Improvement to be expected of people chosen for a bad score, without any help."""

    chosen_mean: float
    expected_after: float

    @property
    def expected_change(self) -> float:
        """How much of the change regression to the mean explains."""
        return self.expected_after - self.chosen_mean


def regression_to_the_mean(
    *, mean: float, sd: float, cutoff: float, correlation: float
) -> Regression:
    """Return what to expect of people whose score was above a cut-off, tested again.

    −(1−ρ)(E[Y|Y>c] − μ), for normal scores.
    """
    z = (cutoff - mean) / sd
    chosen = mean + sd * exp(norm.logpdf(z) - norm.logsf(z))
    return Regression(chosen, mean + correlation * (chosen - mean))


@dataclass(frozen=True, slots=True)
class ImpliedBaseline:
    """What a paid baseline says of the service: the part of the outcome it must have prevented."""

    effect: float
    alarm: bool
    expected_flagged: float


def implied_baseline(flagged: int, used: int, evidence_most: float) -> ImpliedBaseline:
    """Return the effect that a paid baseline implies, and whether any evidence reaches it.

    Parameters
    ----------
    flagged
        People paid for as if all of them would have had the outcome.
    used
        Those who had it.
    evidence_most
        The largest part that such a service was shown to prevent.
    """
    effect = 1.0 - used / flagged
    expected = used / (1.0 - evidence_most) if evidence_most < 1.0 else float("inf")
    return ImpliedBaseline(effect, effect > evidence_most, expected)


def difference_in_differences_error(errors: tuple[float, float, float, float]) -> float:
    """Return the standard error of (after − before) treated less (after − before) compared."""
    return sqrt(sum(error**2 for error in errors))


def missing_bounds(share: float, missing: float) -> tuple[float, float]:
    """Return the lowest and highest a share can be if some outcomes are not known."""
    return share * (1.0 - missing), share * (1.0 - missing) + missing
