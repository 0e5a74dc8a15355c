"""Counts against what was expected of them, pooled where they are small.

Counts are Poisson about ratio × expected, ratios gamma about 1 with a spread that the counts
themselves show :cite:p:`clayton1987empirical`: few events are drawn towards what was expected, many
are believed.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln
from scipy.stats import gamma

from headwater.core.arrays import FloatArray

SIZES = np.geomspace(0.5, 1e5, 240)
"""Sizes (1 ÷ variance of the ratios) among which the likeliest is sought."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """Ratios of counts to what was expected; arrays of the shape of the counts.

    Parameters
    ----------
    ratio
        Mean after pooling.
    size
        1 ÷ variance of the ratios: how many events' worth what was expected counts for.
    shape, rate
        Of the gamma distribution of each ratio.
    """

    ratio: FloatArray
    size: float
    shape: FloatArray
    rate: FloatArray

    def quantile(self, part: float) -> FloatArray:
        """Return the ratio below which a part of its distribution lies."""
        return np.asarray(gamma.ppf(part, self.shape, scale=1.0 / self.rate))


def pool(counts: FloatArray, expected: FloatArray) -> Pooled:
    """Return ratios of counts to what was expected, at the likeliest spread between them.

    Parameters
    ----------
    counts, expected
        Of one shape. Where nothing was expected and nothing counted, the ratio is 1.
    """
    seen = expected > 0.0
    size = 0.0
    if np.count_nonzero(seen) > 1:
        likelihood = [_log_likelihood(counts[seen], expected[seen], each) for each in SIZES]
        size = float(SIZES[int(np.argmax(likelihood))])
    else:
        size = float(SIZES[-1])
    shape, rate = size + np.where(seen, counts, 0.0), size + expected
    return Pooled(shape / rate, size, shape, rate)


def _log_likelihood(counts: FloatArray, expected: FloatArray, size: float) -> float:
    """Return the log likelihood of counts whose ratios are gamma: negative binomial."""
    part = size / (size + expected)
    return float(
        np.sum(
            gammaln(size + counts)
            - gammaln(size)
            + size * np.log(part)
            + counts * np.log(np.maximum(1.0 - part, 1e-300))
        )
    )


def level(
    events: float, expected: float, *, variance: float, yearly: float, years: int
) -> tuple[float, float, float]:
    """Return how far events stand above what was expected, the variance of its log, and its weight.

    Years differ, so that a count is less certain than a Poisson one: its variance is inflated by
    1 + events × yearly ÷ years. The weight is that of the events, 0 to 1.

    Parameters
    ----------
    variance
        Of the log of the ratio between places, about 1.
    yearly
        Variance of a year's log ratio about the place's own, beyond chance.
    """
    size = 1.0 / max(variance, 1e-6)
    inflated = 1.0 + events * yearly / years
    shape, rate = size + events / inflated, size + expected / inflated
    return float(shape / rate), float(1.0 / shape), float(1.0 - size / shape)
