"""Every line: what, for whom, by which term and clause, on what evidence, how, and who pays."""

from itertools import islice

from headwater.contracts.post import Line
from headwater.contracts.settle import Settled
from headwater.core.cash import Cash
from headwater.reporting.account import Account, Cell, Parts
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle_report.agreement_tables import Clauses

SHOWN = 200
"""Lines that a page shows; the workbook and the JSON hold them all."""


def lines_shown(worked: Worked, clauses: Clauses) -> Account:
    """Return the first lines, as a page shows them."""
    currency, keys = worked.settled.contract.currency, _keys(worked)
    lines, no_claims = islice(worked.lines(), SHOWN), _without_claims(worked)
    rows: list[tuple[Cell, ...]] = [
        (
            f"{i:,}",
            str(worked.settled.periods[line.period]),
            clauses.link(line.term, line.version),
            line.clause,
            _whose(line, keys),
            _evidence(line, no_claims),
            line.because,
            Cash(line.pence, currency),
            Parts(tuple((payer, Cash(pence, currency)) for payer, pence in line.parts)),
        )
        for i, line in enumerate(lines, start=1)
    ]
    names = (
        "line",
        "period",
        "term",
        "clause",
        "for",
        "evidence",
        "how it was worked out",
        "amount",
        "who pays",
    )
    return Account("lines", "Lines", names, rows, in_all=line_count(worked))


def every_line(worked: Worked) -> Account:
    """Return every line, with each payer's part in a column of its own."""
    settled, keys = worked.settled, _keys(worked)
    currency, several = settled.contract.currency, len(settled.versions) > 1
    payers = tuple(dict.fromkeys(name for block in worked.blocks for name in block.flow.payers))
    rows: list[tuple[Cell, ...]] = []
    for i, line in enumerate(worked.lines(), start=1):
        parts = dict(line.parts)
        rows.append(
            (
                str(i),
                str(settled.periods[line.period]),
                line.term,
                line.clause,
                line.grain,
                line.cell,
                keys.get(line.cell, "") if line.grain == "claim" else "",
                line.evidence,
                line.because,
                Cash(line.pence, currency),
                line.payee,
                *(Cash(parts.get(payer, 0), currency) for payer in payers),
                *((_since(settled, line.version),) if several else ()),
            )
        )
    names = (
        "line",
        "period",
        "term",
        "clause",
        "of what",
        "which",
        "whose claim",
        "evidence",
        "how it was worked out",
        "amount",
        "payee",
        *(f"{payer} pays" for payer in payers),
        *(("terms in force from",) if several else ()),
    )
    note = "The lines add to what is due. A line by cohort, group or all rests on those above it."
    return Account("every-line", "Every line", names, rows, note=note)


def line_count(worked: Worked) -> int:
    """Return how many lines there are."""
    return sum(len(block.cells) for block in worked.blocks)


def _keys(worked: Worked) -> dict[str, str]:
    """Return whose each claim is, by the claim's name."""
    claims = worked.accepted.claims
    return {
        str(name): claims.who.words[code]
        for name, code in zip(claims.claim.tolist(), claims.who.codes.tolist(), strict=True)
    }


def _since(settled: Settled, version: int) -> str:
    return str(settled.versions[version].first_day) if version else "the start"


def _whose(line: Line, keys: dict[str, str]) -> str:
    if line.grain == "claim":
        return f"claim {line.cell}, of {keys.get(line.cell, 'nobody')}"
    if line.grain == "all":
        return "the whole agreement"
    return line.cell if line.grain == "who" else f"{line.grain} {line.cell or 'none'}"


def _without_claims(worked: Worked) -> set[tuple[int, str]]:
    """Return the terms whose payments rest on no claim: they fall due on their day."""
    return {
        (version.index, term.id)
        for version in worked.settled.versions
        for term in version.contract.term
        if term.kind == "block_payment"
    }


def _evidence(line: Line, without: set[tuple[int, str]]) -> str:
    if (line.version, line.term) in without:
        return "needs none: due on its day"
    if line.grain == "claim":
        return line.evidence or "none named"
    return "the claims behind it"
