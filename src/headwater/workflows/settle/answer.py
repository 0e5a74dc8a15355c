"""From an agreement and its claims to a statement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from headwater.contracts.accept import accept
from headwater.contracts.accepted import STATES, STOPPED, Accepted
from headwater.contracts.column import Shape
from headwater.contracts.flows import by_payer
from headwater.contracts.ledger_file import (
    Held,
    add,
    all_or_nothing,
    check_chain,
    check_kept,
    head,
    held,
    open_ledger,
)
from headwater.contracts.memory import Condition
from headwater.contracts.post import (
    Block,
    Line,
    ends_by,
    line_blocks,
    postings,
    stated_lines,
)
from headwater.contracts.settle import Settled, known_terms, settle
from headwater.contracts.versions import wordings
from headwater.core.cash import Cash
from headwater.core.errors import InputError, Problem
from headwater.core.exact import decimal
from headwater.core.finding import Finding
from headwater.core.units import units_said
from headwater.readers.claims import ClaimsFile, read_claims
from headwater.readers.cohort import CohortList, read_cohort
from headwater.workflows.agreements import Agreement
from headwater.workflows.settle.result import (
    ClaimState,
    Due,
    Ledgered,
    PeriodDue,
    StatedLine,
    Statement,
    TermDue,
    Tested,
    WholeStatement,
)
from headwater.workflows.settle.up_to import beyond, settled_up_to

MOST_SHOWN = 20
"""Faulty rows that an error names."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A settlement with everything it was worked from."""

    agreement: Agreement
    file: ClaimsFile
    accepted: Accepted
    settled: Settled
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    until: date
    until_because: str
    latest: date
    cohort: CohortList | None

    def lines(self) -> Iterator[Line]:
        """Yield every line in words."""
        return stated_lines(self.settled, self.accepted, self.blocks)


def work_out(
    agreement: Agreement,
    claims: Path,
    *,
    until: date | None = None,
    leave_out: bool = False,
    cohort: Path | None = None,
    today: date | None = None,
) -> Worked:
    """Settle an agreement on a file of claims.

    Parameters
    ----------
    until
        Only periods that end by this day; None: those that are over by what the claims say.
    leave_out
        Settle without the rows that cannot be used, instead of refusing.
    cohort
        The agreement's list of keys.
    today
        The day of settling, by the calendar if none is named: no claim can name a later one, or
        one after `until`, if that is later.

    Raises
    ------
    InputError
        If a row cannot be used and is not left out, naming each; or if nothing says whether a
        period with claims is over.
    """
    file = read_claims(claims)
    _one_currency(agreement, file)
    listed = None if cohort is None else read_cohort(cohort)
    people = None if listed is None else listed.people
    today = today or datetime.now().astimezone().date()
    latest = max(today, until or today)
    accepted = accept(agreement.contract, file.claims, file=file.name, people=people, latest=latest)
    both = (*file.findings, *accepted.findings)
    findings = tuple(sorted(both, key=lambda finding: (int(finding.row or 0), finding.rule)))
    stops = [finding for finding in findings if finding.stops]
    if stops and not leave_out:
        raise InputError(_refused(stops))
    day, because = settled_up_to(agreement.contract, accepted, file.name, until)
    try:
        settled = settle(agreement.contract, accepted.outcomes, until=day, with_lines=True)
    except OverflowError as error:
        what = f"comes to more than can be held to the penny ({error})."
        raise InputError(Problem(agreement.name, what, "Mend the units, or the price.")) from error
    blocks = tuple(line_blocks(settled))
    return Worked(
        agreement, file, accepted, settled, blocks, findings, day, because, latest, listed
    )


def _one_currency(agreement: Agreement, file: ClaimsFile) -> None:
    others = [word for word in file.currencies if word != agreement.contract.currency]
    if others:
        what = (
            f"has rows in {', '.join(others)}; the agreement is in {agreement.contract.currency}."
        )
        raise InputError(
            Problem(f"{file.name}, currency", what, "An agreement is settled in one currency.")
        )


