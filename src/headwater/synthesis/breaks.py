"""Short breaks (V3, V4) of disabled children, beside no other care."""

from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.records import OPEN
from headwater.synthesis.children import Made
from headwater.synthesis.days import APRIL_1, MARCH_31, birthday, day_of_year
from headwater.synthesis.draws import pick
from headwater.synthesis.need import Cases

if TYPE_CHECKING:
    from headwater.synthesis.lives import CareRows

EVERY = (30, 45)
"""Days from one break to the next; with `NIGHTS` under the 75 days in a year of rule 367."""
NIGHTS = (2, 5)
MOST = 24
AGREED = 0.15
"""Share of series whose breaks are not recorded one by one (V4): assumed."""


def short_breaks(
    rng: np.random.Generator, made: Made, cases: Cases, care: "CareRows", *, horizon: int
) -> "CareRows":
    """Return the episodes of care with those of short breaks."""
    series = _series(cases, care)
    n = len(series)
    begin = cases.start[series] + rng.integers(60, 120, n)
    count = rng.integers(3, MOST + 1, n)
    every = rng.integers(EVERY[0], EVERY[1] + 1, n)
    agreed = rng.random(n) < AGREED
    count = np.where(agreed, 1, count)
    row = np.repeat(np.arange(n), count)
    turn = np.arange(len(row)) - np.searchsorted(row, row)
    start = begin[row] + turn * every[row]
    nights = rng.integers(NIGHTS[0], NIGHTS[1] + 1, len(row))
    stop = start + np.where(agreed[row], 300, nights)
    start += day_of_year(start) == APRIL_1
    stop += day_of_year(stop) == MARCH_31
    child = cases.child[series][row]
    over = np.minimum(birthday(made.born[child], 18), cases.stop[series][row])
    fits = (stop < over) & (start <= horizon) & (start > made.born[child])
    rows = np.flatnonzero(fits)
    place = pick(rng, ("U6", "K2"), (0.7, 0.3), n)[row]
    period = int(care.period.max(initial=0)) + 1 + np.arange(len(row))
    home = int(care.home.max(initial=0)) + 1 + row
    ended = stop <= horizon
    columns = {
        "child": child,
        "period": period,
        "start": start,
        "stop": np.where(ended, stop, OPEN),
        "status": np.where(agreed[row], "V4", "V3"),
        "place": place,
        "home": home,
        "rne": np.full(len(row), "S"),
        "rec": np.where(ended, "E4A", ""),
        "reason": np.full(len(row), ""),
    }
    joined = {name: np.concatenate([getattr(care, name), columns[name][rows]]) for name in columns}
    order = np.lexsort((joined["start"], joined["child"]))
    return type(care)(*(joined[name][order] for name in type(care).__slots__))


def _series(cases: Cases, care: "CareRows") -> IntArray:
    """Return the first case with breaks of each child who is in no other care."""
    at = np.flatnonzero(cases.breaks)
    at = at[~np.isin(cases.child[at], care.child)]
    _, first = np.unique(cases.child[at], return_index=True)
    return at[first]
