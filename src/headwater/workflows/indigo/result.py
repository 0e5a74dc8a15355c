"""What an exchange says when price × result stands beside payment.

The names of these fields are the keys of the JSON document.
"""

from dataclasses import dataclass
from typing import Literal

from headwater.core.figure import Figure
from headwater.core.finding import Finding

Verdict = Literal[
    "agrees",
    "differs",
    "price missing",
    "result missing",
    "payment missing",
    "different currency",
    "different period",
    "units differ",
    "ambiguous",
]
"""How price × result and payment stand to each other, or why they cannot be compared."""
COMPARED: tuple[Verdict, ...] = ("agrees", "differs")
VERDICTS: tuple[Verdict, ...] = (
    "agrees",
    "differs",
    "price missing",
    "result missing",
    "payment missing",
    "different currency",
    "different period",
    "units differ",
    "ambiguous",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One result of one outcome metric, or payments that no result stands beside.

    Parameters
    ----------
    metric
        Id of the outcome metric; empty where a payment names none.
    period
        The time the result is of; where there is none, the time the payments are of.
    price, result, due, paid, difference
        Price of one unit; units achieved; price × result; what was paid; paid less due.
    verdict
        How they stand to each other, or why they cannot be compared.
    why
        The verdict in a sentence, with what a reader should know.
    flags
        Which of the three is disputed or not public.
    where
        The rows they were read from.
    """

    project: str
    metric: str
    definition: str
    period: str
    price: Figure
    result: Figure
    due: Figure
    paid: Figure
    difference: Figure
    verdict: Verdict
    why: str
    flags: tuple[str, ...]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What was planned and what was paid, in one currency of one project.

    Parameters
    ----------
    plan
        Id of the payment plan; empty for payments that name none.
    planned, actual
        Sums of the payments that say they are planned, and made.
    unsaid
        Sum of those that say neither.
    """

    project: str
    plan: str
    period: str
    planned: Figure
    actual: Figure
    unsaid: Figure


@dataclass(frozen=True, slots=True)
class PartyLine:
    """An organisation and its part in a project."""

    organisation: str
    part: str
    category: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project: what was read of it, and how its comparisons came out.

    Parameters
    ----------
    status
        PUBLIC, PRIVATE or DISPUTED as the project says; empty if it does not.
    rows
        Rows read, by table.
    verdicts
        Comparisons, by verdict.
    """

    id: str
    name: str
    status: str
    rows: dict[str, Figure]
    verdicts: dict[str, Figure]
    parties: tuple[PartyLine, ...]


@dataclass(frozen=True, slots=True)
class IndigoResult:
    """An exchange as it was read, and price × result beside payment.

    Parameters
    ----------
    path
        What was read.
    files
        Files that held rows.
    tables
        Rows read, by table.
    unplaced
        Rows that name no project; kept, and compared with nothing.
    verdicts
        Comparisons, by verdict.
    plans
        What was planned beside what was paid.
    findings
        What is amiss in the data, row by row.
    """

    path: str
    files: tuple[str, ...]
    tables: dict[str, Figure]
    unplaced: Figure
    projects: tuple[ProjectLine, ...]
    verdicts: dict[str, Figure]
    comparisons: tuple[Comparison, ...]
    plans: tuple[PlanLine, ...]
    findings: tuple[Finding, ...]
