"""The statement as a workbook: every line, every claim, and the totals worked out again."""

from headwater import __version__
from headwater.core.cash import Cash
from headwater.reporting.account import Account, Cell
from headwater.reporting.account_book import Tie, account_book
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle.result import Statement
from headwater.workflows.settle_report import (
    agreement_tables,
    claims_tables,
    due_tables,
    line_tables,
    report,
)
from headwater.workflows.settle_report.agreement_tables import Clauses

READ_ME = (
    "What is payable under the agreement, in cash. It is no estimate of what the help changed.",
    "Every amount is in whole pence; totals are formulas on the sheet 'checks'.",
)


def workbook(worked: Worked, said: Statement) -> bytes:
    """Return the workbook; the same settlement gives the same bytes."""
    clauses = Clauses.of(worked.settled)
    shown = {table.id: table for table in report.page_tables(worked, said, clauses)}
    shown.pop("lines")
    shown.pop("totals")
    accounts = [
        *shown.values(),
        *agreement_tables.tables(worked, clauses),
        _state(worked, said),
        line_tables.every_line(worked),
        claims_tables.claims_table(worked),
    ]
    return account_book(
        title=f"{said.name}: statement to {said.until}",
        about=(*_about(said), *READ_ME, f"Headwater {__version__}."),
        accounts=[account for account in accounts if account.rows],
        ties=_ties(said, worked),
    )


def _about(said: Statement) -> tuple[str, ...]:
    lines = [f"Due up to {said.until}: {said.due}.", f"That day is {said.until_because}."]
    if said.beyond:
        lines.append(f"Beyond it: {said.beyond}.")
    if any(term.unknown for term in said.terms):
        lines.append("Not all of it is known: see the sheet 'not-known'.")
    lines += [f"{due.what}: {due.amount} was paid before and stays paid." for due in said.stays]
    if said.not_settled:
        lines.append(f"Before you pay: {said.not_settled}.")
    return tuple(lines)


def _state(worked: Worked, said: Statement) -> Account:
    """Return the files it was worked out from, and the ledger."""
    rows: list[tuple[Cell, ...]] = [
        ("agreement", said.agreement, said.agreement_hash),
        ("claims", said.claims_file, said.claims_hash),
    ]
    if worked.cohort is not None:
        rows.append(("cohort list", worked.cohort.name, worked.cohort.hash))
    if said.ledger is not None:
        rows.append(("ledger", said.ledger.file, said.ledger.head))
        rows.append(("held before", str(said.ledger.before), ""))
        rows.append(("posted now", str(said.ledger.posted), f"{said.ledger.postings} postings"))
    return Account("files", "What it was worked out from", ("what", "name", "SHA-256"), rows)


def _ties(said: Statement, worked: Worked) -> tuple[Tie, ...]:
    """Return the totals that the workbook adds up anew."""
    ties = [
        Tie("the lines add to what is due", said.due, ("every-line", "amount")),
        Tie("the terms add to what is due", said.due, ("terms", "adds")),
        Tie("the periods add to what is due", said.due, ("periods", "due")),
        Tie("who pays whom adds to what is due", said.due, ("who-pays-whom", "amount")),
    ]
    stated = {check.what: check.stated for check in due_tables.checks(worked, said)}
    for payer in dict.fromkeys(name for block in worked.blocks for name in block.flow.payers):
        what = f"the parts of the lines that {payer} pays add to its total"
        amount = stated.get(what, Cash(0, said.currency))
        ties.append(Tie(what, amount, ("every-line", f"{payer} pays")))
    return tuple(ties)
