"""How a payment rule does at one true effect: how often it pays, what, and how far from fair."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from headwater.core.arrays import FloatArray, IntArray
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.rule import Pays
from headwater.evaluation.study import Sampling

PaysPence = Callable[[Estimates], IntArray]
"""What an agreement pays for estimates: whole pence, array (draw,)."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A rule at one true effect; pounds for the whole cohort.

    Parameters
    ----------
    chance
        P(pay | effect); of a rule that pays a part, the mean part.
    chance_error
        Its standard error from the number of draws.
    by_formula
        The same on the normal approximation; None where there is no formula.
    mean, sd
        Of what is paid.
    overpaid, underpaid
        E[(R − v n τ)⁺] and E[(v n τ − R)⁺], with n τ the outcomes that the service really brought;
        None where an outcome's worth is not given.
    regret
        E|R − v n max(τ, 0)|: how far on average from what the payer would pay in hindsight.
    loss
        P(R < what was put at risk); None where that is not given.
    """

    effect: float
    chance: float
    chance_error: float
    by_formula: float | None
    mean: float
    sd: float
    overpaid: float | None
    underpaid: float | None
    regret: float | None
    loss: float | None

    @property
    def spread(self) -> float | None:
        """Standard deviation ÷ mean of the payment; None where nothing is paid on average."""
        return self.sd / self.mean if self.mean > 0 else None


def perform(
    rule: Pays,
    seen: Estimates,
    at: Sampling,
    *,
    worth: float | None = None,
    at_risk: float | None = None,
) -> Performance:
    """Return how a rule does on simulated studies of one true effect.

    Parameters
    ----------
    at
        The same studies by formula.
    worth
        Pounds that one additional outcome is worth to the payer.
    at_risk
        Pounds that whoever bears the risk has spent.
    """
    paid = rule.pay(seen)
    won = rule.won(seen, paid)
    over = under = regret = None
    if worth is not None:
        fair = worth * seen.truth
        over = _mean(np.maximum(paid - fair, 0.0))
        under = _mean(np.maximum(fair - paid, 0.0))
        regret = _mean(np.abs(paid - np.maximum(fair, 0.0)))
    return Performance(
        effect=at.effect,
        chance=_mean(won),
        chance_error=float(won.std()) / sqrt(len(won)),
        by_formula=rule.chance(at),
        mean=_mean(paid),
        sd=float(paid.std()),
        overpaid=over,
        underpaid=under,
        regret=regret,
        loss=None if at_risk is None else _mean((paid < at_risk).astype(np.float64)),
    )


def _mean(values: FloatArray) -> float:
    return float(values.mean())


@dataclass(frozen=True, slots=True)
class AsWritten:
    """The agreement's own terms, whatever they are: worked out by the engine that pays.

    Parameters
    ----------
    pays
        Whole pence for estimates, array (draw,).
    sure
        Pounds paid whatever the result; what passes them counts as paid on results.
    kind, edge, compares
        As of every rule: its kind, its line (it may have many), and whether it compares.
    """

    pays: PaysPence
    title: str = "the agreement as it is written"
    sure: float = 0.0
    kind: str = "agreement"
    edge: None = None
    compares: bool = True

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        return self.pays(seen) / 100.0

    def won(self, seen: Estimates, pay: FloatArray) -> FloatArray:  # noqa: ARG002 - as every rule
        """Return 1 where anything is paid on results."""
        return (pay > self.sure).astype(np.float64)

    def chance(self, at: Sampling) -> None:  # noqa: ARG002 - as every rule
        """Return None: terms have no formula."""
        return
