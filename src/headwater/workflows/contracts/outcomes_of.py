"""Outcomes of a published check, as the engine counts them."""

from fractions import Fraction

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import day_number
from headwater.workflows.contracts.published import Row


def outcomes_of(contract: Contract, rows: tuple[Row, ...]) -> Outcomes:
    """Return rows as one draw of outcomes, each key once, in the order in which they are written.

    Raises
    ------
    ValueError
        If units are finer than their metric.
    """
    each = [
        (row, f"{row.who}-{i + 1}" if row.count > 1 else row.who)
        for row in rows
        for i in range(row.count)
    ]
    metrics = [metric.id for metric in contract.metric]
    places = {metric.id: metric.places for metric in contract.metric}
    whos = list(dict.fromkeys(who for _, who in each))
    place = {who: i for i, who in enumerate(whos)}
    cohorts = ["", *(cohort.id for cohort in contract.cohort)]
    groups = ["", *contract.groups]
    units = [row.units * 10 ** places[row.metric] for row in rows]
    if any(one.denominator != 1 for one in units):
        msg = f"units finer than their metric: {[str(one) for one in units]}"
        raise ValueError(msg)
    whole = {id(row): int(Fraction(one)) for row, one in zip(rows, units, strict=True)}
    last = np.array([day_number(row.last_day) for row, _ in each], dtype=np.int64)
    return Outcomes(
        units=np.array([[whole[id(row)] for row, _ in each]], dtype=np.int64),
        metric=np.array([metrics.index(row.metric) for row, _ in each], dtype=np.int64),
        who=np.array([place[who] for _, who in each], dtype=np.int64),
        cohort=np.array([cohorts.index(row.cohort) for row, _ in each], dtype=np.int64),
        group=np.array([groups.index(row.group) for row, _ in each], dtype=np.int64),
        first_day=np.array(
            [day_number(row.first_day or row.last_day) for row, _ in each], dtype=np.int64
        ),
        last_day=last,
        counted_on=last,
        source=np.arange(len(each), dtype=np.int64),
        metrics=tuple(metrics),
        whos=tuple(whos),
        cohorts=tuple(cohorts),
        groups=tuple(groups),
    )
