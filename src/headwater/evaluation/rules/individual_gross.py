"""A price for every success, whether or not it would have happened anyway."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.given import NotBelow
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.rule import Rule, RuleFault, shared_only
from headwater.evaluation.study import Sampling


class IndividualGross(Rule):
    """Pays a price for each person helped who has the good outcome.

    Parameters
    ----------
    price
        Pounds for each. Less what would have happened anyway, if it was worked out so.
    cap
        The most that is paid; no limit if not given.
    """

    kind: Literal["individual_gross"]
    price: NotBelow
    cap: NotBelow | None = None

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return np.minimum(self.price * seen.successes, np.inf if self.cap is None else self.cap)

    def chance(self, at: Sampling) -> float:
        """Return the chance that anybody at all succeeds."""
        study = at.study
        rate = study.rate(at.effect, study.drift_mean)
        good = rate if study.link.sign < 0 else 1.0 - rate
        return 1.0 - (1.0 - good) ** study.treated.people if self.price > 0 else 0.0

    @property
    def compares(self) -> bool:
        """Whether it looks at what would have happened anyway: not at all."""
        return False

    def limits(self, people: int) -> tuple[float, float]:
        """Return nothing, and the price of all of them."""
        every = self.price * people
        return 0.0, every if self.cap is None else min(every, self.cap)

    def faults(self, odds: Odds) -> Iterator[RuleFault]:
        """Yield an outcome that no single person has."""
        yield from shared_only(odds, "kind", "a price for each success")
