"""`Place`: an area with its published figures by year, as published.

A value that was not published as a number stays what it was: suppressed, not applicable, rounded to
nought. It is never filled in.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray

Symbol = Literal["", "suppressed", "not applicable", "not available", "low", "merged", "unreliable"]
"""Why a value is missing. "merged" is a dash that its publisher uses for both of suppressed and not
applicable; "unreliable" is a value withheld for low reliability."""


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one place by year.

    Parameters
    ----------
    years
        Ending calendar year of the reporting year (2025 = year to 31 March 2025); ascending.
    values
        Array (year,); NaN where nothing was published as a number, with the reason in `symbols`.
    year_sources
        One source a year where they differ, the last being `source`; empty if `source` has all.
    """

    measure: str
    unit: str
    source: str
    years: tuple[int, ...]
    values: FloatArray
    symbols: tuple[Symbol, ...]
    rounding: str = ""
    year_sources: tuple[str, ...] = ()

    def source_of(self, year: int) -> str:
        """Return the key of the source a year's value was read in."""
        if not self.year_sources:
            return self.source
        return self.year_sources[self.years.index(year)]

    def at(self, year: int) -> float | None:
        """Return the value for a year, or None where none was published as a number."""
        if year not in self.years:
            return None
        value = float(self.values[self.years.index(year)])
        return None if np.isnan(value) else value

    @property
    def latest(self) -> tuple[int, float] | None:
        """Return the last year with a number and that number, or None."""
        known = [
            (year, float(value))
            for year, value in zip(self.years, self.values, strict=True)
            if not np.isnan(value)
        ]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Break:
    """A year in which a series jumps by more than its own past and its peers can explain."""

    measure: str
    year: int
    before: float
    after: float
    reason: str
    """What is known of the cause, or "cause not published in the sources read"."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statistical neighbour and how close the Department for Education calls it."""

    place: str
    closeness: str


@dataclass(frozen=True, slots=True)
class Area:
    """Which area a place is, and what became of it.

    Parameters
    ----------
    number
        The authority's number (three digits), or "" for England.
    code
        The ONS code.
    boundary
        In words: how its boundary changed and what that does to the series; empty if it did not.
    """

    id: str
    name: str
    number: str
    code: str
    region: str
    kind: str
    active: bool
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
    boundary: str


@dataclass(frozen=True, slots=True)
class Place:
    """An English upper-tier authority, or England, with what is published about it.

    Parameters
    ----------
    lacks
        In words: what is not published for this place.
    """

    area: Area
    series: dict[str, Series]
    neighbours: tuple[Neighbour, ...]
    breaks: tuple[Break, ...]
    lacks: tuple[str, ...]

    @property
    def id(self) -> str:
        """The area's id."""
        return self.area.id

    @property
    def name(self) -> str:
        """The area's name."""
        return self.area.name

    def value(self, measure: str, year: int) -> float | None:
        """Return one published value, or None."""
        series = self.series.get(measure)
        return None if series is None else series.at(year)
