"""What an instrument may earn at most, in whole pence, rounded down: no float decides a payment."""

from fractions import Fraction

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import quotient

PLACES = 40
"""Binary places of a factor that no fraction holds."""
HALF = 20


def factor(yearly: Fraction, months: int) -> Fraction:
    """Return by what a balance grows in some months at a yearly rate, never above the truth.

    A whole year is exact. A part of one, (1 + rate) to the power of months ÷ 12, is the largest
    number of `PLACES` binary places that is not above it.
    """
    years, rest = divmod(months, 12)
    whole = (1 + yearly) ** years
    if not rest:
        return whole
    power = (whole**12) * (1 + yearly) ** rest
    low, high = 1 << PLACES, int((whole * (1 + yearly) + 1) * (1 << PLACES))
    while high - low > 1:
        middle = (low + high) // 2
        if Fraction(middle, 1 << PLACES) ** 12 <= power:
            low = middle
        else:
            high = middle
    return Fraction(low, 1 << PLACES)


def grown(pence: IntArray, by: Fraction) -> IntArray:
    """Return amounts times a factor, each rounded down.

    A factor of `PLACES` binary places is worked in two halves, so that every product fits.
    """
    if (1 << PLACES) % by.denominator or pence.max(initial=0) >= 1 << PLACES or by >= 4:
        return quotient(pence, by.numerator, by.denominator, "down")
    times = int(by * (1 << PLACES))
    above, below = pence >> HALF, pence & ((1 << HALF) - 1)
    product = above * times
    carried = ((product & ((1 << HALF) - 1)) << HALF) + below * times
    return np.asarray((product >> HALF) + (carried >> PLACES))
