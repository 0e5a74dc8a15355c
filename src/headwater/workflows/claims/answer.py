"""Make claims: for each metric that records count, each member and each period that is over.

1. The agreement, the list and the returns are read; the rows with a wrong fault are known.
2. Each metric is counted to the end of each period, for each member from the start on.
3. What was counted is a claim, with the rows it rests on; what was not is listed with its reason.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

import headwater.catalogue.returns as catalogue
from headwater.contracts.agreement import Contract, FromRecords, Metric
from headwater.contracts.periods import Period, day_number
from headwater.contracts.settle import settlement_periods
from headwater.core.arrays import IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.layout import ReturnYear
from headwater.core.records import Records
from headwater.metrics.kind import Counted, metrics
from headwater.metrics.lives import Lives
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import Return, read_return
from headwater.workflows.agreements import read_agreement
from headwater.workflows.claims.result import ClaimLine, MadeClaims, TimeLine, UnclaimedLine
from headwater.workflows.claims.timeline import timelines
from headwater.workflows.measure.ask import Asked, metric_of
from headwater.workflows.measure.members import EPOCH, Members, covered, lives, read_members
from headwater.workflows.measure.proof import proofs

FORM = "ssda903"
NOT_NAMED = "no return names this key: check it, for absence is all that proves the claim"
NOTHING = "nothing was counted"
WRONG = "a row that it rests on is wrong (see check-return)"
EXECUTES = ("=", "+", "-", "@", "\t", "\r")
"""How a key begins that a spreadsheet would execute."""
SHOWN = 4
"""Rows named in a claim's evidence; the rest stand in the JSON."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything read: the wrong rows by (file, row)."""

    members: Members
    held: Return
    records: Records
    wrong: frozenset[tuple[str, str]]


def make_claims(
    contract: str, *, paths: Sequence[Path], cohort: Path, until: date | None = None
) -> MadeClaims:
    """Return the claims that the returns give under an agreement.

    Parameters
    ----------
    until
        Only periods that end by this day; else by the last day that the returns cover.

    Raises
    ------
    InputError
        If the agreement names no metric that records count, or something cannot be read.
    """
    agreement = read_agreement(contract)
    terms = agreement.contract
    counted = [metric for metric in terms.metric if metric.records is not None]
    if not counted:
        what = "has no metric with 'records': how a return counts it."
        remedy = 'Add records = { count = "days_out_of_care" } to a metric.'
        raise InputError(Problem(agreement.name, what, remedy))
    read = _read(paths, cohort)
    over = {metric.id: _over(terms, metric, read, until or date.max) for metric in counted}
    last = max((each[-1].last_day for each in over.values() if each), default=None)
    if last is None:
        ends = settlement_periods(terms)[0].last_day
        known = max(_last(metric, read) for metric in counted)
        what = f"has no period that ends by {min(until or known, known)}: the first ends on {ends}."
        raise InputError(Problem(agreement.name, what, "Read the return of that year."))
    made: list[ClaimLine] = []
    left: list[UnclaimedLine] = []
    for metric in counted:
        for line in _periods(terms, metric, over[metric.id], read, cohort):
            if isinstance(line, ClaimLine):
                made.append(line)
            else:
                left.append(line)
    return MadeClaims(
        agreement=terms.id,
        name=terms.name,
        hash=agreement.hash,
        cohort_hash=hashlib.sha256(cohort.read_bytes()).hexdigest(),
        years=tuple(str(ReturnYear(year)) for year in read.held.years),
        until=str(last),
        claims=tuple(made),
        unclaimed=tuple(left),
        not_counted=tuple(each.id for each in terms.metric if each.records is None),
        files=dict(read.held.files),
    )


def _read(paths: Sequence[Path], cohort: Path) -> _Read:
    members = read_members(cohort)
    bad = [key for key in members.key if key.startswith(EXECUTES)]
    if bad:
        what = f"'{bad[0]}' begins like a formula, and a spreadsheet would execute it."
        raise InputError(Problem(f"{members.name}, who", what, "Use keys of letters and digits."))
    held = read_return(paths)
    wrong = frozenset(
        (fault.finding.file, fault.finding.row)
        for fault in (*held.faults, *check(held))
        if fault.finding.stops and fault.finding.row
    )
    return _Read(members, held, records(held), wrong)


def _last(metric: Metric, read: _Read) -> date:
    """Return the last day for which what a metric needs is known; the first of all if none is."""
    how = metric.records or FromRecords(count=metric.id)
    kind = metrics().get(how.count)
    after = covered(read.records, kind)[1] if kind else 0
    return EPOCH + timedelta(max(after - 1, 0))


