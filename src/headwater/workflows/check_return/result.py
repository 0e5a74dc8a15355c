"""What a check of a statutory return says."""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.core.finding import Level


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the return: what it was read as."""

    file: str
    table: str
    year: str
    rows: Figure
    hash: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """Care in one year of return, by the rows as they stand.

    Parameters
    ----------
    days
        Care days of the year, a day once for each child.
    plain_days
        The same as a plain sum over episodes: more, where they overlap.
    repaired_days
        The first, with the repairs that are offered.
    entered, left
        Periods of care that began, and that ended.
    on_last_day
        Children looked after on 31 March.
    short_breaks
        Days in short breaks (V3, V4), which are in the days above and which statistics leave out.
    """

    year: str
    children: Figure
    days: Figure
    plain_days: Figure
    repaired_days: Figure
    entered: Figure
    left: Figure
    on_last_day: Figure
    short_breaks: Figure


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule found.

    Parameters
    ----------
    number
        The publisher's number; a word where it is a check of form that has no number here.
    rows, children
        How many rows break it, and of how many children.
    days
        Care days that they may move, at most.
    """

    number: str
    column: str
    rule: str
    level: Level
    rows: Figure
    children: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One breach, where it stands."""

    number: str
    level: Level
    file: str
    row: str
    column: str
    value: str
    rule: str
    remedy: str
    child: str
    days: str


@dataclass(frozen=True, slots=True)
class RepairLine:
    """One kind of repair that is offered."""

    kind: str
    rule: str
    rows: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One end of an episode that a repair would move: as returned, "" where open, and after."""

    kind: str
    file: str
    row: str
    child: str
    before: str
    after: str
    days: str


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """A return held against its rules.

    Parameters
    ----------
    rules_known, rules_checked
        Published rules of this return's years, and how many of them are checked here.
    not_checked
        The numbers of the others.
    moved
        Each end that a repair would move.
    """

    title: str
    years: tuple[str, ...]
    files: tuple[FileLine, ...]
    care: tuple[YearLine, ...]
    rules: tuple[RuleLine, ...]
    rules_known: Figure
    rules_checked: Figure
    not_checked: tuple[str, ...]
    repairs: tuple[RepairLine, ...]
    moved: tuple[MovedLine, ...]
    faults: tuple[FaultLine, ...]
