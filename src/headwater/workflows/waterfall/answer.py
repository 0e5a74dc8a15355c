"""From expected outcomes to what each party gets: one engine pays, another shares out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.expect import Case, expected_tally
from headwater.contracts.periods import Period
from headwater.contracts.settle import settle, settlement_periods
from headwater.core.arrays import IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.instrument import Action
from headwater.finance.returns import FOUND, expected_shortfall, first_cash, irr, returns, yearly
from headwater.finance.waterfall import PAYER, Flowed, Structure, waterfall
from headwater.workflows.agreements import Agreement
from headwater.workflows.waterfall.result import AccountLine, DayOfFlows, MoneyCase, WaterfallAnswer

DRAWS, SEED = 1000, 1
DAYS_A_YEAR = 365.25
SOURCES = ("headwater",)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scenario: how much of the effect, what share of the people, what happens to the money."""

    name: str
    case: Case
    share: float = 1.0
    late: int = 0
    ended: bool = False


ASKED = (
    _Asked("as promised", "as promised"),
    _Asked("half the effect", "half the effect"),
    _Asked("no effect", "no effect"),
    _Asked("half the referrals", "as promised", share=0.5),
    _Asked("payments a period late", "as promised", late=1),
    _Asked("the payer walks away half-way", "as promised", ended=True),
)


def waterfall_answer(
    agreement: Agreement, *, draws: int = DRAWS, seed: int = SEED
) -> WaterfallAnswer:
    """Return who gets what, when, in every scenario.

    Raises
    ------
    InputError
        If the agreement has no money side, expects nothing, or leaves a price unpublished.
    """
    contract = agreement.contract
    _check(contract, agreement.name)
    structure, among = structure_of(contract), settlement_periods(contract)
    flowed: list[tuple[_Asked, Flowed]] = []
    for asked in ASKED:
        receipts = _receipts(contract, agreement.name, asked, draws, seed)
        ended = _middle(contract) if asked.ended else None
        flowed.append((asked, waterfall(structure, receipts, ended=ended)))
    a_year = DAYS_A_YEAR * len(among) / max((among[-1].last_day - contract.first_day).days, 1)
    scenarios = tuple(_scenario(contract, asked, run, a_year) for asked, run in flowed)
    return WaterfallAnswer(
        agreement=contract.id,
        name=contract.name,
        in_words=tuple(_words(contract, scenarios)),
        scenarios=scenarios,
        course=tuple(_course(contract, flowed[0][1], among)),
        order=tuple(_order(action) for action in contract.waterfall),
        because=tuple(dict.fromkeys(row.because for row in contract.expected)),
    )


def _check(contract: Contract, name: str) -> None:
    for missing, what in (
        (not contract.instrument or not contract.waterfall, "[[instrument]] and [[waterfall]]"),
        (not contract.expected, "[[expected]]: outcomes to be paid for"),
    ):
        if missing:
            raise InputError(Problem(name, f"has no {what}.", "Add them to the agreement."))


def structure_of(contract: Contract) -> Structure:
    """Return the money side of an agreement."""
    return Structure(
        first_day=contract.first_day,
        ends=tuple(period.last_day for period in settlement_periods(contract)),
        instruments=contract.instrument,
        costs=contract.cost,
        actions=contract.waterfall,
        reserve=contract.reserve,
        steps=contract.early_end,
    )


def _middle(contract: Contract) -> date:
    return contract.first_day + (contract.last_day - contract.first_day) / 2


def _receipts(contract: Contract, name: str, asked: _Asked, draws: int, seed: int) -> IntArray:
    """Return what outcome payers pay in each period; array (draw, period)."""
    tally = expected_tally(contract, asked.case, draws=draws, seed=seed, share=asked.share)
    settled = settle(contract, tally)
    if settled.unknown:
        listed = "; ".join(f"{term}: {why}" for term, why in settled.unknown.items())
        raise InputError(Problem(name, f"cannot be priced: {listed}.", "Give the numbers."))
    total = settled.total
    if asked.late:
        late = np.zeros_like(total)
        late[:, asked.late :] = total[:, : -asked.late]
        late[:, -1] += total[:, -asked.late :].sum(axis=1)
        return late
    return total


def _scenario(contract: Contract, asked: _Asked, run: Flowed, a_year: float) -> MoneyCase:
    def pounds(pence: IntArray, note: str = "") -> Figure:
        return _money(contract, float(pence.mean()) / 100.0, note)

    accounts: list[tuple[str, str]] = [(one.id, one.kind) for one in contract.instrument]
    accounts += [(party.id, party.role) for party in contract.party]
    lines = tuple(
        _party(contract, name, kind, run.of(name), (a_year, run))
        for name, kind in accounts
        if run.of(name).any()
    )
    investors = [run.of(one.id) for one in contract.instrument if one.kind != "grant"]
    together = np.sum(investors, axis=0).mean(axis=0, keepdims=True) if investors else None
    return MoneyCase(
        scenario=asked.name,
        public_pays=pounds(-run.of(PAYER).sum(axis=1), "what outcome payers pay in all"),
        finance_rate=_finance_rate(together, a_year),
        unpaid=pounds(run.unpaid, "costs nobody could pay"),
        left=pounds(run.left, "left in the vehicle"),
        parties=lines,
    )


