"""Children in care for the whole year (OC2), and care leavers around their birthdays (OC3)."""

import numpy as np

from headwater.catalogue.returns import layout
from headwater.core.arrays import BoolArray
from headwater.core.records import OPEN
from headwater.synthesis.days import birthday, slashed
from headwater.synthesis.draws import Words, pick
from headwater.synthesis.ssda903 import Scene
from headwater.synthesis.table import Table, table

THIRTEEN_WEEKS = 91
"""Days in care after the fourteenth birthday from which a young person is a care leaver."""
AGES = (17, 18, 19, 20, 21)
SCORED = 0.82
"""Share with a strengths and difficulties score; the other shares here are assumed too."""
CONVICTED, MISUSE, HELPED = 0.03, 0.04, 0.45
HEALTHY = {
    "HEALTH_CHECK": 0.88,
    "IMMUNISATIONS": 0.84,
    "TEETH_CHECK": 0.77,
    "HEALTH_ASSESSMENT": 0.9,
}
IN_TOUCH = {"YES": 0.91, "NO": 0.04, "RHOM": 0.02, "REFU": 0.02, "NREQ": 0.01}
ACTIV = {
    "F1": 0.05,
    "F2": 0.28,
    "F4": 0.03,
    "F5": 0.20,
    "P2": 0.05,
    "P5": 0.04,
    "G4": 0.12,
    "G5": 0.18,
    "G6": 0.05,
}
OLD_ACTIV = {"F4": "F3", "F5": "F3", "P5": "P3"}
ACCOM = {
    "B1": 0.14,
    "D1": 0.22,
    "E1": 0.08,
    "K1": 0.04,
    "U1": 0.36,
    "Y1": 0.04,
    "X2": 0.03,
    "S2": 0.02,
    "R1": 0.07,
}


def _yes(of: Scene, rng: np.random.Generator, n: int, share: float) -> Words:
    del of
    return np.where(rng.random(n) < share, "1", "0")


def oc2(of: Scene) -> Table:
    """Return children in care from the first day of the year to the last, with no short breaks."""
    spells, made, rng = of.periods, of.lives.children, of.rng
    at = np.flatnonzero((spells.start < of.first) & (spells.stop > of.last))
    child, n = spells.child[at], len(at)
    born = made.born[child]
    scored = (birthday(born, 4) <= of.last) & (birthday(born, 17) >= of.first)
    given = rng.random(n) < SCORED
    score = rng.binomial(40, np.clip(rng.beta(2.2, 4.0, n), 0, 1)).astype(str)
    why = pick(rng, ("SDQ2", "SDQ4", "SDQ5"), (0.3, 0.5, 0.2), n)
    misuse = rng.random(n) < MISUSE
    helped = rng.random(n) < HELPED
    columns = {
        "CHILD": made.key[child],
        "DOB": slashed(born),
        "SDQ_SCORE": np.where(scored & given, score, ""),
        "SDQ_REASON": np.where(scored & ~given, why, ""),
        "CONVICTED": np.where(birthday(born, 10) <= of.last, _yes(of, rng, n, CONVICTED), ""),
    }
    for name, share in HEALTHY.items():
        columns[name] = _yes(of, rng, n, share)
    columns["HEALTH_CHECK"] = np.where(birthday(born, 5) > of.last, columns["HEALTH_CHECK"], "")
    columns["SUBSTANCE_MISUSE"] = np.where(misuse, "1", "0")
    columns["INTERVENTION_RECEIVED"] = np.where(misuse, np.where(helped, "1", "0"), "")
    offered = np.where(rng.random(n) < 0.5, "1", "0")
    columns["INTERVENTION_OFFERED"] = np.where(misuse & ~helped, offered, "")
    return table("oc2", of.year, child, columns)


def oc3(of: Scene) -> Table:
    """Return young people who left care and turned 17 to 21 in the year."""
    made, rng = of.lives.children, of.rng
    child = np.flatnonzero(_leavers(of))
    n = len(child)
    touch = pick(rng, list(IN_TOUCH), list(IN_TOUCH.values()), n)
    none = np.isin(touch, ("RHOM", "NO", "REFU", "NREQ"))
    activ = pick(rng, list(ACTIV), list(ACTIV.values()), n)
    allowed = layout("ssda903").tables["oc3"].columns["ACTIV"].allows(of.year)
    activ = np.array([OLD_ACTIV.get(a, a) if a not in allowed else a for a in activ.tolist()])
    accom = pick(rng, list(ACCOM), list(ACCOM.values()), n)
    return table(
        "oc3",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "DOB": slashed(made.born[child]),
            "IN_TOUCH": touch,
            "ACTIV": np.where(none, "0", activ) if n else activ.astype("U2"),
            "ACCOM": np.where(none, "0", accom),
        },
    )


def _leavers(of: Scene) -> BoolArray:
    """Whether each child is a care leaver of the year.

    In care for 13 weeks after the fourteenth birthday and some of them after the sixteenth, gone
    by the birthday in the year and not back; not adopted, dead or in another authority's care.
    """
    spells, made = of.periods, of.lives.children
    n = len(made)
    born = made.born
    days = np.zeros(n, dtype=np.int64)
    until = np.minimum(spells.stop, of.last + 1)
    np.add.at(
        days,
        spells.child,
        np.maximum(0, until - np.maximum(spells.start, birthday(born[spells.child], 14))),
    )
    last = np.full(n, -OPEN, dtype=np.int64)
    np.maximum.at(last, spells.child, spells.stop)
    other = np.zeros(n, dtype=bool)
    gone = np.isin(spells.rec, ("E11", "E12", "E2", "E3"))
    other[spells.child[gone]] = True
    turned = np.zeros(n, dtype=bool)
    for age in AGES:
        day = birthday(born, age)
        turned |= (day >= of.first) & (day <= of.last) & (last <= day)
    return turned & (days >= THIRTEEN_WEEKS) & (last > birthday(born, 16)) & ~other
