"""One outcome claimed under several agreements: a sweep over a portfolio."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from headwater.contracts.accepted import COUNTS
from headwater.contracts.overlap import Doubled, doubled
from headwater.contracts.periods import of_day
from headwater.core.arrays import IntArray
from headwater.core.claims import NO_DAY, UNIT_PLACES, Claims
from headwater.core.exact import decimal
from headwater.workflows.settle.answer import Worked

MOST = 1000
"""Outcomes listed."""


@dataclass(frozen=True, slots=True)
class Twice:
    """An outcome of which more than the whole is claimed.

    Parameters
    ----------
    who, outcome
        Whose, and what it is called in every agreement.
    share
        What its shares add to; the whole is 1.
    claims
        Each claim, with its agreement.
    """

    who: str
    outcome: str
    first_day: str
    last_day: str
    share: str
    claims: tuple[str, ...]


def claimed_twice(portfolio: Sequence[Worked]) -> tuple[Twice, ...]:
    """Return the outcomes of which, on some days, more than the whole is claimed in a portfolio.

    The shares claimed of one outcome of one key on one day add to at most the whole. Agreements
    know an outcome by the name in its metric's `outcome`, else by the metric's own.
    """
    live = [np.flatnonzero(worked.accepted.state == COUNTS) for worked in portfolio]
    whos = _codes([_whos(w.accepted.claims, i) for w, i in zip(portfolio, live, strict=True)])
    names = [_outcomes(worked, i) for worked, i in zip(portfolio, live, strict=True)]
    outcomes = _codes(names)
    owner = np.concatenate([np.full(len(i), n) for n, i in enumerate(live)])
    place = np.concatenate(live)
    days = [_days(worked.accepted.claims, i) for worked, i in zip(portfolio, live, strict=True)]
    shares = [w.accepted.claims.share[i] for w, i in zip(portfolio, live, strict=True)]
    key = whos * (int(outcomes.max(initial=0)) + 1) + outcomes
    said = np.concatenate(names)

    def stated(one: Doubled) -> Twice:
        claims = [(portfolio[owner[row]], int(place[row])) for row in one.rows]
        return Twice(
            who=claims[0][0].accepted.claims.who.word(claims[0][1]),
            outcome=str(said[one.rows[0]]),
            first_day=str(of_day(one.first_day)),
            last_day=str(of_day(one.last_day)),
            share=decimal(one.share, UNIT_PLACES),
            claims=tuple(
                f"{worked.agreement.contract.id}: {worked.accepted.claims.claim[at]}"
                for worked, at in claims
            ),
        )

    first, last = (np.concatenate([pair[n] for pair in days]) for n in (0, 1))
    found = doubled(key, first, last, np.concatenate(shares), whole=10**UNIT_PLACES)
    return tuple(stated(one) for one in islice(found, MOST))


def _whos(claims: Claims, rows: IntArray) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(claims.who.words, dtype=object)[claims.who.codes[rows]]


def _outcomes(worked: Worked, rows: IntArray) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return what each claim's outcome is called in every agreement."""
    called = {metric.id: metric.outcome or metric.id for metric in worked.agreement.contract.metric}
    metric = worked.accepted.claims.metric
    words = np.array([called.get(word, word) for word in metric.words], dtype=object)
    return words[metric.codes[rows]]


def _days(claims: Claims, rows: IntArray) -> tuple[IntArray, IntArray]:
    first, last = claims.first_day[rows], claims.last_day[rows]
    return np.where(first == NO_DAY, last, first), last


def _codes(words: Sequence[np.ndarray[tuple[int], np.dtype[np.object_]]]) -> IntArray:
    """Return a number for each word, the same for the same word."""
    return np.unique(np.concatenate(words), return_inverse=True)[1].astype(np.int64)
