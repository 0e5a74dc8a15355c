"""What is amiss in data that was read: a value to show, never an exception."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["wrong", "doubtful", "repaired", "noted"]
"""How much it matters: the value cannot be used; it may not mean what it seems; it was read
otherwise than it was written; nothing is amiss, but a reader should know."""
LEVELS: tuple[Level, ...] = ("wrong", "doubtful", "repaired", "noted")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in what was read.

    Parameters
    ----------
    file
        The file, and the sheet of a workbook or the table of a document, as a reader finds it.
    row
        The row, counted from 1 with its heading, or the entry of a document; empty for a file.
    """

    file: str
    row: str = ""

    def __str__(self) -> str:
        """Return "projects.csv, row 3"; an entry of a document has its own name."""
        row = f"row {self.row}" if self.row[:1].isdigit() else self.row
        return ", ".join(part for part in (self.file, row) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in data.

    Parameters
    ----------
    file, row, column
        Where it stands.
    value
        What stands there, cut where it is long.
    rule
        What is expected there, or what was done.
    remedy
        What to do.
    """

    level: Level
    file: str
    row: str
    column: str
    value: str
    rule: str
    remedy: str = ""

    @property
    def stops(self) -> bool:
        """Whether what stands there cannot be used."""
        return self.level == "wrong"

    @property
    def place(self) -> str:
        """Where it stands: "claims.csv, row 7, units"."""
        return ", ".join(part for part in (str(Where(self.file, self.row)), self.column) if part)

    @property
    def what(self) -> str:
        """What stands there, and what is expected."""
        return f"'{self.value}' {self.rule}" if self.value else self.rule

    def __str__(self) -> str:
        """Return `file, row 3, column: 'value' rule. remedy` as a user reads it."""
        return f"{self.place}: {self.what} {self.remedy}".rstrip()


MOST_SHOWN = 60
"""Characters shown of a value."""


def found(
    level: Level, where: Where, rule: str, *, column: str = "", value: str = "", remedy: str = ""
) -> Finding:
    """Return a finding at a place, its value cut to one short line."""
    line = " ".join(value.split())
    cut = line if len(line) <= MOST_SHOWN else f"{line[:MOST_SHOWN]}…"
    return Finding(level, where.file, where.row, column, cut, rule, remedy)
