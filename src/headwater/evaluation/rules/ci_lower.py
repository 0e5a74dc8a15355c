"""All or nothing, if even the lower end of the interval reaches a line."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from headwater.core.arrays import FloatArray
from headwater.core.given import NotBelow, Number, read_number
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.normal import deviations_of
from headwater.evaluation.rule import Rule
from headwater.evaluation.study import Sampling

Confidence = Annotated[float, BeforeValidator(read_number), Field(ge=0.5, lt=1)]


class CiLower(Rule):
    """Pays an amount if the lower confidence limit is at least a threshold.

    Parameters
    ----------
    threshold
        The improvement, in the scale of the result; 0: "some effect is proved".
    confidence
        One-sided: 0.975 is the lower end of a 95% interval.
    pays
        Pounds.
    counts_drift
        Whether the evaluator adds the standard deviation of drift to the error.
    """

    kind: Literal["ci_lower"]
    threshold: Number
    confidence: Confidence
    pays: NotBelow
    counts_drift: bool = True

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return self.pays * self._won(seen)

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:  # noqa: ARG002
        """Return 1 where the lower limit reaches the line."""
        return self._won(seen)

    def _won(self, seen: Estimates) -> FloatArray:
        drift = seen.drift_sd if self.counts_drift else 0.0
        error = (seen.error**2 + drift**2) ** 0.5
        return seen.passed(seen.theta - self._z * error, self.threshold)

    @property
    def _z(self) -> float:
        return deviations_of(self.confidence)

    def chance(self, at: Sampling) -> float:
        """Return Φ((τ − T − z ŝ) ÷ s), the evaluator's error ŝ taken as known."""
        drift = at.drift if self.counts_drift else 0.0
        error = (at.error**2 + drift**2) ** 0.5
        return at.beyond(at.study.link.to(self.threshold) + self._z * error)

    @property
    def edge(self) -> float:
        """The improvement from which it pays."""
        return self.threshold

    def limits(self, people: int) -> tuple[float, float]:  # noqa: ARG002
        """Return nothing and all of it."""
        return 0.0, self.pays
