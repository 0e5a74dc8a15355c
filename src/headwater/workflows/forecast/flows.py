"""Moves of each kind by year: as published, as things are, and in a scenario."""

import numpy as np

from headwater.core.arrays import FloatArray, IntArray
from headwater.core.figure import Figure
from headwater.workflows.forecast.blocks import march
from headwater.workflows.forecast.figures import Sourced
from headwater.workflows.forecast.outlook import Outlook
from headwater.workflows.forecast.result import FlowLine
from headwater.workflows.forecast.scenario import FLOWS

NAMES = {
    "need_starts": "become in need",
    "plan_starts": "start on a plan",
    "care_starts": "enter care",
    "care_ends": "leave care under 18",
}
WHY = (
    "As published, asylum-seeking children are among those who start and leave care, and children"
    " who turn 18 in care among those who leave: the forecast's lines leave both out. Its rates are"
    " of three years, pooled with neighbours', moved to where stocks all but stand still. Moves are"
    " counted as they are simulated: their middle is not moved to the centre, as that of children"
    " is, so that a year's moves need not add up to its change."
)
"""Why the published moves of the base year and those forecast part."""


def flow_lines(outlook: Outlook, made: Sourced, *, scenario: bool) -> tuple[FlowLine, ...]:
    """Return moves into and out of stocks by year, the published ones of the base year first."""
    base = outlook.base
    lines = []
    for name, words in NAMES.items():
        usual, other = _by_year(outlook, outlook.still.pathway.moves(*FLOWS[name]))
        years = [f"year to {march(base.year + i + 1)}" for i in range(usual.shape[1])]

        def each(drawn: FloatArray, years: list[str] = years) -> tuple[Figure, ...]:
            return tuple(
                made.children(drawn[:, i], period=period) for i, period in enumerate(years)
            )

        lines.append(
            FlowLine(
                id=name,
                name=words,
                published=made.published(
                    base.place.value(name, base.year), name, period=f"year to {march(base.year)}"
                ),
                years=each(usual),
                scenario=each(other) if scenario else (),
                difference=each(other - usual) if scenario else (),
            )
        )
    return tuple(lines)


def _by_year(outlook: Outlook, moves: IntArray) -> FloatArray:
    """Return how often some moves are made, array (arm, draw, year)."""
    monthly = outlook.moves[:, :, moves].sum(axis=2)
    return np.asarray(monthly.reshape(*monthly.shape[:2], -1, 12).sum(axis=3))
