"""Numbers that people write with where they were read, or why they are assumed."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from headwater.core.exact import read_exact
from headwater.core.model import Frozen


def read_number(given: Any) -> Any:
    """Return a number as it was written: 3, 0.05, "5/6" or "12.5%"."""
    if isinstance(given, float):
        return given
    number = read_exact(given)
    return float(number) if isinstance(number, Fraction) else number


Number = Annotated[float, BeforeValidator(read_number)]
Positive = Annotated[float, BeforeValidator(read_number), Field(gt=0)]
NotBelow = Annotated[float, BeforeValidator(read_number), Field(ge=0)]
Part = Annotated[float, BeforeValidator(read_number), Field(ge=0, le=1)]


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
