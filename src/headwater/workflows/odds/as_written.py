"""What an agreement's own terms pay for the estimates of a study, by the engine that settles."""

from functools import partial

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.expect import measured_outcomes
from headwater.contracts.settle import settle
from headwater.contracts.term import Term
from headwater.contracts.terms.sustainment import Sustainment
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.performance import AsWritten
from headwater.workflows.agreements import Agreement

CELLS = 2_000_000
"""Outcomes settled at a time."""
MOST_OUTCOMES = 100_000_000
"""Outcomes settled for one true effect: a minute or two."""


def as_written(agreement: Agreement | None, odds: Odds, *, seed: int) -> AsWritten | None:
    """Return the agreement as a payment rule; None where it cannot be worked out.

    It needs `[[expected]]`: what is measured lies as far between `without` and `promised` as the
    study says. A metric about a cohort follows the estimated effect; one about people follows what
    is seen among those helped alone.
    """
    if agreement is None or not agreement.contract.expected or why_not_worked(agreement):
        return None
    contract = agreement.contract
    worst = _paid(contract, _levels(contract, _WORST, _WORST), seed=seed).sum(axis=1)
    rows = {row.metric for row in contract.expected if row.promised != row.without}
    compares = any(m.about == "cohort" for m in contract.metric if m.id in rows)
    return AsWritten(
        partial(_pays, contract, odds, seed), sure=float(worst[0]) / 100.0, compares=compares
    )


def why_not_worked(agreement: Agreement) -> str:
    """Return why what an agreement expects cannot be settled; nothing where it can."""
    hidden = unpublished(agreement)
    if hidden:
        return f"nobody published the numbers of {_named(hidden)}"
    lasting = _lasting(agreement.contract)
    if lasting:
        return (
            f"{_named(lasting)} pays for outcomes that last, and [[expected]] does not say how long"
            " they do: add lasts_days"
        )
    return ""


def _named(terms: tuple[str, ...]) -> str:
    return ", ".join(f"'{term}'" for term in terms)


def _lasting(contract: Contract) -> tuple[str, ...]:
    """Return terms that count expected outcomes by their length where no length is expected.

    Without this they would be taken to pay nothing, whatever the service does.
    """
    expected = {row.metric for row in contract.expected if row.lasts_days is None}
    return tuple(
        term.id for term in contract.term if expected & set(term.of) and _needs_days(term) > 1
    )


def _needs_days(term: Term) -> int:
    """Return days that an outcome must last before a term counts it, or all of it."""
    days = [term.where.least_days or 1]
    if isinstance(term, Sustainment):
        days += [one.days or 31 * (one.months or 0) for one in term.instalment]
    return max(days)


def check_size(contract: Contract, *, draws: int, fewest: int, most: int = MOST_OUTCOMES) -> None:
    """Refuse more outcomes than can be settled while somebody waits.

    Raises
    ------
    InputError
        With how many draws can be.
    """
    claims = sum(row.people for row in contract.expected)
    if claims * draws <= most:
        return
    fit = most // claims
    raise InputError(
        Problem(
            "--draws",
            f"{draws:,} draws of {claims:,} expected outcomes are {claims * draws:,}; at most"
            f" {most:,} are settled.",
            f"Choose {fit:,} or fewer."
            if fit >= fewest
            else "Let [[expected]] stand for fewer people.",
        )
    )


def unpublished(agreement: Agreement) -> tuple[str, ...]:
    """Return terms that cannot be worked because nobody published their numbers."""
    contract = agreement.contract
    if not contract.expected:
        return ()
    nothing = np.zeros(1)
    outcomes = measured_outcomes(contract, _levels(contract, nothing, nothing), seed=0)
    return tuple(settle(contract, outcomes).unknown)


_WORST = np.array([-1e6])
"""Parts of the promise: so far below nothing that whatever is paid then is paid for certain."""


def _pays(contract: Contract, odds: Odds, seed: int, seen: Estimates) -> IntArray:
    """Return pence for estimates, array (draw,)."""
    return np.asarray(pence_by_period(contract, odds, seen, seed=seed).sum(axis=1))


def pence_by_period(contract: Contract, odds: Odds, seen: Estimates, *, seed: int) -> IntArray:
    """Return what an agreement pays for estimates, array (draw, period), some draws at a time."""
    levels = _levels(contract, seen.effect / odds.effect, _helped(odds, seen))
    claims = sum(row.people for row in contract.expected)
    step = max(CELLS // max(claims, 1), 1)
    parts = [
        _paid(contract, [level[i : i + step] for level in levels], seed=seed)
        for i in range(0, len(seen.theta), step)
    ]
    return np.concatenate(parts)


def _helped(odds: Odds, seen: Estimates) -> FloatArray:
    """Return how much better those helped do than the baseline, as a part of the promise."""
    better = seen.link.sign * (odds.baseline.value - seen.treated)
    promised = odds.effect * (odds.baseline.value if seen.link.log else 1.0)
    return better / promised


def _levels(contract: Contract, effect: FloatArray, helped: FloatArray) -> list[FloatArray]:
    """Return what is measured for each row of `[[expected]]`, arrays (draw,).

    Parameters
    ----------
    effect, helped
        The estimated effect, and what is seen among those helped, as parts of the promise.
    """
    cohort = {metric.id for metric in contract.metric if metric.about == "cohort"}
    return [
        float(row.without)
        + float(row.promised - row.without) * (effect if row.metric in cohort else helped)
        for row in contract.expected
    ]


def _paid(contract: Contract, levels: list[FloatArray], *, seed: int) -> IntArray:
    outcomes = measured_outcomes(contract, levels, seed=seed)
    return settle(contract, outcomes).total


def pence_at_best(contract: Contract, odds: Odds, *, seed: int) -> int | None:
    """Return what an agreement pays if everybody has the good outcome; of a share alone."""
    if odds.outcome != "share":
        return None
    bad = odds.baseline.value if odds.better == "lower" else 1.0 - odds.baseline.value
    part = np.array([bad / odds.effect])
    return int(_paid(contract, _levels(contract, part, part), seed=seed).sum())
