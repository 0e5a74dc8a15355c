"""What each gap of an agreement exposes, in its currency, where a model counts it."""

from collections.abc import Callable
from math import sqrt

from headwater.evaluation.normal import deviations_of, mills
from headwater.workflows.lint.paid import Paid

SELECTED = 0.5
"""Share of those referred whom a provider who may choose would take, where exposure is bounded."""
POINTS, FALSE, RELAPSED = 0.05, 0.05, 0.10
"""Drift, part of claims that are not so, and part of outcomes that do not last: as examples."""
CHOSEN = "at most: earned for nothing by taking the half of those referred who will do best anyway"
CHOSEN_OF_COMPARED = (
    f"{CHOSEN}, after those compared are drawn; nothing if both are chosen alike or all are counted"
)
Exposed = tuple[float | None, str]
"""An amount, or None, and what it is of."""
NO_SHARE = "cannot be counted: what is paid for is no share of people"


def _chosen(paid: Paid) -> Exposed:
    """Return at most what choosing the best half would earn for nothing (inverse Mills ratio).

    w × σ × φ(Φ⁻¹(1 − q)) ÷ q for each of the q n taken, with σ² = p₀(1 − p₀): a provider who knows
    everybody's outcome beforehand.
    """
    if paid.one is None or paid.chance is None:
        return None, NO_SHARE
    spread = sqrt(paid.chance * (1.0 - paid.chance))
    rent = mills(deviations_of(1.0 - SELECTED))
    earned = _within(paid, paid.one * spread * rent * paid.people * SELECTED)
    return earned, CHOSEN_OF_COMPARED if paid.compared else CHOSEN


def _within(paid: Paid, amount: float) -> float:
    """Return an amount, or what the agreement can pay beyond what it pays for nothing."""
    if paid.everybody is None:
        return amount
    return min(amount, max(paid.everybody - paid.nothing, 0.0))


def _drift(paid: Paid) -> Exposed:
    if paid.one is None:
        return None, NO_SHARE
    amount = _within(paid, paid.one * paid.people * POINTS)
    return amount, "for every five points that rates improve by themselves"


def _anyway(paid: Paid) -> Exposed:
    return paid.nothing, "paid on average if the service changes nothing at all"


def _invalid(paid: Paid) -> Exposed:
    """Return what false claims earn: their part of what is paid, or as much as more successes.

    w × 0.05 n (p₀ + τ) is the more where a comparison takes off what would have happened anyway: a
    false claim is then an additional success. The part is the more where much is paid for what
    everybody has, as a start.
    """
    what = "for every five of 100 claims that are not so"
    if paid.one is None or paid.chance is None or paid.promised_points is None:
        return paid.promised * FALSE, what
    succeed = paid.people * (paid.chance + abs(paid.promised_points))
    return max(_within(paid, paid.one * succeed * FALSE), paid.promised * FALSE), what


def _relapse(paid: Paid) -> Exposed:
    return paid.promised * RELAPSED, "for every ten of 100 outcomes that do not last"


def _unlimited(paid: Paid) -> Exposed:
    if paid.everybody is None:
        beyond = max(paid.high - paid.promised, 0.0)
        return beyond, "more than is promised on average is due, or more, in one of 20 worlds"
    beyond = max(paid.everybody - paid.promised, 0.0)
    return beyond, "due beyond what is promised, if everybody succeeds"


def _walked_away(paid: Paid) -> Exposed:
    return paid.late, "promised, and not yet due if the payer leaves half way"


MODELS: dict[str, Callable[[Paid], Exposed]] = {
    "cohort_closed": _chosen,
    "referral_independent": _chosen,
    "refusal_limited": _chosen,
    "baseline_frozen": _drift,
    "deadweight_estimated": _anyway,
    "data_independent": _invalid,
    "sustained": _relapse,
    "limits": _unlimited,
    "termination": _walked_away,
}
"""The model of each question that has one."""
