"""Reviews, asylum, earlier permanence, times missing, social workers, deprivation of liberty."""

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.records import OPEN
from headwater.synthesis import year_codes
from headwater.synthesis.days import birthday, slashed, working
from headwater.synthesis.draws import Words, pick, stream
from headwater.synthesis.ssda903 import Scene
from headwater.synthesis.table import Table, table

FIRST_REVIEW, SECOND_REVIEW, EVERY = 20, 100, 175
"""Days after entering care of the first two reviews, and between those that follow: within the
20 working days, three months and six months of the regulations."""
MOST_REVIEWS = 40
TOLD = {"PN1": 0.45, "PN2": 0.05, "PN3": 0.05, "PN4": 0.08, "PN5": 0.12, "PN6": 0.15, "PN7": 0.10}
BEFORE = {"Z1": 0.93, "P1": 0.01, "P2": 0.04, "P3": 0.02}
WORKERS = 0.65
"""Changes of social worker a year: assumed."""
CHANGED = {
    "MANAGE": 0.35,
    "LEFTRL": 0.35,
    "ORGRST": 0.1,
    "TSPROC": 0.1,
    "ABSENC": 0.07,
    "OTHERS": 0.03,
}
DEPRIVED = 0.04
"""Share of placements in children's homes with an order: assumed."""


def reviews(of: Scene) -> Table:
    """Return the reviews held in the year of children in periods of care."""
    spells, made = of.periods, of.lives.children
    turn = np.arange(MOST_REVIEWS)
    after = np.where(turn == 0, FIRST_REVIEW, SECOND_REVIEW + (turn - 1) * EVERY)
    day = working(spells.start[:, None] + after[None, :])
    held = (day >= of.first) & (day <= of.last) & (day < spells.stop[:, None])
    which, at = np.nonzero(held)
    child, day = spells.child[which], day[which, at]
    young = birthday(made.born[child], 4) > day
    told = pick(of.rng, list(TOLD), list(TOLD.values()), len(child))
    return table(
        "reviews",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "REVIEW": slashed(day),
            "REVIEW_CODE": np.where(young, "PN0", told),
        },
    )


def uasc(of: Scene) -> Table:
    """Return unaccompanied children in care in the year, with the day on which that ended."""
    made = of.lives.children
    child = np.unique(of.lives.care.child[of.rows])
    child = child[made.asylum[child]]
    grown = birthday(made.born[child], 18)
    return table(
        "uasc",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "SEX": year_codes.sex(made.sex[child], of.year),
            "DUC": slashed(of.written(grown)),
        },
    )


def prev_perm(of: Scene) -> Table:
    """Return earlier permanence of children who came into care in the year."""
    care, made = of.lives.care, of.lives.children
    came = of.rows[(care.rne[of.rows] == "S") & (care.start[of.rows] >= of.first)]
    child, at = np.unique(care.child[came], return_index=True)
    start = care.start[came][at]
    n, rng = len(child), of.rng
    before = pick(rng, list(BEFORE), list(BEFORE.values()), n)
    day = made.born[child] + ((start - made.born[child]) * (0.2 + 0.6 * rng.random(n))).astype(int)
    none = (before == "Z1") | made.asylum[child]
    return table(
        "prev_perm",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "PREV_PERM": np.where(none, "Z1", before),
            "LA_PERM": np.where(none, "", of.lives.number),
            "DATE_PERM": np.where(none, "", slashed(day)),
        },
    )


def missing(of: Scene) -> Table:
    """Return the spells missing, or away, that touch the year."""
    gone, made = of.lives.missing, of.lives.children
    at = np.flatnonzero((gone.start <= of.last) & (gone.stop >= of.first))
    child = gone.child[at]
    return table(
        "missing",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "MISSING": gone.kind[at],
            "MIS_START": slashed(gone.start[at]),
            "MIS_END": slashed(of.written(gone.stop[at])),
        },
    )


def social_worker(of: Scene) -> Table:
    """Return who was each child's social worker, without a gap from the day care began."""
    spells, made = of.periods, of.lives.children
    start, which, first = _changes(of)
    nobody = np.append(which[1:] != which[:-1], True) if len(which) else np.zeros(0, bool)
    stop = np.where(nobody, spells.stop[which], np.append(start[1:], 0)[: len(start)])
    who, why = _workers(of, which, first)
    at = np.flatnonzero((start <= of.last) & (stop >= of.first) & (stop > start))
    child = spells.child[which[at]]
    return table(
        "social_worker",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "SW_ID": who[at],
            "SW_DECOM": slashed(start[at]),
            "SW_DEC": slashed(of.written(stop[at])),
            "SW_REASON": why[at],
        },
    )


def _changes(of: Scene) -> tuple[IntArray, IntArray, BoolArray]:
    """Return when workers began, of which period, and whether each is its first; any year alike."""
    spells = of.periods
    rng = stream(of.lives.seed, "returns", 1)
    until = np.minimum(spells.stop, of.lives.last)
    room = np.maximum(0, until - spells.start - 60)
    more = rng.poisson(WORKERS * room / 365.25)
    which = np.repeat(np.arange(len(spells)), more)
    day = spells.start[which] + 30 + (rng.random(len(which)) * room[which]).astype(np.int64)
    start = np.concatenate([spells.start, day])
    which = np.concatenate([np.arange(len(spells)), which])
    first = np.concatenate([np.ones(len(spells), bool), np.zeros(len(day), bool)])
    key = which * 10**6 + start
    _, once = np.unique(key, return_index=True)
    return start[once], which[once], first[once]


def _workers(of: Scene, which: IntArray, first: BoolArray) -> tuple[Words, Words]:
    rng = stream(of.lives.seed, "returns", 2)
    n = len(which)
    number = np.char.add("SW", (900_000 + rng.integers(0, 10**5, n)).astype("U6"))
    why = pick(rng, list(CHANGED), list(CHANGED.values()), n)
    return number, np.where(first, "FCONTA", why)


def dolo(of: Scene) -> Table:
    """Return orders depriving children in homes of their liberty, within one placement each."""
    care, made = of.lives.care, of.lives.children
    rng = stream(of.lives.seed, "returns", 3)
    old = birthday(made.born[care.child], 11) < care.start
    home = ((care.place == "K2") | _secure_other(of)) & old & ~of.breaks
    chosen = home & (rng.random(len(care)) < DEPRIVED) & (care.stop - care.start > 40)
    start = care.start + 5
    stop = np.minimum(start + rng.integers(14, 90, len(care)), care.stop - 2)
    at = np.flatnonzero(chosen & (start <= of.last) & (stop >= of.first))
    child = care.child[at]
    return table(
        "dolo",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "DOLO_START": slashed(start[at]),
            "DOLO_END": slashed(np.where(stop[at] >= OPEN - 2, OPEN, of.written(stop[at]))),
        },
    )


def _secure_other(of: Scene) -> BoolArray:
    care = of.lives.care
    secure: BoolArray = (care.place == "Z") & np.isin(
        of.lives.homes.other[care.home], ("Z12", "Z13")
    )
    return secure
