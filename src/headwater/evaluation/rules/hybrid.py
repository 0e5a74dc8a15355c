"""A block, milestones, and a price for each additional outcome: most money sure, a part at risk."""

from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.given import GivenPart, NotBelow
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.rule import Limited
from headwater.evaluation.study import Sampling


class Hybrid(Limited):
    """Pays a block and milestones for certain, and on results between two limits.

    Parameters
    ----------
    block
        Pounds, whatever comes.
    milestone
        Pounds for each person who reaches it: started, or stayed to the end.
    reach
        The part of people expected to; counted as certain.
    """

    kind: Literal["hybrid"]
    block: NotBelow = 0.0
    milestone: NotBelow = 0.0
    reach: GivenPart | None = None

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return self.sure(seen.people) + self.clipped(seen.outcomes)

    def sure(self, people: int) -> float:
        """Return what is paid whatever the result."""
        reach = self.reach.value if self.reach is not None else 1.0
        return self.block + self.milestone * reach * people

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:
        """Return 1 where anything is paid on results."""
        return (pay > self.sure(seen.people)).astype(np.float64)

    def chance(self, at: Sampling) -> float:
        """Return the chance that anything is paid on results."""
        return at.above(0.0) if self.price > 0 else 0.0

    def limits(self, people: int) -> tuple[float, float]:
        """Return the least and the most it pays."""
        low, high = super().limits(people)
        return self.sure(people) + low, self.sure(people) + high
