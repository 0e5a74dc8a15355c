"""What a check of a statutory return says."""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.core.finding import Level


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the return.

    Parameters
    ----------
    file
        Its path within what was named.
    table, year, rows
        What it was read as, of which year by its dates, and how many rows it holds.
    hash
        SHA-256 of its bytes.
    """

    file: str
    table: str
    year: str
    rows: Figure
    hash: str


@dataclass(frozen=True, slots=True)
class CareYear:
    """Care in one year of return, by the rows as they stand.

    Parameters
    ----------
    year, children
        The year of return, and children with at least a day of care in it.
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
class FormLine:
    """One form of return that was read.

    Parameters
    ----------
    form, title
        Its name for programs, and in words.
    years
        Its years of return; an extract has none.
    rules_known, rules_checked, not_checked
        Its published rules of the last of them, how many are checked, and the other numbers.
    """

    form: str
    title: str
    years: tuple[str, ...]
    rules_known: Figure
    rules_checked: Figure
    not_checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What all files together say of one state or measure, each episode once.

    Parameters
    ----------
    what
        The state, what happened, or what was measured.
    children, rows
        Children whom it is said of, and how often.
    first_day, last_day
        The time for which it is known: the years of the returns, or the days that extracts hold.
    """

    what: str
    children: Figure
    rows: Figure
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """What one rule found.

    Parameters
    ----------
    number
        The publisher's number; a word where it is a check of form that has no number here.
    column, rule, level
        Where it shows, what is asked, and how bad it is: wrong, doubtful, repaired or noted.
    rows, children
        How many rows break it, and of how many children.
    days
        Care days that they may move, at most.
    moves
        What a breach of a published rule can change in what is counted; empty for others.
    """

    number: str
    column: str
    rule: str
    level: Level
    rows: Figure
    children: Figure
    days: Figure
    moves: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One breach.

    Parameters
    ----------
    number, level, rule
        As of its rule.
    file, row, column, value
        Where it stands, and what stands there.
    remedy
        What to do.
    child
        The child's local identifier; empty where it is of no one child.
    days
        Care days that it may move, at most; empty for none.
    """

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
    """One kind of repair that is offered.

    Parameters
    ----------
    kind, rule
        Its name, and when it is made.
    rows, days
        How many ends it would move, and by how many care days in all.
    """

    kind: str
    rule: str
    rows: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One end of an episode that a repair would move.

    Parameters
    ----------
    kind
        The repair.
    file, row, child
        The episode.
    before, after
        Its end as returned, empty where open, and as repaired.
    days
        Care days gained; lost, where below nought.
    """

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
    years
        The years of return that the files are of, by their dates.
    forms, said
        Each form that was read; what all of them say of each state.
    files, care
        What each file was read as; what care there was in each year, by SSDA903.
    rules, faults
        What is amiss, by rule with the worst first, and one by one.
    repairs
        Kinds of repair that are offered and not made.
    rules_known, rules_checked
        Published rules of this return's years, and how many of them are checked here.
    not_checked
        The numbers of the others.
    moved
        Each end that a repair would move.
    """

    title: str
    years: tuple[str, ...]
    forms: tuple[FormLine, ...]
    files: tuple[FileLine, ...]
    care: tuple[CareYear, ...]
    said: tuple[SaidLine, ...]
    rules: tuple[BrokenRule, ...]
    rules_known: Figure
    rules_checked: Figure
    not_checked: tuple[str, ...]
    repairs: tuple[RepairLine, ...]
    moved: tuple[MovedLine, ...]
    faults: tuple[FaultLine, ...]
