"""Figures of a waterfall: of one scenario's flows, by instrument and by party."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.exact import PENCE
from headwater.core.figure import Figure
from headwater.finance.book import POTS
from headwater.finance.returns import (
    FOUND,
    NO_CHANGE,
    expected_shortfall,
    first_cash,
    irr,
    returns,
    yearly,
)
from headwater.finance.waterfall import Flowed
from headwater.workflows.waterfall.receipts import Supposed
from headwater.workflows.waterfall.result import (
    InstrumentLine,
    MoneyFlow,
    PartyMoney,
    WaterfallScenario,
)

if TYPE_CHECKING:
    from datetime import date

SOURCES = ("headwater",)
PAYING = {"outcome_payer", "commissioner"}
"""Roles that are the public's."""
NOT_INVESTED = {"grant", "guarantee"}
LOW, HIGH, SPAN = 10, 90, "80% of draws"
RATE = "per cent a year"


@dataclass(frozen=True, slots=True)
class Ran:
    """A scenario that was run."""

    contract: Contract
    supposed: Supposed
    flowed: Flowed
    payments: IntArray

    @property
    def a_year(self) -> float:
        """Periods in a year."""
        return self.flowed.deal.timeline.a_year


def scenario(ran: Ran) -> WaterfallScenario:
    """Return the figures of a scenario."""
    contract, flowed = ran.contract, ran.flowed
    invested = [o.id for o in contract.instrument if o.kind not in NOT_INVESTED]
    together = _sum(flowed, invested)
    drawn = _sum(flowed, [one.id for one in contract.instrument if one.kind != "guarantee"])
    public = [party.id for party in contract.party if party.role in PAYING]
    others = {party.id for party in contract.party}
    public += [name for name in _payers(flowed) if name not in others]
    pays = -sum((flowed.of_party(name).sum(axis=1) for name in public), np.zeros(flowed.draws))
    lost = returns(together, periods_a_year=ran.a_year)
    given = sum((flowed.drawn[name] for name in invested), np.zeros(flowed.draws))
    return WaterfallScenario(
        scenario=ran.supposed.scenario,
        words=ran.supposed.words,
        payments=_money(ran, ran.payments.sum(axis=1), "outcome payments"),
        public_pays=_money(ran, pays, "less what comes back to those who pay"),
        invested=_money(ran, given, "drawn from all who invest"),
        investors_net=_money(ran, lost.net, "what they get less what they give"),
        investors_rate=_rate(together, ran.a_year, lost.flag, lost.net),
        investors_multiple=_multiple(float(given.mean()), float((given + lost.net).mean())),
        investors_peak=_money(ran, lost.peak, "the most that is out"),
        investors_lose=_share(lost.lost, "all together get less than they give"),
        finance_rate=_finance_rate(ran, invested),
        peak=_money(ran, returns(drawn, periods_a_year=ran.a_year).peak, "most that is drawn"),
        never_paid=_money(ran, flowed.arrears[:, -1], "costs that nobody paid"),
        owed_to_payers=_money(ran, flowed.owed_to_payers, "not given back to payers"),
        instruments=tuple(_instrument(ran, i) for i in range(len(contract.instrument))),
        parties=tuple(_parties(ran)),
        flows=tuple(_flows(ran)),
    )


def _payers(flowed: Flowed) -> list[str]:
    return list(dict.fromkeys(m.source for m in flowed.movements if m.what == "outcome payments"))


def _sum(flowed: Flowed, names: Sequence[str]) -> IntArray:
    nothing = np.zeros((flowed.draws, flowed.deal.timeline.count + 1), dtype=np.int64)
    return np.asarray(sum((flowed.of_instrument(name) for name in names), nothing))


def _money(ran: Ran, pence: IntArray | FloatArray, note: str) -> Figure:
    """Return the mean of an amount, with the range of draws where they differ."""
    pounds = np.asarray(pence, dtype=np.float64) / PENCE
    made = Figure(
        float(pounds.mean()),
        ran.contract.currency,
        "computed",
        SOURCES,
        price_base="cash",
        note=note,
    )
    if len(pounds) == 1 or pounds.min() == pounds.max():
        return made
    low, high = np.percentile(pounds, [LOW, HIGH])
    return made.but(low=float(low), high=float(high), interval=SPAN)


def _share(happened: BoolArray, note: str) -> Figure:
    return Figure(
        100.0 * float(np.mean(happened)), "per cent of draws", "computed", SOURCES, note=note
    )


def _multiple(given: float, got: float) -> Figure:
    if not given:
        return Figure(None, "times what it gives", "not known", note="it gives nothing")
    return Figure(got / given, "times what it gives", "computed", SOURCES, note="of the means")


