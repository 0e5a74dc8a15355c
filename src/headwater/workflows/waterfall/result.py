"""What `waterfall` answers: scenario by scenario, who bears what, and who gets what when."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """What an instrument comes to in one scenario; amounts are means of draws.

    Parameters
    ----------
    given, got
        What it gives and gets, guarantees included.
    lost, unpaid_interest
        Its capital that nobody gave back, and interest still owed, at the end.
    rate
        Internal rate of return a year of its mean money; the ends are of the draws, a loss of
        everything counted as −100%.
    no_rate
        Share of draws with no rate, or several.
    multiple
        What it gets over what it gives, of the means.
    peak
        The most that is out at any time, mean of draws.
    loss
        Share of draws in which it gets less than it gives.
    shortfall
        Mean of what it gets less what it gives, in the worst tenth of draws.
    first_cash
        The day on which it first gets something in the middle draw; "" where it mostly gets
        nothing.
    """

    instrument: str
    kind: str
    party: str
    given: Figure
    got: Figure
    lost: Figure
    unpaid_interest: Figure
    rate: Figure
    no_rate: Figure
    multiple: Figure
    peak: Figure
    loss: Figure
    shortfall: Figure
    first_cash: str


@dataclass(frozen=True, slots=True)
class PartyMoney:
    """What a party gives, gets and keeps in one scenario; means of draws.

    Parameters
    ----------
    net
        What it gets less what it gives, with the range of draws.
    """

    party: str
    name: str
    role: str
    given: Figure
    got: Figure
    net: Figure


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """Money that goes from one account to another on a day; mean of draws."""

    day: str
    source: str
    target: str
    what: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class WaterfallScenario:
    """One scenario; amounts are means of draws.

    Parameters
    ----------
    words
        What is supposed in it.
    payments
        Outcome payments.
    public_pays
        What outcome payers and commissioners give in all, less what comes back to them.
    invested, investors_net
        What loans, notes and participations give, and what they get less that.
    investors_rate, investors_multiple, investors_peak
        Their internal rate of return a year, what they get over what they give, and the most that
        is out at any time, all of them together; what guarantors and protectors make good is in it.
    investors_lose
        Share of draws in which all of them together get less than they give.
    finance_rate
        The rate a year at which what they give equals what the contract pays them; what guarantors
        and protectors make good is not in it.
    peak
        The most that is drawn at any time, grants included.
    never_paid
        Costs that nobody paid by the end.
    owed_to_payers
        What payers were to have back, and did not get.
    """

    scenario: str
    words: str
    payments: Figure
    public_pays: Figure
    invested: Figure
    investors_net: Figure
    investors_rate: Figure
    investors_multiple: Figure
    investors_peak: Figure
    investors_lose: Figure
    finance_rate: Figure
    peak: Figure
    never_paid: Figure
    owed_to_payers: Figure
    instruments: tuple[InstrumentLine, ...]
    parties: tuple[PartyMoney, ...]
    flows: tuple[MoneyFlow, ...]


@dataclass(frozen=True, slots=True)
class WaterfallAnswer:
    """Who gets what, when.

    Parameters
    ----------
    in_words
        The answer in sentences.
    order
        The steps, in words.
    because
        Where the expected outcomes are from.
    claims_file
        The file of real claims, where one was given.
    settled_until
        The last day of the last period settled on them; "" without claims.
    """

    agreement: str
    name: str
    currency: str
    in_words: tuple[str, ...]
    order: tuple[str, ...]
    scenarios: tuple[WaterfallScenario, ...]
    because: tuple[str, ...]
    claims_file: str
    settled_until: str
