"""The work of one step: every term of a version in its order, on one period's outcomes."""

import numpy as np

from headwater.contracts.column import Column, Shape
from headwater.contracts.desk import Desk
from headwater.contracts.term import Term, UnpublishedError

MOST_PENCE, MOST_UNITS = 2**53, 2**60
"""Sums of one period stay below these; quantities count in their last decimal place."""


def work(desk: Desk, unknown: dict[str, str]) -> None:
    """Work every term of one period in order."""
    for term in desk.contract.term:
        shape = term.shape(desk.shapes)
        if term.id in unknown or desk.unknown((*term.of, *term.refers())):
            unknown.setdefault(term.id, "rests on what is not published")
            column = None
            _judged(term, desk)
        elif term.in_force(desk.period.last_day):
            column = _worked(term, desk, unknown)
        else:
            column = _passed(term, desk, shape)
        desk.shapes[term.id], desk.columns[term.id] = shape, column


def work_quantities(desk: Desk, unknown: dict[str, str]) -> None:
    """Work only the terms that measure, as `work` does."""
    for term in desk.contract.term:
        shape = term.shape(desk.shapes)
        desk.shapes[term.id] = shape
        if shape.money:
            continue
        if term.id in unknown or desk.unknown((*term.of, *term.refers())):
            desk.columns[term.id] = None
        elif term.in_force(desk.period.last_day):
            desk.columns[term.id] = _worked(term, desk, unknown)
        else:
            desk.columns[term.id] = _passed(term, desk, shape)


def _worked(term: Term, desk: Desk, unknown: dict[str, str]) -> Column | None:
    """Return what a term gives, or None where it reads a number that is not published."""
    try:
        column = term.work(desk)
    except UnpublishedError as read:
        unknown[term.id] = f"{read} not published"
        return None
    _held(column)
    if column.shape.to_date and term.last_day is not None:
        desk.remember(term.id, "stands at", column.shape.grain, column.values)
    return column


def _held(column: Column) -> None:
    """Refuse amounts whose sum over cells and some hundred periods might pass 64 bits.

    Raises
    ------
    OverflowError
        If it might.
    """
    values = column.values
    most = MOST_PENCE if column.shape.money else MOST_UNITS
    if values.size and int(np.abs(values).max()) * values.shape[1] >= most:
        size = np.abs(values.astype(np.float64)).sum(axis=1).max()
        if size >= most:
            msg = "a sum passes 64 bits"
            raise OverflowError(msg)


def _judged(term: Term, desk: Desk) -> None:
    """Judge the conditions of a term whose amounts are not known: met or not can be known."""
    for test in term.conditions():
        if not desk.unknown((test.measure,)) and test.stated:
            desk.judge(term.id, test)


def _passed(term: Term, desk: Desk, shape: Shape) -> Column:
    """Return what a term that is not in force lets through: what it takes up as it came.

    A measure has nothing of the period; what it has measured to date stands as it stood.
    """
    if shape.money and term.of and all(desk.shapes[name].money for name in term.of):
        return Column(desk.taken(term.of, shape.grain)[0], shape)
    if term.kind == "deadweight":
        return Column(desk.gathered(term.id, "of", desk.column(term.of[0]), shape.grain), shape)
    if shape.to_date:
        return Column(desk.remembered(term.id, "stands at", shape.grain), shape)
    return desk.nothing(shape)
