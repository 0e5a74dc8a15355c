"""The agreement that is settled: its parties, tariffs and terms, each with its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from headwater.contracts.agreement import Contract
from headwater.contracts.amounts import is_known
from headwater.contracts.settle import Settled
from headwater.contracts.term import EVERYTHING, Term
from headwater.contracts.terms.threshold import Test
from headwater.contracts.variation import Change
from headwater.core.cash import SIGNS
from headwater.core.exact import write_exact
from headwater.core.model import Frozen
from headwater.reporting.account import Account, Cell, Link
from headwater.workflows.settle.answer import Worked

MONEY = {"amount", "unit_cost", "times", "once_paid"}
"""Fields of terms that are in whole units of the currency."""
CELLS = {"who": "key (each person, family or place)", "all": "the whole agreement"}
"""Cells whose name in the file says little to who has not read its reference."""
LABELS = {"spent": "less what was spent,", "missed": "if missed,"}
"""What fields are called whose names in the file say little beside their values."""
SAID = {"id", "kind", "clause", "words", "of"}
"""Fields that stand in columns of their own."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where each version of each term stands in the page, and what it says."""

    anchors: dict[tuple[int, str], str]
    held: tuple[tuple[int, Term], ...]

    @classmethod
    def of(cls, settled: Settled) -> "Clauses":
        """Return the terms of all versions, each once unless a variation changes it."""
        anchors: dict[tuple[int, str], str] = {}
        held: list[tuple[int, Term]] = []
        latest: dict[str, tuple[Term, str]] = {}
        for version in settled.versions:
            for term in version.contract.term:
                if term.id not in latest or latest[term.id][0] != term:
                    latest[term.id] = (term, f"term-{version.index}-{term.id}")
                    held.append((version.index, term))
                anchors[version.index, term.id] = latest[term.id][1]
        return cls(anchors, tuple(held))

    def link(self, term: str, version: int | None = None) -> Link:
        """Return a term's name, leading to what it says in a version, else when it first stood."""
        places = [place for (index, name), place in self.anchors.items() if name == term]
        place = places[0] if version is None else self.anchors[version, term]
        return Link(term, place)


def tables(worked: Worked, clauses: Clauses) -> tuple[Account, ...]:
    """Return what the agreement says: parties, shares, tariffs, terms and variations."""
    contract, settled = worked.agreement.contract, worked.settled
    made = (
        _parties(contract),
        _payers(contract),
        _metrics(contract, grant=worked.agreement.grant is not None),
        _rate_card(contract),
        _terms(settled, clauses),
        variations_table(contract, settled),
    )
    return tuple(table for table in made if table.rows)


def _parties(contract: Contract) -> Account:
    rows = [(party.id, party.name, party.role.replace("_", " ")) for party in contract.party]
    return Account("parties", "Parties", ("party", "name", "role"), rows)


def _payers(contract: Contract) -> Account:
    rows = [
        (
            payer.party,
            number(payer.share, "share", contract.currency),
            "no limit" if payer.most is None else number(payer.most, "amount", contract.currency),
            payer.clause,
        )
        for payer in contract.payer
    ]
    return Account(
        "payers", "Shares of the payers", ("payer", "share", "most in all", "clause"), rows
    )


def _metrics(contract: Contract, *, grant: bool) -> Account:
    paid = {True: "watched, not paid for", False: "counted"}
    held = {True: "yes", False: "no", None: "not said"}
    rows = [
        (
            one.id,
            one.name,
            one.unit,
            paid[one.safety],
            "no outcome" if grant else "net" if one.net else "gross",
            one.evidence or "not said",
            held[one.independent],
            one.clause,
        )
        for one in contract.metric
    ]
    names = (
        "metric",
        "is",
        "unit",
        "use",
        "gross or net",
        "evidence",
        "held independently?",
        "clause",
    )
    note = "Net: already less what would have happened anyway. Gross: not."
    return Account("metrics", "What is counted", names, rows, note=note)


def _rate_card(contract: Contract) -> Account:
    rows = [
        (
            line.metric,
            number(line.amount, "amount", contract.currency),
            line.per,
            " ".join(part for part in (line.cohort, line.group) if part) or "all",
            line.clause,
        )
        for line in contract.price
    ]
    return Account("rate-card", "Rate card", ("metric", "tariff", "for one", "who", "clause"), rows)


