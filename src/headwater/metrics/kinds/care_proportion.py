"""Days in care as a share of the days that children lived within the window, up to 18 or death.

The measure by which Essex's edge-of-care contract compared children with those before them: the
cohort's days in care over its child-days. Units are days in care; the share stands beside them. For
example: two children, windows of 100 days, one of them in care for 50: 50 days, a share of 25%.
"""

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives
from headwater.metrics.spans import days_each


def count(lives: Lives) -> Counted:
    """Return each member's days in care, none beyond the 18th birthday or death."""
    return counted(lives, days_each(lives.care(), lives.first, lives.ends()))


METRIC = Metric(
    name="care_proportion",
    title="Days in care, of all days",
    unit="day in care",
    needs=("looked after",),
    count=count,
    better="fewer",
    out_of="child_days",
    beside=("referred_again", "section_47", "new_plan", "entered_care", "missing_from_care"),
)
