"""Numbers as a reader sees them."""

import pytest

from headwater.core.figure import Figure
from headwater.reporting.icons import Share, whole
from headwater.reporting.numerals import numeral, span, unit_words, why_unknown


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        (0.0, "GBP", "£0"),
        (-0.3, "GBP", "£0"),
        (9_400.4, "GBP", "£9,400"),
        (-14_200.0, "GBP", "−£14k"),
        (999_600.0, "GBP", "£1.00m"),
        (3_657_134.6, "GBP a child", "£3.66m"),
        (0.0, "per cent of draws", "under 1%"),
        (99.9, "per cent of draws", "over 99%"),
        (100.0, "per cent", "100%"),
        (0.2, "per cent", "under 1%"),
        (3.5, "per cent a year", "3.5%"),
        (0.975, "hazard ratio", "0.97"),
        (-11.06, "children", "−11.1"),
        (0.02, "children", "0.02"),
        (12_055.2, "days", "12,055"),
        (1.0, "seed of the random numbers", "1"),
        (float("inf"), "GBP", "without limit"),
    ],
)
def test_a_number_is_rounded_as_its_unit_deserves(value, unit, read) -> None:
    assert numeral(value, unit) == read


def test_one_of_a_thing_is_singular_and_a_sign_takes_no_unit() -> None:
    assert unit_words("children", "1") == "child"
    assert unit_words("GBP a week") == "a week"
    assert unit_words("per cent") == ""


def test_a_span_without_width_and_a_missing_value_say_so() -> None:
    sure = Figure(3.0, "children", "input", low=3.0, high=3.0)
    assert span(sure) == ""
    unknown = Figure(None, "GBP", "not known", price_base="2024-25", note="no cost is published")
    assert why_unknown(unknown) == "not known: no cost is published"


@pytest.mark.parametrize("parts", [(57.1, 11.1, 81.8), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)])
@pytest.mark.parametrize("count", [1, 100, 150])
def test_drawn_people_add_up(parts, count) -> None:
    drawn = whole([Share("kind", part) for part in parts], count)
    assert min(drawn) >= 0
    assert sum(drawn) == count