def _over(terms: Contract, metric: Metric, read: _Read, until: date) -> list[Period]:
    """Return the periods that are over by a day, and by the end of what records tell of a metric.

    Raises
    ------
    InputError
        If the agreement asks for what cannot be counted.
    """
    _asked(terms, metric, terms.last_day, Path())
    last = min(until, _last(metric, read))
    return [each for each in settlement_periods(terms) if each.last_day <= last]


def _asked(terms: Contract, metric: Metric, last_day: date, cohort: Path) -> Asked:
    """Return the question from the agreement's first day to another.

    Raises
    ------
    InputError
        If the agreement asks for what cannot be counted.
    """
    how = metric.records or FromRecords(count=metric.id)
    asked = Asked(
        how.count,
        paths=(),
        cohort=cohort,
        first_day=terms.first_day,
        last_day=last_day,
        leave_out=how.leave_out,
        months=how.months,
        follow=how.follow,
    )
    try:
        metric_of(asked)
    except InputError as error:
        raise InputError(
            Problem(f"metric.{metric.id}.records, {each.place}", each.what, each.remedy)
            for each in error.problems
        ) from error
    return asked


def _periods(
    terms: Contract, metric: Metric, over: Sequence[Period], read: _Read, cohort: Path
) -> Iterator[ClaimLine | UnclaimedLine]:
    """Yield each period's claims: what is counted to its end, less what was to the last one's.

    So a run of days that crosses the end of a period is not lost, and a child counts once.
    """
    before = np.zeros(len(read.members.key), dtype=np.int64)
    for period in over:
        asked = _asked(terms, metric, period.last_day, cohort)
        how = metric_of(asked)
        held = lives(asked, read.members, read.records, how)
        counts = how.of(held)
        units = counts.units - before
        found = _Found(metric, period, held, counts, units, proofs(held, how), timelines(held))
        for i in range(len(held)):
            if held.after[i] > max(held.first[i], day_number(period.first_day)):
                yield _line(found, read, i)
        before = np.where(counts.known, counts.units, before)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a metric counts in one period: units, rows and all that is recorded, by member."""

    metric: Metric
    period: Period
    lives: Lives
    counts: Counted
    units: IntArray
    rows: dict[int, list[tuple[str, str]]]
    timelines: dict[int, tuple[TimeLine, ...]]


def _line(found: _Found, read: _Read, i: int) -> ClaimLine | UnclaimedLine:
    """Return a member's claim of one period, or why there is none."""
    held, metric, who = found.lives, found.metric, found.lives.key[i]
    first = max(EPOCH + timedelta(int(held.first[i])), found.period.first_day)
    last = EPOCH + timedelta(int(held.after[i]) - 1)
    if not found.counts.known[i] or found.units[i] <= 0:
        why = found.counts.why[i] or NOTHING
        return UnclaimedLine(metric.id, who, str(first), str(last), why)
    own = found.rows.get(i, [])
    verdict, why = _verdict(own, read, named=bool(held.found[i]))
    sources = catalogue.layout(FORM).sources
    return ClaimLine(
        claim=f"{metric.id}-{who}-{first}",
        metric=metric.id,
        who=who,
        first_day=str(first),
        last_day=str(last),
        units=Figure(float(found.units[i]), metric.unit, "computed", sources),
        verdict=verdict,
        why=why,
        evidence=_evidence(own, read.held),
        proof=tuple(f"{file}, row {row}" for file, row in own),
        timeline=found.timelines.get(i, ()),
    )


def _verdict(rows: list[tuple[str, str]], read: _Read, *, named: bool) -> tuple[str, str]:
    """Return what can be said of a claim that rests on some rows, and why not more."""
    if not named:
        return "claimed", NOT_NAMED
    wrong = [each for each in rows if each in read.wrong]
    if wrong:
        file, row = wrong[0]
        return "disputed", f"{WRONG}: {file}, row {row}"
    return "verified", ""


def _evidence(rows: list[tuple[str, str]], held: Return) -> str:
    """Return the rows a claim rests on, short enough for a cell, with the file's hash begun."""
    if not rows:
        return f"no row of {len(held.files)} files read"
    file = rows[0][0]
    named = ", ".join(row for _, row in rows[:SHOWN])
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return f"{file[-60:]} rows {named}{more} (SHA-256 {held.files[file][:12]})"