def _refused(stops: list[Finding]) -> list[Problem]:
    """Return the rows that stop a settlement, and what to do."""
    listed = [Problem(f.place, f.what, f.remedy) for f in stops[:MOST_SHOWN]]
    more = f"and {len(stops) - MOST_SHOWN:,} more. " if len(stops) > MOST_SHOWN else ""
    return [
        *listed,
        Problem(
            "nothing is settled",
            f"{more}{len(stops):,} {'fault stops' if len(stops) == 1 else 'faults stop'} it.",
            "Mend them, or settle without those rows with --leave-out-faulty.",
        ),
    ]


def statement(worked: Worked) -> Statement:
    """Return the statement of a settlement."""
    contract, settled = worked.agreement.contract, worked.settled
    total = int(settled.total[0].sum())
    until = settled.periods[-1].last_day
    return Statement(
        agreement=contract.id,
        name=contract.name,
        agreement_hash=worked.agreement.hash,
        currency=contract.currency,
        claims_file=worked.file.name,
        claims_hash=worked.file.hash,
        until=str(until),
        until_because=worked.until_because,
        beyond=beyond(worked.accepted, until),
        due=Cash(total, contract.currency),
        payers=tuple(
            Due(payer, Cash(int(pence[0].sum()), contract.currency))
            for payer, pence in by_payer(settled).items()
        ),
        payee=contract.payee,
        periods=tuple(_periods(settled)),
        terms=tuple(_terms(worked)),
        stays=tuple(
            Due(term, Cash(int(pence[0]), contract.currency))
            for term, pence in settled.stays.items()
        ),
        tests=tuple(test for condition in settled.conditions for test in _tests(worked, condition)),
        claims=tuple(_states(worked)),
        findings=worked.findings,
        impact=contract.impact,
        safety=tuple(_safety(worked)),
        not_settled=_left_out(worked),
    )


def _periods(settled: Settled) -> Iterator[PeriodDue]:
    currency, rule = settled.contract.currency, settled.contract.settlement
    shares = by_payer(settled)
    for i, period in enumerate(settled.periods):
        yield PeriodDue(
            str(period),
            str(period.last_day + timedelta(days=rule.payable_days)),
            Cash(int(settled.total[0, i]), currency),
            tuple(Due(payer, Cash(int(p[0, i]), currency)) for payer, p in shares.items()),
        )


def _terms(worked: Worked) -> Iterator[TermDue]:
    """Yield what each term adds; a term that a variation changes stands once for each wording."""
    settled, currency = worked.settled, worked.agreement.contract.currency
    known = [known_terms(version.contract, settled.unknown) for version in settled.versions]
    pence: dict[tuple[int, str], int] = {}
    for block in worked.blocks:
        place = block.lines.version, block.lines.term
        pence[place] = pence.get(place, 0) + int(block.pence.sum())
    for term, wording in wordings(settled.versions):
        why = settled.unknown.get(term.id, "")
        if term.kind == "measure" and not why:
            continue
        if not why and not any(term.id in part for part in known):
            why = "what takes it up is not known"
        total = sum(pence.get((index, term.id), 0) for index in wording)
        amount = None if why else Cash(total, currency)
        since = str(settled.versions[wording[0]].first_day) if wording[0] else ""
        units = "" if why else _units_away(settled, term.id, wording)
        yield TermDue(term.id, term.kind, term.clause, term.words, since, amount, units, why)


def _units_away(settled: Settled, term: str, wording: tuple[int, ...]) -> str:
    """Return how many units a deadweight of units takes away, in words; "" for other terms."""
    mine = [one for one in settled.measured if one.term == term and one.version in wording]
    mine = [one for one in mine if one.column.basis]
    if not mine:
        return ""
    shape = mine[0].column.shape
    away = [int((m.column.basis[0].values - m.column.values).sum()) for m in mine]
    total = away[-1] if shape.to_date else sum(away)
    return f"−{units_said(decimal(total, shape.places), shape.unit)}"


