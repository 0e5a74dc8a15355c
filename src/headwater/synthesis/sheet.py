"""Tables as rows that can be spoilt: a fault keeps hold of the row that it is in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from headwater.core.layout import ReturnYear
from headwater.synthesis.table import Table

Row = list[str]


@dataclass(slots=True)
class Sheet:
    """One file of a return.

    Parameters
    ----------
    encoding, separator
        How it is written.
    """

    name: str
    year: int
    columns: list[str]
    rows: list[Row]
    encoding: str = "utf-8"
    separator: str = ","

    @property
    def folder(self) -> str:
        """The year's folder: "2025-26"."""
        return str(ReturnYear(self.year))

    def at(self, column: str) -> int:
        """Return the place of a column."""
        return self.columns.index(column)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was put in on purpose.

    Parameters
    ----------
    row
        The row itself; None for a fault of a whole file.
    child
        The identifier that truth knows.
    rules
        Published rules that it breaks, where any is known to.
    """

    kind: str
    sheet: Sheet
    row: Row | None
    child: str
    column: str
    before: str
    after: str
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class Bench:
    """Every file of every year, and who has a fault already: one child has one at most."""

    sheets: dict[tuple[str, int], Sheet]
    years: tuple[int, ...]
    used: set[str] = field(default_factory=set)

    def of(self, name: str) -> Iterator[Sheet]:
        """Yield a table's files, year by year."""
        return (self.sheets[name, year] for year in self.years if (name, year) in self.sheets)

    def rows_of(self, child: str, year: int) -> Iterator[tuple[Sheet, Row]]:
        """Yield every row of a child in a year."""
        for sheet in self.sheets.values():
            if sheet.year == year:
                at = sheet.at("CHILD")
                for row in sheet.rows:
                    if row[at] == child:
                        yield sheet, row


def bench(tables: Iterable[Table]) -> Bench:
    """Return tables as rows."""
    sheets = {}
    for table in tables:
        columns = [*table.columns]
        rows = [
            list(row) for row in zip(*(c.tolist() for c in table.columns.values()), strict=True)
        ]
        sheets[table.name, table.year] = Sheet(table.name, table.year, columns, rows)
    return Bench(sheets, tuple(sorted({year for _, year in sheets})))
