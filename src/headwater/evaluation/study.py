"""How a result is measured: arms, their sizes, and how far an estimate falls from the truth.

An estimate is a weighted sum of arms' rates (for events: of their logs). Those helped have weight
−1, those compared +1; of a difference in differences the earlier two +1 and −1.
"""

from dataclasses import dataclass
from functools import cached_property
from math import inf, sqrt

from headwater.core.comparator import BeforeAndAfter, Concurrent, Known
from headwater.core.odds import Odds, Outcome
from headwater.evaluation.anyway import regression_to_mean
from headwater.evaluation.link import EXACT, Link
from headwater.evaluation.normal import below


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of people whose outcomes are counted.

    Parameters
    ----------
    name
        Which: "treated", "control", "before", "control before". Names its random numbers.
    weight
        In the estimate of an improvement where lower is better.
    people
        Whose outcomes are known; infinite where the rate is fixed.
    """

    name: str
    weight: float
    people: float


@dataclass(frozen=True)
class Study:
    """A promise measured: what simulation and formulas need, without words.

    Parameters
    ----------
    baseline, sd
        Rate without the service (share, events per person, or mean); between people, of a mean.
    cohort, missing
        People paid for; part whose outcome is not known.
    design_effect
        By how much clusters multiply the variance.
    dispersion
        Variance ÷ mean of events.
    drift_mean, drift_sd
        Improvement without help that the comparison does not see; in the scale of the result
        (`drift_sd` of events: of the log rate).
    correlation
        Of each person's measure with the same person's before.
    """

    outcome: Outcome
    link: Link
    baseline: float
    cohort: int
    arms: tuple[Arm, ...]
    sd: float = 0.0
    missing: float = 0.0
    design_effect: float = 1.0
    dispersion: float = 1.0
    drift_mean: float = 0.0
    drift_sd: float = 0.0
    correlation: float = 0.0

    @cached_property
    def treated(self) -> Arm:
        """Those helped."""
        return self.arms[0]

    def rate(self, effect: float, drift: float = 0.0) -> float:
        """Return the rate among those helped, with what it improves by itself."""
        sign = self.link.sign
        if self.link.log:
            return self.baseline * (1 - sign * effect) * (1 - sign * drift)
        rate = self.baseline - sign * (effect + drift)
        return min(max(rate, 0.0), 1.0) if self.outcome == "share" else rate

    def variance(self, rate: float) -> float:
        """Return the variance of one person's part in an arm's rate, on the normal scale."""
        if self.outcome == "share":
            return rate * (1 - rate) * self.design_effect
        if self.outcome == "mean":
            return self.sd**2 * self.design_effect
        return self.dispersion * self.design_effect / rate

    def error(self, effect: float) -> float:
        """Return the standard error by sampling alone, on the normal scale.

        Of a share √(p₁(1 − p₁)/n + p₀(1 − p₀)/m); of a rate ratio, in logs,
        √(D (1/(n λt) + 1/(k n λc))); of a difference in differences all four parts, less
        2 ρ √(v v′) for each group whose people are counted twice.
        """
        treated = self.variance(self.rate(effect, self.drift_mean)) / self.treated.people
        parts = [treated, *(self.variance(self.baseline) / arm.people for arm in self.arms[1:])]
        if self.correlation == 0.0:
            return sqrt(sum(parts))
        now, compared, before, compared_before = parts
        twice = sqrt(now * before) + sqrt(compared * compared_before)
        return sqrt(sum(parts) - 2.0 * self.correlation * twice)

    def sampling(self, effect: float) -> "Sampling":
        """Return how estimates of a true effect are spread, by formula."""
        mean = self.link.to(effect) + self.link.to(self.drift_mean)
        return Sampling(self, effect, mean, self.error(effect), self.drift_sd)

    def natural(self, effect: float) -> float:
        """Return additional outcomes for each person: points, units, or events avoided."""
        if not self.link.log:
            return effect
        return self.rate(0.0, self.drift_mean) * effect


@dataclass(frozen=True, slots=True)
class Sampling:
    """How estimates of one true effect are spread: normal, on the scale of `link`.

    Parameters
    ----------
    mean
        Where estimates lie on average: truth and unseen drift.
    error, drift
        Standard deviations by sampling and by drift.
    """

    study: Study
    effect: float
    mean: float
    error: float
    drift: float

    @property
    def sd(self) -> float:
        """Standard deviation by sampling and drift."""
        return sqrt(self.error**2 + self.drift**2)

    def above(self, edge: float) -> float:
        """Return the chance that an estimate is at or above an improvement."""
        return self.beyond(self.study.link.to(edge))

    def beyond(self, value: float) -> float:
        """Return the chance that an estimate is at or above a value of the normal scale."""
        if self.sd == 0.0:
            return float(self.mean >= value - EXACT)
        return below((self.mean - value) / self.sd)


def study_of(odds: Odds) -> Study:
    """Return the study that a table describes."""
    known = 1.0 - (odds.missing.value if odds.missing is not None else 0.0)
    kind = odds.comparator
    mean = getattr(kind, "drift_mean", None)
    again = getattr(kind, "correlation", None)
    return Study(
        outcome=odds.outcome,
        link=Link(log=odds.outcome == "events", sign=1.0 if odds.better == "lower" else -1.0),
        baseline=odds.baseline.value,
        cohort=odds.people,
        arms=(Arm("treated", -1.0, max(round(odds.people * known), 1)), *_compared(odds, known)),
        sd=odds.sd.value if odds.sd is not None else 0.0,
        missing=1.0 - known,
        design_effect=design_effect(odds),
        dispersion=odds.dispersion.value if odds.dispersion is not None else 1.0,
        drift_mean=(mean.value if mean is not None else 0.0) + _chosen(odds),
        drift_sd=0.0 if isinstance(kind, Concurrent) else kind.drift_sd.value,
        correlation=again.value if again is not None else 0.0,
    )


def _compared(odds: Odds, known: float) -> tuple[Arm, ...]:
    kind = odds.comparator
    if isinstance(kind, Known):
        return (Arm("before", 1.0, inf),)
    if isinstance(kind, Concurrent | BeforeAndAfter):
        control = Arm("control", 1.0, max(round(odds.people * kind.controls_per_case * known), 1))
        if isinstance(kind, Concurrent):
            return (control,)
        before = Arm("before", 1.0, kind.people_before)
        return control, before, Arm("control before", -1.0, kind.controls_before)
    return (Arm("before", 1.0, kind.people),)


def _chosen(odds: Odds) -> float:
    """Return what improves by itself because of how people were chosen, where that is measured."""
    chosen = odds.selection
    if chosen is None or not chosen.shifts_estimate or isinstance(odds.comparator, Concurrent):
        return 0.0
    return regression_to_mean(
        correlation=chosen.correlation.value,
        mean=chosen.mean.value,
        sd=chosen.sd.value,
        cutoff=chosen.cutoff.value,
        chosen=chosen.chosen,
    )


def design_effect(odds: Odds) -> float:
    """Return by how much clusters multiply a variance: 1 + ((1 + cv²) m − 1) ρ.

    Kish's, with unequal clusters :cite:p:`eldridge2006sample`.
    """
    if odds.clusters is None:
        return 1.0
    cv = odds.clusters.size_cv.value if odds.clusters.size_cv is not None else 0.0
    return 1.0 + ((1.0 + cv**2) * odds.clusters.size.value - 1.0) * odds.clusters.icc.value
