"""What payers pay, by the engine that settles, on the days of the money side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.expect import Case, expected_outcomes
from headwater.contracts.flows import by_payer
from headwater.contracts.periods import day_number
from headwater.contracts.settle import Settled, settle, settlement_periods
from headwater.core.arrays import IntArray
from headwater.core.calendar import MONTHS
from headwater.core.errors import InputError, Problem
from headwater.core.money_side import Termination
from headwater.finance.timeline import Timeline
from headwater.finance.waterfall import Deal

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a scenario supposes.

    Parameters
    ----------
    referrals
        Part of the planned people who come.
    late
        Periods by which every payment comes later.
    """

    scenario: str
    words: str
    case: Case
    referrals: Fraction = Fraction(1)
    late: int = 0
    ended: Termination | None = None


def deal_of(contract: Contract, name: str) -> Deal:
    """Return the money side with its periods.

    Raises
    ------
    InputError
        If its last day is before the last payment is payable.
    """
    said = contract.money
    payable = _payable(contract)[-1]
    if said.last_day is not None and said.last_day < payable:
        raise InputError(
            Problem(
                f"{name}, money.last_day",
                f"{said.last_day} is before the last payment is payable, {payable}.",
                "Choose that day or a later one, or leave it out.",
            )
        )
    every = said.every or (
        contract.settlement.every
        if contract.settlement.every in MONTHS and not contract.settlement.dates
        else "quarter"
    )
    timeline = Timeline.until(contract.first_day, MONTHS[every], said.last_day or payable)
    return Deal(
        contract.money_side(), timeline, contract.last_day, said.left_over_to or contract.payee
    )


def _payable(contract: Contract) -> list[date]:
    """Return the day on which the payments of each settlement are payable."""
    later = timedelta(days=contract.settlement.payable_days)
    return [period.last_day + later for period in settlement_periods(contract)]


def supposed_receipts(
    contract: Contract, timeline: Timeline, supposed: Supposed, *, draws: int, seed: int, name: str
) -> dict[str, IntArray]:
    """Return what each payer pays in a scenario; arrays (draw, period)."""
    outcomes = expected_outcomes(
        contract, supposed.case, draws=draws, seed=seed, share=float(supposed.referrals)
    )
    if supposed.ended is not None:
        outcomes = outcomes.only(outcomes.counted_on <= day_number(supposed.ended.on))
        contract = cut_short(contract, supposed.ended.on)
    return placed(
        contract,
        known(settle(contract, outcomes), name),
        timeline,
        late=supposed.late,
        ended=supposed.ended,
    )


def cut_short(contract: Contract, on: date) -> Contract:
    """Return an agreement whose last settlement is on a day: nothing falls due for later ones."""
    rule = contract.settlement
    dates = rule.dates and (*(day for day in rule.dates if day < on), on)
    closes = rule.closes and min(rule.closes, on)
    return contract.model_copy(
        update={
            "last_day": min(contract.last_day, on),
            "settlement": rule.model_copy(update={"dates": dates, "closes": closes}),
        }
    )


def known(settled: Settled, name: str) -> Settled:
    """Return a settlement of which every number is known.

    Raises
    ------
    InputError
        If the agreement leaves numbers unpublished.
    """
    if settled.unknown:
        listed = "; ".join(f"{term}: {why}" for term, why in settled.unknown.items())
        raise InputError(Problem(name, f"cannot be priced: {listed}.", "Give the numbers."))
    return settled


def placed(
    contract: Contract,
    settled: Settled,
    timeline: Timeline,
    *,
    late: int = 0,
    ended: Termination | None = None,
) -> dict[str, IntArray]:
    """Return a settlement's payments in the periods in which they are payable; (draw, period).

    At an early end, what is payable later is paid then, or lost, as the agreement says.
    """
    found: dict[str, IntArray] = {}
    last = timeline.count - 1 if ended is None else timeline.period_of(ended.on)
    for payer, pence in _paid(settled).items():
        on = np.zeros((len(pence), timeline.count), dtype=np.int64)
        for i, day in enumerate(_payable(contract)[: pence.shape[1]]):
            lost = ended is not None and ended.owed == "lost" and day > ended.on
            if not lost:
                on[:, min(timeline.period_of(day) + late, last)] += pence[:, i]
        found[payer] = on
    return found


def _paid(settled: Settled) -> Mapping[str, IntArray]:
    return by_payer(settled) or {settled.contract.payer[0].party: settled.total}
