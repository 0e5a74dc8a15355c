"""Months and the periods made of them."""

from calendar import monthrange
from datetime import date

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Months in each length of period."""


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
