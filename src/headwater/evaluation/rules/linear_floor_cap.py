"""In proportion to the estimate, between two limits: no cliff."""

from typing import Literal

from headwater.core.arrays import FloatArray
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.rule import Limited
from headwater.evaluation.study import Sampling


class LinearFloorCap(Limited):
    """Pays a price for each additional outcome estimated; without limits it is right on average."""

    kind: Literal["linear_floor_cap"]

    def pay(self, seen: Estimates) -> FloatArray:
        """Return clip(w n τ̂, −clawback, cap), array (draw,)."""
        return self.clipped(seen.outcomes)

    def chance(self, at: Sampling) -> float:
        """Return the chance that the estimate is above nought."""
        return at.above(0.0) if self.price > 0 else 0.0
