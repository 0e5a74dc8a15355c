"""Read an exchange and say what it holds: projects, comparisons, plans, findings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from headwater.catalogue.indigo import standard
from headwater.core.figure import Figure
from headwater.core.indigo import (
    Exchange,
    OutcomePayment,
    Party,
    PaymentPlan,
    Project,
    Record,
    period_of,
)
from headwater.readers.indigo import Reading, read
from headwater.readers.indigo.check import check
from headwater.workflows.indigo.agreement import exchange_of
from headwater.workflows.indigo.compare import ACTUAL, PLANNED, compare
from headwater.workflows.indigo.figures import count, money, unknown
from headwater.workflows.indigo.result import (
    VERDICTS,
    Comparison,
    IndigoResult,
    PartyLine,
    PlanLine,
    ProjectLine,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an exchange says, and the exchange itself for writing it again."""

    result: IndigoResult
    exchange: Exchange


def answer(path: Path) -> Answer:
    """Read what is at a path and compare it, project by project.

    Raises
    ------
    InputError
        If there is nothing at the path that could be read at all.
    """
    reading = read(path)
    return Answer(_result(path, reading), reading.exchange)


def answer_of(
    agreement: str, *, certificate: Path | None = None, project: str | None = None
) -> Answer:
    """Return an agreement, and its settlement if a certificate is named, as an exchange.

    Raises
    ------
    InputError
        If a file cannot be read, or the certificate differs when it is worked out again.
    """
    made = exchange_of(agreement, certificate=certificate, project=project or "")
    reading = Reading(made.exchange, tuple(check(made.exchange)), made.files)
    return Answer(_result(Path(agreement), reading), made.exchange)


def _result(path: Path, reading: Reading) -> IndigoResult:
    exchange = reading.exchange
    lines = {i: compare(project) for i, project in enumerate(exchange.projects)}
    every = tuple(line for held in lines.values() for line in held)
    return IndigoResult(
        path=str(path),
        files=reading.files,
        tables=_rows(exchange.records),
        unplaced=count(len(exchange.unplaced), "rows"),
        projects=tuple(_project(p, lines[i]) for i, p in enumerate(exchange.projects)),
        verdicts=_verdicts(every),
        comparisons=every,
        plans=tuple(line for project in exchange.projects for line in _plans(project)),
        findings=reading.findings,
    )


def _rows(records: Iterable[Record]) -> dict[str, Figure]:
    counted = Counter(record.table for record in records)
    return {name: count(counted[name], "rows") for name in sorted(counted, key=standard().order)}


def _verdicts(lines: Iterable[Comparison]) -> dict[str, Figure]:
    counted = Counter(line.verdict for line in lines)
    return {name: count(counted[name], "lines") for name in VERDICTS if counted[name]}


def _project(project: Project, lines: tuple[Comparison, ...]) -> ProjectLine:
    parties = [
        PartyLine(each.organisation.text, each.part, each.category.text)
        for each in project.of(Party)
    ]
    return ProjectLine(
        id=project.id,
        name=project.name,
        status=project.status,
        rows=_rows(project.rows),
        verdicts=_verdicts(lines),
        parties=tuple(dict.fromkeys(parties)),
    )


def _plans(project: Project) -> Iterator[PlanLine]:
    """Yield planned and made payments side by side, for each plan in each currency."""
    payments = project.of(OutcomePayment)
    times = {plan.id.text: str(period_of(plan)) for plan in project.of(PaymentPlan)}
    groups = dict.fromkeys((each.plan.text, each.currency.text) for each in payments)
    for plan, currency in groups:
        held = [p for p in payments if (p.plan.text, p.currency.text) == (plan, currency)]
        yield PlanLine(
            project=project.id,
            plan=plan,
            period=times.get(plan, "not stated"),
            planned=_total(held, PLANNED, currency),
            actual=_total(held, ACTUAL, currency),
            unsaid=_total(held, "", currency),
        )


def _total(payments: Iterable[OutcomePayment], kind: str, currency: str) -> Figure:
    """Return the exact sum of payments of one kind; not known where one states no amount."""
    kinds = {kind} if kind else {p.type.text.casefold() for p in payments} - {PLANNED, ACTUAL}
    held = [payment for payment in payments if payment.type.text.casefold() in kinds]
    if not held:
        return unknown(currency or "money", "no such payment is stated")
    known = [each.amount.number for each in held if each.amount.number is not None]
    if len(known) < len(held):
        return unknown(currency or "money", f"{len(held) - len(known)} payments state no amount")
    return money(sum(known, Decimal(0)), currency, note="" if currency else "no currency is stated")
