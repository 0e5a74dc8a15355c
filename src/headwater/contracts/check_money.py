"""What is wrong on the money side of an agreement: names, order and what each action needs."""

from collections.abc import Iterator

from headwater.contracts.agreement import Contract
from headwater.core.errors import did_you_mean

Fault = tuple[tuple[str | int, ...], tuple[str, str]]


def money_faults(contract: Contract) -> Iterator[Fault]:
    """Yield every fault of an agreement's money side."""
    parties = [party.id for party in contract.party]
    instruments = [one.id for one in contract.instrument]
    for i, name in enumerate(instruments):
        if name in parties or name in instruments[:i]:
            yield ("instrument", i, "id"), (f"'{name}' is a name already.", "Change one.")
    yield from _instruments(contract, parties, instruments)
    for i, cost in enumerate(contract.cost):
        yield from _known(("cost", i, "to"), cost.to, parties, "party")
    yield from _actions(contract, parties, instruments)
    if contract.instrument and not contract.waterfall:
        yield ("instrument",), ("are never paid.", "Add [[waterfall]] actions.")
    if any(action.do == "reserve" for action in contract.waterfall) and not contract.reserve:
        yield ("waterfall",), ("fills a reserve that is not there.", "Add [reserve] with a target.")
    days = [step.first_day for step in contract.early_end]
    if days != sorted(days):
        yield ("early_end",), ("is not in the order of its days.", "Put them in order.")


def _known(loc: tuple[str | int, ...], name: str, known: list[str], kind: str) -> Iterator[Fault]:
    if name not in known:
        near = did_you_mean(name, known)
        yield loc, (f"no {kind} '{name}'.{near}", f"Known: {', '.join(known) or 'none'}.")


def _instruments(contract: Contract, parties: list[str], instruments: list[str]) -> Iterator[Fault]:
    for i, one in enumerate(contract.instrument):
        yield from _known(("instrument", i, "party"), one.party, parties, "party")
        for name in one.covers:
            yield from _known(("instrument", i, "covers"), name, instruments, "instrument")
        if (one.kind == "guarantee") != bool(one.covers):
            yield (
                ("instrument", i, "covers"),
                ("belongs to a guarantee, and a guarantee needs it.", "Name what it covers."),
            )
        if (one.kind == "revenue_participation") != (one.share is not None):
            yield (
                ("instrument", i, "share"),
                ("belongs to a revenue_participation, and it needs one.", "Write it as 0.2."),
            )


def _actions(contract: Contract, parties: list[str], instruments: list[str]) -> Iterator[Fault]:
    for i, action in enumerate(contract.waterfall):
        at = ("waterfall", i)
        needs = {"interest": instruments, "repay": instruments, "pay": [*instruments, *parties]}
        if action.do in needs:
            if action.to is None:
                yield (*at, "to"), (f"is missing: '{action.do}' is for somebody.", "Add it.")
            else:
                kind = "instrument" if action.do != "pay" else "instrument or party"
                yield from _known((*at, "to"), action.to, needs[action.do], kind)
        elif action.to is not None:
            yield (*at, "to"), (f"'{action.do}' is for nobody by name.", "Leave it out.")
        if (action.do == "share_out") != bool(action.shares):
            yield (*at, "shares"), ("belong to share_out, and it needs them.", "Name each share.")
        for name in action.shares:
            yield from _known(
                (*at, "shares"), name, [*instruments, *parties], "instrument or party"
            )
        if action.shares and sum(action.shares.values()) > 1:
            yield (*at, "shares"), ("add to more than 1.", "Mend them.")
