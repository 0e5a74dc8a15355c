"""What episodes by the million say."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class WindowLine:
    """Care in one window.

    Parameters
    ----------
    window, first_day, last_day
        A year of return, or the days asked for; both days included.
    children, days
        Children with a day in care in it, and their days, a day once.
    plain_days
        Days as a plain sum over all rows has them: rows that stand in several years' returns
        several times, and episodes that overlap twice.
    entered, left
        Periods of care (unbroken times) that begin and end in it.
    on_last_day
        Children in care on its last day.
    """

    window: str
    first_day: str
    last_day: str
    children: Figure
    days: Figure
    plain_days: Figure
    entered: Figure
    left: Figure
    on_last_day: Figure


@dataclass(frozen=True, slots=True)
class CountedDays:
    """Days in care of every child.

    Parameters
    ----------
    files, years
        What was read, and of which years.
    rows, left_out
        Rows of episodes, and those without a child, a start or a day that is one.
    choices
        What is no care, in words.
    windows
        A line for each year, then the days asked for.
    """

    files: tuple[str, ...]
    years: tuple[str, ...]
    rows: Figure
    left_out: Figure
    choices: tuple[str, ...]
    windows: tuple[WindowLine, ...]
