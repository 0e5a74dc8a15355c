"""Dates known to the year, the month or the day, and periods between two of them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(
    r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$", re.ASCII
)
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_MONTH = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_NAMES = {
    name.casefold(): number
    for names in (calendar.month_abbr, calendar.month_name)
    for number, name in enumerate(names)
    if name
}
EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known; the rest is nought."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """Return "2019", "2019-04" or "2019-04-30"."""
        return "-".join(f"{part:02d}" for part in self.known)

    @property
    def known(self) -> tuple[int, ...]:
        """The parts that are known: year, month, day."""
        return tuple(part for part in (self.year, self.month, self.day) if part)


def read_date(text: str) -> PartialDate | None:
    """Return a date written as the standard has it (2019, 2019-04, 2019-04-30), or None."""
    match = _ISO.match(text.strip())
    if match is None:
        return None
    return _real(*(int(part or 0) for part in match.groups()))


def read_other_date(text: str) -> PartialDate | None:
    """Return a date written in another form, day first: 30/04/2019, April 2019, 30 Apr 2019."""
    if match := _SLASHED.match(text.strip()):
        day, month, year = (int(part) for part in match.groups())
        return _real(year, month, day)
    if (match := _MONTH.match(text.strip())) and match[2].casefold() in _NAMES:
        return _real(int(match[3]), _NAMES[match[2].casefold()], int(match[1] or 0))
    return None


def _real(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """Return the date if there is such a day, month or year."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day) if EARLIEST <= year <= LATEST else None


@dataclass(frozen=True, slots=True)
class Period:
    """From one partial date to another, both within it; either may not be stated."""

    start: PartialDate | None
    end: PartialDate | None

    def __str__(self) -> str:
        """Return "2018-10 to 2022-10", or that it is not stated."""
        if self.start is None and self.end is None:
            return "not stated"
        return f"{self.start or 'not stated'} to {self.end or 'not stated'}"

    @property
    def stated(self) -> bool:
        """Whether both ends are known."""
        return self.start is not None and self.end is not None

    def within(self, other: "Period") -> bool:
        """Whether it lies in another, as closely as both are known."""
        if not self.stated or not other.stated:
            return False
        return not _before(self.start, other.start) and not _before(other.end, self.end)

    def before(self, other: "Period") -> bool:
        """Whether it is over when another starts, as closely as both are known."""
        return _before(self.end, other.start)

    def apart(self, other: "Period") -> bool:
        """Whether the two share no time, as closely as both are known."""
        return self.before(other) or other.before(self)


def _before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether one date is before another, compared as far as both are known."""
    if one is None or other is None:
        return False
    return one.known[: len(other.known)] < other.known[: len(one.known)]
