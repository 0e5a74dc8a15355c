"""Runs of seven days out of care: a stay in care breaks the run, and days left over are lost.

For example: 20 days out of care, then 3 in it, then 15 out: 2 and 2 runs, 4 in all; 35 days out in
one piece would be 5.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives, outside

RUN = 7


def count(lives: Lives) -> Counted:
    """Return each member's whole runs of seven days out of care."""
    out = outside(lives.care(), lives.first, lives.ends())
    runs = (out.stop - out.start) // RUN
    return counted(lives, np.bincount(out.person, runs, len(lives)).astype(np.int64))


METRIC = Metric(
    name="sevens_out_of_care",
    title="Runs of seven days out of care",
    unit="run of seven days",
    needs=("looked after",),
    count=count,
    better="more",
    beside=("entered_care", "referred_again", "section_47", "new_plan", "missing_from_care"),
)
