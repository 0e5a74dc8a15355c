"""Whether a child in care on the first day of its window stayed in one placement for some months.

Unbroken care from that day and no move (P, T, B or U) before the months are over: a child who goes
home is not in a stable placement, and does not count. Temporary placements are moves. For example:
in foster care on 1 May, for twelve months, moved on 1 March: not counted.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import NOT_YET, Lives, later
from headwater.metrics.spans import Days, next_day, spans

MOVED = ("P", "T", "B", "U")


def count(lives: Lives) -> Counted:
    """Return 1 for each member who stayed in the placement of the first day."""
    members = np.arange(len(lives))
    due = later(lives.first, lives.months)
    care = lives.care()
    on = (care.start <= lives.first[care.person]) & (care.stop > lives.first[care.person])
    until = np.full(len(lives), -1, dtype=np.int64)
    until[care.person[on]] = care.stop[on]
    rows = lives.rows("looked after") & lives.trait("began", MOVED)
    moves = lives.members(spans(lives.records.episodes, rows))
    moved = next_day(members, lives.first + 1, Days(moves.person, moves.start)) < due
    failed = (until < due) | moved
    told = failed | (due <= lives.known_after)
    return counted(lives, (~failed).astype(np.int64), told, NOT_YET)


METRIC = Metric(
    name="stayed_in_placement",
    title="Stayed in one placement",
    unit="child",
    needs=("looked after",),
    count=count,
    better="more",
    months=True,
    beside=("placement_moves", "missing_from_care"),
)
