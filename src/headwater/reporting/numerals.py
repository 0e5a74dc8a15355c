"""Numbers as a reader sees them: rounded as their unit deserves, the exact value kept elsewhere."""

import math

from headwater.core.figure import Figure

MINUS = "\N{MINUS SIGN}"
NOT_KNOWN = "not known"
ONE = {"children": "child", "days": "day", "years": "year"}


def numeral(value: float, unit: str) -> str:
    """Return a number rounded for reading, with its pound or per cent sign."""
    if math.isinf(value):
        return "without limit"
    if unit.startswith("GBP"):
        return _signed(value, pounds(abs(value)))
    if unit.startswith("per cent"):
        return _signed(value, _per_cent(abs(value), unit))
    if "ratio" in unit or "times" in unit or "factor" in unit:
        return _signed(value, f"{abs(value):.2f}")
    return _signed(value, _count(abs(value), unit))


def pounds(size: float, *, beside: float = 0.0) -> str:
    """Return pounds to three or four significant figures.

    Parameters
    ----------
    beside
        A larger amount that it stands beside, in whose unit it is then written.
    """
    largest = max(size, beside)
    if largest >= 999_500_000:
        return f"£{size / 1e9:,.2f}bn"
    if largest >= 999_500:
        return f"£{size / 1e6:,.2f}m"
    if largest >= 10_000:
        return f"£{size / 1e3:,.0f}k"
    return f"£{size:,.0f}"


def _per_cent(size: float, unit: str) -> str:
    if "a year" in unit:
        return f"{size:g}%"
    if "draws" in unit:  # a share of draws never claims certainty
        return "under 1%" if size < 1 else "over 99%" if size > 99 else f"{size:.0f}%"
    if "what came" in unit:  # errors of forecasts, which differ by tenths
        return f"{size:.1f}%"
    text = f"{size:,.0f}%"
    return "under 1%" if text == "0%" and size > 0.0 else text


def _count(size: float, unit: str) -> str:
    if size >= 100 or unit in {"draws", "years", "month", "seed of the random numbers"}:
        return f"{size:,.0f}"
    if size < 1:
        return f"{size:.2g}"
    return f"{size:.1f}".removesuffix(".0")


def _signed(value: float, size: str) -> str:
    """Put a true minus sign before a size, unless it has been rounded to nought."""
    nought = not any(digit in size for digit in "123456789")
    return f"{MINUS}{size}" if value < 0 and not nought else size


def unit_words(unit: str, number: str = "") -> str:
    """Return what must still be said of a unit after its sign: "a week" of "GBP a week"."""
    if number == "1" and unit in ONE:
        return ONE[unit]
    for sign in ("GBP", "per cent"):
        if unit.startswith(sign):
            return unit.removeprefix(sign).strip()
    plain = {"as named", "ratio", "discount factor", "seed of the random numbers"}
    return "" if unit in plain else unit


def span(figure: Figure) -> str:
    """Return the figure's interval as "low to high", or nothing."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    if figure.low == figure.high:
        return ""
    ends = (figure.low, figure.high)
    if figure.unit.startswith("GBP"):
        largest = max(abs(end) for end in ends)
        low, high = (_signed(end, pounds(abs(end), beside=largest)) for end in ends)
    else:
        low, high = (numeral(end, figure.unit) for end in ends)
    return f"{low} to {high}"


def why_unknown(figure: Figure) -> str:
    """Return "not known: why" of a figure without a value."""
    if figure.note.startswith(("not known", "not valued")):
        return figure.note
    return f"{NOT_KNOWN}: {figure.note}"
