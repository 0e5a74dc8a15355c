"""Days out of care within the window, up to the 18th birthday or death.

For example: a window of 90 days of which a child spends 30 in care: 60 days.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives
from headwater.metrics.spans import days_each


def count(lives: Lives) -> Counted:
    """Return each member's days out of care."""
    after = lives.ends()
    lasted = np.maximum(after - lives.first, 0)
    return counted(lives, lasted - days_each(lives.care(), lives.first, after))


METRIC = Metric(
    name="days_out_of_care",
    title="Days out of care",
    unit="day out of care",
    needs=("looked after",),
    count=count,
    better="more",
    beside=("entered_care", "referred_again", "section_47", "new_plan", "missing_from_care"),
)
