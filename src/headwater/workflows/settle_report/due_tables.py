"""What is due: to whom by whom, period by period, term by term, and whether the totals tie."""

from dataclasses import dataclass

from headwater.contracts.column import Shape
from headwater.core.cash import Cash
from headwater.core.exact import decimal
from headwater.core.units import units_said
from headwater.reporting.account import Account, Cell, Link
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle.result import Statement
from headwater.workflows.settle_report.agreement_tables import Clauses

PENNY_PLACES = 2
"""Decimal places of what is measured in pounds and pence."""


def flows_table(worked: Worked, said: Statement) -> Account:
    """Return who pays whom, from the lines."""
    names = party_names(worked)
    pence: dict[tuple[str, str], int] = {(due.what, said.payee): 0 for due in said.payers}
    for block in worked.blocks:
        for payer, parts in zip(block.flow.payers, block.parts, strict=True):
            pair = (payer, block.flow.payee)
            pence[pair] = pence.get(pair, 0) + int(parts.sum())
    rows: list[tuple[Cell, ...]] = [
        (names.get(payer, payer), names.get(payee, payee), Cash(total, said.currency))
        for (payer, payee), total in pence.items()
        if total or len(pence) == 1 or payee == said.payee
    ]
    return Account(
        "who-pays-whom",
        "Who pays whom",
        ("payer", "payee", "amount"),
        rows,
        ("all", "", said.due),
        note="An amount below nothing goes back." if said.due.pence < 0 else "",
    )


def party_names(worked: Worked) -> dict[str, str]:
    """Return what each party is called."""
    return {party.id: party.name for party in worked.agreement.contract.party}


def periods_table(said: Statement) -> Account:
    """Return what is due period by period and payer by payer."""
    payers = [due.what for due in said.payers]
    rows: list[tuple[Cell, ...]] = []
    for period in said.periods:
        parts = {due.what: due.amount for due in period.payers}
        nothing = Cash(0, said.currency)
        if period.amount.pence or any(part.pence for part in parts.values()):
            each = [parts.get(payer, nothing) for payer in payers]
            rows.append((period.period, period.payable_on, period.amount, *each))
    empty = len(said.periods) - len(rows)
    notes = [f"Periods with nothing due: {empty:,} of {len(said.periods):,}."] if empty else []
    if any(term.kind == "block_payment" for term in said.terms):
        notes.append("A sum that falls due on a day of its own has that day in its line.")
    return Account(
        "periods",
        "Due by period",
        ("period", "payable on", "due", *(f"{payer} pays" for payer in payers)),
        rows,
        ("all", "", said.due, *(due.amount for due in said.payers)),
        note=" ".join(notes),
    )


def terms_table(worked: Worked, said: Statement, clauses: Clauses) -> Account:
    """Return what each term adds or takes away; a term that is varied stands once a version."""
    pence: dict[str, int] = {}
    for block in worked.blocks:
        place = clauses.anchors[block.lines.version, block.lines.term]
        pence[place] = pence.get(place, 0) + int(block.pence.sum())
    unknown = {term.term: term.unknown for term in said.terms}
    units = {(term.term, term.since): term.units for term in said.terms}
    rows: list[tuple[Cell, ...]] = []
    for version, term in clauses.held:
        place = clauses.anchors[version, term.id]
        if term.id not in unknown:
            continue
        known = Cash(pence.get(place, 0), said.currency)
        since = str(worked.settled.versions[version].first_day) if version else ""
        away = units.get((term.id, since), "")
        adds: Cell = "not known" if unknown[term.id] else away or known
        row = (Link(term.id, place), term.kind.replace("_", " "), term.clause)
        rows.append((*row, adds))
    return Account(
        "terms",
        "What each term adds, or takes away",
        ("term", "kind", "clause", "adds"),
        rows,
        ("due", "", "", "not known" if nothing_known(said) else said.due),
    )


