"""Eight ways to pay for an estimated effect, set beside each other.

Every rule is given what the outcome is worth, so that all of them pay the same on average where the
promise is kept: what differs is what luck does.
"""

from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import numpy as np
from scipy.stats import norm

from headwater.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Found:
    """What an evaluation found, draw by draw; arrays (draw,).

    Parameters
    ----------
    estimate, spread
        The estimated change and its standard error.
    succeeded
        Treated people who have the good outcome, whatever the cause.
    people
        Treated.
    """

    estimate: FloatArray
    spread: FloatArray
    succeeded: FloatArray
    people: int


class Rule(Protocol):
    """A payment rule: its name, and what it pays in pounds."""

    @property
    def name(self) -> str:
        """What the rule is called."""
        ...

    def pay(self, found: Found) -> FloatArray:
        """Return pounds; array (draw,)."""
        ...


@dataclass(frozen=True, slots=True)
class PointThreshold:
    """All or nothing, where the estimate reaches a trigger."""

    trigger: float
    prize: float
    name: str = "all or nothing at a trigger"

    def pay(self, found: Found) -> FloatArray:
        """Return the prize where the estimate reaches the trigger."""
        return np.where(found.estimate >= self.trigger, self.prize, 0.0)


@dataclass(frozen=True, slots=True)
class LowerBound:
    """All or nothing, where the lower end of the interval reaches a trigger."""

    trigger: float
    prize: float
    confidence: float = 0.9
    name: str = "only if the interval lies above the trigger"

    def pay(self, found: Found) -> FloatArray:
        """Return the prize where the interval's lower end reaches the trigger."""
        z = float(norm.ppf(0.5 + self.confidence / 2.0))
        lower = found.estimate - z * found.spread
        return np.where(lower >= self.trigger, self.prize, 0.0)


@dataclass(frozen=True, slots=True)
class Linear:
    """A price for each outcome estimated, between a floor and a cap."""

    price: float
    floor: float
    cap: float
    name: str = "a price for each outcome, between floor and cap"

    def pay(self, found: Found) -> FloatArray:
        """Return the price × people × estimate, within its limits."""
        return np.clip(self.price * found.people * found.estimate, self.floor, self.cap)


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A price for each outcome, of the estimate drawn towards what is known already."""

    price: float
    prior: float
    prior_sd: float
    name: str = "a price for each outcome, drawn towards earlier evidence"

    def pay(self, found: Found) -> FloatArray:
        """Return the price × people × posterior mean, not below nothing."""
        mean, _ = posterior(found, self.prior, self.prior_sd)
        return np.maximum(self.price * found.people * mean, 0.0)


@dataclass(frozen=True, slots=True)
class Probability:
    """A part of the prize: how likely it is that the effect is above a least one."""

    least: float
    prize: float
    prior: float
    prior_sd: float
    name: str = "by how likely it is that it worked"

    def pay(self, found: Found) -> FloatArray:
        """Return the prize × the posterior chance of more than the least effect."""
        mean, spread = posterior(found, self.prior, self.prior_sd)
        return np.asarray(self.prize * norm.sf((self.least - mean) / spread))


@dataclass(frozen=True, slots=True)
class Banded:
    """Steps: a sum for each band of the estimate."""

    edges: tuple[float, ...]
    sums: tuple[float, ...]
    name: str = "in steps, by bands"

    def pay(self, found: Found) -> FloatArray:
        """Return the sum of the band; nothing below the first."""
        sums = np.array([0.0, *self.sums])
        return np.asarray(sums[np.searchsorted(self.edges, found.estimate, side="right")])


@dataclass(frozen=True, slots=True)
class Gross:
    """A lower price for everybody who does well, whatever the cause."""

    price: float
    name: str = "a lower price for every success, no comparison"

    def pay(self, found: Found) -> FloatArray:
        """Return the price × successes."""
        return self.price * found.succeeded


@dataclass(frozen=True, slots=True)
class Hybrid:
    """Part block, part for every success, part for the estimated effect."""

    block: float
    gross: Gross
    linear: Linear
    name: str = "part block, part success, part effect"

    def pay(self, found: Found) -> FloatArray:
        """Return the sum of the parts."""
        return self.block + self.gross.pay(found) + self.linear.pay(found)


def posterior(found: Found, prior: float, prior_sd: float) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of the effect, given what was known and what was found."""
    own, known = 1.0 / np.square(np.maximum(found.spread, 1e-12)), 1.0 / prior_sd**2
    return (known * prior + own * found.estimate) / (own + known), 1.0 / np.sqrt(own + known)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules are made from.

    Parameters
    ----------
    budget
        Pounds paid on average where the promise is kept.
    promised, trigger
        The effect promised, and the one from which the agreement pays.
    baseline
        Share of people who do well without the service.
    """

    budget: float
    promised: float
    trigger: float
    baseline: float
    people: int
    shares: tuple[float, float, float] = field(default=(0.15, 0.25, 0.6))


def rules(setting: Setting, kept: Found) -> tuple[Rule, ...]:
    """Return the eight rules, each scaled to pay the budget on average where the promise is kept.

    Parameters
    ----------
    kept
        What is found where the promise is kept.
    """
    one, promise = setting.budget, setting.promised
    price = one / (setting.people * promise)
    half = promise / 2.0
    bands = (half, 0.75 * promise, promise, 1.25 * promise)
    block, success, effect = setting.shares
    gross = Gross(one / (setting.people * max(setting.baseline + promise, 1e-12)))
    linear = Linear(price, -setting.budget, 2.0 * setting.budget)
    return (
        _scaled(PointThreshold(setting.trigger, one), "prize", one, kept),
        _scaled(LowerBound(0.0, one), "prize", one, kept),
        linear,
        _scaled(Shrunk(price, half, half), "price", one, kept),
        _scaled(Probability(half, one, half, half), "prize", one, kept),
        _banded(Banded(bands, (0.5 * one, 0.75 * one, one, 1.25 * one)), one, kept),
        gross,
        Hybrid(
            block * one,
            replace(gross, price=success * gross.price),
            Linear(effect * price, -effect * one, 2.0 * effect * one),
        ),
    )


R = TypeVar("R", PointThreshold, LowerBound, Shrunk, Probability)


def _scaled(rule: R, name: str, budget: float, kept: Found) -> R:
    mean = float(np.mean(rule.pay(kept)))
    return replace(rule, **{name: getattr(rule, name) * budget / mean}) if mean > 0.0 else rule


def _banded(rule: Banded, budget: float, kept: Found) -> Banded:
    mean = float(np.mean(rule.pay(kept)))
    factor = budget / mean if mean > 0.0 else 1.0
    return replace(rule, sums=tuple(factor * one for one in rule.sums))
