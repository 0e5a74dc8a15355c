"""What an agreement pays as promised, for nothing and at best: what exposures are measured by."""

from dataclasses import dataclass

import numpy as np

from headwater.contracts.agreement import Contract, Expected
from headwater.contracts.expect import Case, expected_outcomes
from headwater.contracts.lint import pays_results
from headwater.contracts.settle import settle, settlement_periods
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.odds import Odds
from headwater.evaluation.simulate import simulate
from headwater.evaluation.study import study_of
from headwater.workflows.agreements import Agreement
from headwater.workflows.odds.as_written import (
    MOST_OUTCOMES,
    check_size,
    pence_at_best,
    pence_by_period,
    why_not_worked,
)

FEWEST, AT_ONCE = 100, 20_000_000
"""Fewest draws, and the most outcomes that are drawn and settled together."""
RANGE, HIGH = (0.1, 0.9), 0.95
"""Shares of draws below the ends of a range, and below a high amount."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What an agreement pays, in whole units of its currency; means over draws.

    Parameters
    ----------
    promised, nothing
        As promised, and if the service changes nothing.
    promised_range, nothing_range
        Between which eight in ten draws of each lie.
    everybody
        If everybody has the good outcome; None where what is paid for is no share of people.
    high
        As promised: what one draw in twenty passes.
    late
        What is due, as promised, in periods that end in the second half.
    compared
        Whether those helped are compared with others at the same time.
    people
        Whose outcomes are counted.
    chance, promised_points
        Share with the good outcome without the service, and by how much it is to rise; None where
        what is paid for is no share of people.
    """

    promised: float
    nothing: float
    promised_range: tuple[float, float]
    nothing_range: tuple[float, float]
    everybody: float | None
    high: float
    late: float
    people: int
    chance: float | None
    promised_points: float | None
    compared: bool

    @property
    def one(self) -> float | None:
        """What one additional success earns, on average; None where people do not succeed."""
        if not self.promised_points:
            return None
        more = max(self.promised - self.nothing, 0.0)
        return more / (self.people * abs(self.promised_points))


def why_not_paid(agreement: Agreement) -> str:
    """Return what to add so that an agreement can be worked out; nothing where it can be."""
    contract = agreement.contract
    if not pays_results(contract):
        return (
            "No gap has a price: nothing is paid for results. What is paid is paid whatever comes"
            " of it, while its conditions are met."
        )
    if not _rows(contract):
        return (
            "No gap can be priced: the file does not say what the parties expect. Add [[expected]]"
            " for each metric that is paid for, with people, without, promised, first_day, last_day"
            " and because."
        )
    why = why_not_worked(agreement)
    return f"No gap can be priced: {why}." if why else ""


def paid_of(agreement: Agreement, *, draws: int, seed: int) -> Paid | None:
    """Return what an agreement pays, by its own engine; None where that cannot be worked out.

    Where it has `[odds]`, outcomes are those of the study that it describes, as `headwater odds`
    plays them out; else those of `[[expected]]`, each row with luck of its own.
    """
    if why_not_paid(agreement):
        return None
    contract = agreement.contract
    most = AT_ONCE if contract.odds is None else MOST_OUTCOMES
    check_size(contract, draws=draws, fewest=FEWEST, most=most)
    if contract.odds is not None:
        return _of_study(contract, contract.odds, draws=draws, seed=seed)
    return _of_expected(contract, draws=draws, seed=seed)


def _rows(contract: Contract) -> list[Expected]:
    return [row for row in contract.expected if row.promised != row.without]


def _of_study(contract: Contract, odds: Odds, *, draws: int, seed: int) -> Paid:
    study = study_of(odds)

    def pence(effect: float) -> IntArray:
        seen = simulate(study, effect, draws=draws, seed=seed)
        return pence_by_period(contract, odds, seen, seed=seed)

    share = odds.outcome == "share"
    base = odds.baseline.value
    good = base if odds.better == "higher" else 1.0 - base
    best = pence_at_best(contract, odds, seed=seed)
    return _paid(
        contract,
        promised=pence(odds.effect),
        nothing=pence(0.0),
        everybody=best,
        about=(odds.people, good if share else None, odds.effect if share else None),
    )


def _of_expected(contract: Contract, *, draws: int, seed: int) -> Paid:
    row = max(_rows(contract), key=lambda row: row.people * abs(row.promised - row.without))
    metric = next(metric for metric in contract.metric if metric.id == row.metric)

    def pence(case: Case, draws: int) -> IntArray:
        return settle(contract, expected_outcomes(contract, case, draws=draws, seed=seed)).total

    single = metric.about != "cohort"
    return _paid(
        contract,
        promised=pence("as promised", draws),
        nothing=pence("no effect", draws),
        everybody=int(pence("everybody", 1).sum()) if single else None,
        about=(
            row.people,
            float(row.without) if single else None,
            float(row.promised - row.without) if single else None,
        ),
    )


def _paid(
    contract: Contract,
    *,
    promised: IntArray,
    nothing: IntArray,
    everybody: int | None,
    about: tuple[int, float | None, float | None],
) -> Paid:
    """Return means of pence by draw and period, in whole units."""
    middle = contract.first_day + (contract.last_day - contract.first_day) / 2
    late = np.array([period.last_day > middle for period in settlement_periods(contract)])
    means = promised.mean(axis=0) / 100.0
    totals, anyway = promised.sum(axis=1) / 100.0, nothing.sum(axis=1) / 100.0
    people, chance, points = about
    return Paid(
        promised=float(means.sum()),
        nothing=float(anyway.mean()),
        promised_range=_range(totals),
        nothing_range=_range(anyway),
        everybody=None if everybody is None else everybody / 100.0,
        high=float(np.quantile(totals, HIGH)),
        late=float(means[late].sum()),
        people=people,
        chance=chance,
        promised_points=points,
        compared=contract.odds is not None and contract.odds.comparator.kind == "concurrent",
    )


def _range(totals: FloatArray) -> tuple[float, float]:
    """Return the amounts between which eight in ten draws lie."""
    low, high = np.quantile(totals, RANGE)
    return float(low), float(high)
