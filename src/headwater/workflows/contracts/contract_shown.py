"""What a card of a contract holds."""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.workflows.contracts.contract_list import VerdictCounts
from headwater.workflows.contracts.steps import Step


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
    odds
        What could be said of its odds from that alone, in sentences.
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
    odds: tuple[str, ...]
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
