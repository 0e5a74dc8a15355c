"""Price bases: in which year's pounds an amount stands, and how to move it to another year's.

A financial year (2024-25) takes the index of the calendar year it starts in (2024). Nothing is
moved past the last published index except by a rate the user names.
"""

import re
from dataclasses import dataclass

from headwater.core.errors import InputError, Problem

_YEAR = re.compile(r"^\s*(?P<year>(?:19|20)\d\d)(?:\s*[-/–]\s*(?P<end>\d\d(?:\d\d)?))?\s*$")


@dataclass(frozen=True, slots=True, order=True)
class PriceBase:
    """The year whose prices an amount is in, by the calendar year it starts in."""

    year: int
    financial: bool = True

    def __str__(self) -> str:
        """Return "2024-25" for a financial year, "2024" for a calendar year."""
        return f"{self.year}-{(self.year + 1) % 100:02d}" if self.financial else f"{self.year}"

    @classmethod
    def read(cls, text: str, *, place: str) -> "PriceBase":
        """Read "2024-25", "2013/14" or "2024".

        Raises
        ------
        InputError
            If the text is no year, or a financial year whose halves do not follow each other.
        """
        match = _YEAR.match(text)
        remedy = "Write a financial year as 2024-25, a calendar year as 2024."
        if match is None:
            raise InputError(Problem(place, f"'{text}' is not a price base.", remedy))
        year, end = int(match["year"]), match["end"]
        if end is None:
            return cls(year, financial=False)
        if int(end) % 100 != (year + 1) % 100 or (len(end) == 4 and int(end) != year + 1):
            raise InputError(
                Problem(place, f"'{text}' does not end a year after it starts.", remedy)
            )
        return cls(year)


@dataclass(frozen=True, slots=True)
class Deflator:
    """The GDP deflator by calendar year, with its source."""

    index: dict[int, float]
    source: str

    @property
    def last(self) -> int:
        """The last published calendar year."""
        return max(self.index)

    def factor(self, base: PriceBase, to: PriceBase, *, beyond: float | None = None) -> float:
        """Return what an amount in `base` prices is multiplied by to stand in `to` prices.

        Parameters
        ----------
        beyond
            Yearly inflation assumed past the last published index; without it, a year past the
            last is refused.

        Raises
        ------
        InputError
            If either year is outside the published index and `beyond` does not cover it.
        """
        return self._at(to.year, beyond) / self._at(base.year, beyond)

    def _at(self, year: int, beyond: float | None) -> float:
        if year in self.index:
            return self.index[year]
        if year > self.last and beyond is not None:
            return float(self.index[self.last] * (1.0 + beyond) ** (year - self.last))
        span = f"{min(self.index)} to {self.last}"
        raise InputError(
            Problem(
                "price base",
                f"{year} is outside the published deflator ({span}).",
                "Give the amount in a published year's prices, or name a rate for later inflation.",
            )
        )
