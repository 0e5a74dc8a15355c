"""Where a place's levels of entry go after its last published day, in draws.

From the level at which a stock stands still, an entry moves at once part of the way (`belief`) to
the level that its flows and neighbours lead one to expect; then it wanders, the place's own wander
and England's, the latter shared by every place in a draw. What a single year brings averages out
over the years that children stay, so its mean is kept at nought; what lasts moves the middle of the
draws, so its median is.
"""

from collections.abc import Mapping

import numpy as np

from headwater.core.ahead import Ahead, Spread
from headwater.core.arrays import FloatArray
from headwater.core.pathway import YEAR, Arms, Stock
from headwater.core.worlds import normals
from headwater.pathways.stand_still import ENTRIES, StandStill


def arms_ahead(
    still: StandStill,
    ahead: Mapping[Stock, Ahead],
    *,
    place: str,
    years: int,
    draws: int,
    seed: int,
) -> Arms:
    """Return the levels of every entry by year, the same in both arms.

    Parameters
    ----------
    place
        The place's id: its own wander is a function of it.
    """
    moves = len(still.pathway.transitions)
    scale = np.ones((2, draws, years, moves))
    for name, entry in ahead.items():
        log = wander(seed, f"{name} ahead {place}", entry.place, draws=draws, years=years)
        log += wander(seed, f"{name} ahead", entry.nation, draws=draws, years=years)
        log -= entry.belief * still.entries.get(name, 0.0)
        log -= (entry.place.one_year**2 + entry.nation.one_year**2) / 2
        scale[..., still.pathway.moves(*ENTRIES[name])] = np.exp(log)[None, :, :, None]
    return Arms(np.arange(1, years, dtype=np.float64) * YEAR, scale)


def wander(seed: int, name: str, spread: Spread, *, draws: int, years: int) -> FloatArray:
    """Return how far the log of something has parted from its course, array (draw, year).

    Every second draw is the first's mirror image (antithetic draws), so that few draws have the
    right middle.
    """

    def numbers(what: str) -> FloatArray:
        half = normals(seed, f"{name} {what}", (draws + 1) // 2)
        return np.stack([half, -half], axis=1).ravel()[:draws]

    steps = np.stack([numbers(f"step {year}") for year in range(years)], axis=1)
    single = np.stack([numbers(f"year {year}") for year in range(years)], axis=1)
    return np.asarray(
        spread.at_once * numbers("at once")[:, None]
        + spread.a_year * np.cumsum(steps, axis=1)
        + spread.one_year * single
    )
