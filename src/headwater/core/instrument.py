"""Instruments, as people write them: whose money, how much of it, and what it is owed.

Each kind has its rules in a module of its own, `finance/instruments/KIND.py`.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from headwater.core.exact import AtLeastNothing, Share, read_exact
from headwater.core.model import Frozen
from headwater.core.unseen import WRITTEN, Unseen, is_known, read_or_unseen

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$", max_length=60)]
"""How something is called in the file: letters, digits, and _ . / -"""
MOST_POUNDS = 10**9
"""Amounts of the money side stay below this, so that what grows on them fits whole numbers."""


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


def _bounded(number: Fraction) -> Fraction:
    if number > MOST_POUNDS:
        msg = f"must not be above {MOST_POUNDS:,}"
        raise ValueError(msg)
    return number


Names = Annotated[
    tuple[Name, ...], BeforeValidator(_listed, json_schema_input_type=Name | tuple[Name, ...])
]
"""One name, or a list of names."""
Pounds = Annotated[AtLeastNothing, BeforeValidator(lambda n: _bounded(read_exact(n)))]
"""Pounds (or whole units of the agreement's currency), 0 or more."""


def _lent(given: Any) -> Fraction | Unseen:
    number = read_or_unseen(given)
    if is_known(number) and number < 0:
        msg = "must not be below 0"
        raise ValueError(msg)
    return _bounded(number) if is_known(number) else number


def _rate(given: Any) -> Fraction | Unseen:
    number = _lent(given)
    if is_known(number) and number > 1:
        msg = 'must not be above 1 (write 5% as 0.05 or "5%")'
        raise ValueError(msg)
    return number


Lent = Annotated[Fraction | Unseen, BeforeValidator(_lent), *WRITTEN]
"""Pounds, 0 or more, or "not published"."""
Rate = Annotated[Fraction | Unseen, BeforeValidator(_rate), *WRITTEN]
"""A share from 0 to 1, or "not published"."""
Unpaid = Literal["owed", "compounds", "lapses"]


class Instrument(Frozen):
    """Somebody's money in a contract.

    Parameters
    ----------
    party
        Whose it is.
    commitment
        The most that it gives, in pounds, or "not published".
    order
        Which is drawn first: the lowest; those of the same order share by commitment.
    drawn
        "as_needed": when costs fall due and there is no other cash. "at_start": all of it on the
        first day, kept for costs.
    """

    id: Name
    party: Name
    commitment: Lent
    order: int = Field(default=1, ge=1, le=99)
    drawn: Literal["as_needed", "at_start"] = "as_needed"
    clause: str = ""


class Loan(Instrument):
    """Money that is owed back.

    Parameters
    ----------
    yearly
        Interest a year on capital that is out, by parts of a year, or "not published".
    unpaid
        Interest that is not paid is "owed", "compounds" (bears interest itself) or "lapses".
    """

    yearly: Rate = Fraction(0)
    unpaid: Unpaid = "owed"


class GrantMoney(Instrument):
    """Money that is never paid back."""

    kind: Literal["grant"]


class FirstLoss(Loan):
    """A loan that is repaid after all others, and so loses first."""

    kind: Literal["first_loss"]


class Junior(Loan):
    """A loan that is repaid after the senior one."""

    kind: Literal["junior"]


class Senior(Loan):
    """A loan that is repaid first."""

    kind: Literal["senior"]


class Guarantee(Instrument):
    """A promise to make good capital that others have not got back at the end.

    Parameters
    ----------
    covers
        The instruments, in the order in which they are made good.
    share
        Part of the capital not repaid that it makes good, up to its commitment.
    """

    kind: Literal["guarantee"]
    covers: Names = Field(min_length=1)
    share: Share = Fraction(1)


class RevenueParticipation(Instrument):
    """Money for a share of what payers pay, as it is paid.

    Parameters
    ----------
    share
        Of every receipt.
    most_times
        What it may get in all: so many times what was drawn. None: without limit.
    """

    kind: Literal["revenue_participation"]
    share: Share
    most_times: AtLeastNothing | None = None


class PerformanceCoupon(Loan):
    """A bond with a fixed coupon, and then one that depends on what there is.

    Parameters
    ----------
    fixed_until
        Last day of the fixed coupon, `yearly`.
    share
        After it: the part of the cash at the interest step that is coupon.
    most_yearly
        The most that coupon may be, a year, of the capital that is out.
    """

    kind: Literal["performance_coupon"]
    fixed_until: date
    share: Share = Fraction(1)
    most_yearly: Share | None = None


class DeferredFee(Loan):
    """A provider's own fee, earned and left unpaid until the waterfall reaches it."""

    kind: Literal["deferred_fee"]


class ProtectedNote(Loan):
    """A note of which a part is protected: a party makes it good at the end.

    Parameters
    ----------
    protected
        Part of the capital drawn that comes back whatever happens.
    protector
        The party that makes it good.
    """

    kind: Literal["protected_note"]
    protected: Share = Fraction(1)
    protector: Name


class EquityNote(Loan):
    """The class of a note that bears the loss, and shares in what is left."""

    kind: Literal["equity_note"]


KINDS: dict[str, type[Instrument]] = {
    str(one.model_fields["kind"].annotation.__args__[0]): one  # type: ignore[union-attr]
    for one in (
        GrantMoney,
        FirstLoss,
        Guarantee,
        Junior,
        Senior,
        RevenueParticipation,
        PerformanceCoupon,
        DeferredFee,
        ProtectedNote,
        EquityNote,
    )
}
"""Every kind by its name."""
AnyInstrument = Annotated[
    GrantMoney
    | FirstLoss
    | Guarantee
    | Junior
    | Senior
    | RevenueParticipation
    | PerformanceCoupon
    | DeferredFee
    | ProtectedNote
    | EquityNote,
    Field(discriminator="kind"),
]
