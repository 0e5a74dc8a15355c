"""Days in care within the window.

For example: a child in care from 1 May to 31 July 2025, with a window from 1 July: 30 days, for 31
July is the day on which care ends and is not counted.
"""

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives
from headwater.metrics.spans import days_each


def count(lives: Lives) -> Counted:
    """Return each member's days in care."""
    return counted(lives, days_each(lives.care(), lives.first, lives.after))


METRIC = Metric(
    name="days_in_care",
    title="Days in care",
    unit="day in care",
    needs=("looked after",),
    count=count,
    better="fewer",
    beside=("missing_from_care",),
)
