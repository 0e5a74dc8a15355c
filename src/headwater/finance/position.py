"""Where a waterfall stands: who has given what, what is owed, and what costs wait for."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import quotient
from headwater.core.money_side import Cost, MoneySide
from headwater.finance.book import ACCOUNT, KEPT, RESERVE, Book
from headwater.finance.capped import factor, grown
from headwater.finance.instruments import RULES
from headwater.finance.kind import Close, Held
from headwater.finance.timeline import Timeline

UNCAPPED = {"grant", "guarantee"}


class Position:
    """Everything that the next step rests on; pence by draw, arrays (draw,)."""

    def __init__(self, side: MoneySide, timeline: Timeline, draws: int) -> None:
        self.side, self.timeline, self.draws = side, timeline, draws
        self.book = Book(draws)
        self.held = {one.id: Held.of(one, draws) for one in side.instrument}
        self.rules = {one.id: RULES[one.kind] for one in side.instrument}
        self.due_now: dict[str, IntArray] = {}
        self.arrears = {cost.id: self.nothing() for cost in side.cost}
        self.take_back: dict[str, IntArray] = {}
        self.received = self.nothing()
        self.taken: dict[tuple[str, int], IntArray] = {}
        self.to_come = 0
        self.period, self.final = 0, False
        self.today = Close(timeline.first_day, timeline.part, self.nothing())
        self._cap()

    def nothing(self) -> IntArray:
        """Return no money at all."""
        return np.zeros(self.draws, dtype=np.int64)

    def _cap(self) -> None:
        cap, self.growth = self.side.return_cap, Fraction(1)
        if cap is None:
            return
        if cap.yearly is not None:
            self.growth = factor(cap.yearly, self.timeline.months)
        for name, held in self.held.items():
            if name in cap.of or (not cap.of and held.said.kind not in UNCAPPED):  # type: ignore[attr-defined]
                held.room = None if cap.yearly is None else self.nothing()
                held.most_times = cap.most_times

    def draw_at_start(self) -> None:
        """Take in what is drawn at the start, and keep it for costs."""
        for name, held in self.held.items():
            if held.said.drawn == "at_start":
                self._draw(name, held.undrawn, KEPT)

    def _draw(self, name: str, pence: IntArray, pot: str = ACCOUNT) -> None:
        held = self.held[name]
        self.rules[name].draw(held, pence)
        self.book.move((held.said.party, pot), "drawn", pence, out_of=name)

    def spend(self, costs: list[tuple[Cost, int]]) -> None:
        """Pay what falls due at the start of a period; what falls due at its end waits."""
        self.due_now = {}
        for cost, pence in costs:
            need = self.nothing() + pence
            if cost.paid == "end":
                self.due_now[cost.id] = need
                continue
            paid = self._deferred(cost, need)
            self._find(cost, need - paid)
            more = np.minimum(need - paid, self.book.cash)
            self.book.move((ACCOUNT, cost.to), cost.id, more)
            self.arrears[cost.id] = self.arrears[cost.id] + need - paid - more

    def _deferred(self, cost: Cost, need: IntArray) -> IntArray:
        """Return what of a cost its own party leaves unpaid: given and paid at once."""
        paid = self.nothing()
        for name, held in self.held.items():
            if held.said.kind == "deferred_fee" and held.said.party == cost.to:  # type: ignore[attr-defined]
                lent = np.minimum(need - paid, held.undrawn)
                self._draw(name, lent)
                self.book.move((ACCOUNT, cost.to), cost.id, lent)
                paid = paid + lent
        return paid

    def _find(self, cost: Cost, need: IntArray) -> None:
        """Find cash: what is kept for costs, then draws, then the reserve where it may."""
        kept = np.minimum(need, self.book.pots[KEPT])
        self.book.move((KEPT, ACCOUNT), "from what is kept", kept)
        givers = [name for name in self.held if self.rules[name].gives_cash]
        for order in sorted({self.held[name].said.order for name in givers}):
            same = [name for name in givers if self.held[name].said.order == order]
            short = np.maximum(need - self.book.cash, 0)
            parts = apportion(short, np.stack([self.held[name].undrawn for name in same]))
            for name, part in zip(same, parts, strict=True):
                self._draw(name, part)
        if self.side.reserve is not None and cost.id in self.side.reserve.pays:
            self.from_reserve(np.maximum(need - self.book.cash, 0))

    def from_reserve(self, lack: IntArray) -> IntArray:
        """Let the reserve give what is lacking; return what it gives."""
        gives = np.minimum(lack, self.book.pots[RESERVE])
        self.book.move((RESERVE, ACCOUNT), "from the reserve", gives)
        return gives

    def receive(self, pence: Mapping[str, IntArray]) -> None:
        """Take in what payers pay; pay back what they take back, or owe it."""
        paid = self.nothing()
        net = {payer: each - self.take_back.get(payer, 0) for payer, each in pence.items()}
        for payer, each in net.items():
            into = np.maximum(each, 0)
            self.book.move((payer, ACCOUNT), "outcome payments", into)
            paid = paid + into
        self.take_back = {payer: np.maximum(-each, 0) for payer, each in net.items()}
        self._pay_back()
        self.received = self.received + paid
        self.today = Close(self.today.day, self.timeline.part, paid)

    def _pay_back(self) -> None:
        """Pay payers what they are to have back, as far as there is cash."""
        for payer, owed in self.take_back.items():
            out = np.minimum(owed, self.book.cash)
            self.book.move((ACCOUNT, payer), "taken back", out)
            self.take_back[payer] = owed - out

    def close(self, period: int, *, final: bool) -> None:
        """Let interest run, and release what is put aside once it is not needed."""
        self.period, self.final = period, final
        self.today = Close(self.timeline.end(period), self.timeline.part, self.today.receipts)
        for name, held in self.held.items():
            self.rules[name].accrue(held, self.today)
            if held.room is not None:
                held.room = grown(held.room, self.growth)
        if final or self.to_come == 0:
            self.book.move((KEPT, ACCOUNT), "released", self.book.pots[KEPT])
        if final:
            self.book.move((RESERVE, ACCOUNT), "released", self.book.pots[RESERVE])
        self._pay_back()

    def end_period(self) -> None:
        """Count costs of the period's end that stayed unpaid as arrears."""
        for name, pence in self.due_now.items():
            self.arrears[name] = self.arrears[name] + pence
        self.due_now = {}

    def settle_up(self) -> None:
        """Pay costs that are in arrears from what no step has shared out."""
        to = {cost.id: cost.to for cost in self.side.cost}
        if not to:
            return
        parts = apportion(self.book.cash, np.stack([self.arrears[name] for name in to]))
        for name, part in zip(to, parts, strict=True):
            self.book.move((ACCOUNT, to[name]), name, part)
            self.arrears[name] = self.arrears[name] - part

    def in_arrears(self) -> IntArray:
        """Return all costs that are in arrears."""
        return np.asarray(sum(self.arrears.values(), self.nothing()))

    def pay(self, name: str, step: str, pence: IntArray) -> None:
        """Pay an instrument from the account."""
        held = self.held[name]
        self.book.move((ACCOUNT, held.said.party), step, pence, into=name)
        held.take(pence)


def apportion(amount: IntArray, wanted: IntArray) -> IntArray:
    """Return an amount shared by what each wants, nobody getting more than that.

    Parts are cut from the running total, so that they add to the amount (or to all that is wanted)
    and each is within a penny of its share.

    Parameters
    ----------
    amount
        Array (draw,).
    wanted
        Array (who, draw).
    """
    running = np.cumsum(wanted, axis=0)
    whole = running[-1]
    amount = np.minimum(amount, whole)
    if len(wanted) == 1:
        return amount[None, :]
    if (amount == whole).all():
        return wanted
    edges = quotient(running, amount[None, :], np.maximum(whole, 1)[None, :], "down")
    return np.diff(edges, axis=0, prepend=0)
