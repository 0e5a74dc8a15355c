"""Simulated lives as the outcomes that an agreement counts, child by child, period by period."""

from dataclasses import dataclass

import numpy as np

from headwater.contracts.agreement import Contract, Metric
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import day_number
from headwater.contracts.settle import settlement_periods
from headwater.core.arrays import IntArray
from headwater.core.calendar import months_later
from headwater.core.episodes import Episodes

CARE = "looked_after"


@dataclass(frozen=True, slots=True)
class Windows:
    """Days of an agreement's periods, from its first day; arrays (period,), ends excluded."""

    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, contract: Contract) -> "Windows":
        """Return the windows of an agreement."""
        first = day_number(contract.first_day)
        among = settlement_periods(contract)
        return cls(
            np.array([day_number(period.first_day) - first for period in among], dtype=np.int64),
            np.array([day_number(period.last_day) - first + 1 for period in among], dtype=np.int64),
        )


def tracked_days(contract: Contract, metric: Metric) -> int:
    """Return for how many days from its start a child is tracked, within the agreement."""
    first = day_number(contract.first_day)
    closes = contract.settlement.closes or contract.last_day
    end = day_number(months_later(contract.first_day, metric.tracked_months))
    return min(end, day_number(closes) + 1) - first


def care_days(episodes: Episodes, windows: Windows, children: int, tracked: int) -> IntArray:
    """Return days looked after of each child in each window; array (child, window)."""
    held = episodes.state == episodes.states.index(CARE)
    person = episodes.person[held]
    start, stop = episodes.start[held], np.minimum(episodes.stop[held], tracked)
    days = np.zeros((children, len(windows.starts)), dtype=np.int64)
    for i, (a, b) in enumerate(zip(windows.starts, windows.ends, strict=True)):
        np.add.at(days[:, i], person, np.maximum(np.minimum(stop, b) - np.maximum(start, a), 0))
    return days


def counted(metric: Metric, care: IntArray, windows: Windows, tracked: int) -> IntArray:
    """Return the units of a metric of each child in each window; array (child, window).

    Parameters
    ----------
    care
        Days looked after while tracked; array (child, window).
    """
    if metric.simulated == "days_in_care":
        return care
    span = np.maximum(np.minimum(windows.ends, tracked) - windows.starts, 0)
    if metric.simulated == "days_out_of_care":
        return np.asarray(span[np.newaxis, :] - care)
    at = 0 if metric.simulated == "started" else int(np.flatnonzero(span)[-1])
    units = np.zeros_like(care)
    units[:, at] = 1 if metric.simulated == "started" else care.sum(axis=1) == 0
    return units


def outcomes_of(contract: Contract, units: dict[str, IntArray], windows: Windows) -> Outcomes:
    """Return the outcomes of simulated children.

    Parameters
    ----------
    units
        By metric, arrays (draw, child, window).
    """
    metrics = tuple(metric.id for metric in contract.metric)
    first = day_number(contract.first_day)
    cells: list[tuple[IntArray, int, IntArray, int]] = []
    for name, values in units.items():
        for i in range(values.shape[2]):
            some = np.flatnonzero(values[:, :, i].any(axis=0))
            cells.append((values[:, some, i], metrics.index(name), some, i))
    sizes = [len(cell[2]) for cell in cells]

    def each(values: list[int]) -> IntArray:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    days = first + each([int(windows.ends[cell[3]]) - 1 for cell in cells])
    nothing = np.zeros(sum(sizes), dtype=np.int64)
    children = max((values.shape[1] for values in units.values()), default=0)
    places = {m.id: m.places for m in contract.metric}
    scale = 10 ** np.array([places[metrics[cell[1]]] for cell in cells], dtype=np.int64)
    draws = max((values.shape[0] for values in units.values()), default=1)
    whole = [cell[0] * s for cell, s in zip(cells, scale, strict=True)]
    return Outcomes(
        units=np.concatenate([np.zeros((draws, 0), dtype=np.int64), *whole], axis=1),
        metric=each([cell[1] for cell in cells]),
        who=np.concatenate([np.zeros(0, dtype=np.int64), *(cell[2] for cell in cells)]),
        cohort=nothing + (1 if contract.cohort else 0),
        group=nothing,
        first_day=first + each([int(windows.starts[cell[3]]) for cell in cells]),
        last_day=days,
        counted_on=days,
        source=np.arange(len(days), dtype=np.int64),
        metrics=metrics,
        whos=tuple(str(child) for child in range(children)),
        cohorts=("", *(cohort.id for cohort in contract.cohort)),
        groups=("", *contract.groups),
    )
