"""From what is due to postings: what each line adds to the ledger, given what it holds already."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from headwater.contracts.accepted import Accepted
from headwater.contracts.flows import Flow, flows, split
from headwater.contracts.line_words import because
from headwater.contracts.settle import Lines, Settled, known_terms
from headwater.core.arrays import IntArray
from headwater.core.ledger import Posting

Due = dict[tuple[str, str, str], int]
"""Pence by key, payer and payee."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement.

    Parameters
    ----------
    cell
        For which claim, key, cohort or group; "all" for the whole agreement.
    because
        How it was worked out, in words.
    parts
        Pence by payer.
    """

    period: int
    version: int
    term: str
    clause: str
    grain: str
    cell: str
    pence: int
    because: str
    evidence: str
    parts: tuple[tuple[str, int], ...]
    payee: str
    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one term in one period that are not nothing.

    Parameters
    ----------
    cells
        Their places among the term's cells; array (line,).
    pence, parts
        Of each line, and each payer's part of it; arrays (line,) and (payer, line).
    """

    lines: Lines
    flow: Flow
    cells: IntArray
    pence: IntArray
    parts: IntArray


def line_blocks(settled: Settled) -> Iterator[Block]:
    """Yield every line that is not nothing, by period and term.

    Amounts that a term with an unknown number takes up are no lines: nobody knows what is left.
    """
    splits = _Splits()
    by_version = {v.index: flows(v.contract) for v in settled.versions}
    known = {v.index: known_terms(v.contract, settled.unknown) for v in settled.versions}
    for lines in settled.lines:
        cells = np.flatnonzero(lines.pence[0])
        if not len(cells) or lines.term not in known[lines.version]:
            continue
        flow, pence = by_version[lines.version][lines.term], lines.pence[0, cells]
        yield Block(lines, flow, cells, pence, splits.of(flow, lines.period, pence))


def stated_lines(settled: Settled, accepted: Accepted, blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of blocks in words."""
    terms = {v.index: {t.id: t for t in v.contract.term} for v in settled.versions}
    for block in blocks:
        lines, column = block.lines, block.lines.column
        term = terms[lines.version][lines.term]
        names = cell_names(settled, accepted, lines)
        last = settled.periods[lines.period].last_day
        for place, i in enumerate(block.cells.tolist()):
            cell, evidence = names(i)
            pence = int(block.pence[place])
            yield Line(
                period=lines.period,
                version=lines.version,
                term=lines.term,
                clause=term.clause,
                grain=column.shape.grain,
                cell=cell,
                pence=pence,
                because=because(term, column, i, pence, settled.contract.currency),
                evidence=evidence,
                parts=tuple(zip(block.flow.payers, block.parts[:, place].tolist(), strict=True)),
                payee=block.flow.payee,
                key=f"{last}|{lines.version}|{lines.term}|{column.shape.grain}:{cell}",
            )


class _Splits:
    """The parts of lines that follow each other, by flow."""

    def __init__(self) -> None:
        self.period: dict[Flow, int] = {}
        self.running: dict[Flow, int] = {}
        self.parts: dict[Flow, IntArray] = {}
        self.before: dict[Flow, IntArray] = {}

    def of(self, flow: Flow, period: int, pence: IntArray) -> IntArray:
        """Return each payer's part of each line; array (payer, line)."""
        flow = flow.paying
        if self.period.get(flow) != period:
            nothing = np.zeros(len(flow.payers), dtype=np.int64)
            self.before[flow] = self.before.get(flow, nothing) + self.parts.get(flow, nothing)
            self.period[flow], self.running[flow] = period, 0
        start = self.running[flow]
        running = np.concatenate([[start], start + np.cumsum(pence)])
        whole = split(flow, running, self.before[flow][:, np.newaxis])
        self.running[flow], self.parts[flow] = int(running[-1]), whole[:, -1]
        return np.diff(whole, axis=1)


def cell_names(
    settled: Settled, accepted: Accepted, lines: Lines
) -> Callable[[int], tuple[str, str]]:
    """Return what gives the name of one of the lines' cells, and its evidence."""
    outcomes, claims, grain = settled.outcomes, accepted.claims, lines.column.shape.grain

    def claim(i: int) -> tuple[str, str]:
        at = int(outcomes.source[lines.codes[i]])
        return str(claims.claim[at]), str(claims.evidence[at])

    words = {
        "who": outcomes.whos,
        "cohort": outcomes.cohorts,
        "group": outcomes.groups,
        "all": ("all",),
    }
    if grain == "claim":
        return claim
    return lambda i: (words[grain][int(lines.codes[i])], "")


def postings(
    lines: Iterator[Line], posted: Mapping[tuple[str, str, str], int], on: date
) -> Iterator[Posting]:
    """Yield what must be posted so that a ledger holds what is due.

    A line that the ledger holds already gives nothing; one that has changed is reversed and posted
    anew; one that is no longer due is reversed.

    Parameters
    ----------
    posted
        Pence that the ledger holds, by key, payer and payee.
    """
    left = dict(posted)
    for line in lines:
        for payer, pence in line.parts:
            held = left.pop((line.key, payer, line.payee), 0)
            if held == pence:
                continue
            if held:
                yield _posting(line, payer, -held, on, "reversed: it is worked out anew")
            if pence:
                yield _posting(line, payer, pence, on, line.because)
    for (key, payer, payee), held in left.items():
        if held:
            term = key.split("|")[2]
            yield Posting(on, payer, payee, -held, key, term, "", "reversed: no longer due")


def ends_by(key: str, day: date) -> bool:
    """Return whether the period of a posting's key ends by a day."""
    return date.fromisoformat(key.partition("|")[0]) <= day


def _posting(line: Line, payer: str, pence: int, on: date, why: str) -> Posting:
    return Posting(
        on, payer, line.payee, pence, line.key, line.term, line.clause, why, line.evidence
    )
