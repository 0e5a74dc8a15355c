"""Section 47 enquiries that begin within the window: what to look at beside avoided help.

For example: enquiries on 2 May and 4 August, a window to 30 June: one.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives


def count(lives: Lives) -> Counted:
    """Return each member's enquiries."""
    held = lives.seen("section 47")
    inside = lives.within(held)
    return counted(lives, np.bincount(held.person[inside], minlength=len(lives)).astype(np.int64))


METRIC = Metric(
    name="section_47",
    title="Section 47 enquiries",
    unit="enquiry",
    needs=("section 47",),
    count=count,
    better="fewer",
)
