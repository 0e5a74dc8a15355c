"""Days lived within the window, up to the 18th birthday or death: what a share of days is of.

For example: a window of 90 days in which a child turns 18 on the 31st: 30 days.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return each member's days."""
    return counted(lives, np.maximum(lives.ends() - lives.first, 0))


METRIC = Metric(
    name="child_days",
    title="Days of childhood",
    unit="child-day",
    needs=("looked after",),
    count=count,
    better="more",
    beside=("days_in_care",),
)
