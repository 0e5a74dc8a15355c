"""Exact numbers: what people write is a fraction, what is computed is a whole number of something.

A tariff, a share or a rate is a `Fraction`. An amount of money is a whole number of pence; a
measured quantity a whole number of its last decimal place. Both stand in int64 arrays, and every
multiplication or division is rounded once, by a named rule. Nothing passes through binary floats.
"""

from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from headwater.core.arrays import IntArray

Mode = Literal["half_up", "half_even", "down", "up"]
"""Rounding: a half away from zero, a half to the even neighbour, towards zero, away from zero."""
PENCE = 100
DAYS = 365
"""Days of a year in which interest compounds."""
MOST = 2**62
"""Whole numbers stay below this; what would pass it is worked in Python's own."""
LONGEST = 40
"""Digits a written number may have."""


def read_exact(given: Any) -> Fraction:
    """Return a number as it was written: 3, 0.05, "5/6" or "12.5%".

    Raises
    ------
    ValueError
        If it is no finite number.
    """
    if isinstance(given, bool) or not isinstance(given, int | Decimal | Fraction | str):
        msg = 'needs a number, such as 3, 0.05, "5/6" or "12.5%"'
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports a ValueError with its place
    text = _written_out(given) if isinstance(given, Decimal) else str(given).strip()
    if len(text) > LONGEST:
        msg = f"needs a number of at most {LONGEST} characters"
        raise ValueError(msg)
    try:
        return _fraction(text)
    except (ValueError, InvalidOperation, ZeroDivisionError, OverflowError):
        msg = 'needs a number, such as 3, 0.05, "5/6" or "12.5%"'
        raise ValueError(msg) from None


def _written_out(number: Decimal) -> str:
    """Return a number without an exponent: 1e9 as 1000000000; one too long to write as it is."""
    short = number.is_finite() and abs(number.adjusted()) <= LONGEST
    return format(number, "f") if short else str(number)


def _fraction(text: str) -> Fraction:
    if "e" in text.casefold() or "_" in text:
        msg = "written with an exponent"
        raise ValueError(msg)
    if text.endswith("%"):
        return Fraction(Decimal(text[:-1].strip())) / 100
    if "/" in text:
        above, below = text.split("/")
        return Fraction(int(above), int(below))
    return Fraction(Decimal(text))


def write_exact(number: Fraction) -> str:
    """Return a number as it may be written: decimals where they end, else a fraction."""
    below = number.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below != 1:
        return f"{number.numerator}/{number.denominator}"
    text = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


WRITTEN = r"^-?[0-9]+(\.[0-9]+)?( ?%)?$|^-?[0-9]+/[0-9]+$"
"""The form of a number written as text: "5/6" or "12.5%"."""
_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": WRITTEN}]}

Exact = Annotated[
    Fraction,
    BeforeValidator(read_exact),
    PlainSerializer(write_exact, return_type=str),
    WithJsonSchema(_SCHEMA),
]
"""A number as it was written."""


def _at_least_nothing(number: Fraction) -> Fraction:
    if number < 0:
        msg = "must not be below 0"
        raise ValueError(msg)
    return number


def _at_most_all(number: Fraction) -> Fraction:
    if number > 1:
        msg = 'must not be above 1 (write 5% as 0.05 or "5%")'
        raise ValueError(msg)
    return number


AtLeastNothing = Annotated[Exact, BeforeValidator(lambda n: _at_least_nothing(read_exact(n)))]
"""A number of 0 or more."""
Share = Annotated[Exact, BeforeValidator(lambda n: _at_most_all(_at_least_nothing(read_exact(n))))]
"""A number from 0 to 1."""


def scaled(values: IntArray, by: Fraction, mode: Mode) -> IntArray:
    """Return whole numbers multiplied by a fraction, each rounded once.

    Parameters
    ----------
    values
        Any shape.

    Raises
    ------
    OverflowError
        If a result does not fit 64 bits.
    """
    return quotient(values, by.numerator, by.denominator, mode)


def quotient(values: IntArray, times: int | IntArray, over: int | IntArray, mode: Mode) -> IntArray:
    """Return `values` × `times` ÷ `over`, each rounded once; what divides must not be 0.

    Parameters
    ----------
    values, times, over
        Whole numbers, of shapes that go together.
    """
    wide = _most(values) * max(_most(times), 1) >= MOST or _most(over) >= MOST // 2
    kind = object if wide else np.int64
    above = np.asarray(values).astype(kind) * np.asarray(times, dtype=kind)
    below = np.asarray(over, dtype=kind)
    above, below = np.where(below < 0, -above, above), np.abs(below)
    return _whole(_divided(above, below, mode))


def _divided(above: Any, below: Any, mode: Mode) -> Any:
    """Return the quotient of whole numbers by positive ones, rounded."""
    size, sign = np.abs(above), np.where(above < 0, -1, 1)
    whole = size // below
    rest = size - whole * below
    if mode == "down":
        return sign * whole
    if mode == "up":
        return sign * (whole + (rest > 0))
    more = 2 * rest > below
    tie = 2 * rest == below
    if mode == "half_even":
        tie = tie & (whole % 2 == 1)
    return sign * (whole + (more | tie))


def _whole(values: Any) -> IntArray:
    """Return an array of 64-bit whole numbers, or refuse what does not fit."""
    array = np.asarray(values)
    if array.dtype == object and array.size and _most(array) >= MOST:
        msg = "a number passes 64 bits"
        raise OverflowError(msg)
    return array.astype(np.int64)


def _most(values: Any) -> int:
    """Return the largest size among whole numbers."""
    array = np.asarray(values)
    return max(abs(int(array.max())), abs(int(array.min()))) if array.size else 0


def growth(yearly: Fraction, days: int) -> Fraction:
    """Return (1 + rate) to the power of days ÷ 365, to 28 figures."""
    context = Context(prec=28)
    rate = Decimal(1) + Decimal(yearly.numerator) / Decimal(yearly.denominator)
    return Fraction(context.power(rate, Decimal(days) / Decimal(DAYS)))


def pounds(pence: int) -> str:
    """Return whole pence as pounds: "1,234.50", "−1,234.50"."""
    sign = "−" if pence < 0 else ""
    return f"{sign}{abs(pence) // PENCE:,}.{abs(pence) % PENCE:02d}"


def decimal(whole: int, places: int) -> str:
    """Return a quantity with its decimal places, less trailing zeros: "0.0839"."""
    if places == 0:
        return f"{whole:,}"
    sign, size, one = "−" if whole < 0 else "", abs(whole), 10**places
    tail = f"{size % one:0{places}d}".rstrip("0")
    return f"{sign}{size // one:,}.{tail}" if tail else f"{sign}{size // one:,}"
