"""Exact numbers: read as written, rounded once by a named rule, never through binary floats."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.exact import decimal, pounds, quotient, read_exact, scaled, write_exact

RULES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (3, Fraction(3)),
        (Decimal("0.05"), Fraction(1, 20)),
        ("5/6", Fraction(5, 6)),
        ("12.5%", Fraction(1, 8)),
        ("-0.075", Fraction(-3, 40)),
    ],
)
def test_a_number_is_read_as_it_was_written(written, number):
    assert read_exact(written) == number
    assert read_exact(write_exact(number)) == number


@pytest.mark.parametrize(
    "wrong", ["1e9", "nan", "inf", "1/0", "£3", "", "1_000", True, 0.1, "9" * 41]
)
def test_what_is_no_exact_number_is_refused(wrong):
    with pytest.raises(ValueError, match="needs a number"):
        read_exact(wrong)


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5),
    st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6),
    st.sampled_from(sorted(RULES)),
)
def test_scaling_rounds_once_by_the_rule(values, by, mode):
    found = scaled(np.array(values, dtype=np.int64), by, mode)
    for value, got in zip(values, found.tolist(), strict=True):
        exact = Fraction(value) * by
        whole, rest = divmod(abs(exact.numerator), exact.denominator)
        tenths = Decimal(whole) + (
            Decimal(1) / 2
            if 2 * rest == exact.denominator
            else Decimal("0.3") * (rest > 0)
            if 2 * rest < exact.denominator
            else Decimal("0.7")
        )
        size = int(tenths.quantize(Decimal(1), rounding=RULES[mode]))
        assert got == (size if exact >= 0 else -size)


def test_numbers_too_large_for_64_bits_on_the_way_are_exact_in_the_end():
    values = np.array([10**17 + 1], dtype=np.int64)
    assert quotient(values, 10**12, 10**12, "half_up").tolist() == [10**17 + 1]


def test_a_result_that_does_not_fit_is_refused():
    with pytest.raises(OverflowError):
        quotient(np.array([10**18], dtype=np.int64), 1000, 1, "half_up")


def test_money_and_quantities_in_words():
    assert pounds(123450) == "1,234.50"
    assert pounds(-5) == "−0.05"
    assert decimal(83870968, 9) == "0.083870968"
    assert decimal(-1500, 3) == "−1.5"


@pytest.mark.parametrize(
    ("written", "number"), [("1E+9", Fraction(10**9)), ("1e-7", Fraction(1, 10**7))]
)
def test_a_decimal_with_an_exponent_is_that_number(written, number):
    assert read_exact(Decimal(written)) == number


@pytest.mark.parametrize("written", ["1E+400", "1E+41", "NaN", "Infinity"])
def test_a_decimal_too_long_to_write_out_is_refused(written):
    with pytest.raises(ValueError, match="needs a number"):
        read_exact(Decimal(written))
