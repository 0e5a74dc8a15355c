"""From the files of a return to what is amiss in it, and what that may move."""

from collections.abc import Iterator, Mapping, Sequence
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
from headwater.core.return_rule import Rule
from headwater.metrics.spans import Spans, days, entries, exits, periods, spans, stock
from headwater.readers.returns.check import check, numbers
from headwater.readers.returns.forms import layouts, name_of, title_of
from headwater.readers.returns.lives import once, records
from headwater.readers.returns.read import Return, only, read_return
from headwater.readers.returns.repairs import REPAIRS, Repair, repaired
from headwater.readers.returns.years import YEAR
from headwater.workflows.check_return.lived import said
from headwater.workflows.check_return.result import (
    BrokenRule,
    CareYear,
    CheckedReturn,
    FaultLine,
    FileLine,
    FormLine,
    MovedLine,
    RepairLine,
)

CARE, RULED = "ssda903", ("ssda903", "cin")
"""The form that care is counted from; those with published rules."""
EPOCH = date(1970, 1, 1)
SHORT_BREAKS = ("V3", "V4")
WHOLE_FILES = ("twice", "file", "year")
"""Faults of a whole file, which stand before those of rows."""
LOOKED_AFTER = STATES.index("looked after")


def check_return(paths: Sequence[Path], *, year: int | None = None) -> CheckedReturn:
    """Read returns and extracts of any form, and hold each against its rules.

    Parameters
    ----------
    year
        The end year that they are said to be of.

    Raises
    ------
    InputError
        If there is nothing to read, nothing of a return in it, or it is of other years than said.
    """
    held = read_return(paths)
    _refuse(held, year)
    faults = (*held.faults, *check(held))
    plain = records(held)
    moved: tuple[Repair, ...] = ()
    care: tuple[CareYear, ...] = ()
    if "episodes" in held.tables:
        last = ReturnYear(held.forms[CARE][-1]).last_day
        rows, moved = repaired(once(held), last)
        own = only(held, CARE)
        care = tuple(_care(own, records(own), records(own, rows)))
    forms = tuple(_forms(held))
    return CheckedReturn(
        title="; ".join(line.title for line in forms),
        years=tuple(str(ReturnYear(each)) for each in held.years),
        forms=forms,
        files=tuple(_files(held)),
        care=care,
        said=tuple(said(plain)),
        rules=tuple(_rules(faults, _moves(held))),
        rules_known=_count(sum(line.rules_known.value or 0 for line in forms), "rules"),
        rules_checked=_count(sum(line.rules_checked.value or 0 for line in forms), "rules"),
        not_checked=tuple(number for line in forms for number in line.not_checked),
        repairs=tuple(_repairs(moved)),
        moved=tuple(_moved(each) for each in moved),
        faults=tuple(_fault(each) for each in faults),
    )


def _refuse(held: Return, year: int | None) -> None:
    if not held.tables:
        why = [str(fault.finding) for fault in held.faults] or ["no file was found"]
        raise InputError(
            Problem("return", f"nothing of it could be read: {why[0]}")
            if len(why) == 1
            else [Problem("return", each) for each in why[:20]]
        )
    if year is not None and held.years != (year,):
        years = ", ".join(str(ReturnYear(each)) for each in held.years) or "no year of return"
        raise InputError(
            Problem(
                "--year",
                f"says {ReturnYear(year)}, and the dates are of {years}.",
                "A year is named by both its ends: 2025-26.",
            )
        )


def _known(form: str, years: tuple[int, ...]) -> list[Rule]:
    """Return the published rules of a form that hold in its last year read."""
    if form not in RULED or not years:
        return []
    return [each for each in catalogue.rules(form) if each.holds_in(years[-1])]


def _forms(held: Return) -> Iterator[FormLine]:
    """Yield what was read of each form, and which of its rules are checked."""
    for form, years in held.forms.items():
        known = _known(form, years)
        covered = numbers(form) if known else frozenset()
        yield FormLine(
            form=form,
            title=title_of(form),
            years=tuple(str(ReturnYear(each)) for each in years),
            rules_known=_count(len(known), "rules"),
            rules_checked=_count(sum(each.number in covered for each in known), "rules"),
            not_checked=tuple(each.number for each in known if each.number not in covered),
        )


def _moves(held: Return) -> dict[str, str]:
    """Return what a breach of each published rule can change, by its number."""
    return {
        rule.number: rule.moves
        for form in held.forms
        if form in RULED
        for rule in catalogue.rules(form)
    }


def _count(value: float, unit: str) -> Figure:
    return Figure(value, unit, "computed", catalogue.layout(CARE).sources)


def _files(held: Return) -> Iterator[FileLine]:
    titles = {
        name_of(form, name): table.title
        for form in held.forms
        for name, table in layouts(form).items()
    }
    for name, frame in held.tables.items():
        counts = frame.group_by("file", YEAR).len().sort("file", YEAR)
        for file, year, rows in counts.iter_rows():
            when = "" if year is None else str(ReturnYear(year))
            yield FileLine(file, titles[name], when, _count(rows, "rows"), held.files[file])


def _care(held: Return, plain: Records, mended: Records) -> Iterator[CareYear]:
    """Yield each year's care, as the rows stand and with the repairs."""
    rows = _looked_after(plain)
    each, whole = spans(plain.episodes, rows), periods(spans(plain.episodes, rows))
    breaks = periods(spans(plain.episodes, rows & _in_break(plain)))
    after_repair = periods(spans(mended.episodes, _looked_after(mended)))
    for end in held.forms[CARE]:
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


def _rules(faults: Sequence[Fault], moves: Mapping[str, str]) -> Iterator[BrokenRule]:
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
            moves=moves.get(number, ""),
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
