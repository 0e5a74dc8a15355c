"""What a slow settlement is made of: claims, cells, rounding, months, and parts of payers."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

Key = Any
Term = dict[str, Any]
GRAINS = ("claim", "who", "cohort", "group", "all")
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
NEVER = date.max


@dataclass(frozen=True)
class Claim:
    """One outcome that counts, in the period in which it is claimed, some days later."""

    name: int
    metric: str
    who: str
    cohort: str
    group: str
    first_day: date
    last_day: date
    units: Fraction
    late: int = 0


@dataclass
class Cells:
    """What a metric or a term gives in one step."""

    grain: str
    values: dict[Key, Any]
    money: bool = False
    to_date: bool = False
    places: int = 0
    unknown: frozenset[Key] = frozenset()


Seen = tuple[Fraction | None, int | None]
"""A quantity as a payment takes it up, None if not known; and in pence what it pays a part of."""


@dataclass
class Layer:
    """Where a quantity to date stood when the terms changed, by the new and by the old ones."""

    before: Term | None
    stood: dict[Key, Seen]
    was: dict[Key, Seen]
    seen: dict[Key, bool]
    whole_to_date: bool


def rounded(number: Fraction, mode: str) -> int:
    """Return a whole number by a rule of rounding."""
    size = abs(number)
    whole = size.numerator // size.denominator
    rest = size - whole
    up = {
        "down": False,
        "up": rest > 0,
        "half_up": rest >= Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
    }[mode]
    return (whole + up) * (1 if number >= 0 else -1)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_between(first: date, day: date) -> int:
    """Return how many whole years have passed since a first day."""
    years = 0
    while months_later(first, 12 * (years + 1)) <= day:
        years += 1
    return years


def parts(shares: list[Fraction], most: list[int | None], due: list[int]) -> list[list[int]]:
    """Return what each payer pays in each period, of what is due in each."""
    before, found = [0] * len(shares), []
    spare = most.index(None)
    for total in due:
        edges = [rounded(total * sum(shares[:i]), "half_up") for i in range(len(shares) + 1)]
        part = [b - a for a, b in pairwise(edges)]
        for i, limit in enumerate(most):
            if limit is not None:
                over = max(part[i] - max(limit - before[i], 0), 0)
                part[i] -= over
                part[spare] += over
        before = [a + b for a, b in zip(before, part, strict=True)]
        found.append(part)
    return found
