"""Numbers that are stated, or that nobody outside has seen."""

from fractions import Fraction
from typing import Any, Literal, TypeGuard

from pydantic import PlainSerializer, WithJsonSchema

from headwater.core.exact import read_exact, write_exact

NOT_PUBLISHED: Literal["not published"] = "not published"
"""What stands where a number exists and nobody outside has seen it."""
Unseen = Literal["not published"]


def read_or_unseen(given: Any) -> Fraction | Unseen:
    """Return a number as it is written, or that it is not published."""
    if given == NOT_PUBLISHED:
        return NOT_PUBLISHED
    try:
        return read_exact(given)
    except ValueError as error:
        msg = f'{error}, or "{NOT_PUBLISHED}"'
        raise ValueError(msg) from None


def _write(number: Fraction | Unseen) -> str:
    return write_exact(number) if is_known(number) else NOT_PUBLISHED


def is_known(number: Fraction | Unseen | None) -> TypeGuard[Fraction]:
    """Return whether a number is stated."""
    return isinstance(number, Fraction)


def stated(number: Fraction | Unseen | None) -> Fraction:
    """Return a number that is known to be stated: nothing is worked with one that is not."""
    if not is_known(number):
        raise AssertionError(number)
    return number


_SCHEMA = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?[0-9.]+( ?%)?$|^-?[0-9]+/[0-9]+$|^not published$"},
    ]
}
WRITTEN = (PlainSerializer(_write, return_type=str), WithJsonSchema(_SCHEMA))
"""How such a number is written to a file, and what a schema says of it."""
