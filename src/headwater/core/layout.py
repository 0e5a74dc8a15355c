"""What a statutory return holds in one year: its tables, their columns, and the codes allowed.

A year is named by the one in which it ends: 2026 is the return of 2025 to 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

ColumnKind = Literal["text", "date", "partial date", "code", "whole number", "postcode"]
FIRST_YEAR, LAST_YEAR = 2017, 2027
"""The years of return that are known."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a set.

    Parameters
    ----------
    label
        What it means, in the publisher's words; "" where no wording was found.
    first, last
        Years of the first and last return that may use it.
    """

    code: str
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    needed
        Whether every row must have a value.
    first, last
        Years of the first and last return that have it.
    codes
        Where its kind is "code": every code of every year, by name. A column of text may have
        them too: words that are usual there, and others that are not wrong.
    least, most
        Where its kind is "whole number": the values allowed.
    also
        Other headings that it is known to stand under, in small letters and plain words.
    """

    name: str
    kind: ColumnKind
    needed: bool
    first: int
    codes: Mapping[str, Code]
    least: int | None = None
    most: int | None = None
    last: int = LAST_YEAR
    also: tuple[str, ...] = ()

    def allows(self, year: int) -> frozenset[str]:
        """Return the codes that a year's return may use."""
        return frozenset(
            name for name, code in self.codes.items() if code.first <= year <= code.last
        )


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table (a file, a sheet, a repeated element) of a return.

    Parameters
    ----------
    columns
        In the publisher's order, by name.
    once
        Whether a child has at most one row in it.
    """

    name: str
    title: str
    columns: Mapping[str, Column]
    first: int
    once: bool = False

    def in_year(self, year: int) -> tuple[Column, ...]:
        """Return the columns that a year's return has."""
        return tuple(each for each in self.columns.values() if each.first <= year <= each.last)


@dataclass(frozen=True, slots=True)
class Layout:
    """Every table of a return, of every year.

    Parameters
    ----------
    key
        The column that names the child.
    """

    name: str
    title: str
    key: str
    tables: Mapping[str, TableLayout]
    sources: tuple[str, ...]

    def in_year(self, year: int) -> tuple[TableLayout, ...]:
        """Return the tables that a year's return has."""
        return tuple(table for table in self.tables.values() if table.first <= year)


@dataclass(frozen=True, slots=True)
class ReturnYear:
    """The year that a return is of, from 1 April to 31 March."""

    end: int

    @property
    def first_day(self) -> date:
        """The first day of the year."""
        return date(self.end - 1, 4, 1)

    @property
    def last_day(self) -> date:
        """The last day of the year, on which stocks are counted."""
        return date(self.end, 3, 31)

    def __str__(self) -> str:
        """Return "2025-26"."""
        return f"{self.end - 1}-{self.end % 100:02d}"
