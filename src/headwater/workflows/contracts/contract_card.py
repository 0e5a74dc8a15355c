"""One shipped contract, whole: its terms in order, and each published figure with its verdict."""

from headwater.contracts.agreement import Answer, Contract, Price
from headwater.contracts.lint import ASKED
from headwater.contracts.term import Term
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.agreements import (
    Agreement,
    read_agreement,
    shipped_contracts,
    shipped_examples,
)
from headwater.workflows.contracts.contract_list import counts
from headwater.workflows.contracts.contract_shown import (
    CheckShown,
    ContractCard,
    HindcastShown,
    PartyShown,
    PriceShown,
    RivalShown,
    TermShown,
)
from headwater.workflows.contracts.figures import cited_keys, figure_of, sources_of
from headwater.workflows.contracts.hindcast import odds_at_signature
from headwater.workflows.contracts.published import GRADES, Hindcast, Published, read_published
from headwater.workflows.contracts.steps import steps
from headwater.workflows.contracts.verdicts import Checked, checked
from headwater.workflows.odds.answer import odds
from headwater.workflows.odds.figures import exactly
from headwater.workflows.odds.read import asked_of
from headwater.workflows.written import is_file

DRAWS = 5_000
"""Studies played out for the odds of a card."""


def contract_card(name: str) -> tuple[ContractCard, tuple[Source, ...]]:
    """Return a shipped contract, checked, and its sources.

    Raises
    ------
    InputError
        If no contract that ships has the name, with the nearest.
    """
    known = shipped_contracts()
    if name not in known:
        raise InputError(_not_real(name, [*known]))
    agreement = read_agreement(name)
    contract = agreement.contract
    made = read_published(contract.id)
    return _card(agreement, made, checked(contract, made)), sources_of(contract)


def _not_real(name: str, known: list[str]) -> Problem:
    """Return what is said of a name that is no real contract's: a file, an example, or a slip."""
    if name in shipped_examples() or is_file(name):
        return Problem(
            name,
            "is an agreement, and nothing that was published of it ships with it.",
            "Ask `headwater lint`, `odds` or `settle` of it.",
        )
    what = f"is no shipped contract.{did_you_mean(name, known)}"
    return Problem(name, what, f"Shipped: {', '.join(known)}.")


def _odds(agreement: Agreement) -> tuple[str, ...]:
    """Return how often luck would decide, in words, and what that rests on."""
    if agreement.contract.odds is None:
        return ()
    answer = odds(asked_of(agreement), draws=DRAWS)
    alarms = (check.said for check in answer.checks if check.alarm)
    given = (f"From {line.what}, {exactly(line.figure)}: {line.why}." for line in answer.given)
    return (*answer.first_lines, *answer.warnings, *alarms, *given)


def _card(agreement: Agreement, made: Published, found: tuple[Checked, ...]) -> ContractCard:
    contract = agreement.contract
    rule, verification = contract.settlement, contract.verification
    return ContractCard(
        id=contract.id,
        name=contract.name,
        about=" ".join(contract.about.split()),
        country=made.country,
        years=made.years,
        grade=made.grade,
        grade_means=GRADES[made.grade],
        first_day=str(contract.first_day),
        last_day=str(contract.last_day),
        currency=contract.currency,
        population=made.population,
        measured_how=made.measured_how,
        settled="once, at the end" if rule.every == "once" else f"each {rule.every}",
        verification=verification.method,
        parties=tuple(PartyShown(p.id, p.name, p.role) for p in contract.party),
        rate_card=tuple(_price(contract, line) for line in contract.price),
        terms=tuple(_term(term) for term in contract.term),
        safeguards={name: _answer(name, said) for name, said in contract.safeguard.items()},
        checks=tuple(_check(contract, one) for one in found),
        verdicts=counts(contract, found),
        conflicts=made.conflicts,
        rivals=tuple(
            RivalShown(r.what, r.says, cited_keys(contract, r.source)) for r in made.rival
        ),
        not_published=made.not_published,
        hindcast=tuple(_hindcast(contract, one) for one in made.hindcast),
        odds=_odds(agreement),
        mechanisms=made.mechanisms,
    )


def _answer(name: str, said: Answer) -> str:
    """Return a question of `headwater lint` with what the agreement says on it."""
    return f"{ASKED[name][0]} {'Yes' if said.answer else 'No'}: {said.words}"


def _price(contract: Contract, line: Price) -> PriceShown:
    metric = next(metric.name for metric in contract.metric if metric.id == line.metric)
    unit = f"{contract.currency} per {line.per}"
    keys = (line.source,) if line.source else ()
    amount = figure_of(contract, line.amount, unit, "published", keys)
    return PriceShown(metric, line.cohort, line.group, amount)


def _term(term: Term) -> TermShown:
    hidden = Term.unseen(term)  # all of them; a term's own list may leave out what is seldom read
    return TermShown(term.id, term.kind, term.words, term.clause, term.of, hidden)


def _check(contract: Contract, one: Checked) -> CheckShown:
    check = one.check
    unit = check.unit or "number"

    def shown(value: object, basis: str, why: str) -> Figure:
        return figure_of(contract, value, unit, basis, check.source, why=why)  # type: ignore[arg-type]

    return CheckShown(
        id=check.id,
        what=check.what,
        kind=check.kind,
        published=check.published,
        figure=shown(check.figure, "published", f"published as: {check.published}"),
        computed=shown(one.computed, "computed", one.because),
        verdict=one.verdict,
        apart=None if one.apart is None else shown(one.apart, "computed", ""),
        because=one.because,
        note=check.note,
        source=cited_keys(contract, check.source),
        steps=() if one.settled is None else steps(one.settled),
    )


def _hindcast(contract: Contract, one: Hindcast) -> HindcastShown:
    def shown(value: object, unit: str) -> Figure:
        return figure_of(contract, value, unit, "published", one.source)  # type: ignore[arg-type]

    return HindcastShown(
        condition=one.condition,
        people=shown(one.people, "people"),
        threshold=shown(one.threshold, one.unit),
        promised=shown(one.promised, one.unit),
        baseline=shown(one.baseline, one.baseline_unit or one.unit),
        observed=shown(one.observed, one.unit),
        against=one.against,
        odds=odds_at_signature(one),
        not_known=one.not_known,
        note=one.note,
    )
