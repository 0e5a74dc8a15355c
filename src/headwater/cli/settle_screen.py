"""A statement and a verification on screen."""

from itertools import islice
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import show_table, titled
from headwater.core.cash import Cash

if TYPE_CHECKING:
    from headwater.workflows.settle.answer import Worked
    from headwater.workflows.settle.certificate import Verified
    from headwater.workflows.settle.portfolio import Twice
    from headwater.workflows.settle.result import Statement

MOST_LINES = 12
"""Lines shown on screen; the workbook and the JSON hold them all."""
MOST_FINDINGS = 10
MOST_TESTS = 8


def show_statement(console: Console, said: "Statement", worked: "Worked") -> None:
    """Print a statement: what is due first, then why."""
    console.print(f"[bold]{escape(said.name)}[/]")
    blank = all(term.amount is None for term in said.terms)
    due_now = "not known" if blank else str(said.due)
    back = not blank and said.due.pence < 0
    due_now = str(_turned(said.due)) if back else due_now
    side = "from" if back else "to"
    console.print(f"Due {side} {escape(said.payee)} up to {said.until}: [bold]{due_now}[/]")
    for due in said.payers:
        console.print(f"  {escape(who_pays(due.what, due.amount, said.payee))}")
    if not said.until_because.startswith("named"):
        console.print(f"That day is {said.until_because}.", style="dim")
    if said.beyond:
        console.print(f"[bold]Beyond it:[/] {said.beyond}.")
    console.print("What is payable, in cash. It is no estimate of what the help changed.")
    if any(term.unknown for term in said.terms):
        console.print("[bold]Not all of it is known:[/] the agreement leaves numbers unpublished.")
    if said.not_settled:
        console.print(f"[bold]Before you pay:[/] {said.not_settled}.")
    if said.ledger is not None:
        held = said.ledger
        console.print(
            f"Ledger {escape(held.file)}: held {held.before}, posted {held.posted} in "
            f"{held.postings} postings."
        )
    console.print()
    _terms(console, said)
    _periods(console, said)
    _claims(console, said)
    _tests(console, said)
    _lines(console, said, worked)
    _impact(console, said)
    console.print(
        f"Agreement {said.agreement_hash[:16]}…, claims {said.claims_hash[:16]}…", style="dim"
    )


def who_pays(payer: str, amount: Cash, payee: str) -> str:
    """Return who pays whom: what a payer pays below nought, the one who is paid pays to it."""
    if amount.pence < 0:
        return f"{payee} pays {payer} {_turned(amount)}"
    return f"{payer} pays {amount}"


def _turned(amount: Cash) -> Cash:
    return Cash(-amount.pence, amount.currency)


def _claims(console: Console, said: "Statement") -> None:
    made = titled("Claims", ("what becomes of them", "claims"))
    for state in said.claims:
        made.add_row(state.state, state.claims)
    shown = "\n".join(f"  {escape(str(f))}" for f in said.findings[:MOST_FINDINGS])
    more = len(said.findings) - MOST_FINDINGS
    show_table(console, made, shown + (f"\n  and {more:,} more findings" if more > 0 else ""))


def _terms(console: Console, said: "Statement") -> None:
    made = titled("Term by term", ("term", "adds"), words=(0,))
    for term in said.terms:
        amount = "not known" if term.amount is None else term.units or str(term.amount)
        clause = f", {term.clause}" if term.clause else ""
        since = f", from {term.since}" if term.since else ""
        what = f"{term.term} ({term.kind.replace('_', ' ')}{clause}{since})"
        made.add_row(escape(what), amount)
    notes = ["What the terms add, less what they take away, is what is due."]
    notes += [f"  {term.term}: {term.unknown}" for term in said.terms if term.unknown]
    notes += [
        f"  {due.what}: {due.amount} was paid before and would be less by now. It stays paid; what "
        "is due later is set against it."
        for due in said.stays
    ]
    show_table(console, made, escape("\n".join(notes)))


