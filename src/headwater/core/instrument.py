"""The money side of an agreement, as people write it: who lends, what is spent, who is paid."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from headwater.core.exact import AtLeastNothing, Share
from headwater.core.model import Frozen

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$", max_length=60)]

Kind = Literal[
    "grant",
    "first_loss",
    "guarantee",
    "junior",
    "senior",
    "revenue_participation",
    "performance_coupon",
    "deferred_fee",
    "protected_note",
    "equity_note",
]
"""What an instrument is."""


class Instrument(Frozen):
    """Somebody's money in the vehicle, and what it earns.

    Parameters
    ----------
    kind
        "grant": never repaid. "first_loss", "junior", "senior": loans; the waterfall says which is
        repaid first. "guarantee": pays what `covers` have lost at the end, up to its commitment.
        "revenue_participation": takes `share` of receipts. "performance_coupon": interest until
        `fixed_until`, then what the waterfall gives it. "deferred_fee": the provider's own fee,
        owed and not drawn in cash. "protected_note", "equity_note": two classes of one bond.
    commitment
        Pounds it can be drawn for, in all.
    yearly
        Interest a year on what is owed; what is not paid is owed too.
    drawn
        "as_needed", when cash runs out, in the order of the file; or "at_start", all at once.
    most_yearly
        The most that it may earn a year (internal rate of return); above that it takes no more.
    share, most_times
        Of a participation: its share of receipts, and the multiple of what was drawn at which it
        ends.
    covers
        Of a guarantee: the instruments it covers, in order.
    fixed_until
        Of a performance coupon: the last day on which interest runs.
    """

    id: Name
    kind: Kind
    party: Name
    commitment: AtLeastNothing
    yearly: AtLeastNothing = Fraction(0)
    drawn: Literal["as_needed", "at_start"] = "as_needed"
    most_yearly: AtLeastNothing | None = None
    share: Share | None = None
    most_times: AtLeastNothing | None = None
    covers: tuple[Name, ...] = ()
    fixed_until: date | None = None
    clause: str = ""


class Cost(Frozen):
    """What the vehicle spends.

    Parameters
    ----------
    to
        The party that is paid.
    amount
        Pounds, each time: on each day of `on`, or in every period.
    first_day, last_day
        Between which a cost of every period falls; else the whole agreement.
    """

    id: Name
    to: Name
    amount: AtLeastNothing
    on: tuple[date, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    clause: str = ""


Do = Literal["pay_costs", "interest", "repay", "reserve", "pay", "share_out"]


class Action(Frozen):
    """One step of the waterfall: what is paid, to whom, up to what, and when.

    Parameters
    ----------
    do
        "pay_costs": costs that could not be paid when they fell due. "interest", "repay": an
        instrument's. "reserve": fill the reserve account. "pay": a party, up to `most`.
        "share_out": what is left, by `shares`.
    to
        An instrument, or a party.
    share
        Of the cash that is left at this step; 1: all that is needed.
    most
        Pounds, over the whole agreement.
    when
        "always"; "repaid": only once every loan is repaid; "end": only in the last period.
    shares
        Of a sharing out: instruments or parties, each with its share.
    """

    do: Do
    to: Name | None = None
    share: Share = Fraction(1)
    most: AtLeastNothing | None = None
    when: Literal["always", "repaid", "end"] = "always"
    shares: dict[str, Share] = Field(default_factory=dict)
    clause: str = ""


class Reserve(Frozen):
    """A reserve account: how much it should hold; it pays costs and interest when cash runs out."""

    target: AtLeastNothing
    clause: str = ""


class Step(Frozen):
    """The part of capital still out that the payer returns if it ends the agreement from a day."""

    first_day: date
    capital_back: Share
    clause: str = ""
