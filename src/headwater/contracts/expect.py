"""Outcomes as the parties expect them: in many draws, for pricing before the fact."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from headwater.contracts.agreement import Contract, Expected, Metric
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import day_number
from headwater.core.arrays import FloatArray, IntArray

Case = Literal["as promised", "half the effect", "no effect", "everybody"]
"""How much of the promised effect comes: all of it, half, none; or every person succeeds."""
PARTS: dict[Case, float] = {"as promised": 1.0, "half the effect": 0.5, "no effect": 0.0}


def expected_outcomes(
    contract: Contract, case: Case, *, draws: int, seed: int, share: float = 1.0
) -> Outcomes:
    """Return outcomes of an agreement's expected people, world by world.

    Every case has the same luck: a person who succeeds without the service succeeds with it where
    the service helps.

    Parameters
    ----------
    share
        Of the people that were planned: 0.5 where referrals are half.
    """
    return _outcomes(
        contract,
        [
            _row(contract, row, case, (draws, seed, i), share)
            for i, row in enumerate(contract.expected)
        ],
        draws,
    )


def measured_outcomes(contract: Contract, levels: Sequence[FloatArray], *, seed: int) -> Outcomes:
    """Return outcomes of an agreement's expected people where what is measured is known.

    Parameters
    ----------
    levels
        For each row of `[[expected]]` the share of its people who have the outcome, or the value
        measured, in place of its chance; arrays (draw,). Whole people have it, and no further luck
        is added.
    """
    draws = len(levels[0])
    rows = zip(contract.expected, levels, strict=True)
    parts = [_measured(contract, row, level, (seed, i)) for i, (row, level) in enumerate(rows)]
    return _outcomes(contract, parts, draws)


def _outcomes(contract: Contract, parts: list[tuple[IntArray, IntArray]], draws: int) -> Outcomes:
    """Return the units and days of every row together."""
    sizes = [part[0].shape[1] for part in parts]
    metrics = tuple(metric.id for metric in contract.metric)
    cohorts = ("", *(cohort.id for cohort in contract.cohort))
    groups = ("", *contract.groups)

    def each(values: list[int]) -> IntArray:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    days = np.concatenate([part[1] for part in parts]) if parts else np.array([], dtype=np.int64)
    ends = days + each([(row.lasts_days or 1) - 1 for row in contract.expected])
    units = [part[0] for part in parts] or [np.zeros((draws, 0), dtype=np.int64)]
    keys = _keys(contract, sizes)
    return Outcomes(
        units=np.concatenate(units, axis=1),
        metric=each([metrics.index(row.metric) for row in contract.expected]),
        who=keys,
        cohort=each([cohorts.index(row.cohort) for row in contract.expected]),
        group=each([groups.index(row.group) for row in contract.expected]),
        first_day=days,
        last_day=ends,
        counted_on=ends,
        source=np.arange(len(days), dtype=np.int64),
        metrics=metrics,
        whos=tuple(str(i) for i in range(int(keys.max(initial=-1)) + 1)),
        cohorts=cohorts,
        groups=groups,
    )


def _keys(contract: Contract, sizes: list[int]) -> IntArray:
    """Return whose each outcome is: rows of the same cohort and group are about the same people."""
    first: dict[tuple[str, str], int] = {}
    used, keys = 0, []
    for row, size in zip(contract.expected, sizes, strict=True):
        about = (row.cohort, row.group)
        if about not in first:
            first[about], used = (
                used,
                used
                + max(
                    s
                    for r, s in zip(contract.expected, sizes, strict=True)
                    if (r.cohort, r.group) == about
                ),
            )
        keys.append(first[about] + np.arange(size, dtype=np.int64))
    return np.concatenate(keys) if keys else np.array([], dtype=np.int64)


def _row(
    contract: Contract, row: Expected, case: Case, luck: tuple[int, int, int], share: float
) -> tuple[IntArray, IntArray]:
    """Return units, array (draw, person), and the first day of each person's outcome: (person,)."""
    draws, seed, number = luck
    people = max(round(row.people * share), 0)
    random = np.random.default_rng([seed, number])
    world = random.standard_normal((draws, 1))
    without, promised = float(row.without), float(row.promised)
    level = without + (promised - without) * PARTS.get(case, 1.0) + float(row.spread) * world
    metric, days = _metric(contract, row), _days(row, people)
    if metric.about == "cohort":
        error = float(row.error) * random.standard_normal((draws, people))
        return _values(row, metric, level + error), days
    chance = np.ones((draws, 1)) if case == "everybody" else np.clip(level, 0.0, 1.0)
    have = (random.random((draws, people)) < chance).astype(np.int64)
    return have * round(row.each * 10**metric.places), days


def _measured(
    contract: Contract, row: Expected, level: FloatArray, luck: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Return units and days as `_row` does: who has the outcome is drawn once, for every draw."""
    metric, days = _metric(contract, row), _days(row, row.people)
    if metric.about == "cohort":
        return _values(row, metric, np.repeat(level[:, None], row.people, axis=1)), days
    order = np.random.default_rng(luck).permutation(row.people)
    have = order < np.rint(np.clip(level, 0.0, 1.0) * row.people)[:, None]
    return np.asarray(have.astype(np.int64) * round(row.each * 10**metric.places)), days


def _metric(contract: Contract, row: Expected) -> Metric:
    return next(metric for metric in contract.metric if metric.id == row.metric)


def _days(row: Expected, people: int) -> IntArray:
    """Return the first day of each person's outcome, array (person,)."""
    span = np.linspace(day_number(row.first_day), day_number(row.last_day), people)
    return np.rint(span).astype(np.int64)


def _values(row: Expected, metric: Metric, level: FloatArray) -> IntArray:
    """Return values of a metric about a cohort in units of its last decimal place."""
    units = np.rint(level * float(row.each) * 10**metric.places)
    return np.asarray(np.maximum(units, 0), dtype=np.int64)
