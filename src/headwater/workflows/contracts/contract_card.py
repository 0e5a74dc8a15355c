"""One shipped contract, whole: its terms in order, and each published figure with its verdict."""

from dataclasses import dataclass

from headwater.contracts.agreement import Contract, Price
from headwater.contracts.term import Term
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.agreements import Agreement, read_agreement
from headwater.workflows.contracts.contract_list import VerdictCounts, counts
from headwater.workflows.contracts.figures import cited_keys, figure_of, sources_of
from headwater.workflows.contracts.published import GRADES, Hindcast, Published, read_published
from headwater.workflows.contracts.steps import Step, steps
from headwater.workflows.contracts.verdicts import Checked, checked
from headwater.workflows.odds.answer import odds

FEWEST_DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PriceShown:
    """A line of the rate card.

    Parameters
    ----------
    metric
        What is paid for, in words.
    cohort, group
        For whom; empty for all.
    """

    metric: str
    cohort: str
    group: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term.

    Parameters
    ----------
    words
        What it does.
    of
        What it takes up.
    not_published
        Its fields whose numbers nobody published.
    """

    id: str
    kind: str
    words: str
    clause: str
    of: tuple[str, ...]
    not_published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A published figure and what the contract's own terms give.

    Parameters
    ----------
    what
        What is checked.
    kind
        independent, consistency only, or derived here.
    published
        The figure as it was printed.
    figure
        The same as a number.
    computed
        What the engine works out.
    apart
        How far computed lies above published, where they conflict.
    because
        Why it cannot be checked.
    source
        Keys of the contract's sources.
    steps
        How the settlement came about.
    """

    id: str
    what: str
    kind: str
    published: str
    figure: Figure
    computed: Figure
    verdict: str
    apart: Figure | None
    because: str
    note: str
    source: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RivalShown:
    """Figures that sources give for the same thing.

    Parameters
    ----------
    what
        What they are of.
    says
        The figures, as printed.
    source
        Keys of the contract's sources.
    """

    what: str
    says: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HindcastShown:
    """What was known of a condition of payment at signature.

    Parameters
    ----------
    condition
        The term.
    people
        People or units on which the result rests.
    threshold
        From where it pays.
    promised
        The result that was expected.
    baseline
        What was expected without the programme.
    observed
        What came out.
    against
        What the result is compared with.
    not_known
        What the odds would need and nobody published.
    """

    condition: str
    people: Figure
    threshold: Figure
    promised: Figure
    baseline: Figure
    observed: Figure
    against: str
    not_known: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A shipped contract.

    Parameters
    ----------
    about
        What it is, in a few sentences.
    grade, grade_means
        How much of what was published can be checked, and what the letter means.
    first_day, last_day
        Of the agreement.
    population
        For whom it was.
    measured_how
        How outcomes were measured, and against what.
    settled
        When claims are settled.
    verification
        How a claim is confirmed.
    rate_card
        Prices by metric.
    terms
        In order.
    safeguards
        What the agreement says on questions that no term answers.
    mechanisms
        What it does, by the names of the list of mechanisms.
    rivals
        Figures that differ between sources.
    not_published
        What was looked for and not found.
    hindcast
        What was known at signature.
    odds
        How often luck would decide, where enough was known; empty where not.
    verdicts
        How its checks came out.
    """

    id: str
    name: str
    about: str
    country: str
    years: str
    grade: str
    grade_means: str
    first_day: str
    last_day: str
    currency: str
    population: str
    measured_how: str
    settled: str
    verification: str
    parties: tuple[PartyShown, ...]
    rate_card: tuple[PriceShown, ...]
    terms: tuple[TermShown, ...]
    safeguards: dict[str, str]
    checks: tuple[CheckShown, ...]
    verdicts: VerdictCounts
    conflicts: tuple[str, ...]
    rivals: tuple[RivalShown, ...]
    not_published: tuple[str, ...]
    hindcast: tuple[HindcastShown, ...]
    odds: tuple[str, ...]
    mechanisms: tuple[str, ...]


def contract_card(name: str) -> tuple[ContractCard, tuple[Source, ...]]:
    """Return a shipped contract, checked, and its sources.

    Raises
    ------
    InputError
        If no contract that ships has the name, with the nearest.
    """
    agreement = read_agreement(name)
    contract = agreement.contract
    made = read_published(contract.id)
    return _card(agreement, made, checked(contract, made)), sources_of(contract)


def _odds(agreement: Agreement) -> tuple[str, ...]:
    """Return how often luck would decide, in words, and what that rests on."""
    if agreement.contract.odds is None:
        return ()
    answer = odds(agreement, draws=FEWEST_DRAWS)  # the words come from the formula, not the draws
    return (*answer.in_words, *answer.warnings, answer.because)


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
        safeguards={name: said.words for name, said in contract.safeguard.items()},
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
        not_known=one.not_known,
        note=one.note,
    )
