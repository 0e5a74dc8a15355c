"""A table of account, before it is drawn: words and exact amounts, with totals that are checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.core.cash import Cash


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a row of another table of the same page."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Parts:
    """An amount in parts, each with whose it is."""

    parts: tuple[tuple[str, Cash], ...]

    def __str__(self) -> str:
        """Return "council £3.00; health £1.00"."""
        return "; ".join(f"{whose} {part}" for whose, part in self.parts)


Cell = str | Cash | Link | Parts


@dataclass(frozen=True, slots=True)
class Account:
    """Rows of words and exact amounts; the first cell of a row names it.

    Parameters
    ----------
    id
        A slug: the anchor in the page, the name of the sheet.
    total
        The last row: what the amounts above it add to.
    note
        What must be said of it.
    anchors
        What leads to each row, where something does.
    most
        Rows that a page shows; a workbook holds them all.
    in_all
        How many rows there are, where `rows` holds only the first.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: tuple[Cell, ...] = ()
    note: str = ""
    anchors: Sequence[str] = ()
    most: int = 400
    in_all: int = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.in_all or len(self.rows)

    @property
    def shown(self) -> int:
        """How many rows a page shows."""
        return min(self.most, len(self.rows))

    @property
    def amounts(self) -> tuple[int, ...]:
        """The columns that hold amounts, by place."""
        shown = [*self.rows[: self.most], self.total] if self.total else self.rows[: self.most]
        return tuple(
            i for i in range(len(self.columns)) if any(isinstance(row[i], Cash) for row in shown)
        )
