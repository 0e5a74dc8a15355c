"""All or nothing: an amount if the estimate reaches a line."""

from typing import Literal

from headwater.core.arrays import FloatArray
from headwater.core.given import NotBelow, Number
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.rule import Rule
from headwater.evaluation.study import Sampling


class PointThreshold(Rule):
    """Pays an amount if the estimated improvement is at least a threshold.

    Parameters
    ----------
    threshold
        The improvement, in the scale of the result.
    pays
        Pounds.
    """

    kind: Literal["point_threshold"]
    threshold: Number
    pays: NotBelow

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return self.pays * seen.reached(self.threshold)

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:  # noqa: ARG002
        """Return 1 where the line is reached."""
        return seen.reached(self.threshold)

    def chance(self, at: Sampling) -> float:
        """Return Φ((τ − T) ÷ s)."""
        return at.above(self.threshold)

    @property
    def edge(self) -> float:
        """The improvement from which it pays."""
        return self.threshold

    def limits(self, people: int) -> tuple[float, float]:  # noqa: ARG002
        """Return nothing and all of it."""
        return 0.0, self.pays
