"""Numbers that an agreement states, or says are not published."""

from fractions import Fraction
from typing import Annotated, Any, Literal, TypeGuard

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from headwater.core.exact import PENCE, read_exact, write_exact

NOT_PUBLISHED: Literal["not published"] = "not published"
"""What stands where a term exists and nobody outside has seen its number."""

Unseen = Literal["not published"]
MOST_POUNDS = 10**14
"""No amount of an agreement reaches this; in pence it fits 64 bits with room for sums."""


def _read(given: Any) -> Fraction | Unseen:
    if given == NOT_PUBLISHED:
        return NOT_PUBLISHED
    try:
        return read_exact(given)
    except ValueError as error:
        msg = f'{error}, or "{NOT_PUBLISHED}"'
        raise ValueError(msg) from None


def _read_amount(given: Any) -> Fraction | Unseen:
    number = _read(given)
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


def _write(number: Fraction | Unseen) -> str:
    return write_exact(number) if is_known(number) else NOT_PUBLISHED


def is_known(number: Fraction | Unseen | None) -> TypeGuard[Fraction]:
    """Return whether a number is stated."""
    return isinstance(number, Fraction)


def stated(number: Fraction | Unseen | None) -> Fraction:
    """Return a number that is known to be stated: no term is worked with one that is not."""
    if not is_known(number):
        raise AssertionError(number)
    return number


_SCHEMA = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?[0-9.]+( ?%)?$|^-?[0-9]+/[0-9]+$|^not published$"},
    ]
}
_WRITTEN = (PlainSerializer(_write, return_type=str), WithJsonSchema(_SCHEMA))

Stated = Annotated[Fraction | Unseen, BeforeValidator(_read), *_WRITTEN]
"""Any number, or "not published"."""
Amount = Annotated[Fraction | Unseen, BeforeValidator(_read_amount), *_WRITTEN]
"""Pounds (or whole units of the agreement's currency), 0 or more, or "not published"."""
Part = Annotated[Fraction | Unseen, BeforeValidator(_read_share), *_WRITTEN]
"""A share from 0 to 1, or "not published"."""


def in_pence(pounds: Fraction) -> Fraction:
    """Return hundredths of the currency, not rounded."""
    return pounds * PENCE
