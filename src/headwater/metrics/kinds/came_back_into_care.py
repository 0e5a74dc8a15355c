"""Whether a child who left care within the window, or before it, came back into care in the window.

For example: a child who leaves on 1 June and is in care again from 1 August counts; one who comes
into care for the first time does not.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return 1 for each member who came back into care."""
    care = lives.care()
    again = np.zeros(len(care), dtype=bool)
    again[1:] = care.person[1:] == care.person[:-1]
    inside = (care.start >= lives.first[care.person]) & (care.start < lives.after[care.person])
    back = np.bincount(care.person[again & inside], minlength=len(lives)) > 0
    return counted(lives, back.astype(np.int64))


METRIC = Metric(
    name="came_back_into_care",
    title="Came back into care",
    unit="child",
    needs=("looked after",),
    count=count,
    better="fewer",
)
