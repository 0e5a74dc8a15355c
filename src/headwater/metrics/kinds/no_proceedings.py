"""Whether, for some months from the first day of its window, no care proceedings were begun.

They show as the day on which the court was applied to (the census, from 2026-27), and as the first
day under an order of the court in SSDA903: C1 or C2 (care orders), D1, E1 (freed, or placed for
adoption) or L2 (emergency protection). Proceedings before 2026-27 that ended without any of these
are not seen. A child under such an order on the first day does not count. For example: a start on 1
May, for 36 months, an interim care order on 2 June: not counted.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import NOT_YET, Lives, later
from headwater.metrics.spans import Days, next_day

ORDERS = ("C1", "C2", "D1", "E1", "L2")


def count(lives: Lives) -> Counted:
    """Return 1 for each member for whom no proceedings were begun in time."""
    members = np.arange(len(lives))
    due = later(lives.first, lives.months)
    orders = lives.state("looked after", lives.trait("legal_status", ORDERS))
    under = np.zeros(len(lives), dtype=bool)
    on = (orders.start <= lives.first[orders.person]) & (orders.stop > lives.first[orders.person])
    under[orders.person[on]] = True
    begun = next_day(members, lives.first, Days(orders.person, orders.start)) < due
    begun |= next_day(members, lives.first, lives.seen("proceedings")) < due
    failed = under | begun | (lives.grown() < due)
    told = failed | (due <= lives.known_after)
    return counted(lives, (~failed).astype(np.int64), told, NOT_YET)


METRIC = Metric(
    name="no_proceedings",
    title="No care proceedings from the start",
    unit="child",
    needs=("looked after",),
    count=count,
    better="more",
    months=True,
    beside=("referred_again", "section_47", "new_plan", "entered_care", "missing_from_care"),
)
