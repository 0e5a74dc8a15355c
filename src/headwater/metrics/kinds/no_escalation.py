"""Whether, for some months from the first day of its window, no plan began and no care.

A child who is on a child protection plan or in care on the first day has escalated already, and
does not count; nor does one who is 18 by the end. For example: a start on 1 May, for six months: it
is known, and counts, once neither is recorded to 1 November; it counts in the window that holds its
start.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import NOT_YET, Lives, later
from headwater.metrics.spans import next_day


def count(lives: Lives) -> Counted:
    """Return 1 for each member for whom neither a plan nor care began in time."""
    members = np.arange(len(lives))
    due = later(lives.first, lives.months)
    plans, care = lives.state("plan"), lives.care()
    there = np.zeros(len(lives), dtype=bool)
    soon = np.zeros(len(lives), dtype=bool)
    for held in (plans, care):
        on = (held.start <= lives.first[held.person]) & (held.stop > lives.first[held.person])
        there[held.person[on]] = True
    for state in ("plan", "looked after"):
        soon |= next_day(members, lives.first, lives.began(state)) < due
    failed = there | soon | (lives.grown() < due)
    told = failed | (due <= lives.known_after)
    return counted(lives, (~failed).astype(np.int64), told, NOT_YET)


METRIC = Metric(
    name="no_escalation",
    title="No child protection plan and no care from the start",
    unit="child",
    needs=("plan", "looked after"),
    count=count,
    better="more",
    months=True,
    beside=("referred_again", "section_47", "new_plan", "entered_care", "missing_from_care"),
)
