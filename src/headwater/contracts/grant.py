"""A ring-fenced grant: paid in advance for named programmes; what is unspent goes back.

It is the other kind of agreement, on the same ledger: written in the words of a grant, and settled
as the few terms that it comes to.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from headwater.contracts.agreement import (
    Answer,
    Contract,
    Impact,
    Metric,
    Party,
    Payer,
    Rounding,
    Settlement,
    Verification,
    Words,
)
from headwater.contracts.amounts import Amount, Part, is_known
from headwater.contracts.term import Name, Names, Where
from headwater.contracts.terms.block_payment import BlockPayment
from headwater.contracts.terms.measure import Measure
from headwater.contracts.terms.retention import Retention
from headwater.contracts.terms.return_unspent import ReturnUnspent
from headwater.contracts.terms.threshold import Test, Threshold
from headwater.core.errors import did_you_mean
from headwater.core.model import Frozen
from headwater.core.unseen_day import FirstDay, LastDay

Fault = tuple[tuple[str | int, ...], tuple[str, str]]


class Eligible(Frozen):
    """A programme on which the grant may be spent.

    Parameters
    ----------
    id
        The programme's name in the catalogue, or the area's own.
    most
        Pounds that may be spent on it; none: up to the whole grant.
    """

    id: Name
    name: Words
    most: Amount | None = None
    clause: str = ""


class Deliverer(Frozen):
    """Somebody who may deliver, and with what qualification."""

    id: Name
    name: Words
    qualification: Words
    clause: str = ""


class Report(Frozen):
    """What must be reported, and by when."""

    id: Name
    what: Words
    due: date
    clause: str = ""


class Advance(Frozen):
    """A payment in advance.

    Parameters
    ----------
    on
        The day it is due.
    needs
        Reports without which it is held back until they are in.
    """

    on: date
    amount: Amount
    needs: Names = ()
    clause: str = ""


class Grant(Frozen):
    """A ring-fenced grant, whole.

    Parameters
    ----------
    eligible
        Programmes on which it may be spent: other spending does not count.
    deliverer
        Who may deliver; none listed: anybody.
    retained
        Part of each advance kept back until every report is in: 0 to 0.05 is usual.
    keep_unspent
        Part of what is unspent at the end that may be kept: 0.
    retained_clause, unspent_clause
        Where the grant says what is kept back, and what becomes of what is unspent.
    """

    agreement: Literal["grant"]
    id: Name
    name: Words
    about: str = ""
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    first_day: FirstDay
    last_day: LastDay
    signed: date | None = None
    payee: Name
    party: tuple[Party, ...] = Field(min_length=1)
    payer: tuple[Payer, ...] = Field(min_length=1)
    eligible: tuple[Eligible, ...] = Field(min_length=1)
    deliverer: tuple[Deliverer, ...] = ()
    report: tuple[Report, ...] = ()
    advance: tuple[Advance, ...] = Field(min_length=1)
    retained: Part = Fraction(0)
    keep_unspent: Part = Fraction(0)
    retained_clause: str = ""
    unspent_clause: str = ""
    settlement: Settlement = Settlement()
    verification: Verification = Verification(once="any")
    rounding: Rounding = Rounding()
    safeguard: dict[str, Answer] = Field(default_factory=dict)
    impact: tuple[Impact, ...] = ()
    source: dict[str, str] = Field(default_factory=dict)

    def contract(self) -> Contract:
        """Return the same agreement as the terms that it comes to."""
        same = (
            "id name about currency first_day last_day signed payee party payer settlement "
            "verification rounding safeguard impact source"
        )
        return Contract.model_construct(
            agreement="contract",
            **{name: getattr(self, name) for name in same.split()},
            groups=tuple(one.id for one in self.deliverer),
            metric=tuple(self._metrics()),
            cohort=(),
            price=(),
            term=tuple(self._terms()),
            variation=(),
        )

    def _metrics(self) -> Iterator[Metric]:
        for one in self.eligible:
            yield Metric(
                id=one.id,
                name=f"Spent on {one.name}",
                about="place",
                unit="pound",
                places=2,
                clause=one.clause,
            )
        for report in self.report:
            yield Metric(
                id=report.id, name=report.what, about="place", unit="report", clause=report.clause
            )

    def _terms(self) -> Iterator[Any]:
        """Yield advances, each with the reports it needs, what is retained, and what returns."""
        for report in self.report:
            yield Measure(
                id=f"{report.id}_in",
                kind="measure",
                clause=report.clause,
                of=(report.id,),
                over="to_date",
                unit="report",
            )
        paid = []
        for i, advance in enumerate(self.advance, start=1):
            name = f"advance_{i}"
            yield BlockPayment(
                id=name,
                kind="block_payment",
                clause=advance.clause,
                amount=advance.amount,
                on=(advance.on,),
            )
            if advance.needs:
                yield Threshold(
                    id=f"{name}_released",
                    kind="threshold",
                    clause=advance.clause,
                    of=(name,),
                    test=tuple(
                        Test(measure=f"{one}_in", at_least=Fraction(1)) for one in advance.needs
                    ),
                    missed="held",
                )
                name = f"{name}_released"
            paid.append(name)
        if self.retained and self.report:
            yield self._retained(tuple(paid))
            paid = ["retained"]
        for one in self.eligible:
            limit = one.most if is_known(one.most) else None
            yield Measure(
                id=f"{one.id}_counted",
                kind="measure",
                clause=one.clause,
                of=(one.id,),
                where=Where(group=tuple(who.id for who in self.deliverer)),
                over="to_date",
                most=limit,
                unit="pound",
            )
        counted = tuple(f"{one.id}_counted" for one in self.eligible)
        yield Measure(id="spent", kind="measure", of=counted, unit="pound")
        yield ReturnUnspent(
            id="unspent_returned",
            kind="return_unspent",
            clause=self.unspent_clause,
            of=tuple(paid),
            spent="spent",
            keep=self.keep_unspent,
        )

    def _retained(self, paid: tuple[str, ...]) -> Retention:
        """Return the part kept back until the last report is in."""
        last = max(self.report, key=lambda report: report.due)
        return Retention(
            id="retained",
            kind="retention",
            clause=self.retained_clause,
            of=paid,
            share=self.retained,
            release_if=_in(last.id),
        )


def _in(report: str) -> Test:
    """Return the condition that a report is in."""
    return Test(measure=f"{report}_in", at_least=Fraction(1))


def grant_faults(grant: Grant) -> Iterator[Fault]:
    """Yield what is wrong in a grant beyond the form of its fields."""
    reports = [report.id for report in grant.report]
    for i, advance in enumerate(grant.advance):
        if not grant.first_day <= advance.on <= grant.last_day:
            yield (
                ("advance", i, "on"),
                (f"{advance.on} is outside the grant.", "Choose a day within it."),
            )
        for name in advance.needs:
            if name not in reports:
                near = did_you_mean(name, reports)
                yield (
                    ("advance", i, "needs"),
                    (f"no report '{name}'.{near}", f"Known: {', '.join(reports) or 'none'}."),
                )
    names = [*(one.id for one in grant.eligible), *reports]
    placed = [("eligible", i, programme.id) for i, programme in enumerate(grant.eligible)]
    placed += [("report", i, report.id) for i, report in enumerate(grant.report)]
    for table, i, name in placed:
        if names.count(name) > 1:
            yield (table, i, "id"), (f"'{name}' is the name of another already.", "Change one.")
