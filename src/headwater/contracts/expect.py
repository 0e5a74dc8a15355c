"""Outcomes as the parties expect them: in many draws, for pricing before the fact."""

from typing import Literal

import numpy as np

from headwater.contracts.agreement import Contract, Expected
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
    parts = [
        _row(contract, row, case, (draws, seed, i), share)
        for i, row in enumerate(contract.expected)
    ]
    sizes = [part[0].shape[1] for part in parts]
    metrics = tuple(metric.id for metric in contract.metric)
    cohorts = ("", *(cohort.id for cohort in contract.cohort))
    groups = ("", *contract.groups)

    def each(values: list[int]) -> IntArray:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    days = np.concatenate([part[1] for part in parts]) if parts else np.array([], dtype=np.int64)
    units = [part[0] for part in parts] or [np.zeros((draws, 0), dtype=np.int64)]
    keys = _keys(contract, sizes)
    return Outcomes(
        units=np.concatenate(units, axis=1),
        metric=each([metrics.index(row.metric) for row in contract.expected]),
        who=keys,
        cohort=each([cohorts.index(row.cohort) for row in contract.expected]),
        group=each([groups.index(row.group) for row in contract.expected]),
        first_day=days,
        last_day=days,
        counted_on=days,
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
    """Return units, array (draw, person), and the day of each person's outcome, array (person,)."""
    draws, seed, number = luck
    metric = next(metric for metric in contract.metric if metric.id == row.metric)
    people = max(round(row.people * share), 0)
    random = np.random.default_rng([seed, number])
    world = random.standard_normal((draws, 1))
    without, promised = float(row.without), float(row.promised)
    level = without + (promised - without) * PARTS.get(case, 1.0) + float(row.spread) * world
    one = 10**metric.places
    span = np.linspace(day_number(row.first_day), day_number(row.last_day), people)
    days = np.rint(span).astype(np.int64)
    if metric.about == "cohort":
        error = float(row.error) * random.standard_normal((draws, people))
        units = np.maximum(np.rint((level + error) * float(row.each) * one), 0)
        return units.astype(np.int64), days
    chance = np.ones((draws, 1)) if case == "everybody" else np.clip(level, 0.0, 1.0)
    return _successes(random, chance, people) * round(row.each * one), np.rint(days).astype(
        np.int64
    )


def _successes(random: np.random.Generator, chance: FloatArray, people: int) -> IntArray:
    draw = random.random((len(chance), people))
    return (draw < chance).astype(np.int64)
