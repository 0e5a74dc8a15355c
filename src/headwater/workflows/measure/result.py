"""What a measurement says."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric over the whole cohort.

    Parameters
    ----------
    metric, title
        Its name for programs, and in words.
    units
        Counted over the members of whom the records can tell.
    repaired_units
        The same with the repairs of episodes that `check-return` offers.
    members
        Members with at least one unit.
    unknown
        Members of whom the records cannot tell.
    better
        Whether more or fewer of it is what is hoped for.
    share, out_of
        The units as a percentage of another metric's, and that metric's name; none where it is not
        a share.
    """

    metric: str
    title: str
    units: Figure
    repaired_units: Figure
    members: Figure
    unknown: Figure
    better: str
    share: Figure | None = None
    out_of: str = ""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the cohort.

    Parameters
    ----------
    who
        The opaque key.
    first_day, last_day
        The window, last day included.
    units
        What was counted; null where the records cannot tell, and the note says why.
    in_records
        Whether any return read names the member.
    proof
        Rows of the return that speak of the member in the window: "file, row".
    """

    who: str
    first_day: str
    last_day: str
    units: Figure
    in_records: bool
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric for a cohort, with what is to be looked at beside it.

    Parameters
    ----------
    cohort, cohort_size
        The list's file, and how many members it names.
    years
        Years of the returns read.
    first_day, last_day
        The window, last day included.
    months
        How long an outcome must last; empty where the metric does not ask.
    members
        Each member of the list.
    choices
        What counts as care, in words.
    metric, beside
        The metric asked for, and those that guard against harm.
    not_named
        Members whom no return names: counted as never in care.
    without_start
        Members whose window is the whole one, for the list gives no start.
    rows_wrong
        Rows of the return with a wrong fault: see `check-return`.
    files
        SHA-256 of each file that was read.
    """

    cohort: str
    years: tuple[str, ...]
    first_day: str
    last_day: str
    choices: tuple[str, ...]
    months: str
    metric: MetricLine
    beside: tuple[MetricLine, ...]
    cohort_size: Figure
    not_named: Figure
    without_start: Figure
    rows_wrong: Figure
    members: tuple[MemberLine, ...]
    files: dict[str, str]
