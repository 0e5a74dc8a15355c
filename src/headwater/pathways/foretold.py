"""The moves that a pathway leads one to expect of the children whom records show."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.pathway import STATES, YEAR, Level, National, Pathway
from headwater.pathways.expected import course
from headwater.pathways.exposure import Exposure
from headwater.pathways.fit import by_band, newborn
from headwater.pathways.from_records import (
    BACK,
    BACK_MOVE,
    INTO_CARE_MOVES,
    LEAVING,
    mean_risk,
)


def foretold(
    shown: Exposure,
    national: National,
    levels: Sequence[Level],
    *,
    population: float,
    years: int,
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Return moves shown and moves expected, by level; arrays of one shape each.

    Leaving a state: by move, age and time in it. Entering need and care: by age, of all children.

    Parameters
    ----------
    population
        Children aged 0 to 17.
    years
        Years that the exposure covers.
    """
    placed = _placed(national.pathway, levels)
    life = course(placed, newborn(placed), horizon=18 * YEAR)
    risk = mean_risk(placed, life)
    moves = {level.route: level.moves for level in levels if level.route in LEAVING}
    found = {}
    for route, names in {**moves, BACK: (BACK_MOVE,)}.items():
        at = placed.moves(*names)
        origins = [placed.state(placed.transitions[i].origin) for i in at]
        targets = [placed.state(placed.transitions[i].target) for i in at]
        hazards = placed.hazards[at] * placed.multipliers[0, at][:, None, None]
        expected = shown.days[origins] * hazards * np.stack([risk[name] for name in names])
        if expected.any():
            found[route] = (shown.moves[origins, targets], np.asarray(expected))
    flows = population / 18 * years * by_band(life)
    for route, names, events, state in (
        ("need_starts", ("universal -> child_in_need",), shown.into_need, "child_in_need"),
        ("care_starts", INTO_CARE_MOVES, shown.into_care, "looked_after"),
    ):
        if shown.days[STATES.index(state)].any():
            found[route] = (events, np.asarray(flows[placed.moves(*names)].sum(axis=0)))
    return found


def _placed(pathway: Pathway, levels: Sequence[Level]) -> Pathway:
    times = np.ones((1, len(pathway.transitions)))
    for level in levels:
        times[:, pathway.moves(*level.moves)] = np.exp(level.level)
    return replace(pathway, multipliers=times)
