"""Records of children made by hand, without a reader."""

import numpy as np

from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.records import OPEN, STATES, Children, Observations, Proof, Records

Row = tuple[int, str, int, int | None, str, str]
"""Child, state, start, stop (None: open), why it began, why it ended."""


def made_records(
    rows: list[Row], born: list[int | None], *, years: tuple[int, ...] = (2024,)
) -> Records:
    """Return records of some episodes."""
    rows = sorted(rows, key=lambda row: (row[0], STATES.index(row[1]), row[2]))
    n = len(rows)
    nothing = np.zeros(0, dtype=np.int64)
    blank = Coded.of([""] * n)
    return Records(
        children=Children(
            key=tuple(str(i) for i in range(len(born))),
            born=np.array([NO_DAY if day is None else day for day in born], dtype=np.int64),
            sex=Coded.of(["U"] * len(born)),
            asylum=np.zeros(len(born), dtype=bool),
        ),
        episodes=Episodes(
            states=STATES,
            person=np.array([row[0] for row in rows], dtype=np.int64),
            family=np.full(n, -1),
            state=np.array([STATES.index(row[1]) for row in rows], dtype=np.int64),
            mark=np.full(n, -1),
            start=np.array([row[2] for row in rows], dtype=np.int64),
            stop=np.array([OPEN if row[3] is None else row[3] for row in rows], dtype=np.int64),
            arm=np.zeros(n, dtype=np.int64),
            draw=np.zeros(n, dtype=np.int64),
            traits={
                "legal_status": blank,
                "placement": blank,
                "began": Coded.of([row[4] for row in rows]),
                "ended": Coded.of([row[5] for row in rows]),
            },
        ),
        observations=Observations(nothing, Coded(nothing, ()), nothing, np.zeros(0)),
        proof=Proof(Coded.of(["made"] * n), np.arange(n)),
        years=years,
        tables=frozenset({"episodes"}),
    )
