"""Who pays whom: each term's payers and payee, and every amount split between them to the penny."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.amounts import in_pence, is_known, stated
from headwater.contracts.settle import Settled, known_terms
from headwater.core.arrays import IntArray
from headwater.core.exact import quotient


@dataclass(frozen=True, slots=True)
class Flow:
    """The payers of a term, each with its share and the most it pays in all, and who is paid."""

    payers: tuple[str, ...]
    shares: tuple[Fraction, ...]
    most: tuple[int | None, ...]
    payee: str

    @property
    def paying(self) -> "Flow":
        """The same payers, whoever is paid: their shares and limits are of it all."""
        return replace(self, payee="")


def flows(contract: Contract) -> Mapping[str, Flow]:
    """Return the flow of every term; one that names nobody has that of what it takes up."""
    usual = _usual(contract)
    found: dict[str, Flow] = {}
    for term in contract.term:
        above = [found[name] for name in term.of if name in found and not _measures(contract, name)]
        flow = above[0] if above else usual
        if term.payer is not None:
            flow = Flow((term.payer,), (Fraction(1),), (None,), flow.payee)
        if term.payee is not None:
            flow = Flow(flow.payers, flow.shares, flow.most, term.payee)
        found[term.id] = flow
    return found


def _measures(contract: Contract, name: str) -> bool:
    return any(term.id == name and term.kind == "measure" for term in contract.term)


def _usual(contract: Contract) -> Flow:
    """Return the agreement's own flow; payers whose shares nobody published pay together."""
    if not all(is_known(payer.share) for payer in contract.payer):
        together = " + ".join(payer.party for payer in contract.payer)
        return Flow((together,), (Fraction(1),), (None,), contract.payee)
    return Flow(
        tuple(payer.party for payer in contract.payer),
        tuple(stated(payer.share) for payer in contract.payer),
        tuple(
            int(in_pence(payer.most)) if is_known(payer.most) else None for payer in contract.payer
        ),
        contract.payee,
    )


def split(flow: Flow, running: IntArray, before: IntArray) -> IntArray:
    """Return each payer's part of a period's running total.

    Each part of the running total is rounded once, so that parts add to it, a payer's part of the
    period is within a penny of its share, and a later change in one period moves no other. What
    passes a payer's limit falls to the first payer without one.

    Parameters
    ----------
    running
        The period's running total in pence; array (…).
    before
        What each payer has paid in earlier periods; array (payer, …).

    Returns
    -------
    Array (payer, …).
    """
    edges, share = [np.zeros_like(running)], Fraction(0)
    for part in flow.shares:
        share += part
        edges.append(quotient(running, share.numerator, share.denominator, "half_up"))
    parts = np.diff(np.stack(edges), axis=0)
    spare = next((i for i, most in enumerate(flow.most) if most is None), 0)
    for i, most in enumerate(flow.most):
        if most is not None:
            over = np.maximum(parts[i] - np.maximum(most - before[i], 0), 0)
            parts[i] -= over
            parts[spare] += over
    return np.asarray(parts)


def by_payer(settled: Settled) -> dict[str, IntArray]:
    """Return what each payer pays, in pence; arrays (draw, period).

    Each pays its part of what a term adds, as its lines in a ledger do.
    """
    by_flow: dict[Flow, IntArray] = {}
    for version in settled.versions:
        each = flows(version.contract)
        known = known_terms(version.contract, settled.unknown)
        for term in version.contract.term:
            added = settled.added.get((version.index, term.id))
            if added is not None and term.id in known:
                flow = each[term.id].paying
                by_flow[flow] = by_flow.get(flow, np.zeros_like(added)) + added
    found: dict[str, IntArray] = {}
    for flow, due in by_flow.items():
        before = np.zeros((len(flow.payers), len(due)), dtype=np.int64)
        for period in range(due.shape[1]):
            parts = split(flow, due[:, period], before)
            before = before + parts
            for payer, part in zip(flow.payers, parts, strict=True):
                found.setdefault(payer, np.zeros_like(due))[:, period] += part
    return found
