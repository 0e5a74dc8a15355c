"""What an evaluator would see at the end, draw by draw."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.evaluation.link import EXACT, Link


@dataclass(frozen=True, slots=True)
class Estimates:
    """Results of many studies of one true effect; every array is (draw,).

    Parameters
    ----------
    people
        The cohort that is paid for.
    theta, error
        Estimated improvement on the normal scale, and its standard error by sampling.
    drift_sd
        What an evaluator who knows of drift adds to that error.
    treated, counterfactual
        Rate seen among those helped, and that which the comparison says without help.
    truth
        Additional outcomes that the service really brought, in natural units: people, events
        avoided, units.
    """

    link: Link
    people: int
    theta: FloatArray
    error: FloatArray
    drift_sd: float
    treated: FloatArray
    counterfactual: FloatArray
    truth: FloatArray

    @property
    def effect(self) -> FloatArray:
        """The estimated improvement in the scale of the result."""
        return self.link.back(self.theta)

    @property
    def outcomes(self) -> FloatArray:
        """Additional outcomes estimated, in natural units."""
        return self.people * self.link.sign * (self.counterfactual - self.treated)

    @property
    def successes(self) -> FloatArray:
        """People helped who had the good outcome; of a share only."""
        good = self.treated if self.link.sign < 0 else 1.0 - self.treated
        return np.rint(self.people * good)

    def reached(self, edge: float) -> FloatArray:
        """Return 1 where the estimate is at or above an improvement, else 0."""
        return self.passed(self.theta, edge)

    def passed(self, theta: FloatArray, edge: float) -> FloatArray:
        """Return 1 where a value on the normal scale is at or above an improvement, else 0."""
        return (theta >= self.link.to(edge) - EXACT).astype(np.float64)

    def outcomes_of(self, effect: FloatArray) -> FloatArray:
        """Return additional outcomes if the improvement were this."""
        each = self.counterfactual if self.link.log else 1.0
        return self.people * each * effect
