"""What is wrong on the money side of an agreement: names, order, and what each step needs."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from headwater.core.errors import did_you_mean
from headwater.core.exact import write_exact
from headwater.core.instrument import (
    DeferredFee,
    Guarantee,
    Instrument,
    ProtectedNote,
    RevenueParticipation,
)
from headwater.core.money_side import Step, Termination

if TYPE_CHECKING:
    from headwater.contracts.agreement import Contract

Loc = tuple[str | int, ...]
Fault = tuple[Loc, tuple[str, str]]
"""Where, what is wrong, and what to do."""

RANKS = {"senior": 0, "junior": 1, "first_loss": 2}
"""Which loan's capital is repaid before which; kinds that are not named may stand anywhere."""
OWES_NOTHING = {"grant", "guarantee"}
ON_COSTS, ON_INSTRUMENTS = {"costs", "arrears"}, {"interest", "principal"}


def money_faults(contract: "Contract") -> Iterator[Fault]:
    """Yield every fault of an agreement's money side."""
    yield from _whole(contract)
    yield from _names(contract)
    yield from _instruments(contract)
    yield from _costs(contract)
    for i, step in enumerate(contract.waterfall):
        yield from _step(contract, i, step)
    yield from _ranks(contract)
    yield from _repaid(contract)
    yield from _beside(contract)
    for i, termination in enumerate(contract.termination):
        yield from _termination(contract, i, termination)


def _whole(contract: "Contract") -> Iterator[Fault]:
    if contract.instrument and not contract.waterfall:
        yield ("instrument",), ("are never paid.", "Add [[waterfall]]: who is paid, in order.")
    for name in ("cost", "waterfall"):
        if getattr(contract, name) and not contract.instrument:
            yield (name,), ("stands without an [[instrument]].", "Say whose money there is.")
            return


def _names(contract: "Contract") -> Iterator[Fault]:
    """Yield names given twice: what movements are told apart by."""
    seen = {party.id: "party" for party in contract.party}
    for table in ("instrument", "cost", "waterfall", "termination"):
        for i, one in enumerate(getattr(contract, table)):
            if one.id in seen:
                said = f"'{one.id}' is the name of a {seen[one.id]} already."
                yield (table, i, "id"), (said, "Change one.")
            seen.setdefault(one.id, table)


def _known(loc: Loc, name: str | None, known: Sequence[str], kind: str) -> Iterator[Fault]:
    if name is not None and name not in known:
        listed = f"Known: {', '.join(known)}." if known else f"The agreement names no {kind}."
        yield loc, (f"no {kind} '{name}'.{did_you_mean(name, known)}", listed)


def _parties(contract: "Contract") -> list[str]:
    return [party.id for party in contract.party]


def _ids(contract: "Contract") -> list[str]:
    return [one.id for one in contract.instrument]


def _instruments(contract: "Contract") -> Iterator[Fault]:
    parties = _parties(contract)
    costs = {cost.to for cost in contract.cost if cost.paid == "start"}
    for i, one in enumerate(contract.instrument):
        at: Loc = ("instrument", i)
        yield from _known((*at, "party"), one.party, parties, "party")
        if isinstance(one, Guarantee):
            yield from _covers(contract, at, one)
        if isinstance(one, ProtectedNote):
            yield from _known((*at, "protector"), one.protector, parties, "party")
        if isinstance(one, DeferredFee) and one.party in parties and one.party not in costs:
            said = f"'{one.party}' is paid no cost on a first day, so it has no fee to defer."
            yield (*at, "party"), (said, 'Add a [[cost]] to it, paid at the "start".')
        if isinstance(one, Guarantee | DeferredFee) and one.drawn == "at_start":
            yield (*at, "drawn"), (f"a {one.kind} gives no cash at the start.", "Leave it out.")


