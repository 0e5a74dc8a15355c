"""One published rule of a statutory return, by its number."""

from dataclasses import dataclass
from typing import Literal

RuleLevel = Literal["error", "query", "not stated"]
"""What a breach is: to be put right; to be explained; the list of rules does not say."""

Moves = Literal[
    "days",
    "entries and exits",
    "who the child is",
    "an outcome",
    "nothing that is counted",
    "not known",
]
"""What a breach can change in what is counted from a return."""
MOVES: tuple[Moves, ...] = (
    "days",
    "entries and exits",
    "who the child is",
    "an outcome",
    "nothing that is counted",
    "not known",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its publisher numbers it; the words are ours.

    Parameters
    ----------
    number
        As published: "503A", "8670Q", "INT03".
    title
        What is amiss where it is broken; "" where no meaning was established.
    fields
        Columns that it looks at.
    tables
        Tables of the layout that it looks at; last year's are named "episodes of last year";
        "providers" is Ofsted's list.
    first, last
        Years of the first and last return that it is known for. The lists read begin with 2023;
        that a rule is older, or how it differed then, is not known.
    """

    number: str
    title: str
    fields: tuple[str, ...]
    tables: tuple[str, ...]
    first: int
    last: int
    level: RuleLevel
    moves: Moves

    def holds_in(self, year: int) -> bool:
        """Whether a year's return is known to be under it."""
        return self.first <= year <= self.last
