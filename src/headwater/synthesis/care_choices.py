"""What is chosen when a child enters care, moves or leaves: placements, statuses, reasons."""

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray
from headwater.synthesis import care_rates as assumed
from headwater.synthesis.draws import Words, choose, pick
from headwater.synthesis.levels import PLACEMENTS, Levels

NAMES = np.array(list(assumed.KINDS))
GROUP = np.array([PLACEMENTS.index(group) for group, _ in assumed.KINDS.values()])
BY_AGE = np.array([shares for _, shares in assumed.KINDS.values()]).T
USUAL = (0.66, 0.10, 0.08, 0.07, 0.03, 0.06)
"""Shares of `PLACEMENTS` that the assumed shares by age come to: a place's own are held to them."""
ASYLUM = {"U6": 0.35, "K2": 0.15, "H": 0.50}


def first_status(rng: np.random.Generator, age: FloatArray, asylum: BoolArray) -> Words:
    """Return the legal status with which children enter care."""
    drawn = pick(rng, list(assumed.STARTS), list(assumed.STARTS.values()), len(age))
    young = (drawn == "J1") & (age < assumed.REMAND_AGE)
    return np.where(asylum | young, "V2", drawn)


def choose_place(
    rng: np.random.Generator, levels: Levels, age: FloatArray, status: Words, asylum: BoolArray
) -> Words:
    """Return placements by age, the place's own shares and what the legal status allows."""
    n = len(age)
    band = np.searchsorted(assumed.AGES, age, side="right") - 1
    own = np.asarray(levels.placements) / np.asarray(USUAL)
    shares = BY_AGE[np.maximum(band, 0)] * own[GROUP]
    at_home = np.isin(status, ("C1", "C2"))
    shares[~at_home, list(NAMES).index("P1")] = 0.0
    chosen = NAMES[choose(rng, shares)]
    remand = pick(rng, list(assumed.REMAND_KINDS), list(assumed.REMAND_KINDS.values()), n)
    alone = pick(rng, list(ASYLUM), list(ASYLUM.values()), n)
    alone = np.where((alone == "H") & (age < 16), "U6", alone)
    return np.where(status == "J1", remand, np.where(asylum, alone, chosen))


def left_by(rng: np.random.Generator, table: Words, place: Words) -> Words:
    """Return why children leave; special guardianship is told apart by who the carers were."""
    rec = np.full(len(table), "E8 ")
    for name in np.unique(table).tolist():
        shares = assumed.LEFT[name]
        at = table == name
        rec[at] = pick(rng, list(shares), list(shares.values()), int(at.sum()))
    foster = np.char.startswith(place, "U")
    kin = np.isin(place, ("U1", "U2", "U3"))
    other = np.where(rng.random(len(table)) < 0.8, "E47", "E48")
    guardian = np.where(kin, "E45", np.where(foster, "E46", other))
    rec = np.where(rec == "SGO", guardian, rec)
    return np.where((rec == "E17") & ~foster, "E5", rec)
