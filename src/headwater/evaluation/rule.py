"""What every payment rule does: pays pounds on what was seen, and says how likely it pays."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from pydantic import Field

from headwater.core.arrays import FloatArray
from headwater.core.given import NotBelow
from headwater.core.model import Frozen
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.study import Sampling

RuleFault = tuple[str, str, str]
"""Field, what is wrong, and what to do."""


class Pays(Protocol):
    """What a payment is compared by: a rule, or an agreement's own terms."""

    @property
    def kind(self) -> str:
        """Which kind it is."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def edge(self) -> float | None:
        """The improvement from which it pays, where there is a line."""
        ...

    @property
    def compares(self) -> bool:
        """Whether it looks at what would have happened anyway."""
        ...

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        ...

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:
        """Return whether what depends on results is paid, 0 to 1, array (draw,)."""
        ...

    def chance(self, at: Sampling) -> float | None:
        """Return the same by formula; None where there is none."""
        ...


class Rule(Frozen):
    """A payment rule; every amount in pounds, for the whole cohort unless it says per outcome.

    Parameters
    ----------
    kind
        Which rule it is.
    name
        What to call it; its kind if not given.
    """

    kind: str
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.kind.replace("_", " ")

    @property
    def edge(self) -> float | None:
        """The improvement from which it pays, where there is a line."""
        return None

    @property
    def compares(self) -> bool:
        """Whether it looks at what would have happened anyway."""
        return True

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        raise NotImplementedError

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:  # noqa: ARG002 - kinds may look
        """Return whether what depends on results is paid, 0 to 1, array (draw,)."""
        return (pay > 0.0).astype(np.float64)

    def chance(self, at: Sampling) -> float | None:
        """Return the same by formula; None where there is none."""
        raise NotImplementedError

    def limits(self, people: int) -> tuple[float, float]:
        """Return the least and the most it pays a cohort, in pounds."""
        raise NotImplementedError

    def faults(self, odds: Odds) -> Iterator[RuleFault]:  # noqa: ARG002 - kinds may look
        """Yield what does not go with the table it stands in."""
        return iter(())


class Limited(Rule):
    """A rule that pays for each outcome, between two limits.

    Parameters
    ----------
    price
        Pounds for each additional outcome estimated: a person, an event avoided, a unit.
    cap
        The most that is paid; no limit if not given.
    clawback
        The most that is paid back where things got worse; nothing if not given.
    """

    price: NotBelow
    cap: NotBelow | None = None
    clawback: NotBelow = Field(default=0.0)

    def clipped(self, outcomes: FloatArray) -> FloatArray:
        """Return pounds for outcomes, within the limits."""
        top = np.inf if self.cap is None else self.cap
        return np.clip(self.price * outcomes, -self.clawback, top)

    def limits(self, people: int) -> tuple[float, float]:  # noqa: ARG002 - a cap is for all
        """Return the least and the most it pays."""
        return -self.clawback, np.inf if self.cap is None else self.cap


def shared_only(odds: Odds, field: str, what: str) -> Iterator[RuleFault]:
    """Yield a fault where a rule looks at who succeeded and the outcome is no share."""
    if odds.outcome != "share":
        remedy = "Use a rule on the effect."
        yield field, f"{what} needs a share of people, not {_article(odds.outcome)}.", remedy


def _article(outcome: str) -> str:
    return "a mean" if outcome == "mean" else outcome
