"""Numbers that an agreement states, or says are not published."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator

from headwater.core.exact import PENCE
from headwater.core.unseen import NOT_PUBLISHED, WRITTEN, Unseen, is_known, read_or_unseen, stated

__all__ = ["NOT_PUBLISHED", "Amount", "Part", "Stated", "Unseen", "in_pence", "is_known", "stated"]

MOST_POUNDS = 10**14
"""No amount of an agreement reaches this; in pence it fits 64 bits with room for sums."""


def _read_amount(given: Any) -> Fraction | Unseen:
    number = read_or_unseen(given)
    if is_known(number) and number < 0:
        msg = "must not be below 0"
        raise ValueError(msg)
    if is_known(number) and number >= MOST_POUNDS:
        msg = f"must be below {MOST_POUNDS:,}"
        raise ValueError(msg)
    return number


def _read_share(given: Any) -> Fraction | Unseen:
    number = _read_amount(given)
    if is_known(number) and number > 1:
        msg = 'must not be above 1 (write 5% as 0.05 or "5%")'
        raise ValueError(msg)
    return number


Stated = Annotated[Fraction | Unseen, BeforeValidator(read_or_unseen), *WRITTEN]
"""Any number, or "not published"."""
Amount = Annotated[Fraction | Unseen, BeforeValidator(_read_amount), *WRITTEN]
"""Pounds (or whole units of the agreement's currency), 0 or more, or "not published"."""
Part = Annotated[Fraction | Unseen, BeforeValidator(_read_share), *WRITTEN]
"""A share from 0 to 1, or "not published"."""


def in_pence(pounds: Fraction) -> Fraction:
    """Return hundredths of the currency, not rounded."""
    return pounds * PENCE
