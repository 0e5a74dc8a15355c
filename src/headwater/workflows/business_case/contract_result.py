"""What a business case says of an agreement that would pay for its outcomes."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class PayerLine:
    """What one payer pays over the whole agreement."""

    payer: str
    paid: Figure


@dataclass(frozen=True, slots=True)
class YearPaid:
    """What is paid in a year of the agreement, with the programme and without."""

    year: str
    programme: Figure
    business_as_usual: Figure


@dataclass(frozen=True, slots=True)
class ContractMoney:
    """Payments of an agreement for a case's cohort, in cash.

    Parameters
    ----------
    paid
        With the programme.
    anyway
        If the agreement ran and the programme changed nothing: paid for what happens anyway.
    more
        The difference: what is paid because of the programme.
    nothing
        Share of draws in which nothing is paid.
    outcomes
        Units of each metric that a case simulates, with the programme.
    not_simulated
        Metrics that a case does not simulate: nothing is paid for them here.
    unknown
        Terms that rest on numbers nobody published.
    """

    agreement: str
    name: str
    in_words: tuple[str, ...]
    paid: Figure
    anyway: Figure
    more: Figure
    nothing: Figure
    payers: tuple[PayerLine, ...]
    years: tuple[YearPaid, ...]
    outcomes: tuple[Figure, ...]
    not_simulated: tuple[str, ...]
    unknown: tuple[str, ...]
