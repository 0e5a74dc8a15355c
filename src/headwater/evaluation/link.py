"""The scale on which an estimate is about normal: a difference as it is, a rate ratio in logs."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from headwater.core.arrays import FloatArray

EXACT = 1e-9
"""Shares of people are held against thresholds to this, so that 45% less 40% is five points."""
NOTHING_LEFT = -1.0 + 1e-12
"""No rate falls below nought: an improvement beyond that is one that no estimate reaches."""
Number = TypeVar("Number", float, FloatArray)


@dataclass(frozen=True, slots=True)
class Link:
    """Between an improvement and the scale on which its estimate is about normal.

    Parameters
    ----------
    log
        Whether effects are parts by which a rate falls or rises: then −ln(1 − e) or ln(1 + e).
    sign
        1 where lower is better, −1 where higher is.
    """

    log: bool
    sign: float

    def to(self, effect: Number) -> Number:
        """Return an improvement on the normal scale."""
        if not self.log:
            return effect
        found: Number = -self.sign * np.log1p(np.maximum(-self.sign * effect, NOTHING_LEFT))
        return found

    def back(self, value: Number) -> Number:
        """Return an improvement from the normal scale."""
        if not self.log:
            return value
        found: Number = -self.sign * np.expm1(-self.sign * value)
        return found

    def slope(self, effect: float) -> float:
        """Return by how much the normal scale moves for each unit of improvement."""
        return 1.0 / (1.0 - self.sign * effect) if self.log else 1.0