def _covers(contract: "Contract", at: Loc, one: Guarantee) -> Iterator[Fault]:
    kinds = {other.id: other.kind for other in contract.instrument}
    for name in one.covers:
        yield from _known((*at, "covers"), name, _ids(contract), "instrument")
        if kinds.get(name) in {*OWES_NOTHING, "revenue_participation"}:
            yield (*at, "covers"), (f"'{name}' is owed no capital: {kinds[name]}.", "Drop it.")


def _costs(contract: "Contract") -> Iterator[Fault]:
    for i, cost in enumerate(contract.cost):
        at: Loc = ("cost", i)
        yield from _known((*at, "to"), cost.to, _parties(contract), "party")
        if bool(cost.on) == (cost.every is not None):
            yield (
                at,
                ("falls due on no days, or is said twice.", "Write 'on' or 'every', one of them."),
            )
        for field in ("first_day", "last_day"):
            if cost.on and getattr(cost, field) is not None:
                yield (*at, field), ("belongs to a cost with 'every'.", "Leave it out.")
        early = [day for day in cost.on if day < contract.first_day]
        if early:
            said = f"{early[0]} is before the agreement's first day, {contract.first_day}."
            yield (*at, "on"), (said, "Mend one.")
        yield from _days((*at, "last_day"), cost.first_day or contract.first_day, cost.last_day)
        paid = {name for step in contract.waterfall if step.action == "costs" for name in step.of}
        every = any(step.action == "costs" and not step.of for step in contract.waterfall)
        if cost.paid == "end" and not every and cost.id not in paid:
            yield (*at, "paid"), ("no step of the waterfall pays it.", 'Add action = "costs".')


def _days(loc: Loc, first: date, last: date | None) -> Iterator[Fault]:
    if last is not None and last < first:
        yield loc, (f"{last} is before the first day, {first}.", "Mend one.")


def _step(contract: "Contract", i: int, step: Step) -> Iterator[Fault]:
    at: Loc = ("waterfall", i)
    ids, costs = _ids(contract), [cost.id for cost in contract.cost]
    if step.action in ON_INSTRUMENTS:
        yield from _of_instruments(contract, at, step)
    elif step.action in ON_COSTS:
        for name in step.of:
            yield from _known((*at, "of"), name, costs, "cost")
    elif step.of:
        yield (*at, "of"), (f"'{step.action}' is of nothing.", "Leave it out.")
    yield from _receivers(contract, at, step)
    if step.action == "reserve" and contract.reserve is None:
        yield (*at, "action"), ("fills a reserve that is not there.", "Add [reserve].")
    for name in step.condition.repaid:
        yield from _known((*at, "condition", "repaid"), name, ids, "instrument")


def _of_instruments(contract: "Contract", at: Loc, step: Step) -> Iterator[Fault]:
    kinds = {one.id: one.kind for one in contract.instrument}
    owed_none = {*OWES_NOTHING}
    if step.action == "principal":
        owed_none.add("revenue_participation")
    if not step.of:
        yield (*at, "of"), (f"is missing: '{step.action}' of what?", "Name instruments.")
    for name in step.of:
        yield from _known((*at, "of"), name, list(kinds), "instrument")
        if kinds.get(name) in owed_none:
            yield (*at, "of"), (f"'{name}' is owed no {step.action}: {kinds[name]}.", "Drop it.")


def _receivers(contract: "Contract", at: Loc, step: Step) -> Iterator[Fault]:
    """Yield what is wrong with whom a bonus or a split is for."""
    parties = _parties(contract)
    if (step.action == "bonus") != (step.to is not None):
        yield (*at, "to"), ("belongs to a bonus, and a bonus needs it.", "Name the party.")
    yield from _known((*at, "to"), step.to, parties, "party")
    if (step.action == "split") != bool(step.part):
        yield (*at, "part"), ("belong to a split, and it needs them.", "Name who gets what share.")
    owed = [one.id for one in contract.instrument if one.kind not in OWES_NOTHING]
    for j, part in enumerate(step.part):
        yield from _known((*at, "part", j, "to"), part.to, [*owed, *parties], "instrument or party")
    whole = sum((part.share for part in step.part), Fraction(0))
    if whole > 1:
        yield (*at, "part"), (f"shares add to {write_exact(whole)}, above 1.", "Mend the shares.")


