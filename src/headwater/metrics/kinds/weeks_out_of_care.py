"""Weeks out of care: weeks counted from the first day of the window, none of whose days is in care.

For example: a window of four weeks and a single night in care in the second: 3 weeks.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives, outside

WEEK = 7


def count(lives: Lives) -> Counted:
    """Return each member's whole weeks without a day in care."""
    after = lives.ends()
    out = outside(lives.care(), lives.first, after)
    first = lives.first[out.person]
    begun = -(-(out.start - first) // WEEK)
    ended = (out.stop - first) // WEEK
    weeks = np.maximum(ended - begun, 0)
    return counted(lives, np.bincount(out.person, weeks, len(lives)).astype(np.int64))


METRIC = Metric(
    name="weeks_out_of_care",
    title="Weeks out of care",
    unit="week out of care",
    needs=("looked after",),
    count=count,
    better="more",
    beside=("entered_care", "referred_again", "section_47", "new_plan", "missing_from_care"),
)
