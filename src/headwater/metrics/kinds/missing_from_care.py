"""Times missing from care that begin within the window: what to look at beside every other metric.

For example: a child reported missing three times counts three.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return each member's times missing."""
    held = lives.state("missing")
    inside = (held.start >= lives.first[held.person]) & (held.start < lives.after[held.person])
    return counted(lives, np.bincount(held.person[inside], minlength=len(lives)).astype(np.int64))


METRIC = Metric(
    name="missing_from_care",
    title="Times missing from care",
    unit="time missing",
    needs=("missing",),
    count=count,
    better="fewer",
)
