"""What an agreement would pay for a case: the same engine, once for each draw, in both arms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.flows import by_payer
from headwater.contracts.settle import settle
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.pathway import YEAR
from headwater.pathways.simulate import simulate_episodes
from headwater.workflows.agreements import Agreement
from headwater.workflows.business_case.contract_outcomes import (
    Windows,
    care_days,
    counted,
    outcomes_of,
    tracked_days,
)
from headwater.workflows.business_case.contract_result import ContractMoney, PayerLine, YearPaid
from headwater.workflows.business_case.figures import chance, drawn
from headwater.workflows.business_case.run import Run

DRAWS_AT_ONCE = 100
"""Draws settled together: their lives fit in memory."""
PENCE = 100.0
CASH = "cash"


@dataclass(frozen=True, slots=True)
class _Paid:
    """Pence by arm, draw and period; by payer in the programme arm; units by metric."""

    total: IntArray
    payers: dict[str, IntArray]
    units: dict[str, IntArray]
    unknown: dict[str, str]


def contract_money(run: Run, agreement: Agreement, tell: Callable[[float], None]) -> ContractMoney:
    """Return what an agreement pays for a case.

    Raises
    ------
    InputError
        If the agreement is not in pounds, or counts nothing that a case simulates.
    """
    contract = agreement.contract
    _check(contract, agreement.name)
    paid = _paid(run, contract, tell)
    pounds = paid.total.sum(axis=2) / PENCE
    sources = run.child_sources

    def money(values: FloatArray, note: str = "") -> Figure:
        return drawn(values, "GBP", sources, price_base=CASH, note=note)

    usual, helped = pounds
    return ContractMoney(
        agreement=contract.id,
        name=contract.name,
        in_words=tuple(_words(contract, run, helped, usual)),
        paid=_if_known(run, money(helped, "with the programme").but(count=GROSS)),
        anyway=money(usual, "if the programme changes nothing").but(count=GROSS),
        more=_if_known(run, money(helped - usual, "because of the programme").but(count=NET)),
        nothing=chance(helped <= 0.0, sources, "nothing is paid"),
        payers=tuple(
            PayerLine(payer, money(pence.sum(axis=1) / PENCE))
            for payer, pence in paid.payers.items()
        ),
        years=tuple(_years(contract, paid.total, money)),
        outcomes=tuple(_outcomes(contract, paid.units, sources)),
        not_simulated=tuple(m.name for m in contract.metric if m.simulated is None),
        unknown=tuple(f"{name}: {why}" for name, why in paid.unknown.items()),
    )


def _if_known(run: Run, figure: Figure) -> Figure:
    """Return a figure, or "not known" where nothing is known of what the programme does."""
    return figure if run.effect_known else run.blank("GBP")


def _check(contract: Contract, name: str) -> None:
    if contract.currency != "GBP":
        what = f"is in {contract.currency}; a case is in pounds."
        raise InputError(Problem(f"{name}, currency", what, "Use an agreement in GBP."))
    if not any(metric.simulated for metric in contract.metric):
        raise InputError(
            Problem(
                name,
                "counts nothing that a case simulates.",
                'Say what a metric counts of a child, as simulated = "days_out_of_care".',
            )
        )


def _paid(run: Run, contract: Contract, tell: Callable[[float], None]) -> _Paid:
    """Settle the agreement on every draw's lives, some draws at a time."""
    setting, windows = run.setting, Windows.of(contract)
    metrics = [metric for metric in contract.metric if metric.simulated]
    tracked = {metric.id: tracked_days(contract, metric) for metric in metrics}
    draws, children = setting.pathway.draws, run.tally.children
    horizon = max(tracked.values())
    totals: list[list[IntArray]] = [[], []]
    payers: list[dict[str, IntArray]] = []
    units: list[dict[str, IntArray]] = []
    unknown: dict[str, str] = {}
    lives = simulate_episodes(
        setting.pathway,
        setting.start,
        run.solved.arms,
        horizon=min(horizon, int(setting.case.horizon_years * YEAR)),
        seed=setting.case.seed,
        chunk=children,
    )
    for arm in range(2):
        for begin in range(0, draws, DRAWS_AT_ONCE):
            tell((arm * draws + begin) / (2 * draws))
            some = min(DRAWS_AT_ONCE, draws - begin)
            held = {
                m.id: np.zeros((some, children, len(windows.starts)), np.int64) for m in metrics
            }
            for draw in range(some):
                episodes = next(lives)
                for metric in metrics:
                    care = care_days(episodes, windows, children, tracked[metric.id])
                    held[metric.id][draw] = counted(metric, care, windows, tracked[metric.id])
            settled = settle(contract, outcomes_of(contract, held, windows))
            totals[arm].append(settled.total)
            unknown |= settled.unknown
            if arm == 1:
                payers.append(by_payer(settled))
                units.append({name: values.sum(axis=(1, 2)) for name, values in held.items()})
    return _Paid(
        np.stack([np.concatenate(parts) for parts in totals]),
        _joined(payers),
        _joined(units),
        unknown,
    )


def _joined(parts: list[dict[str, IntArray]]) -> dict[str, IntArray]:
    """Return arrays by name, put together along their draws."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: np.concatenate([part[name] for part in parts if name in part]) for name in names}


def _years(
    contract: Contract, total: IntArray, money: Callable[[FloatArray], Figure]
) -> Iterator[YearPaid]:
    ends = Windows.of(contract).ends
    year = np.minimum((ends - 1) // int(np.ceil(YEAR)), 99)
    for one in np.unique(year).tolist():
        usual, helped = total[:, :, year == one].sum(axis=2) / PENCE
        yield YearPaid(f"year {one + 1}", money(helped), money(usual))


def _outcomes(
    contract: Contract, units: dict[str, IntArray], sources: tuple[str, ...]
) -> Iterator[Figure]:
    for metric in contract.metric:
        if metric.id in units:
            unit = f"{metric.unit}s"
            yield drawn(
                units[metric.id].astype(float), unit, sources, count=GROSS, note=metric.name
            )


def _words(contract: Contract, run: Run, helped: FloatArray, usual: FloatArray) -> Iterator[str]:
    paid, anyway = float(np.mean(helped)), float(np.mean(usual))
    who = f"{run.tally.children} children who all start on {contract.first_day}"
    if not run.effect_known:
        yield (
            f"No effect of the programme is known. If it changes nothing, {contract.name} pays "
            f"£{anyway:,.0f} on average for {who}: for what happens anyway."
        )
        return
    yield f"For {who}, {contract.name} pays £{paid:,.0f} on average over the agreement."
    if paid > 0.0:
        yield (
            f"£{anyway:,.0f}, {anyway / paid:.0%} of that, would be paid if the programme changed "
            "nothing: for what happens anyway."
        )
