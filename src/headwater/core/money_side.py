"""The money side of a contract, as people write it: what is spent, who is paid in what order."""

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from headwater.core.exact import AtLeastNothing, Share
from headwater.core.instrument import AnyInstrument, Name, Names, Pounds
from headwater.core.model import Frozen

Each = Literal["month", "quarter", "half_year", "year"]
Action = Literal[
    "costs", "arrears", "interest", "principal", "reserve", "bonus", "split", "recycle"
]
"""What a step of the waterfall does."""


class Calendar(Frozen):
    """The periods of the money, counted from the agreement's first day; all are equally long.

    Parameters
    ----------
    every
        Length of a period. None: as settled, or a quarter where that is at set dates or once.
    last_day
        By which the last period ends. None: the day on which the last payment is payable.
    left_over_to
        The party that has what no step shares out. None: the agreement's payee.
    """

    every: Each | None = None
    last_day: date | None = None
    left_over_to: Name | None = None


class Cost(Frozen):
    """What is spent.

    Parameters
    ----------
    to
        The party that is paid.
    amount
        Pounds, each time.
    on
        The days on which it falls due; or else `every`, from its first to its last day.
    paid
        "start": on the first day of its period, from what is kept for costs, from cash, and then by
        drawing on the instruments. "end": on its last day, by the step `costs`, from receipts only.
    with_referrals
        Whether it falls as the referrals do.
    """

    id: Name
    to: Name
    amount: Pounds
    on: tuple[date, ...] = ()
    every: Each | None = None
    first_day: date | None = None
    last_day: date | None = None
    paid: Literal["start", "end"] = "start"
    with_referrals: bool = False
    clause: str = ""


class Condition(Frozen):
    """When a step is worked; what is not said does not limit.

    Parameters
    ----------
    first_day, last_day
        Between which the period's last day falls.
    receipts_at_least
        Pounds that payers have paid so far.
    repaid
        Instruments that are owed nothing any more.
    """

    first_day: date | None = None
    last_day: date | None = None
    receipts_at_least: Pounds | None = None
    repaid: Names = ()


ALWAYS = Condition()


class Part(Frozen):
    """Somebody's part of a split: an instrument's or a party's."""

    to: Name
    share: Share


class Step(Frozen):
    """One step of the waterfall.

    Parameters
    ----------
    action
        "costs": those of this period paid at its end. "arrears": costs of earlier days not yet
        paid. "interest", "principal": what instruments are owed. "reserve": fill the reserve.
        "bonus": a party is paid. "split": what is left is shared out. "recycle": cash is kept for
        costs to come, so that less is drawn.
    of
        The costs or instruments; nothing: every cost. Those named together share by what is due.
    to
        Whose bonus it is.
    share
        Of the cash there is when its turn comes: the most it takes.
    limit, within
        Pounds: the most it takes in a period, a year or the whole agreement.
    part
        Of a split.
    """

    id: Name
    action: Action
    of: Names = ()
    to: Name | None = None
    share: Share = Fraction(1)
    limit: Pounds | None = None
    within: Literal["period", "year", "agreement"] = "period"
    condition: Condition = ALWAYS
    part: tuple[Part, ...] = ()
    clause: str = ""


class Reserve(Frozen):
    """Cash put aside.

    Parameters
    ----------
    target
        Pounds to which the step `reserve` fills it.
    pays
        Steps and costs that it pays where cash does not; the rest is released at the end.
    """

    target: Pounds
    pays: Names = ()
    clause: str = ""


class ReturnCap(Frozen):
    """The most that an instrument may earn; what passes it goes on to later steps.

    Parameters
    ----------
    of
        The instruments, each for itself; nothing: every one that is not a grant or guarantee.
    yearly
        Highest internal rate of return a year.
    most_times
        Most it may get, times what was drawn.
    """

    of: Names = ()
    yearly: AtLeastNothing | None = Field(default=None)
    most_times: AtLeastNothing | None = None
    clause: str = ""


class CapitalBack(Frozen):
    """The part of the capital drawn that is given back at an end from this day on."""

    first_day: date
    share: Share


class Termination(Frozen):
    """An early end that the agreement provides for, or that may happen anyway.

    Parameters
    ----------
    on
        The day on which it is supposed to come.
    by
        The party that ends it, if the agreement says which.
    owed
        What payers owe for outcomes up to that day is "paid", or "lost" where it was not yet
        payable: they walk away.
    of, payer, capital_back
        The instruments of whose capital a part is given back, by whom, and what part from when.
        Steps alone only say what the agreement says; nothing moves by them.
    """

    id: Name
    on: date
    by: Name | None = None
    owed: Literal["paid", "lost"] = "paid"
    of: Names = ()
    payer: Name | None = None
    capital_back: tuple[CapitalBack, ...] = ()
    clause: str = ""


class MoneySide(Frozen):
    """The money side of a contract, whole: the tables of those names in its file."""

    money: Calendar = Calendar()
    instrument: tuple[AnyInstrument, ...]
    cost: tuple[Cost, ...] = ()
    waterfall: tuple[Step, ...]
    reserve: Reserve | None = None
    return_cap: ReturnCap | None = None
    termination: tuple[Termination, ...] = ()
