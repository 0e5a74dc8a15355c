"""Whether a child left residential care for a family within the window and stayed out of it.

Residential is a children's home, a secure or residential unit or school (K1, K2, R1, R2, R3, R5,
S1). The months run from the last day of a stay in residential care after which the child goes on in
another placement or home. For example: from a children's home to foster care on 1 June, for three
months: it counts once nothing residential is recorded to 1 September.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import NOT_YET, Lives, later
from headwater.metrics.spans import Spans

RESIDENTIAL = ("K1", "K2", "R1", "R2", "R3", "R5", "S1")
FAMILY = ("A3", "A4", "A5", "A6", "P1", "U1", "U2", "U3", "U4", "U5", "U6")
HOME = ("E4A", "E4B", "E11", "E12", "E13", "E41", "E45", "E46", "E47", "E48")


def count(lives: Lives) -> Counted:
    """Return 1 for each member who stepped down in the window and stayed so."""
    stay = lives.state("looked after", lives.trait("placement", RESIDENTIAL))
    family = lives.state("looked after", lives.trait("placement", FAMILY))
    home = lives.state("looked after", lives.trait("ended", HOME))
    followed = _days(family.person, family.start) | _days(home.person, home.stop)
    down = np.array(
        [each in followed for each in zip(stay.person.tolist(), stay.stop.tolist(), strict=True)],
        dtype=bool,
    )
    due = later(stay.stop, lives.months)
    inside = (stay.stop >= lives.first[stay.person]) & (stay.stop < lives.after[stay.person])
    kept = down & inside & (_again(stay) >= due)
    told = due <= lives.known_after
    units = np.bincount(stay.person[kept & told], minlength=len(lives)) > 0
    open_yet = np.bincount(stay.person[kept & ~told], minlength=len(lives)) > 0
    return counted(lives, units.astype(np.int64), units | ~open_yet, NOT_YET)


def _days(person: np.ndarray, day: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(person.tolist(), day.tolist(), strict=True))


def _again(stay: Spans) -> np.ndarray:
    again = np.full(len(stay), np.iinfo(np.int64).max)
    if len(stay) > 1:
        same = stay.person[1:] == stay.person[:-1]
        again[:-1] = np.where(same, stay.start[1:], again[:-1])
    return again


METRIC = Metric(
    name="stepped_down",
    title="Left residential care for a family and stayed",
    unit="child",
    needs=("looked after",),
    count=count,
    better="more",
    months=True,
    beside=("placement_moves", "missing_from_care"),
)
