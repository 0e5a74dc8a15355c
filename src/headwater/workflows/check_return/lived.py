"""What was read says of children: how many were in each state, and what happened to how many."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

import headwater.catalogue.returns as catalogue
from headwater.core.figure import Figure
from headwater.core.records import STATES, Records
from headwater.workflows.check_return.result import SaidLine

EPOCH = date(1970, 1, 1)


def said(held: Records) -> Iterator[SaidLine]:
    """Yield a line for each state and each measure that was read, with the time it covers."""
    lived, seen = held.episodes, held.observations
    for place, state in enumerate(STATES):
        rows = np.equal(lived.state, place)
        if rows.any():
            yield _line(held, state, "episodes", np.unique(lived.person[rows]).size, rows.sum())
    for place, measure in enumerate(seen.measure.words):
        rows = np.equal(seen.measure.codes, place)
        people = np.unique(seen.person[rows & (seen.person >= 0)]).size
        yield _line(held, measure, "observations", people, rows.sum())


def _line(held: Records, name: str, kind: str, children: int, rows: int) -> SaidLine:
    first, after = held.covers.get(name, (0, 0))
    known = after > first
    return SaidLine(
        what=name,
        children=_figure(children, "children"),
        rows=_figure(int(rows), kind),
        first_day=str(EPOCH + timedelta(first)) if known else "",
        last_day=str(EPOCH + timedelta(after - 1)) if known else "",
    )


def _figure(value: int, unit: str) -> Figure:
    return Figure(value, unit, "computed", catalogue.layout("ssda903").sources)
