"""The waterfall: receipts and draws in, costs and investors paid in their order, to the penny.

In each period, for every draw at once:

1. At its start costs are paid: from cash, then the reserve, then by drawing on the instruments in
   their order. What cannot be paid is owed, and shown.
2. At its end interest has run on what is owed; receipts come in, and participations take their
   share.
3. The actions are worked in their order, each from the cash that is left; at the end the reserve is
   released before them.
4. After the last, guarantees pay what their instruments have lost.

Every movement goes from one account to another, so that nothing comes from nowhere: cash out
equals cash in, every period and every draw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import PENCE, growth, scaled
from headwater.core.instrument import Action, Cost, Instrument, Reserve, Step

VEHICLE, RESERVE = "vehicle", "reserve"
"""The accounts that are nobody's: cash in hand, and the reserve."""
PAYER = "outcome payers"
LOANS = frozenset(
    {"first_loss", "junior", "senior", "performance_coupon", "deferred_fee", "protected_note"}
    | {"equity_note"}
)
"""Kinds whose capital is owed."""
DAYS = 365


@dataclass(frozen=True, slots=True)
class Structure:
    """The money side of an agreement.

    Parameters
    ----------
    first_day, ends
        The day on which money is first drawn, and the last day of each period.
    """

    first_day: date
    ends: tuple[date, ...]
    instruments: tuple[Instrument, ...]
    costs: tuple[Cost, ...]
    actions: tuple[Action, ...]
    reserve: Reserve | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that goes from one account to another; pence by draw, never below 0.

    Parameters
    ----------
    moment
        0 is the first day, 1 the end of the first period, and so on.
    """

    moment: int
    source: str
    target: str
    what: str
    pence: IntArray


@dataclass(frozen=True, slots=True)
class Flowed:
    """What happened.

    Parameters
    ----------
    unpaid
        Costs that could not be paid by the end; array (draw,).
    lost
        Capital of each loan that never came back, before guarantees; arrays (draw,).
    left
        What is still in the vehicle and its reserve; array (draw,).
    """

    structure: Structure
    movements: tuple[Movement, ...]
    unpaid: IntArray
    lost: Mapping[str, IntArray]
    left: IntArray

    def of(self, account: str) -> IntArray:
        """Return what an account receives less what it pays; array (draw, moment)."""
        net = np.zeros((len(self.unpaid), len(self.structure.ends) + 1), dtype=np.int64)
        for move in self.movements:
            if move.target == account:
                net[:, move.moment] += move.pence
            if move.source == account:
                net[:, move.moment] -= move.pence
        return net


def waterfall(structure: Structure, receipts: IntArray, *, ended: date | None = None) -> Flowed:
    """Run the money through.

    Parameters
    ----------
    receipts
        What outcome payers pay for each period, in pence; array (draw, period). What they take
        back is below 0.
    ended
        The day on which a payer ends the agreement: later costs and receipts fall away, and it
        returns the part of the capital that the steps say.
    """
    run = _Run(structure, receipts.shape[0])
    costs = _costs(structure)
    for period, end in enumerate(structure.ends):
        over = ended is not None and end > ended
        run.moment = period
        if period == 0:
            run.begin()
        if over and ended is not None:
            run.give_back(ended)
        else:
            run.spend([(name, to, pence) for name, to, pence in costs[period] if pence])
        run.moment, run.final = period + 1, over or period == len(structure.ends) - 1
        run.accrue(0 if over else _days(structure, period), end)
        if not over:
            run.receive(receipts[:, period])
        if run.final:
            run.release_reserve()
        for number, action in enumerate(structure.actions):
            run.act(number, action)
        if run.final:
            break
    run.call_guarantees()
    return run.ended()


def _days(structure: Structure, period: int) -> int:
    before = structure.ends[period - 1] if period else structure.first_day
    return max((structure.ends[period] - before).days, 0)


def _costs(structure: Structure) -> list[list[tuple[str, str, int]]]:
    """Return the costs of each period: name, to whom, pence."""
    found: list[list[tuple[str, str, int]]] = [[] for _ in structure.ends]
    before = structure.first_day
    for period, end in enumerate(structure.ends):
        for cost in structure.costs:
            pence = int(cost.amount * PENCE)
            times = sum(
                (before < day or (period == 0 and day == before)) and day <= end for day in cost.on
            )
            runs = (
                (cost.first_day or structure.first_day)
                <= end
                <= (cost.last_day or structure.ends[-1])
            )
            found[period].append((cost.id, cost.to, pence * (times if cost.on else int(runs))))
        before = end
    return found


@dataclass(slots=True)
class _Account:
    """One instrument as it goes: pence by draw."""

    said: Instrument
    drawn: IntArray
    owed: IntArray
    interest: IntArray
    paid: IntArray
    room: IntArray
    """What it may still take at most, for what it may earn at most."""


@dataclass(slots=True)
class _Run:
    structure: Structure
    draws: int
    moment: int = 0
    final: bool = False
    cash: IntArray = field(init=False)
    reserve: IntArray = field(init=False)
    held: dict[str, _Account] = field(init=False)
    arrears: dict[tuple[str, str], IntArray] = field(default_factory=dict)
    taken: dict[int, IntArray] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cash, self.reserve = self._none(), self._none()
        self.held = {
            one.id: _Account(one, *(self._none() for _ in range(5)))
            for one in self.structure.instruments
        }

    def _none(self) -> IntArray:
        return np.zeros(self.draws, dtype=np.int64)

    def begin(self) -> None:
        """Take in what is drawn at the start."""
        for account in self.held.values():
            if account.said.drawn == "at_start":
                whole = self._none() + int(account.said.commitment * PENCE)
                self._draw(account, whole)

    def receive(self, pence: IntArray) -> None:
        """Take in what outcome payers pay; give back what they take back, while there is cash."""
        into, back = np.maximum(pence, 0), np.maximum(-pence, 0)
        self._move(PAYER, VEHICLE, "outcome payments", into)
        self.cash = self.cash + into
        out = np.minimum(back, self.cash)
        self._move(VEHICLE, PAYER, "taken back", out)
        self.cash = self.cash - out
        self._owe(("taken back", PAYER), back - out)
        for account in self.held.values():
            said = account.said
            if said.kind == "revenue_participation" and said.share is not None:
                part = scaled(into, said.share, "down")
                if said.most_times is not None:
                    most = scaled(account.drawn, said.most_times, "down")
                    part = np.minimum(part, np.maximum(most - account.paid, 0))
                self._pay(account, np.minimum(part, self.cash), "share of receipts")

    def accrue(self, days: int, end: date) -> None:
        """Let interest run on what is owed, and grow what each may take at most."""
        for account in self.held.values():
            said = account.said
            fixed = said.fixed_until is None or end <= said.fixed_until
            if said.yearly and fixed:
                whole = account.owed + account.interest
                rise = scaled(whole, said.yearly * Fraction(days, DAYS), "half_up")
                account.interest = account.interest + rise
            if said.most_yearly is not None and days:
                account.room = scaled(account.room, growth(said.most_yearly, days), "down")

    def spend(self, costs: Sequence[tuple[str, str, int]]) -> None:
        """Pay costs: from cash, the reserve, and then the instruments in their order."""
        for name, to, pence in costs:
            need = self._none() + pence
            for deferred in self.held.values():
                if deferred.said.kind == "deferred_fee" and deferred.said.party == to:
                    lent = np.minimum(need, self._undrawn(deferred))
                    self._draw(deferred, lent)
            self._find(need)
            paid = np.minimum(need, self.cash)
            self._move(VEHICLE, to, name, paid)
            self.cash = self.cash - paid
            self._owe((name, to), need - paid)

    def release_reserve(self) -> None:
        """Let what is in the reserve be shared out with the rest, at the end."""
        self._move(RESERVE, VEHICLE, "reserve released", self.reserve)
        self.cash, self.reserve = self.cash + self.reserve, self._none()

    def _find(self, need: IntArray) -> None:
        """Find cash for what is needed: the reserve first, then draws."""
        from_reserve = np.minimum(np.maximum(need - self.cash, 0), self.reserve)
        self._move(RESERVE, VEHICLE, "from the reserve", from_reserve)
        self.reserve, self.cash = self.reserve - from_reserve, self.cash + from_reserve
        for account in self.held.values():
            if account.said.kind in {"guarantee", "deferred_fee"}:
                continue
            short = np.maximum(need - self.cash, 0)
            self._draw(account, np.minimum(short, self._undrawn(account)))

    def _undrawn(self, account: _Account) -> IntArray:
        return np.maximum(int(account.said.commitment * PENCE) - account.drawn, 0)

    def _draw(self, account: _Account, pence: IntArray) -> None:
        self._move(account.said.id, VEHICLE, "drawn", pence)
        self.cash = self.cash + pence
        account.drawn = account.drawn + pence
        account.room = account.room + pence
        if account.said.kind in LOANS:
            account.owed = account.owed + pence

    def _pay(self, account: _Account, pence: IntArray, what: str) -> IntArray:
        """Pay an instrument, as far as it may earn more, and return what was paid."""
        if account.said.most_yearly is not None:
            pence = np.minimum(pence, np.maximum(account.room, 0))
        self._move(VEHICLE, account.said.id, what, pence)
        self.cash = self.cash - pence
        account.paid = account.paid + pence
        account.room = account.room - pence
        return pence

    def act(self, number: int, action: Action) -> None:
        """Work one action with the cash that is left."""
        if action.when == "end" and not self.final:
            return
        free = scaled(self.cash, action.share, "down")
        if action.when == "repaid":
            owed = sum((a.owed + a.interest for a in self.held.values()), self._none())
            free = np.where(owed > 0, 0, free)
        if action.most is not None:
            so_far = self.taken.get(number, self._none())
            free = np.minimum(free, np.maximum(int(action.most * PENCE) - so_far, 0))
        before = self.cash
        self._do(action, free)
        self.taken[number] = self.taken.get(number, self._none()) + (before - self.cash)

    def _do(self, action: Action, free: IntArray) -> None:
        if action.do == "pay_costs":
            self._pay_arrears(free)
        elif action.do == "reserve":
            self._fill(free)
        elif action.do == "share_out":
            self._share_out(action, free)
        elif action.to in self.held:
            self._pay_instrument(action, self.held[action.to], free)
        elif action.to is not None:
            self._move(VEHICLE, action.to, action.do, free)
            self.cash = self.cash - free

    def _pay_instrument(self, action: Action, account: _Account, free: IntArray) -> None:
        if action.do == "interest":
            paid = self._pay(account, np.minimum(free, account.interest), "interest")
            account.interest = account.interest - paid
        elif action.do == "repay":
            paid = self._pay(account, np.minimum(free, account.owed), "capital")
            account.owed = account.owed - paid
        else:
            self._pay(account, free, "surplus")

    def _pay_arrears(self, free: IntArray) -> None:
        for (name, to), owed in self.arrears.items():
            paid = np.minimum(free, owed)
            self._move(VEHICLE, to, f"{name}, late", paid)
            self.cash, free = self.cash - paid, free - paid
            self.arrears[name, to] = owed - paid

    def _fill(self, free: IntArray) -> None:
        if self.structure.reserve is None or self.final:
            return
        target = int(self.structure.reserve.target * PENCE)
        more = np.minimum(free, np.maximum(target - self.reserve, 0))
        self._move(VEHICLE, RESERVE, "to the reserve", more)
        self.cash, self.reserve = self.cash - more, self.reserve + more

    def _share_out(self, action: Action, free: IntArray) -> None:
        """Share out what is left; what an instrument may not take stays."""
        share, before = Fraction(0), self._none()
        for name, part in action.shares.items():
            share += part
            to_here = scaled(free, share, "down")
            mine, before = to_here - before, to_here
            if name in self.held:
                self._pay(self.held[name], mine, "surplus")
            else:
                self._move(VEHICLE, name, "surplus", mine)
                self.cash = self.cash - mine

    def give_back(self, ended: date) -> None:
        """Take in the part of the capital still out that a payer returns when it ends early."""
        reached = [step for step in self.structure.steps if step.first_day <= ended]
        part = reached[-1].capital_back if reached else Fraction(0)
        for account in self.held.values():
            if account.said.kind in LOANS:
                back = scaled(account.owed, part, "half_up")
                self._move(PAYER, VEHICLE, "capital back on ending early", back)
                self.cash = self.cash + back

    def call_guarantees(self) -> None:
        """Let guarantees pay what their instruments have lost."""
        for account in self.held.values():
            if account.said.kind != "guarantee":
                continue
            left = self._none() + int(account.said.commitment * PENCE)
            for name in account.said.covers:
                called = np.minimum(left, self.held[name].owed)
                self._move(account.said.id, name, "guarantee", called)
                self.held[name].owed = self.held[name].owed - called
                self.held[name].paid = self.held[name].paid + called
                left = left - called
                account.drawn = account.drawn + called

    def _owe(self, key: tuple[str, str], pence: IntArray) -> None:
        self.arrears[key] = self.arrears.get(key, self._none()) + pence

    def _move(self, source: str, target: str, what: str, pence: IntArray) -> None:
        if pence.any():
            self.movements.append(Movement(self.moment, source, target, what, pence))

    def ended(self) -> Flowed:
        """Return what happened."""
        return Flowed(
            self.structure,
            tuple(self.movements),
            sum(self.arrears.values(), self._none()),
            {name: a.owed for name, a in self.held.items() if a.said.kind in LOANS},
            self.cash + self.reserve,
        )
