"""In proportion to what is believed once the result is weighed with earlier evidence."""

from typing import Literal

from headwater.core.arrays import FloatArray
from headwater.core.given import Given, GivenSize
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.link import Link
from headwater.evaluation.rule import Limited
from headwater.evaluation.study import Sampling


class ShrunkLinear(Limited):
    """Pays a price for each additional outcome believed in: m = (τ₀/s₀² + τ̂/s²) ÷ (1/s₀² + 1/s²).

    Parameters
    ----------
    prior_mean, prior_sd
        What earlier evidence expects, in the scale of the result.
    """

    kind: Literal["shrunk_linear"]
    prior_mean: Given
    prior_sd: GivenSize

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        mean, sd = self.prior(seen.link)
        data = 1.0 / (seen.error**2 + seen.drift_sd**2)
        believed = (mean / sd**2 + seen.theta * data) / (1.0 / sd**2 + data)
        return self.clipped(seen.outcomes_of(seen.link.back(believed)))

    def prior(self, link: Link) -> tuple[float, float]:
        """Return the prior on the normal scale."""
        mean = self.prior_mean.value
        return link.to(mean), self.prior_sd.value * link.slope(mean)

    def chance(self, at: Sampling) -> float:
        """Return the chance that what is believed is above nought: τ̂ > −τ₀ s² ÷ s₀²."""
        if self.price == 0.0:
            return 0.0
        mean, sd = self.prior(at.study.link)
        return at.beyond(-mean * at.sd**2 / sd**2)
