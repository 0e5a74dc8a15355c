"""Days that are stated, or that nobody outside has seen.

A day that is not published stands where a day stands, sorts before or after every other, and says
what it is when it is written. Nothing may be worked out from it: whoever needs the day asks
`is_seen` first.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import PlainSerializer, ValidatorFunctionWrapHandler, WithJsonSchema, WrapValidator

from headwater.core.unseen import NOT_PUBLISHED


class UnseenDay(date):
    """A day that exists and is not published."""

    def isoformat(self) -> str:
        """Return what it is."""
        return NOT_PUBLISHED

    def __str__(self) -> str:
        """Return what it is."""
        return NOT_PUBLISHED

    def __format__(self, _: str, /) -> str:
        """Return what it is."""
        return NOT_PUBLISHED


UNSEEN_FIRST, UNSEEN_LAST = UnseenDay(1, 1, 1), UnseenDay(9999, 12, 31)
"""A first day that is not published lies before all others, a last day after them."""


def is_seen(day: date) -> bool:
    """Return whether a day is stated."""
    return not isinstance(day, UnseenDay)


def _first(given: Any, read: ValidatorFunctionWrapHandler) -> Any:
    return UNSEEN_FIRST if _unseen(given) else read(given)


def _last(given: Any, read: ValidatorFunctionWrapHandler) -> Any:
    return UNSEEN_LAST if _unseen(given) else read(given)


def _unseen(given: Any) -> bool:
    return isinstance(given, UnseenDay) or (isinstance(given, str) and given == NOT_PUBLISHED)


_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "string", "format": "date"}, {"const": NOT_PUBLISHED}]}
)
_WRITTEN = PlainSerializer(str, return_type=str, when_used="json")
FirstDay = Annotated[date, WrapValidator(_first), _WRITTEN, _SCHEMA]
"""A first day, or "not published"."""
LastDay = Annotated[date, WrapValidator(_last), _WRITTEN, _SCHEMA]
"""A last day, or "not published"."""
