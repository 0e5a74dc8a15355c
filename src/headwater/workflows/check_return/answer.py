"""From the files of a return to what is amiss in it, and what that may move."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

import headwater.catalogue.returns as catalogue
from headwater.core.arrays import BoolArray
from headwater.core.errors import InputError, Problem
from headwater.core.fault import Fault
from headwater.core.figure import Figure
from headwater.core.finding import LEVELS
from headwater.core.layout import ReturnYear
from headwater.core.records import STATES, Records
from headwater.metrics.spans import Spans, days, entries, exits, periods, spans, stock
from headwater.readers.returns.check import check, numbers
from headwater.readers.returns.lives import once, records
from headwater.readers.returns.read import Return, read_return
from headwater.readers.returns.repairs import REPAIRS, Repair, repaired
from headwater.readers.returns.years import YEAR
from headwater.workflows.check_return.result import (
    BrokenRule,
    CareYear,
    CheckedReturn,
    FaultLine,
    FileLine,
    MovedLine,
    RepairLine,
)

FORM = "ssda903"
EPOCH = date(1970, 1, 1)
SHORT_BREAKS = ("V3", "V4")
WHOLE_FILES = ("twice", "file", "year")
"""Faults of a whole file, which stand before those of rows."""
LOOKED_AFTER = STATES.index("looked after")


def check_return(paths: Sequence[Path], *, year: int | None = None) -> CheckedReturn:
    """Read a return and hold it against its rules.

    Parameters
    ----------
    year
        The end year that it is said to be of.

    Raises
    ------
    InputError
        If there is nothing to read, nothing of the return in it, or it is of other years than said.
    """
    held = read_return(paths)
    _refuse(held, year)
    faults = (*held.faults, *check(held))
    moved: tuple[Repair, ...] = ()
    care: tuple[CareYear, ...] = ()
    if "episodes" in held.tables:
        last = ReturnYear(held.years[-1]).last_day
        rows, moved = repaired(once(held), last)
        care = tuple(_care(held, records(held), records(held, rows)))
    known = [each for each in catalogue.rules(FORM) if each.holds_in(held.years[-1])]
    covered = numbers()
    return CheckedReturn(
        title=catalogue.layout(FORM).title,
        years=tuple(str(ReturnYear(each)) for each in held.years),
        files=tuple(_files(held)),
        care=care,
        rules=tuple(_rules(faults)),
        rules_known=_count(len(known), "rules"),
        rules_checked=_count(sum(each.number in covered for each in known), "rules"),
        not_checked=tuple(each.number for each in known if each.number not in covered),
        repairs=tuple(_repairs(moved)),
        moved=tuple(_moved(each) for each in moved),
        faults=tuple(_fault(each) for each in faults),
    )


def _refuse(held: Return, year: int | None) -> None:
    if not held.years:
        said = [str(fault.finding) for fault in held.faults] or ["no file was found"]
        raise InputError(
            Problem("return", f"nothing of it could be read: {said[0]}")
            if len(said) == 1
            else [Problem("return", each) for each in said[:20]]
        )
    if year is not None and held.years != (year,):
        raise InputError(
            Problem(
                "--year",
                f"says {ReturnYear(year)}, and the dates are of"
                f" {', '.join(str(ReturnYear(each)) for each in held.years)}.",
                "A year is named by both its ends: 2025-26.",
            )
        )


def _count(value: float, unit: str) -> Figure:
    return Figure(value, unit, "computed", catalogue.layout(FORM).sources)


def _files(held: Return) -> Iterator[FileLine]:
    titles = catalogue.layout(FORM).tables
    for name, frame in held.tables.items():
        counts = frame.group_by("file", YEAR).len().sort("file", YEAR)
        for file, year, rows in counts.iter_rows():
            when = "" if year is None else str(ReturnYear(year))
            yield FileLine(file, titles[name].title, when, _count(rows, "rows"), held.files[file])


def _care(held: Return, plain: Records, mended: Records) -> Iterator[CareYear]:
    """Yield each year's care, as the rows stand and with the repairs."""
    rows = _looked_after(plain)
    each, whole = spans(plain.episodes, rows), periods(spans(plain.episodes, rows))
    breaks = periods(spans(plain.episodes, rows & _in_break(plain)))
    after_repair = periods(spans(mended.episodes, _looked_after(mended)))
    for end in held.years:
        year = ReturnYear(end)
        first, after = _day(year.first_day), _day(year.last_day) + 1
        children = np.unique(each.person[(each.start < after) & (each.stop > first)]).size
        yield CareYear(
            year=str(year),
            children=_count(children, "children"),
            days=_days(whole, first, after),
            plain_days=_days(each, first, after),
            repaired_days=_days(after_repair, first, after),
            entered=_count(entries(whole, first, after), "periods of care"),
            left=_count(exits(whole, first, after), "periods of care"),
            on_last_day=_count(stock(whole, after - 1), "children"),
            short_breaks=_days(breaks, first, after),
        )


def _days(held: Spans, first: int, after: int) -> Figure:
    return _count(days(held, first, after), "care days")


def _day(when: date) -> int:
    return (when - EPOCH).days


def _looked_after(held: Records) -> BoolArray:
    return np.equal(held.episodes.state, LOOKED_AFTER)


def _in_break(held: Records) -> BoolArray:
    return held.episodes.traits["legal_status"].among(SHORT_BREAKS)


def _rules(faults: Sequence[Fault]) -> Iterator[BrokenRule]:
    """Yield a line for each rule that found something, the worst first."""
    held: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        at = fault.finding
        held.setdefault((fault.number, at.column, at.level, at.rule), []).append(fault)
    order = sorted(
        held.items(),
        key=lambda item: (
            LEVELS.index(item[1][0].finding.level),
            item[0][0] not in WHOLE_FILES,
            -sum(fault.days for fault in item[1]),
            -len(item[1]),
        ),
    )
    for (number, column, _, rule), found in order:
        children = len({fault.child for fault in found} - {""})
        yield BrokenRule(
            number=number,
            column=column,
            rule=rule,
            level=found[0].finding.level,
            rows=_count(len(found), "rows"),
            children=_count(children, "children"),
            days=_count(sum(fault.days for fault in found), "care days at most"),
        )


def _repairs(moved: Sequence[Repair]) -> Iterator[RepairLine]:
    for kind, rule in REPAIRS.items():
        found = [each for each in moved if each.kind == kind]
        if found:
            days = _count(sum(each.days for each in found), "care days")
            yield RepairLine(kind, rule, _count(len(found), "rows"), days)


def _moved(each: Repair) -> MovedLine:
    return MovedLine(
        each.kind, each.file, each.row, each.child, each.before, each.after, str(each.days)
    )


def _fault(fault: Fault) -> FaultLine:
    at = fault.finding
    return FaultLine(
        fault.number,
        at.level,
        at.file,
        at.row,
        at.column,
        at.value,
        at.rule,
        at.remedy,
        fault.child,
        str(fault.days) if fault.days else "",
    )
