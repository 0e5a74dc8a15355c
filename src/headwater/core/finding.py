"""What is wrong, or worth knowing, in data: a value, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a file.

    Parameters
    ----------
    file, row, column, value
        Where, and what stands there; row 0 is the whole file. A heading is row 1.
    rule
        What it breaks, in words.
    remedy
        What to do.
    stops
        Whether it cannot be used: nothing is settled until it is mended or left out by name.
    about
        The claim, record or person it concerns, if any.
    """

    file: str
    row: int
    column: str
    value: str
    rule: str
    remedy: str = ""
    stops: bool = True
    about: str = ""

    @property
    def place(self) -> str:
        """Where, and what stands there: "claims.csv, row 7, units '-3'"."""
        row = f", row {self.row:,}" if self.row else ""
        value = f" '{self.value}'" if self.value else ""
        column = f", {self.column}{value}" if self.column else value
        return f"{self.file}{row}{column}"

    def __str__(self) -> str:
        """Return "claims.csv, row 7, units '-3': rule. remedy"."""
        text = f"{self.place}: {self.rule}"
        return f"{text} {self.remedy}" if self.remedy else text
