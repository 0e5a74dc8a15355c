"""Whether a child came into care within the window, who was not in care on the day before it.

For example: a child who comes into care twice in the window counts once.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return 1 for each member who came into care."""
    care = lives.care()
    inside = (care.start >= lives.first[care.person]) & (care.start < lives.after[care.person])
    came = np.bincount(care.person[inside], minlength=len(lives)) > 0
    return counted(lives, came.astype(np.int64))


METRIC = Metric(
    name="entered_care",
    title="Came into care",
    unit="child",
    needs=("looked after",),
    count=count,
    better="fewer",
)
