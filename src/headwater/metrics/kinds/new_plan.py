"""Whether a child protection plan began within the window.

A plan that follows another without a day between goes on. For example: a plan from 1 June to 1
September and one from 1 December, a window from 1 July: the second counts.
"""

from headwater.metrics.kind import Counted, Metric, ever
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return 1 for each member whose plan began."""
    return ever(lives, lives.began("plan"))


METRIC = Metric(
    name="new_plan",
    title="A new child protection plan",
    unit="child",
    needs=("plan",),
    count=count,
    better="fewer",
)
