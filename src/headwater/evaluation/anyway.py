"""What would have happened anyway: regression to the mean, drift, baselines too good to be true."""

from dataclasses import dataclass
from typing import Literal

from headwater.evaluation.normal import mills


def regression_to_mean(
    *,
    correlation: float,
    mean: float,
    sd: float,
    cutoff: float,
    chosen: Literal["above", "below"] = "above",
) -> float:
    """Return how much nearer the mean people chosen by a score come without any help.

    (1 − ρ) × |E[Y | chosen] − μ|, with Y normal: E[Y | Y > c] = μ + σ φ(a) ÷ (1 − Φ(a)),
    a = (c − μ) ÷ σ :cite:p:`barnett2005regression`.

    Parameters
    ----------
    correlation
        Of the score with itself later, without help.
    mean, sd, cutoff
        Of the score among all, and from where people were chosen; same unit as the result.
    """
    edge = (cutoff - mean) / sd
    edge = edge if chosen == "above" else -edge
    return (1.0 - correlation) * sd * mills(edge)


@dataclass(frozen=True, slots=True)
class ImpliedBaseline:
    """What paying against a baseline claims of the service.

    Parameters
    ----------
    effect
        Part of the paid baseline claimed to be prevented.
    likely_without, likely_avoided
        Cases to be expected without it, and cases avoided, if it is as good as the best trials.
    paid_avoided
        Cases paid for as avoided.
    alarm
        Whether `effect` passes what trials found at best.
    """

    effect: float
    likely_without: float
    likely_avoided: float
    paid_avoided: float
    alarm: bool


def implied_baseline(paid: float, observed: float, upper: float) -> ImpliedBaseline:
    """Return what a paid baseline implies, held against trials.

    Parameters
    ----------
    paid, observed
        Cases taken as what would have happened, and cases that did; or rates.
    upper
        The largest part that trials of its kind prevented, 0 to 1.
    """
    effect = 1.0 - observed / paid
    without = observed / (1.0 - upper) if upper < 1.0 else paid
    without = min(without, max(paid, observed))
    return ImpliedBaseline(effect, without, without - observed, paid - observed, effect > upper)


def gross_price(net_price: float, effect: float, without: float) -> float:
    """Return the price of every success that pays as much as a price of each additional one.

    w_gross = w_net × τ ÷ (p₀ + τ), with p₀ the share who succeed anyway.

    Parameters
    ----------
    effect, without
        Promised points (a part of one), and the share who succeed without the service.
    """
    return net_price * effect / (without + effect)
