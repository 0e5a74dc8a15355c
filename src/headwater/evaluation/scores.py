"""How good forecasts were: errors, bias and how often intervals held what came.

Scores take errors as shares of what came, so that an authority of 200 children counts as much as
one of 2,000; what intervals are learnt from takes their logs, in which half as many is as wrong as
twice as many.
"""

from collections.abc import Sequence

import numpy as np

from headwater.core.arrays import FloatArray

COVERED = 0.8
"""What a forecast's interval promises to hold: all draws but the lowest and the highest tenth."""
Z = 1.2815515655446004
"""Standard deviations either side that hold `COVERED` of a normal distribution."""


def mean_absolute_error(forecast: FloatArray, actual: FloatArray) -> float:
    """Return the mean of |forecast − actual| ÷ actual."""
    return float(np.mean(np.abs(forecast / actual - 1.0)))


def median_absolute_error(forecast: FloatArray, actual: FloatArray) -> float:
    """Return the median of |forecast − actual| ÷ actual: half of the places were further off."""
    return float(np.median(np.abs(forecast / actual - 1.0)))


def bias(forecast: FloatArray, actual: FloatArray) -> float:
    """Return the mean of (forecast − actual) ÷ actual: above nought if too many were forecast."""
    return float(np.mean(forecast / actual - 1.0))


def coverage(low: FloatArray, high: FloatArray, actual: FloatArray) -> float:
    """Return the share of what came that lay within the intervals."""
    return float(np.mean((low <= actual) & (actual <= high)))


def line(years: Sequence[int], values: FloatArray, at: int) -> float:
    """Return where the least-squares line through values by year leads; never below nought."""
    slope, start = np.polyfit(np.asarray(years, float) - years[-1], values, 1)
    return max(float(start + slope * (at - years[-1])), 0.0)


def variance_to_cover(errors: FloatArray, chance: FloatArray) -> float:
    """Return the variance that, with chance added, makes intervals hold `COVERED` of the errors.

    Parameters
    ----------
    errors
        Logs of forecast ÷ actual.
    chance
        Variance that each would have by chance alone.
    """
    needed = np.square(errors / Z) - chance
    return max(float(np.quantile(needed, COVERED)), 0.0)
