"""What `waterfall` answers."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What one account comes to in one scenario.

    Parameters
    ----------
    paid_in, got_back
        Means over draws.
    rate
        Internal rate of return a year, the median of draws in which there is one.
    no_rate
        Share of draws without a rate: nothing came back, or flows change sign more than once.
    multiple
        What came back over what was paid in, of the means.
    peak
        The most that is out at any time, mean.
    loss
        Chance that less comes back than was paid in.
    shortfall
        Mean net result of the worst tenth of draws.
    first_cash
        When something first comes back, median; none where mostly nothing does.
    """

    account: str
    kind: str
    paid_in: Figure
    got_back: Figure
    rate: Figure
    no_rate: Figure
    multiple: Figure
    peak: Figure
    loss: Figure
    shortfall: Figure
    first_cash: str


@dataclass(frozen=True, slots=True)
class MoneyCase:
    """One scenario: what outcome payers pay, and what everybody gets.

    Parameters
    ----------
    unpaid
        Costs that nobody could pay: the vehicle is short.
    left
        What stays in the vehicle at the end.
    finance_rate
        The rate a year that equates all investors' money in and expected money out.
    """

    scenario: str
    public_pays: Figure
    finance_rate: Figure
    unpaid: Figure
    left: Figure
    parties: tuple[AccountLine, ...]


@dataclass(frozen=True, slots=True)
class DayOfFlows:
    """The end of a period, as promised: means over draws."""

    day: str
    flows: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class WaterfallAnswer:
    """Who gets what, when.

    Parameters
    ----------
    course
        Money to and from each account at each day, as promised.
    order
        The actions, in words.
    """

    agreement: str
    name: str
    in_words: tuple[str, ...]
    scenarios: tuple[MoneyCase, ...]
    course: tuple[DayOfFlows, ...]
    order: tuple[str, ...]
    because: tuple[str, ...]
