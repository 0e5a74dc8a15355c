"""Findings gathered while a file is read: each of a kind, up to a number, then their count."""

from dataclasses import dataclass, field

from headwater.core.finding import Finding, Level, Where, found

MOST = 1000
"""Findings listed of one rule of one file; the rest are counted."""


@dataclass(slots=True)
class Faults:
    """The findings of one file.

    Parameters
    ----------
    file
        The file, and the sheet or the path inside it, as a user finds it.
    """

    file: str
    listed: list[Finding] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def add(
        self, level: Level, row: int | str, rule: str, column: str = "", value: str = ""
    ) -> None:
        """Add a finding at a row or line; the rule must not hold what differs from row to row."""
        seen = self.counted[rule] = self.counted.get(rule, 0) + 1
        if seen <= MOST:
            where = Where(self.file, str(row) if row else "")
            self.listed.append(found(level, where, rule, column=column, value=value))

    def all(self) -> tuple[Finding, ...]:
        """Return the findings in order, then how many more there are of each kind."""
        more = [
            found("noted", Where(self.file), f"{seen - MOST:,} more like this: {rule}")
            for rule, seen in self.counted.items()
            if seen > MOST
        ]
        return (*self.listed, *more)
