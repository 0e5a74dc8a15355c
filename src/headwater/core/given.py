"""Numbers that people write with where they were read, or why they are assumed."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from headwater.core.exact import WRITTEN, read_exact
from headwater.core.model import Frozen

MOST = 1e12
"""No number that people write is larger, below nought or above it."""


def read_number(given: Any) -> Any:
    """Return a number as it was written: 3, 0.05, "5/6" or "12.5%"."""
    number = given if isinstance(given, float) else float(read_exact(given))
    if abs(number) > MOST:
        msg = f"needs a number of at most {MOST:,.0f}"
        raise ValueError(msg)
    return number


def _schema(**limits: float) -> WithJsonSchema:
    """Return the form of a number in a schema: a number within limits, or text that holds one."""
    text = {"type": "string", "pattern": WRITTEN}
    return WithJsonSchema({"anyOf": [{"type": "number", **limits}, text]})


Number = Annotated[float, BeforeValidator(read_number), _schema()]
Positive = Annotated[float, BeforeValidator(read_number), Field(gt=0), _schema(exclusiveMinimum=0)]
NotBelow = Annotated[float, BeforeValidator(read_number), Field(ge=0), _schema(minimum=0)]
Part = Annotated[
    float, BeforeValidator(read_number), Field(ge=0, le=1), _schema(minimum=0, maximum=1)
]

Chance = Annotated[
    float,
    BeforeValidator(read_number),
    Field(gt=0, lt=1),
    _schema(exclusiveMinimum=0, exclusiveMaximum=1),
]


class Given(Frozen):
    """A number with where it was read, or why it is assumed.

    Parameters
    ----------
    value
        The number.
    source
        A key of the bibliography, or where it was read, in words.
    because
        Why it is assumed, where nobody published it.
    """

    value: Number
    source: str = ""
    because: str = ""

    @model_validator(mode="after")
    def _said(self) -> "Given":
        if not self.source and not self.because:
            msg = 'needs source = "…" (where it was read) or because = "…" (why it is assumed)'
            raise ValueError(msg)
        return self


class GivenPart(Given):
    """A part of one, 0 to 1, with its source."""

    value: Part


class GivenAmount(Given):
    """A number of 0 or more, with its source."""

    value: NotBelow


class GivenSize(Given):
    """A number above 0, with its source."""

    value: Positive
