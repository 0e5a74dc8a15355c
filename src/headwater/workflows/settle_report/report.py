"""Compose the statement as a page: one file, no network, no script."""

from pathlib import Path
from typing import Any

from headwater import __version__
from headwater.contracts.accepted import COUNTS
from headwater.reporting.account import Account, Cell
from headwater.reporting.account_html import account_html
from headwater.reporting.page import environment
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle.result import Statement
from headwater.workflows.settle_report import (
    agreement_tables,
    claims_tables,
    due_tables,
    line_tables,
)
from headwater.workflows.settle_report.agreement_tables import Clauses


def html_report(worked: Worked, said: Statement, *, certificate: Path | None = None) -> str:
    """Return the whole statement; the same settlement gives the same text.

    Parameters
    ----------
    certificate
        The certificate written with it, if one is: how the statement is checked names it.
    """
    return (
        environment("headwater.workflows.settle_report")
        .get_template("statement.html")
        .render(**_held(worked, said, certificate))
    )


def _held(worked: Worked, said: Statement, certificate: Path | None) -> dict[str, Any]:
    clauses, contract = Clauses.of(worked.settled), worked.agreement.contract
    found = due_tables.checks(worked, said)
    made = (*page_tables(worked, said, clauses), *agreement_tables.tables(worked, clauses))
    names = due_tables.party_names(worked)
    return {
        "kind": "statement",
        "title": said.name,
        "version": __version__,
        "said": said,
        "contract": contract,
        "names": names,
        "payees": sorted({block.flow.payee for block in worked.blocks} - {said.payee}),
        "tables": {table.id: account_html(table) for table in made},
        "tied": all(check.same for check in found),
        "checks": len(found),
        "claimed": f"{worked.file.rows:,}",
        "counting": f"{int((worked.accepted.state == COUNTS).sum()):,}",
        "met": sum(test.met for test in said.tests),
        "lines": f"{line_tables.line_count(worked):,}",
        "unknown": [term for term in said.terms if term.unknown],
        "measured": any(one.column.shape.grain == "all" for one in worked.settled.measured),
        "blank": due_tables.nothing_known(said),
        "grant": worked.agreement.grant is not None,
        "rounding": contract.rounding,
        "certificate": certificate.name if certificate else "certificate.json",
        "cohort": worked.cohort,
        "files": (worked.agreement.name, worked.file.name),
    }


def page_tables(worked: Worked, said: Statement, clauses: Clauses) -> tuple[Account, ...]:
    """Return the tables of what is due and what it rests on, as a page shows them."""
    return (
        due_tables.flows_table(worked, said),
        due_tables.periods_table(said),
        due_tables.terms_table(worked, said, clauses),
        due_tables.measured_table(worked, said, clauses),
        due_tables.unknown_table(said, clauses),
        due_tables.conditions_table(said, clauses),
        due_tables.checks_table(worked, said),
        claims_tables.states_table(worked, said),
        claims_tables.findings_table(worked),
        line_tables.lines_shown(worked, clauses),
        impact_table(said),
        safety_table(said),
    )


def impact_table(said: Statement) -> Account:
    """Return what evaluations estimated: it changes nothing that is due."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.metric,
            one.estimate,
            f"{one.low} to {one.high}" if one.low and one.high else "not stated",
            one.unit,
            one.method,
            one.source,
        )
        for one in said.impact
    ]
    names = ("metric", "estimate", "interval", "unit", "method", "source")
    return Account("impact-table", "What evaluations estimated", names, rows)


def safety_table(said: Statement) -> Account:
    """Return what must not get worse: counted, never paid for."""
    rows: list[tuple[Cell, ...]] = [(state.state, state.claims) for state in said.safety]
    note = "" if rows else "the agreement names none."
    names = ("what must not get worse", "verified so far")
    return Account("safety", "Watched, not paid for", names, rows, note=note)
