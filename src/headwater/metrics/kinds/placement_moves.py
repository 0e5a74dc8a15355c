"""Moves from one placement to another within the window, care going on.

A row that begins because the placement changed (P, T, B or U) is a move. For example: foster care,
a week in hospital, and back: two moves, unless temporary placements are left out by the agreement.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives
from headwater.metrics.spans import spans

MOVED = ("P", "T", "B", "U")


def count(lives: Lives) -> Counted:
    """Return each member's moves."""
    rows = lives.rows("looked after") & lives.trait("began", MOVED)
    held = lives.members(spans(lives.records.episodes, rows))
    inside = (held.start >= lives.first[held.person]) & (held.start < lives.after[held.person])
    return counted(lives, np.bincount(held.person[inside], minlength=len(lives)).astype(np.int64))


METRIC = Metric(
    name="placement_moves",
    title="Moves of placement",
    unit="move",
    needs=("looked after",),
    count=count,
    better="fewer",
)
