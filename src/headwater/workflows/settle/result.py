"""What `settle` answers: the statement."""

from dataclasses import dataclass

from headwater.contracts.agreement import Impact
from headwater.core.cash import Cash
from headwater.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Due:
    """An amount and what it is for."""

    what: str
    amount: Cash


@dataclass(frozen=True, slots=True)
class TermDue:
    """What one term adds, or takes away, over all periods settled by one wording of it.

    Parameters
    ----------
    since
        The day of the variation that gave it this wording; "" for the agreement's own.
    units
        What it takes from a quantity rather than from an amount, in words: "−5 days".
    unknown
        Why it could not be worked: a number that nobody published. Then there is no amount.
    """

    term: str
    kind: str
    clause: str
    words: str
    since: str
    amount: Cash | None
    units: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class PeriodDue:
    """What is due for a period, in all and by payer."""

    period: str
    payable_on: str
    amount: Cash
    payers: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Tested:
    """A condition, what was measured, and whether it was met."""

    period: str
    term: str
    clause: str
    cell: str
    measure: str
    measured: str
    wanted: str
    met: bool


@dataclass(frozen=True, slots=True)
class ClaimState:
    """How many claims there are of which nothing is due, or something, and why."""

    state: str
    claims: str


@dataclass(frozen=True, slots=True)
class Ledgered:
    """What the ledger held before, what was posted now, and what it holds."""

    file: str
    before: Cash
    posted: Cash
    postings: str
    head: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of what is due.

    Parameters
    ----------
    agreement_hash, claims_hash
        SHA-256 of the two files.
    until, until_because
        The day up to which periods are settled, and why that.
    beyond
        Which claims that count are of later periods, in words; "" where there are none.
    stays
        By term, what was paid before, would be less by now, and stays paid: what is due later is
        set against it.
    impact
        What evaluations estimated: it changes nothing that is due.
    not_settled
        What the statement leaves out: faulty rows, if the user said so.
    """

    agreement: str
    name: str
    agreement_hash: str
    currency: str
    claims_file: str
    claims_hash: str
    until: str
    until_because: str
    beyond: str
    due: Cash
    payers: tuple[Due, ...]
    payee: str
    periods: tuple[PeriodDue, ...]
    terms: tuple[TermDue, ...]
    stays: tuple[Due, ...]
    tests: tuple[Tested, ...]
    claims: tuple[ClaimState, ...]
    findings: tuple[Finding, ...]
    impact: tuple[Impact, ...]
    safety: tuple[ClaimState, ...]
    not_settled: str
    ledger: Ledgered | None = None


@dataclass(frozen=True, slots=True)
class StatedLine:
    """One amount: what, for whom, by which term and clause, how worked out, on what evidence.

    Parameters
    ----------
    whose
        What `cell` is: a claim, a key (who), a cohort, a group, or the whole agreement (all).
    """

    period: str
    term: str
    clause: str
    whose: str
    cell: str
    amount: Cash
    because: str
    evidence: str
    payers: tuple[Due, ...]
    payee: str


@dataclass(frozen=True, slots=True)
class WholeStatement:
    """A statement with every line; they add to what is due."""

    statement: Statement
    lines: tuple[StatedLine, ...]