def _finance_rate(together: IntArray | None, a_year: float) -> Figure:
    unit, note = "per cent a year", "of investors' mean money in and out"
    if together is None:
        return Figure(None, unit, "not known", note="nobody invests")
    rates, flags = irr(together)
    if flags[0] != FOUND:
        return Figure(None, unit, "not known", note="no rate: flows change sign never, or often")
    return _rate(float(yearly(rates, a_year)[0]), note)


def _rate(value: float, note: str) -> Figure:
    rounded = round(100.0 * value, 2)
    return Figure(rounded, "per cent a year", "computed", SOURCES, note=note)


def _party(
    contract: Contract, name: str, kind: str, flows: IntArray, of: tuple[float, Flowed]
) -> AccountLine:
    a_year, run = of
    found = returns(flows, periods_a_year=a_year)
    paid, back = -np.minimum(flows, 0).sum(axis=1), np.maximum(flows, 0).sum(axis=1)
    sure = found.flag == FOUND
    rate = (
        _rate(float(np.median(found.rate[sure])), "median of draws with a rate")
        if sure.any()
        else Figure(None, "per cent a year", "not known", note="no draw has a rate")
    )
    mean_paid = float(paid.mean())
    when = first_cash(flows)
    middle = int(np.median(when)) if (when >= 0).mean() > 0.5 else -1
    days = (contract.first_day, *run.structure.ends)
    return AccountLine(
        account=name,
        kind=kind,
        paid_in=_money(contract, mean_paid / 100.0, "mean of draws"),
        got_back=_money(contract, float(back.mean()) / 100.0, "mean of draws"),
        rate=rate,
        no_rate=_share(float(np.mean(~sure)), "no rate of return"),
        multiple=Figure(
            float(back.mean()) / mean_paid if mean_paid else None,
            "times what was paid in",
            "computed" if mean_paid else "not known",
            SOURCES,
            note="of the means" if mean_paid else "nothing is paid in",
        ),
        peak=_money(contract, float(found.peak.mean()) / 100.0, "most that is out, mean of draws"),
        loss=_share(float(found.lost.mean()), "less comes back than was paid in"),
        shortfall=_money(contract, expected_shortfall(found.net) / 100.0, "worst tenth of draws"),
        first_cash=str(days[middle]) if middle >= 0 else "",
    )


def _money(contract: Contract, value: float, note: str) -> Figure:
    return Figure(value, contract.currency, "computed", SOURCES, price_base="cash", note=note)


def _share(value: float, note: str) -> Figure:
    return Figure(100.0 * value, "per cent of draws", "computed", SOURCES, note=note)


def _course(contract: Contract, run: Flowed, among: tuple[Period, ...]) -> Iterator[DayOfFlows]:
    days = (contract.first_day, *(period.last_day for period in among))
    accounts = [one.id for one in contract.instrument] + [party.id for party in contract.party]
    flows = {name: run.of(name).mean(axis=0) / 100.0 for name in (*accounts, PAYER)}
    for i, day in enumerate(days):
        some = tuple(
            (name, _money(contract, float(flow[i]), "mean of draws"))
            for name, flow in flows.items()
            if flow[i]
        )
        if some:
            yield DayOfFlows(str(day), some)


def _order(action: Action) -> str:
    what = action.do.replace("_", " ")
    parts = [what if action.to is None else f"{what} {action.to}"]
    parts += [f"{name} {float(share):.0%}" for name, share in action.shares.items()]
    if action.share != 1:
        parts.append(f"from {float(action.share):.0%} of what is left")
    if action.most is not None:
        parts.append(f"at most {float(action.most):,.0f}")
    when = {"always": "", "repaid": "once loans are repaid", "end": "at the end"}[action.when]
    parts += [when] if when else []
    return ", ".join(parts)


def _words(contract: Contract, scenarios: tuple[MoneyCase, ...]) -> Iterator[str]:
    by_name = {scenario.scenario: scenario for scenario in scenarios}
    promised, nothing = by_name["as promised"], by_name["no effect"]
    invested = {one.id for one in contract.instrument if one.kind not in {"grant", "guarantee"}}

    def net(scenario: MoneyCase) -> float:
        lines = [line for line in scenario.parties if line.account in invested]
        return sum((line.got_back.value or 0.0) - (line.paid_in.value or 0.0) for line in lines)

    sign = contract.currency
    yield (
        f"As promised, outcome payers pay {sign} {promised.public_pays.value:,.0f} in all, and "
        f"those who put money in get {sign} {net(promised):,.0f} more than they put in, on average."
    )
    yield (
        f"If the service changes nothing, outcome payers pay {sign} "
        f"{nothing.public_pays.value:,.0f}, and those who put money in are left with {sign} "
        f"{net(nothing):,.0f}."
    )
    for scenario in (promised, nothing):
        if scenario.unpaid.value:
            yield (
                f"The vehicle is short, {scenario.scenario}: costs of {sign} "
                f"{scenario.unpaid.value:,.0f} are never paid."
            )