def _terms(settled: Settled, clauses: Clauses) -> Account:
    several = len(settled.versions) > 1
    rows: list[tuple[Cell, ...]] = []
    anchors = []
    for version, term in clauses.held:
        row: tuple[Cell, ...] = (
            term.id,
            term.clause,
            ", ".join(term.of) or "nothing",
            f"{term.kind.replace('_', ' ')}: {_does(settled, version, term)}".rstrip(": "),
            term.words,
        )
        since = "the start" if not version else str(settled.versions[version].first_day)
        rows.append((*row, since) if several else row)
        anchors.append(clauses.anchors[version, term.id])
    usual = ("term", "clause", "takes up", "what it does", "in the agreement's words")
    names = (*usual, "in force from") if several else usual
    return Account("what-terms-say", "The terms, in their order", names, rows, anchors=anchors)


def _does(settled: Settled, version: int, term: Term) -> str:
    """Return what a term's fields say; and what is paid before, where that may come to matter."""
    said = in_words(term, settled.contract.currency)
    before = getattr(term, "paid_before", "")
    if before != "stays" or not _may_fall(settled, version, term):
        return said
    return f"{said}; paid before stays".lstrip("; ")


def _may_fall(settled: Settled, version: int, term: Term) -> bool:
    """Return whether what has fallen due under a term may be less later on."""
    if term.kind == "cap":
        return len(settled.versions) > 1
    contract = settled.versions[version].contract
    shapes = contract.metric_shapes()
    for one in contract.term:
        shapes[one.id] = one.shape(shapes)
    return any(shapes[name].to_date for name in term.of)


def variations_table(contract: Contract, settled: Settled) -> Account:
    """Return the variations, and whether each is in force on the last day settled."""
    until = settled.periods[-1].last_day
    rows = [
        (
            str(one.first_day),
            one.clause,
            one.because,
            "; ".join(_changes(one, contract.currency)) or "nothing",
            "yes" if one.first_day <= until else "not yet",
        )
        for one in sorted(contract.variation, key=lambda variation: variation.first_day)
    ]
    names = ("from", "clause", "because", "changes", "in force?")
    note = "Outcomes whose last day is this or later are settled by the variation."
    return Account("variations", "Variations", names, rows, note=note if rows else "")


def _changes(variation: Any, currency: str) -> Iterator[str]:
    for line in variation.price:
        who = " ".join(part for part in (line.metric, line.cohort, line.group) if part)
        yield f"tariff of {who}: {number(line.amount, 'amount', currency)} for one {line.per}"
    yield from (f"term {term.id}" for term in variation.term)
    for change in variation.change:
        new = (
            f"{n.replace('_', ' ')} {_new(change, n, currency)}"
            for n in change.fields
            if n not in {"clause", "words"}
        )
        side = "before" if change.before else "after"
        moved = [f"{side} {change.before or change.after}"] if change.before or change.after else []
        yield f"term {change.term}: {', '.join([*new, *moved])}"
    yield from (f"without {name}" for name in variation.drop)
    if variation.earlier_units == "priced_anew":
        yield "units counted to date before it are priced anew"


def _new(change: Change, field: str, currency: str) -> str:
    return shown(getattr(change.as_changed, field), field, currency)


def in_words(term: Term, currency: str) -> str:
    """Return what a term's fields say, those that it leaves out aside."""
    said = []
    for name in type(term).model_fields:
        value, usual = getattr(term, name), type(term).model_fields[name].default
        if name in SAID or value in (usual, None, (), EVERYTHING):
            continue
        words = shown(value, name, currency)
        said.append(f"{LABELS.get(name, name.replace('_', ' '))} {CELLS.get(words, words)}")
    return "; ".join(said)


def shown(value: Any, name: str, currency: str) -> str:
    """Return a field's value in words."""
    if isinstance(value, Test):
        return f"{value.measure} {value.wanted}"
    if isinstance(value, bool | date | int):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, Fraction | str):
        return number(value, name, currency)
    if isinstance(value, tuple):
        return ", ".join(shown(one, name, currency) for one in value)
    if isinstance(value, Frozen):
        held = {key: getattr(value, key) for key in type(value).model_fields}
        said = {key: one for key, one in held.items() if one not in {None, ""} and one != ()}
        return " ".join(f"{k.replace('_', ' ')} {shown(v, k, currency)}" for k, v in said.items())
    return str(value)


def number(value: Fraction | str | None, name: str, currency: str) -> str:
    """Return a number as the agreement means it: money with its sign, a share in per cent."""
    if not is_known(value):  # type: ignore[arg-type]
        return str(value).replace("_", " ")
    if name in MONEY:
        return f"{SIGNS.get(currency, f'{currency} ')}{grouped(value)}"
    if name in {"share", "then_share", "else_part", "keep", "yearly"}:
        whole = value * 100
        return f"{write_exact(whole)}%" if "/" not in write_exact(whole) else write_exact(value)
    return grouped(value)


def grouped(value: Fraction) -> str:
    """Return a number with commas between its thousands."""
    text = write_exact(value)
    if "/" in text:
        return text
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest.ljust(2, '0') if dot else ''}"