def _tests(worked: Worked, condition: Condition) -> Iterator[Tested]:
    """Yield a condition's cells, in the one draw of a real settlement."""
    settled, column = worked.settled, condition.measured
    grain, outcomes = column.shape.grain, settled.outcomes
    words = {
        "who": outcomes.whos,
        "cohort": outcomes.cohorts,
        "group": outcomes.groups,
        "all": ("all",),
    }
    terms = settled.versions[condition.version].contract.term
    clauses = {term.id: term.clause for term in terms}
    for i, code in enumerate(condition.codes.tolist()):
        cell = words[grain][code] if grain in words else str(code)
        if grain in {"cohort", "group"} and not cell:
            continue
        yield Tested(
            period=str(settled.periods[condition.period]),
            term=condition.term,
            clause=clauses[condition.term],
            cell=cell,
            measure=condition.test.measure,
            measured=_quantity(int(column.values[0, i]), column.shape),
            wanted=condition.test.wanted,
            met=bool(condition.met[0, i]),
        )


def _quantity(value: int, shape: Shape) -> str:
    return units_said(decimal(value, shape.places), shape.unit)


def _states(worked: Worked) -> Iterator[ClaimState]:
    unread = worked.file.rows - len(worked.file.claims)
    counts = np.bincount(worked.accepted.state, minlength=len(STATES))
    counts[STOPPED] += unread
    for state, count in zip(STATES, counts.tolist(), strict=True):
        if count:
            yield ClaimState(state, f"{count:,}")


def _safety(worked: Worked) -> Iterator[ClaimState]:
    """Yield what must not get worse: counted, never paid for."""
    settled = worked.settled
    for i, metric in enumerate(worked.agreement.contract.metric):
        if metric.safety:
            units = int(settled.outcomes.units[0, settled.outcomes.metric == i].sum())
            yield ClaimState(metric.name, units_said(decimal(units, metric.places), metric.unit))


def _left_out(worked: Worked) -> str:
    rows = {finding.row for finding in worked.findings if finding.stops and finding.row}
    if rows:
        return f"{len(rows):,} rows that cannot be used are left out"
    closed = any(cohort.closed_list for cohort in worked.agreement.contract.cohort)
    if closed and worked.cohort is None:
        return "the cohort is a closed list; no list was given, and no claim was held against it"
    return ""


def whole(worked: Worked, said: Statement) -> WholeStatement:
    """Return the statement with every line."""
    currency = said.currency
    return WholeStatement(
        said,
        tuple(
            StatedLine(
                period=str(worked.settled.periods[line.period]),
                term=line.term,
                clause=line.clause,
                whose=line.grain,
                cell=line.cell,
                amount=Cash(line.pence, currency),
                because=line.because,
                evidence=line.evidence,
                payers=tuple(Due(payer, Cash(pence, currency)) for payer, pence in line.parts),
                payee=line.payee,
            )
            for line in worked.lines()
        ),
    )


def post(worked: Worked, ledger: Path, *, on: date) -> Ledgered:
    """Post what is due to a ledger: only what it does not hold already.

    Raises
    ------
    InputError
        If the file is no ledger of this agreement, or its chain is broken.
    """
    contract = worked.agreement.contract
    with (
        open_ledger(ledger, agreement=contract.id, currency=contract.currency) as book,
        all_or_nothing(book),
    ):
        check_chain(book, ledger.name)
        check_kept(book, ledger.name)
        before = held(book)
        count = add(book, postings(worked.lines(), _looked_at(before, worked.until), on))
        _, chain = head(book)
        then, now = sum(before.values()), sum(held(book).values())
    return Ledgered(
        file=ledger.name,
        before=Cash(then, contract.currency),
        posted=Cash(now - then, contract.currency),
        postings=f"{count:,}",
        head=chain,
    )


def _looked_at(held: Held, until: date) -> Held:
    """Return what a ledger holds for the periods that are settled; the others stay as they are."""
    return {key: pence for key, pence in held.items() if ends_by(key[0], until)}


def settle_claims(  # noqa: PLR0913 - what a settlement rests on, by name
    agreement: Agreement,
    claims: Path,
    *,
    until: date | None = None,
    leave_out: bool = False,
    cohort: Path | None = None,
    ledger: Path | None = None,
    on: date | None = None,
    today: date | None = None,
) -> tuple[Worked, Statement]:
    """Settle, post where a ledger is named, and state what is due."""
    worked = work_out(
        agreement, claims, until=until, leave_out=leave_out, cohort=cohort, today=today
    )
    said = statement(worked)
    if ledger is not None:
        said = replace(said, ledger=post(worked, ledger, on=on or date.fromisoformat(said.until)))
    return worked, said
