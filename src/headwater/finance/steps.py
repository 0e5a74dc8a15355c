"""The steps of a waterfall: each takes from the cash that is left, up to what it may."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import PENCE, scaled
from headwater.core.money_side import Step
from headwater.finance.book import ACCOUNT, KEPT, RESERVE
from headwater.finance.position import Position, apportion

NO_LIMIT = 2**60


def work_step(now: Position, step: Step) -> None:
    """Work one step."""
    limit = _limit(now, step)
    before = now.book.cash
    _ACTIONS[step.action](now, step, limit)
    if step.limit is not None:
        key = _key(now, step)
        spent = before - now.book.cash
        now.taken[key] = now.taken.get(key, now.nothing()) + np.maximum(spent, 0)


def _key(now: Position, step: Step) -> tuple[str, int]:
    """Return the time over which a step's limit adds up."""
    spans = {"period": now.period, "year": now.timeline.year(now.period), "agreement": 0}
    return step.id, spans[step.within]


def _limit(now: Position, step: Step) -> IntArray:
    """Return the most that a step may take: its limit; nothing unless its condition holds."""
    limit = now.nothing() + NO_LIMIT
    if step.limit is not None:
        taken = now.taken.get(_key(now, step), now.nothing())
        limit = np.maximum(int(step.limit * PENCE) - taken, 0)
    return np.where(_holds(now, step), limit, 0)


def _holds(now: Position, step: Step) -> IntArray:
    said, holds = step.condition, np.ones(now.draws, dtype=np.int64)
    if said.first_day is not None:
        holds = holds * int(now.today.day >= said.first_day)
    if said.last_day is not None:
        holds = holds * int(now.today.day <= said.last_day)
    if said.receipts_at_least is not None:
        holds = holds * (now.received >= int(said.receipts_at_least * PENCE))
    for name in said.repaid:
        held = now.held[name]
        holds = holds * ((held.capital == 0) & (held.interest == 0))
    return holds


def _able(now: Position, step: Step, limit: IntArray, wanted: IntArray) -> IntArray:
    """Return what is paid of what is wanted; the reserve may give what cash lacks."""
    wanted = np.minimum(wanted, limit)
    own = np.minimum(wanted, scaled(now.book.cash, step.share, "down"))
    reserve = now.side.reserve
    if reserve is None or step.id not in reserve.pays:
        return own
    return own + now.from_reserve(wanted - own)


def _costs(now: Position, step: Step, limit: IntArray) -> None:
    """Pay costs of the period's end."""
    _pay_costs(now, step, limit, now.due_now)


def _arrears(now: Position, step: Step, limit: IntArray) -> None:
    """Pay costs that earlier days left unpaid."""
    _pay_costs(now, step, limit, now.arrears)


def _pay_costs(now: Position, step: Step, limit: IntArray, owed: dict[str, IntArray]) -> None:
    names = [name for name in owed if not step.of or name in step.of]
    if not names:
        return
    wanted = np.stack([owed[name] for name in names])
    parts = apportion(_able(now, step, limit, wanted.sum(axis=0)), wanted)
    to = {cost.id: cost.to for cost in now.side.cost}
    for name, part in zip(names, parts, strict=True):
        now.book.move((ACCOUNT, to[name]), step.id, part)
        owed[name] = owed[name] - part


def _interest(now: Position, step: Step, limit: IntArray) -> None:
    """Pay what instruments are owed, or may have, for the use of their money."""
    cash = now.book.cash
    dues = [now.rules[name].due(now.held[name], now.today, cash) for name in step.of]
    for name, part in _shared(now, step, limit, dues):
        held = now.held[name]
        now.pay(name, step.id, part)
        held.interest = np.maximum(held.interest - part, 0)


def _principal(now: Position, step: Step, limit: IntArray) -> None:
    """Pay capital back."""
    for name, part in _shared(now, step, limit, [now.held[name].capital for name in step.of]):
        held = now.held[name]
        now.pay(name, step.id, part)
        held.capital = held.capital - part


def _shared(
    now: Position, step: Step, limit: IntArray, dues: list[IntArray]
) -> list[tuple[str, IntArray]]:
    """Return what each instrument of a step is paid of what it is due, within its cap."""
    wanted = np.stack(
        [now.held[name].allowed(due) for name, due in zip(step.of, dues, strict=True)]
    )
    parts = apportion(_able(now, step, limit, wanted.sum(axis=0)), wanted)
    return list(zip(step.of, parts, strict=True))


def _reserve(now: Position, step: Step, limit: IntArray) -> None:
    """Fill the reserve; not when nothing can come after."""
    if now.side.reserve is None or now.final:
        return
    wanted = np.maximum(int(now.side.reserve.target * PENCE) - now.book.pots[RESERVE], 0)
    now.book.move((ACCOUNT, RESERVE), step.id, _able(now, step, limit, wanted))


def _recycle(now: Position, step: Step, limit: IntArray) -> None:
    """Keep cash for costs to come."""
    wanted = np.maximum(now.to_come - now.book.pots[KEPT], 0)
    now.book.move((ACCOUNT, KEPT), step.id, _able(now, step, limit, wanted))


def _bonus(now: Position, step: Step, limit: IntArray) -> None:
    """Pay a party."""
    now.book.move((ACCOUNT, str(step.to)), step.id, _able(now, step, limit, now.book.cash))


def _split(now: Position, step: Step, limit: IntArray) -> None:
    """Share out; what an instrument's cap does not let it take stays for later steps."""
    whole, share, before = _able(now, step, limit, now.book.cash), Fraction(0), now.nothing()
    for part in step.part:
        share += part.share
        edge = scaled(whole, share, "down")
        pence, before = edge - before, edge
        if part.to in now.held:
            now.pay(part.to, step.id, now.held[part.to].allowed(pence))
        else:
            now.book.move((ACCOUNT, part.to), step.id, pence)


_ACTIONS: dict[str, Callable[[Position, Step, IntArray], None]] = {
    "costs": _costs,
    "arrears": _arrears,
    "interest": _interest,
    "principal": _principal,
    "reserve": _reserve,
    "recycle": _recycle,
    "bonus": _bonus,
    "split": _split,
}
