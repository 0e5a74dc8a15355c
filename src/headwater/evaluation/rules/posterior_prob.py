"""A part of the full amount: the probability, given the result, that the service did enough."""

from collections.abc import Iterator
from math import sqrt
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.given import Given, GivenSize, NotBelow, Number
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.link import EXACT, Link
from headwater.evaluation.normal import below
from headwater.evaluation.rule import Rule, RuleFault
from headwater.evaluation.study import Sampling


class PosteriorProb(Rule):
    """Pays P(τ > τ_min | data) of an amount.

    Parameters
    ----------
    least
        The improvement that is enough, in the scale of the result.
    pays
        Pounds in full.
    prior_mean, prior_sd
        What earlier evidence expects; both or neither, and then the result stands alone.
    """

    kind: Literal["posterior_prob"]
    least: Number
    pays: NotBelow
    prior_mean: Given | None = None
    prior_sd: GivenSize | None = None

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return self.pays * self._part(seen)

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:  # noqa: ARG002
        """Return the part that is paid."""
        return self._part(seen)

    def _part(self, seen: Estimates) -> FloatArray:
        from scipy.special import ndtr  # noqa: PLC0415 - slow to load

        mean, weight = self._prior(seen.link)
        data = 1.0 / (seen.error**2 + seen.drift_sd**2)
        believed = (mean * weight + seen.theta * data) / (weight + data)
        return np.asarray(ndtr((believed - seen.link.to(self.least)) * np.sqrt(weight + data)))

    def _prior(self, link: Link) -> tuple[float, float]:
        """Return the prior's mean and weight on the normal scale."""
        if self.prior_mean is None or self.prior_sd is None:
            return 0.0, 0.0
        mean = self.prior_mean.value
        return link.to(mean), 1.0 / (self.prior_sd.value * link.slope(mean)) ** 2

    def chance(self, at: Sampling) -> float:
        """Return the part paid on average: Φ((E m − τ_min) ÷ √(s_post² + Var m))."""
        mean, weight = self._prior(at.study.link)
        data = 1.0 / max(at.sd, EXACT) ** 2
        believed = (mean * weight + at.mean * data) / (weight + data)
        spread = 1.0 / (weight + data) + (data / (weight + data)) ** 2 * at.sd**2
        return below((believed - at.study.link.to(self.least)) / sqrt(spread))

    def limits(self, people: int) -> tuple[float, float]:  # noqa: ARG002
        """Return nothing and all of it."""
        return 0.0, self.pays

    def faults(self, odds: Odds) -> Iterator[RuleFault]:  # noqa: ARG002
        """Yield half a prior."""
        if (self.prior_mean is None) != (self.prior_sd is None):
            lacks = "prior_sd" if self.prior_sd is None else "prior_mean"
            yield lacks, "is missing: a prior has both.", "Add it, or take the other out."