def _ranks(contract: "Contract") -> Iterator[Fault]:
    """Yield loans whose capital is repaid before that of a loan that goes before them."""
    kinds = {one.id: one.kind for one in contract.instrument}
    seen: list[str] = []
    for i, step in enumerate(contract.waterfall):
        if step.action != "principal":
            continue
        for name in step.of:
            rank = RANKS.get(kinds.get(name, ""), 99)
            later = next((o for o in seen if rank < RANKS.get(kinds[o], -1)), None)
            if later is not None:
                said = f"'{name}' ({kinds[name]}) is repaid after '{later}' ({kinds[later]})."
                yield ("waterfall", i, "of"), (said, "Change the order, or the kinds.")
        seen += [name for name in step.of if name in kinds]


def _repaid(contract: "Contract") -> Iterator[Fault]:
    """Yield instruments that no step ever pays."""
    named = {name for step in contract.waterfall for name in step.of}
    named |= {part.to for step in contract.waterfall for part in step.part}
    for i, one in enumerate(contract.instrument):
        if contract.waterfall and one.kind not in OWES_NOTHING and one.id not in named:
            yield ("instrument", i, "id"), (f"no step ever pays '{one.id}'.", "Name it in one.")
        if isinstance(one, RevenueParticipation) and not any(
            one.id in step.of for step in contract.waterfall if step.action == "interest"
        ):
            said = f"no interest step pays '{one.id}' its share of receipts."
            yield ("instrument", i, "share"), (said, 'Add action = "interest".')


def _beside(contract: "Contract") -> Iterator[Fault]:
    """Yield what is wrong with the calendar, the reserve and the cap."""
    yield from _known(
        ("money", "left_over_to"), contract.money.left_over_to, _parties(contract), "party"
    )
    yield from _days(("money", "last_day"), contract.first_day, contract.money.last_day)
    payable = [
        step.id for step in contract.waterfall if step.action in {*ON_COSTS, *ON_INSTRUMENTS}
    ]
    payable += [cost.id for cost in contract.cost if cost.paid == "start"]
    if contract.reserve is not None:
        for name in contract.reserve.pays:
            yield from _known(("reserve", "pays"), name, payable, "step or cost")
    if contract.return_cap is not None:
        cap = contract.return_cap
        owed = [one.id for one in contract.instrument if one.kind not in OWES_NOTHING]
        for name in cap.of:
            yield from _known(("return_cap", "of"), name, owed, "instrument")
        if cap.yearly is None and cap.most_times is None:
            yield ("return_cap",), ("limits nothing.", "Add 'yearly' or 'most_times'.")


def _termination(contract: "Contract", i: int, said: Termination) -> Iterator[Fault]:
    at: Loc = ("termination", i)
    parties, owed = _parties(contract), [o.id for o in contract.instrument if _owes(o)]
    yield from _known((*at, "by"), said.by, parties, "party")
    yield from _known((*at, "payer"), said.payer, parties, "party")
    for name in said.of:
        yield from _known((*at, "of"), name, owed, "instrument")
    closes = contract.settlement.closes or contract.last_day
    if not contract.first_day <= said.on <= closes:
        what = f"{said.on} is outside the agreement, {contract.first_day} to {closes}."
        yield (*at, "on"), (what, "Choose a day within it.")
    given = bool(said.of), said.payer is not None
    if any(given) and not (all(given) and said.capital_back):
        what = "'of' and 'payer' stand together, with 'capital_back'."
        yield at, (what, "Say of whose capital what part is given back, and by whom.")
    days = [step.first_day for step in said.capital_back]
    if any(a >= b for a, b in pairwise(days)):
        yield (*at, "capital_back"), ("is not in rising order.", "Put the days in order.")


def _owes(one: Instrument) -> bool:
    return getattr(one, "kind", "") not in {*OWES_NOTHING, "revenue_participation"}
