"""A cohort for a contract, the provider's contacts and the baseline; played fairly or gamed."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.synthesis.draws import stream
from headwater.synthesis.lives import Lives

ELIGIBLE_FOR = 365
"""Days before the end within which nobody is taken on any more, so that outcomes can be seen."""
CONTACTS = 20
APART = (5, 12)
"""Contacts with a family, and days between them: assumed."""
WITHIN = 365
"""Days within which care counts in the baseline."""


@dataclass(frozen=True, slots=True)
class Gaming:
    """What a provider does to be paid more, as numbers.

    Parameters
    ----------
    children
        In the cohort.
    creamed
        Of them, chosen for how low their risk is.
    parked
        Of them, seen once and then left.
    inflated
        By which part of itself the baseline is stated too high: 0.25 for a quarter.
    """

    children: int
    creamed: int = 0
    parked: int = 0
    inflated: float = 0.0


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who is in it; every array is (member,) but those of contacts.

    Parameters
    ----------
    baseline, stated
        Share of children in need like these who entered care within a year, in the years before:
        as it was, and as it is stated.
    risk
        Hundredths of the average risk of care: known to truth alone.
    contact_child, contact_day
        Days on which the provider saw the family.
    """

    child: IntArray
    start: IntArray
    risk: IntArray
    creamed: BoolArray
    parked: BoolArray
    contact_child: IntArray
    contact_day: IntArray
    baseline: float
    stated: float
    eligible: int


def make_cohort(lives: Lives, gaming: Gaming) -> Cohort:
    """Choose a cohort among children in need at the start of a case, by chance or by risk.

    Raises
    ------
    InputError
        If more are wanted than there are.
    """
    rng = stream(lives.seed, "cohort")
    cases = lives.cases
    open_to = (cases.kind == 2) & (cases.start >= lives.first)
    open_to &= cases.start <= lives.last - ELIGIBLE_FOR
    at = np.flatnonzero(open_to & ~lives.children.asylum[cases.child] & ~cases.breaks)
    _, one = np.unique(cases.child[at], return_index=True)
    at = at[one]
    if gaming.children > len(at):
        what = f"{gaming.children:,} children are asked for, and {len(at):,} could be in it."
        raise InputError(Problem("faults, cohort", what, "Ask for fewer, or more years."))
    risk = lives.children.risk[cases.child[at]]
    low = np.argsort(risk, kind="stable")[: gaming.creamed]
    others = np.setdiff1d(np.arange(len(at)), low)
    fair = rng.choice(others, size=gaming.children - gaming.creamed, replace=False)
    chosen = np.concatenate([low, fair])
    creamed = np.arange(len(chosen)) < gaming.creamed
    order = rng.permutation(len(chosen))
    chosen, creamed = chosen[order], creamed[order]
    parked = np.zeros(len(chosen), dtype=bool)
    parked[rng.choice(len(chosen), size=gaming.parked, replace=False)] = True
    start = cases.assessed[at[chosen]] + rng.integers(3, 30, len(chosen))
    seen = np.where(parked, 1, CONTACTS)
    member = np.repeat(np.arange(len(chosen)), seen)
    turn = np.arange(len(member)) - np.searchsorted(member, member)
    gap = rng.integers(APART[0], APART[1] + 1, len(member))
    baseline = _baseline(lives)
    return Cohort(
        child=cases.child[at[chosen]],
        start=start,
        risk=risk[chosen],
        creamed=creamed,
        parked=parked,
        contact_child=cases.child[at[chosen]][member],
        contact_day=start[member] + turn * 8 + np.where(turn > 0, gap - 8, 0),
        baseline=baseline,
        stated=baseline * (1 + gaming.inflated),
        eligible=len(at),
    )


def _baseline(lives: Lives) -> float:
    """Return the share of cases in need that led to care within a year, of all that could have."""
    cases = lives.cases
    seen = (cases.kind == 2) & (cases.start >= lives.first) & (cases.start <= lives.last - WITHIN)
    entered = seen & (cases.care >= 0) & (cases.care - cases.start <= WITHIN)
    return float(entered.sum() / seen.sum()) if seen.any() else 0.0