def _instrument(ran: Ran, number: int) -> InstrumentLine:
    one, flowed = ran.contract.instrument[number], ran.flowed
    flows = flowed.of_instrument(one.id)
    found = returns(flows, periods_a_year=ran.a_year)
    gives = flowed.drawn[one.id]
    when = first_cash(flows)
    middle = int(np.median(when)) if float((when >= 0).mean()) > 0.5 else -1
    return InstrumentLine(
        instrument=one.id,
        kind=one.kind,
        party=one.party,
        given=_money(ran, gives, "what it gives"),
        got=_money(ran, gives + found.net, "what it gets"),
        lost=_money(ran, flowed.lost[one.id], "capital that nobody gave back"),
        unpaid_interest=_money(ran, flowed.unpaid_interest[one.id], "owed and not paid"),
        rate=_rate(flows, ran.a_year, found.flag, found.net)
        if one.kind not in NOT_INVESTED
        else Figure(None, RATE, "not known", note=f"a {one.kind} earns nothing"),
        no_rate=_share(
            (found.flag != FOUND) & ~_all_lost(found.flag, found.net), "no rate, or several"
        ),
        multiple=_multiple(float(gives.mean()), float((gives + found.net).mean())),
        peak=_money(ran, found.peak, "the most that is out"),
        loss=_share(found.lost, "it gets less than it gives"),
        shortfall=_money(
            ran, np.array([expected_shortfall(found.net)]), "net, in the worst tenth of draws"
        ),
        first_cash=str(flowed.deal.timeline.moments()[middle]) if middle >= 0 else "",
    )


def _all_lost(flag: IntArray, net: IntArray) -> BoolArray:
    return np.asarray((flag == NO_CHANGE) & (net < 0))


def _rate(flows: IntArray, a_year: float, flag: IntArray, net: IntArray) -> Figure:
    """Return the rate of the mean flows, with the range of draws."""
    mean = _mean_rate(flows, a_year)
    rates = yearly(irr(flows)[0], a_year)
    rates = np.where(_all_lost(flag, net), -1.0, rates)
    known = rates[(flag == FOUND) | _all_lost(flag, net)]
    if mean.value is None or len(known) < 2:
        return mean
    low, high = (round(100.0 * float(end), 1) for end in np.percentile(known, [LOW, HIGH]))
    return mean.but(low=low, high=high, interval=SPAN)


def _mean_rate(flows: IntArray, a_year: float) -> Figure:
    rates, flags = irr(flows.mean(axis=0, keepdims=True))
    if flags[0] == FOUND:
        value = round(100.0 * float(yearly(rates, a_year)[0]), 1) + 0.0  # never -0
        return Figure(value, RATE, "computed", SOURCES, note="of mean money given and got")
    if flags[0] == NO_CHANGE and flows.sum() < 0:
        return Figure(-100.0, RATE, "computed", SOURCES, note="nothing comes back")
    why = "it gives nothing" if not (flows < 0).any() else "no rate, or several, fit its money"
    return Figure(None, RATE, "not known", note=why)


def _finance_rate(ran: Ran, invested: Sequence[str]) -> Figure:
    """Return the rate of all investors together, without what third parties make good."""
    flows = _sum(ran.flowed, invested)
    for move in ran.flowed.movements:
        if move.what == "made good" and move.into in invested:
            flows[:, move.moment] -= move.pence
    found = _mean_rate(flows, ran.a_year)
    if found.value is None and not (flows < 0).any():
        return found.but(note="nobody invests")
    return found


def _parties(ran: Ran) -> Iterator[PartyMoney]:
    for party in ran.contract.party:
        flows = ran.flowed.of_party(party.id)
        if not flows.any():
            continue
        pairs = [
            (m.pence, m.target == party.id, m.source == party.id) for m in ran.flowed.movements
        ]
        got = sum((p for p, into, _ in pairs if into), np.zeros(ran.flowed.draws, dtype=np.int64))
        net = flows.sum(axis=1)
        yield PartyMoney(
            party.id,
            party.name,
            party.role,
            given=_money(ran, got - net, "what it gives"),
            got=_money(ran, got, "what it gets"),
            net=_money(ran, net, "what it gets less what it gives"),
        )


def _flows(ran: Ran) -> Iterator[MoneyFlow]:
    """Yield movements between parties and pots, added up by day."""
    added: dict[tuple[date, str, str, str], IntArray] = {}
    timeline = ran.flowed.deal.timeline
    for move in ran.flowed.movements:
        source = _as(move.source, move.out_of)
        target = _as(move.target, move.into)
        day = timeline.start(move.moment) if move.starts else timeline.end(move.moment - 1)
        key = (day, source, target, move.what)
        added[key] = added.get(key, 0) + move.pence
    for (day, source, target, what), pence in added.items():
        note = "kept aside" if target in POTS and source in POTS else "mean of draws"
        yield MoneyFlow(str(day), source, target, what, _money(ran, pence, note))


def _as(party: str, instrument: str) -> str:
    return f"{party} ({instrument})" if instrument else party
