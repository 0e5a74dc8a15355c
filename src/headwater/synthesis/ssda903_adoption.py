"""Adoption: decisions that a child should be placed for it, and adoptions of the year."""

import numpy as np

from headwater.core.arrays import IntArray
from headwater.synthesis.days import slashed
from headwater.synthesis.draws import pick
from headwater.synthesis.ssda903 import Scene
from headwater.synthesis.table import Table, table

COUPLES = {
    "MF L11": 0.62,
    "MF L3": 0.10,
    "MM L12": 0.06,
    "FF L12": 0.05,
    "FF L2": 0.02,
    "MM L4": 0.01,
}
SINGLE = {"F1 L0": 0.12, "M1 L0": 0.02}
"""Sexes of adopters with their legal status, and shares: assumed."""
WHY = {"RD1": 0.3, "RD2": 0.2, "RD3": 0.3, "RD4": 0.2}


def placed_adoption(of: Scene) -> Table:
    """Return decisions that stood in the year, of children in care in it."""
    held, made = of.lives.decisions, of.lives.children
    here = np.isin(held.child, of.lives.care.child[of.rows])
    at = np.flatnonzero((held.decided <= of.last) & (held.reversed >= of.first) & here)
    at = at[_period_here(of, held.period[at])]
    child = held.child[at]
    reversed_ = of.written(held.reversed[at])
    why = pick(of.rng, list(WHY), list(WHY.values()), len(at))
    return table(
        "placed_adoption",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "DATE_PLACED": slashed(held.decided[at]),
            "DATE_PLACED_CEASED": slashed(reversed_),
            "REASON_PLACED_CEASED": np.where(slashed(reversed_) == "", "", why),
        },
    )


def _period_here(of: Scene, period: IntArray) -> np.ndarray:
    return np.isin(period, of.lives.care.period[of.rows])


def ad1(of: Scene) -> Table:
    """Return the adoptions of the year: the match lies between the decision and the placement."""
    spells, made, held = of.periods, of.lives.children, of.lives.decisions
    adopted = np.isin(spells.rec, ("E11", "E12"))
    at = np.flatnonzero(adopted & (spells.stop >= of.first) & (spells.stop <= of.last))
    child, n, rng = spells.child[at], len(at), of.rng
    decided, placed = _days(of, spells.number[at])
    match = decided + ((placed - decided) * rng.random(n)).astype(np.int64)
    who = {**COUPLES, **SINGLE}
    words = pick(rng, list(who), list(who.values()), n)
    parts = [str(each).split(" ") for each in words.tolist()]
    sexes = np.array([part[0] for part in parts], dtype=np.str_)
    status = np.array([part[1] for part in parts], dtype=np.str_)
    del held
    return table(
        "ad1",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "DATE_INT": slashed(decided),
            "DATE_MATCH": slashed(match),
            "FOSTER_CARE": np.where(spells.place[at] == "A5", "1", "0"),
            "NB_ADOPTR": np.where(np.char.endswith(sexes, "1"), "1", "2"),
            "SEX_ADOPTR": sexes,
            "LS_ADOPTR": status,
        },
    )


def _days(of: Scene, period: IntArray) -> tuple[IntArray, IntArray]:
    """Return the day of the decision and of the placement for adoption of each period."""
    held, care = of.lives.decisions, of.lives.care
    decided = dict(zip(held.period.tolist(), held.decided.tolist(), strict=True))
    for_adoption = np.flatnonzero(np.char.startswith(care.place, "A"))
    placed = {int(care.period[i]): int(care.start[i]) for i in reversed(for_adoption.tolist())}
    numbers = period.tolist()
    return (
        np.array([decided[each] for each in numbers], dtype=np.int64),
        np.array([placed[each] for each in numbers], dtype=np.int64),
    )