def _periods(console: Console, said: "Statement") -> None:
    some = [period for period in said.periods if period.amount.pence]
    made = titled("By period", ("period", "payable on", "due"), words=(0, 1))
    for period in some:
        made.add_row(period.period, period.payable_on, str(period.amount))
    if some:
        show_table(console, made)


def _tests(console: Console, said: "Statement") -> None:
    if not said.tests:
        return
    missed = [test for test in said.tests if not test.met]
    met = [test for test in said.tests if test.met]
    shown = [*missed, *met][:MOST_TESTS]
    entries = [
        (
            "met" if test.met else "NOT MET",
            _named(test.term, test.clause, test.period, _cell(test.cell)),
            f"{test.measure}: {test.measured}; wanted: {test.wanted}",
        )
        for test in shown
    ]
    title = f"Conditions: {len(met):,} of {len(said.tests):,} met"
    _entries(console, title, entries, len(said.tests))


def _named(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _cell(cell: str) -> str:
    return "" if cell == "all" else cell


def _lines(console: Console, said: "Statement", worked: "Worked") -> None:
    entries = [
        (
            str(Cash(line.pence, said.currency)),
            _named(line.term, line.clause, _of(line.grain, line.cell)),
            line.because,
        )
        for line in islice(worked.lines(), MOST_LINES)
    ]
    count = sum(len(block.cells) for block in worked.blocks)
    if entries:
        _entries(console, "Lines: amount, term, clause, for what", entries, count)


def _of(grain: str, cell: str) -> str:
    if grain == "all":
        return "the whole agreement"
    return f"key {cell}" if grain == "who" else f"{grain} {cell}"


def _entries(
    console: Console, title: str, entries: list[tuple[str, str, str]], in_all: int
) -> None:
    """Print each entry on two lines: no column is ever too thin to read."""
    made = titled(title, ("", ""), words=(1,))
    made.show_header = False
    for first, what, how in entries:
        made.add_row(escape(first), f"{escape(what)}\n[dim]{escape(how)}[/]")
    more = in_all - len(entries)
    show_table(console, made, f"and {more:,} more: --statement, --xlsx, --json." if more else "")


def _impact(console: Console, said: "Statement") -> None:
    for state in said.safety:
        console.print(f"Watched, not paid for: {escape(state.state)}: {escape(state.claims)}")
    if not said.impact:
        console.print(
            "Impact: the agreement names no evaluation. What is paid for happened; how much of it "
            "would have happened anyway is not known from a statement."
        )
    for impact in said.impact:
        span = f" ({impact.low} to {impact.high})" if impact.low else ""
        console.print(
            escape(
                f"Impact on {impact.metric}, estimated: {impact.estimate}{span} {impact.unit}, by "
                f"{impact.method}. Source: {impact.source}. It does not change what is due."
            )
        )
    console.print()


def show_verified(console: Console, found: "Verified") -> None:
    """Print whether a certificate holds, and where it first differs."""
    difference = found.difference
    if found.note:
        console.print(escape(found.note))
    if difference is None:
        console.print(f"[bold]The same.[/] {len(found.steps):,} things were compared.")
        return
    console.print(f"[bold]Not the same.[/] It first differs in: {escape(difference.what)}")
    console.print(f"  the certificate says  {escape(difference.certificate)}")
    console.print(f"  worked out again      {escape(difference.found)}")
    more = sum(not step.same for step in found.steps) - 1
    if more:
        console.print(f"  and in {more:,} more of {len(found.steps):,} things")


def show_twice(console: Console, found: "tuple[Twice, ...]") -> None:
    """Print outcomes of which several agreements claim more than the whole."""
    if not found:
        console.print("No outcome is claimed for more than the whole across these agreements.")
        return
    made = titled(
        "Claimed for more than the whole", ("whose", "outcome", "days", "shares", "claims")
    )
    for one in found:
        days = f"{one.first_day} to {one.last_day}"
        cells = (one.who, one.outcome, days, one.share, ", ".join(one.claims))
        made.add_row(*(escape(cell) for cell in cells))
    note = "The shares of one outcome add to at most 1: agree who pays, and mend the claims."
    show_table(console, made, note)
