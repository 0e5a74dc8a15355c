"""Where looked-after children live, by the codes of their records."""

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.pathway import PLACEMENTS, YEAR
from headwater.core.records import STATES as RECORDED
from headwater.core.records import Records
from headwater.pathways.stays import CARE, SHORT_BREAKS, Stays

OF_CODE = {
    "foster": ("U1", "U2", "U3", "U4", "U5", "U6"),
    "residential": ("K1", "K2"),
    "supported": ("H5", "K3", "P2"),
    "parents": ("P1",),
}
"""Codes of placements, as the Department for Education groups them; all others are "other"."""
OLDER = 16
"""Age from which a child may live in supported accommodation."""


def placed(records: Records, held: Stays, *, day: int) -> IntArray:
    """Return looked-after children on a day by placement, array (under 16 and from 16, placement).

    A child with two episodes on that day is counted in the one that began last.
    """
    there = (held.state == CARE) & (held.start <= day) & (held.stop > day)
    born = dict(zip(held.child[there].tolist(), held.born[there].tolist(), strict=True))
    episodes = records.episodes
    rows = (episodes.state == RECORDED.index("looked after")) & (episodes.start <= day)
    rows &= (episodes.stop > day) & np.isin(episodes.person, held.child[there])
    if "legal_status" in episodes.traits:
        rows &= ~episodes.traits["legal_status"].among(SHORT_BREAKS)
    counts = np.zeros((2, len(PLACEMENTS)), dtype=np.int64)
    if "placement" not in episodes.traits:
        return counts
    words = episodes.traits["placement"]
    group = {code: PLACEMENTS.index(name) for name, codes in OF_CODE.items() for code in codes}
    of = np.array([group.get(word, PLACEMENTS.index("other")) for word in words.words])
    at = np.flatnonzero(rows)
    at = at[np.lexsort((episodes.start[at], episodes.person[at]))]
    last = np.append(episodes.person[at][1:] != episodes.person[at][:-1], [True])[: len(at)]
    at = at[last]
    birth = np.array([born[person] for person in episodes.person[at].tolist()], dtype=np.int64)
    np.add.at(counts, ((day - birth >= OLDER * YEAR).astype(np.int64), of[words.codes[at]]), 1)
    return counts
