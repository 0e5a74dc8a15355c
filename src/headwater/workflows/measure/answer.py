"""From a cohort and the records to a metric, with what guards against harm beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np

import headwater.catalogue.returns as catalogue
from headwater.core.figure import Figure
from headwater.core.layout import ReturnYear
from headwater.metrics.kind import Counted, Metric, metrics
from headwater.metrics.lives import ASSESSED, NO_ACTION, Lives
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import once, records
from headwater.readers.returns.read import read_return
from headwater.readers.returns.repairs import repaired
from headwater.readers.returns.ssda903_records import CARE
from headwater.workflows.measure.ask import Asked, metric_of
from headwater.workflows.measure.members import EPOCH, NO_START, lives, read_members
from headwater.workflows.measure.proof import proofs
from headwater.workflows.measure.result import Measured, MemberLine, MetricLine

FORM = "ssda903"
NOT_NAMED = "no return read names this key: taken as never in care"


def measure(asked: Asked) -> Measured:
    """Count a metric for a cohort.

    Raises
    ------
    InputError
        If the return or the cohort list cannot be read.
    """
    metric = metric_of(asked)
    members = read_members(asked.cohort)
    held = read_return(asked.paths)
    plain = records(held)
    mended = plain
    if CARE.table in held.tables:
        rows, _ = repaired(once(held), ReturnYear(held.forms[FORM][-1]).last_day)
        mended = records(held, rows)
    own = lives(asked, members, plain, metric)
    counts = metric.of(own)
    wrong = sum(fault.finding.stops for fault in (*held.faults, *check(held)))

    def line(each: Metric) -> MetricLine:
        """Return a metric as the rows stand, and as the repairs would have it."""
        held = lives(asked, members, plain, each)
        made = _line(each, each.of(held), each.of(lives(asked, members, mended, each)))
        if not each.out_of:
            return made
        whole = metrics()[each.out_of]
        return replace(made, share=_share(each.of(held), whole.of(held)), out_of=whole.name)

    return Measured(
        cohort=members.name,
        years=tuple(str(ReturnYear(year)) for year in held.years),
        first_day=str(asked.first_day),
        last_day=str(asked.last_day),
        choices=tuple(_choices(asked)),
        months=str(asked.months or ""),
        metric=line(metric),
        beside=tuple(line(metrics()[name]) for name in metric.beside),
        cohort_size=_figure(len(own), "members"),
        not_named=_figure(np.count_nonzero(~own.found), "members", note=NOT_NAMED),
        without_start=_figure(np.count_nonzero(members.start == NO_START), "members"),
        rows_wrong=_figure(wrong, "rows"),
        members=tuple(_members(metric, own, counts)),
        files=dict(held.files),
    )


def _figure(value: float | np.integer[Any], unit: str, note: str = "") -> Figure:
    return Figure(float(value), unit, "computed", catalogue.layout(FORM).sources, note=note)


def _choices(asked: Asked) -> Iterator[str]:
    left = sorted(asked.choices.leave_out)
    care = [word for word in left if word not in {NO_ACTION, ASSESSED}]
    yield f"not counted as care: {', '.join(care)}" if care else "every episode counts as care"
    if NO_ACTION in left:
        yield "referrals without further action are not counted"
    if ASSESSED in left:
        yield "cases closed after assessment are not counted"
    yield "the day on which care ends is not counted; nothing beyond the 18th birthday is"
    if asked.months:
        yield f"an outcome must last {asked.months} months"
    if asked.follow:
        yield f"each member is followed for {asked.follow} months from the start"


def _units(metric: Metric, counts: Counted) -> Figure:
    if counts.known.any():
        return _figure(counts.units.sum(), metric.unit)
    return Figure(None, metric.unit, "not known", note=counts.why[0])


def _share(part: Counted, whole: Counted) -> Figure:
    """Return one metric's units as a percentage of another's, over members known of both."""
    both = part.known & whole.known
    of = int(whole.units[both].sum())
    if not of:
        return Figure(None, "percent", "not known", note="nothing to be a share of")
    return _figure(100.0 * float(part.units[both].sum()) / of, "percent")


def _line(metric: Metric, counts: Counted, mended: Counted) -> MetricLine:
    return MetricLine(
        metric=metric.name,
        title=metric.title,
        units=_units(metric, counts),
        repaired_units=_units(metric, mended),
        members=_figure(np.count_nonzero(counts.units), "members"),
        unknown=_figure(np.count_nonzero(~counts.known), "members"),
        better=metric.better,
    )


def _members(metric: Metric, held: Lives, counts: Counted) -> Iterator[MemberLine]:
    shown = proofs(held, metric)
    for i, key in enumerate(held.key):
        known = bool(counts.known[i])
        value = float(counts.units[i]) if known else None
        units = (
            _figure(value, metric.unit, note="" if held.found[i] else NOT_NAMED)
            if value is not None
            else Figure(None, metric.unit, "not known", note=counts.why[i])
        )
        yield MemberLine(
            who=key,
            first_day=str(EPOCH + timedelta(int(held.first[i]))),
            last_day=str(EPOCH + timedelta(int(held.after[i]) - 1)),
            units=units,
            in_records=bool(held.found[i]),
            proof=tuple(f"{file}, row {row}" for file, row in shown.get(i, ())),
        )