def measured_table(worked: Worked, said: Statement, clauses: Clauses) -> Account:
    """Return what each measure of the whole agreement came to in the last period settled."""
    settled = worked.settled
    last = {one.term: one for one in settled.measured if one.column.shape.grain == "all"}
    rows: list[tuple[Cell, ...]] = []
    for name, one in last.items():
        shape, terms = one.column.shape, settled.versions[one.version].contract.term
        clause = next(term.clause for term in terms if term.id == name)
        known = one.column.known is None or bool(one.column.known[0, 0])
        value = _said(int(one.column.values[0, 0]), shape, said.currency)
        span = settled.periods[one.period]
        days = f"to date, on {span.last_day}" if shape.to_date else f"in {span}"
        link = clauses.link(name, one.version)
        rows.append((link, clause, value if known else "not known", days))
    note = "What conditions, tables and payments read. A measure is no payment." if rows else ""
    names = ("measure", "clause", "came to", "when")
    return Account("measured", "What was measured", names, rows, note=note)


def _said(number: int, shape: Shape, currency: str) -> str:
    """Return what a measure came to, with its unit."""
    if shape.unit in {"pound", "pounds"} and shape.places == PENNY_PLACES:
        return str(Cash(number, currency))
    return units_said(decimal(number, shape.places), shape.unit)


def nothing_known(said: Statement) -> bool:
    """Return whether no term at all could be worked out."""
    return all(term.amount is None for term in said.terms)


def unknown_table(said: Statement, clauses: Clauses) -> Account:
    """Return the terms that rest on a number nobody published."""
    rows: list[tuple[Cell, ...]] = [
        (clauses.link(term.term), term.clause, term.unknown) for term in said.terms if term.unknown
    ]
    return Account("not-known", "Not worked out, and why", ("term", "clause", "why"), rows)


def conditions_table(said: Statement, clauses: Clauses) -> Account:
    """Return every condition: what was measured, what is wanted, and whether it was met."""
    rows: list[tuple[Cell, ...]] = [
        (
            test.period,
            clauses.link(test.term),
            test.clause,
            "the whole agreement" if test.cell == "all" else test.cell,
            f"{test.measure}: {test.measured}",
            test.wanted,
            "met" if test.met else "not met",
        )
        for test in said.tests
    ]
    names = ("period", "term", "clause", "for", "measured", "wanted", "met?")
    return Account("conditions", "Conditions", names, rows)


@dataclass(frozen=True, slots=True)
class Check:
    """Two totals that must be the same."""

    what: str
    amount: Cash
    stated: Cash

    @property
    def same(self) -> bool:
        """Whether they are."""
        return self.amount == self.stated


def checks(worked: Worked, said: Statement) -> tuple[Check, ...]:
    """Return every total beside what it must be."""
    parts: dict[str, int] = {}
    for block in worked.blocks:
        for payer, pence in zip(block.flow.payers, block.parts, strict=True):
            parts[payer] = parts.get(payer, 0) + int(pence.sum())
    pence_of = {
        "the lines add to what is due": sum(int(block.pence.sum()) for block in worked.blocks),
        "the payers' parts of all lines add to what is due": sum(parts.values()),
        "the terms add to what is due": sum(t.amount.pence for t in said.terms if t.amount),
        "the periods add to what is due": sum(p.amount.pence for p in said.periods),
        "the payers' totals add to what is due": sum(p.amount.pence for p in said.payers),
    }
    found = [Check(w, Cash(pence, said.currency), said.due) for w, pence in pence_of.items()]
    for due in said.payers:
        what = f"the parts of the lines that {due.what} pays add to its total"
        found.append(Check(what, Cash(parts.get(due.what, 0), said.currency), due.amount))
    if said.ledger is not None:
        held = Cash(said.ledger.before.pence + said.ledger.posted.pence, said.currency)
        found.append(Check("what the ledger holds is what is due", held, said.due))
    return tuple(found)


def checks_table(worked: Worked, said: Statement) -> Account:
    """Return the check of totals."""
    rows: list[tuple[Cell, ...]] = [
        (check.what, check.amount, check.stated, "yes" if check.same else "NO")
        for check in checks(worked, said)
    ]
    names = ("check", "adds to", "stated", "the same to the penny?")
    return Account("totals", "Totals, worked out again from the lines", names, rows)
