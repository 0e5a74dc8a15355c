"""A forecast that starts from the children whom a place's own records show."""

from dataclasses import replace

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.errors import InputError, Problem
from headwater.core.local_pathway import LocalPathway
from headwater.core.pathway import Stock
from headwater.pathways.stand_still import StandStill
from headwater.workflows.forecast.base_day import Base

STATE: dict[Stock, str] = {
    "need": "child_in_need",
    "plan": "protection_plan",
    "care": "looked_after",
}
MARCH = (3, 31)
LAG = 3
"""Most years between the last statistics and the last record."""


def own_base(published: Base, own: LocalPathway) -> Base:
    """Return the children of a place on the last day of its records.

    What the records do not show stays as it was last published. Where they are of part of the
    place's children, or older than the statistics, all of it does.

    Raises
    ------
    InputError
        If the records do not end on a 31 March, or years after the last statistics.
    """
    last = own.last_day
    if (last.month, last.day) != MARCH or last.year > published.year + LAG:
        raise InputError(
            Problem(
                "last_day",
                f"{last} is no 31 March up to {published.year + LAG}.",
                "A forecast starts on a 31 March: fit whole years of returns.",
            )
        )
    if not own.stock:
        return published
    if last.year < published.year:
        said = (
            f"the records end on {last}, before the last statistics: rates are theirs, the children"
            f" those of 31 March {published.year}"
        )
        return replace(published, lacks=(*published.lacks, said))
    held = {str(each.state): float(each.total) for each in own.stock}
    shown = {stock: held[state] for stock, state in STATE.items() if held.get(state, 0.0) > 0.0}
    kept = [stock for stock in published.stocks if stock not in shown]
    lacks = [
        f"children {words}: not in the records; as published for 31 March {published.year}"
        for stock, words in (("need", "in need"), ("plan", "on plans"), ("care", "looked after"))
        if stock in kept
    ]
    if last.year > published.year:
        lacks.append(
            "population, asylum-seeking children and care leavers: as last published, for"
            f" 31 March {published.year}; spending starts from {published.year - 1}-"
            f"{published.year % 100:02d}"
        )
    return replace(
        published,
        year=last.year,
        stocks={**published.stocks, **shown},
        shown=frozenset(shown),
        lacks=(*published.lacks, *lacks),
    )


def with_own_children(still: StandStill, own: LocalPathway) -> StandStill:
    """Return a place standing still with the ages and times in state that its records show.

    Hidden risk is no record's: its classes are those of children of that age and time in the
    steady state.
    """
    children = still.children.copy()
    for each in own.stock:
        state, counts = still.pathway.state(each.state), np.array(each.children, float)
        steady = children[state]
        by_cell = _shares(steady)
        by_age = _shares(steady.sum(axis=2, keepdims=True))
        children[state] = (
            np.where(steady.sum(axis=1, keepdims=True) > 0.0, by_cell, by_age) * counts[:, None, :]
        )
    return replace(still, children=children)


def _shares(children: FloatArray) -> FloatArray:
    """Return the share of each class of hidden risk, array (18, class, duration band)."""
    total = children.sum(axis=1, keepdims=True)
    even = 1.0 / children.shape[1]
    return np.asarray(np.where(total > 0.0, children / np.maximum(total, 1e-300), even))


def own_shares(own: LocalPathway) -> FloatArray | None:
    """Return the shares of looked-after children by placement on the last day, or None."""
    if own.placements is None or not own.stock:
        return None
    counts = np.array([own.placements.under_16, own.placements.from_16], float).sum(axis=0)
    return np.asarray(counts / counts.sum()) if counts.sum() > 0.0 else None
