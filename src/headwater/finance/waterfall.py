"""The waterfall: money in, costs and investors paid in their order, to the penny, for every draw.

In each period, in order:

1. On its first day, instruments drawn at the start give all they promised, kept for costs. Costs
   fall due. They are paid from deferred fees, from what is kept for costs, from cash, by drawing on
   the instruments in their order, and from the reserve where it may. What cannot be paid is in
   arrears.
2. On its last day, payers pay. What they take back is paid to them first, from cash; the rest is
   set off against what they pay later.
3. Interest runs on capital that is out.
4. What is kept for costs is released once none are to come; in the last period the reserve, too.
   What payers are still to have back is paid from it first.
5. The steps are worked in the order of the agreement, each from the cash that those before it left.
6. In the last period: capital that is given back at an early end, then guarantees and protectors.
   What no step shared out pays costs that are in arrears; the rest goes to the party named for it.

Every movement goes from one account to another, and `book.prove` holds afterwards that cash out is
cash in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import scaled
from headwater.core.money_side import MoneySide, Termination
from headwater.finance.book import ACCOUNT, Movement, prove
from headwater.finance.position import Position
from headwater.finance.steps import work_step
from headwater.finance.timeline import Timeline, schedule

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Deal:
    """A money side with its periods.

    Parameters
    ----------
    last_day
        The agreement's: costs that name none end on it.
    left_over_to
        The party that gets what no step shares out.
    """

    side: MoneySide
    timeline: Timeline
    last_day: date
    left_over_to: str


@dataclass(frozen=True, slots=True)
class Flowed:
    """What happened; pence by draw.

    Parameters
    ----------
    drawn, lost, unpaid_interest
        By instrument: what it gave, its capital that nobody gave back (what was made good is not
        lost), and interest that was owed at the end; arrays (draw,).
    arrears
        Costs unpaid after each period; array (draw, period).
    owed_to_payers
        What payers were to have back and did not get; array (draw,).
    """

    deal: Deal
    draws: int
    movements: tuple[Movement, ...]
    drawn: Mapping[str, IntArray]
    lost: Mapping[str, IntArray]
    unpaid_interest: Mapping[str, IntArray]
    arrears: IntArray
    owed_to_payers: IntArray

    def of_party(self, party: str) -> IntArray:
        """Return what a party gets less what it gives; array (draw, moment)."""
        net = self._nothing()
        for move in self.movements:
            net[:, move.moment] += move.pence * ((move.target == party) - int(move.source == party))
        return net

    def of_instrument(self, name: str) -> IntArray:
        """Return what is paid to an instrument less what it gives; array (draw, moment)."""
        net = self._nothing()
        for move in self.movements:
            net[:, move.moment] += move.pence * ((move.into == name) - int(move.out_of == name))
        return net

    def _nothing(self) -> IntArray:
        return np.zeros((self.draws, self.deal.timeline.count + 1), dtype=np.int64)


def waterfall(
    deal: Deal,
    receipts: Mapping[str, IntArray],
    *,
    referrals: Fraction = WHOLE,
    ended: Termination | None = None,
) -> Flowed:
    """Run the money through.

    Parameters
    ----------
    receipts
        What each payer pays, or takes back (below 0), at the end of each period, in pence; arrays
        (draw, period).
    referrals
        Part of the planned people who come.
    ended
        An early end: nothing happens after the period of its day.
    """
    side, timeline = deal.side, deal.timeline
    draws = max((len(pence) for pence in receipts.values()), default=1)
    last = timeline.count - 1 if ended is None else timeline.period_of(ended.on)
    costs = schedule(
        side.cost,
        timeline,
        until=deal.last_day,
        referrals=referrals,
        ended=None if ended is None else ended.on,
    )
    now = Position(side, timeline, draws)
    arrears = np.zeros((draws, timeline.count), dtype=np.int64)
    for period in range(last + 1):
        now.book.moment, now.book.starts = period, True
        if period == 0:
            now.draw_at_start()
        now.spend(costs[period])
        now.book.moment, now.book.starts = period + 1, False
        now.receive({payer: pence[:, period] for payer, pence in receipts.items()})
        now.to_come = sum(
            pence for later in costs[period + 1 :] for cost, pence in later if cost.paid == "start"
        )
        now.close(period, final=period == last)
        for step in side.waterfall:
            work_step(now, step)
        now.end_period()
        arrears[:, period:] = now.in_arrears()[:, None]
    if ended is not None:
        _give_back(now, ended)
    _make_good(now)
    now.settle_up()
    arrears[:, last:] = now.in_arrears()[:, None]
    now.book.move((ACCOUNT, deal.left_over_to), "left over", now.book.cash)
    movements = tuple(now.book.movements)
    prove(movements, draws)
    return Flowed(
        deal,
        draws,
        movements,
        drawn={name: held.drawn for name, held in now.held.items()},
        lost={name: held.capital for name, held in now.held.items()},
        unpaid_interest={name: held.interest for name, held in now.held.items()},
        arrears=arrears,
        owed_to_payers=np.asarray(sum(now.take_back.values(), now.nothing())),
    )


def _give_back(now: Position, ended: Termination) -> None:
    """Pay the part of capital that the agreement's early end says, less what is back already."""
    share = next(
        (step.share for step in reversed(ended.capital_back) if step.first_day <= ended.on), None
    )
    if share is None or ended.payer is None:
        return
    for name in ended.of:
        held = now.held[name]
        back = held.drawn - held.capital
        pence = np.maximum(scaled(held.drawn, share, "half_up") - back, 0)
        _restore(now, (ended.payer, "", name), ended.id, pence)


def _make_good(now: Position) -> None:
    """Let guarantees and protectors pay for capital that is still out."""
    for name, held in now.held.items():
        for made in now.rules[name].make_good(held, now.held):
            if made.out_of:
                held.drawn = held.drawn + made.pence
            _restore(now, (made.party, made.out_of, made.to), "made good", made.pence)


def _restore(now: Position, between: tuple[str, str, str], what: str, pence: IntArray) -> None:
    party, out_of, name = between
    held = now.held[name]
    pence = np.minimum(pence, held.capital)
    now.book.move((party, held.said.party), what, pence, out_of=out_of, into=name)
    held.capital = held.capital - pence
    held.take(pence)


def total(receipts: Mapping[str, IntArray]) -> IntArray:
    """Return what all payers pay; array (draw, period)."""
    return np.asarray(sum(receipts.values()))
