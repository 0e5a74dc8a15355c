"""Whether a child protection plan ended within the window and none began for some months.

One that ends when the child is in care, or at 18 or later, is not counted: it was not protection
that was no longer needed. For example: a plan that ends on 1 June, for twelve months: it is known,
and counts, once no plan is recorded to 1 June of the next year; one that begins on that day is late
enough.
"""

from headwater.metrics.kind import Counted, Metric, lasting
from headwater.metrics.lives import Lives
from headwater.metrics.spans import Days, next_day


def count(lives: Lives) -> Counted:
    """Return 1 for each member whose plan ended and was not repeated."""
    held = lives.state("plan")
    ended = Days(held.person, held.stop)
    well = lives.within(ended) & ~lives.in_care_on(ended.person, ended.day)
    well &= ended.day < lives.grown()[ended.person]
    kept = Days(ended.person[well], ended.day[well])
    return lasting(lives, kept, next_day(kept.person, kept.day, lives.began("plan")))


METRIC = Metric(
    name="plan_ended",
    title="A child protection plan ended, and none began again",
    unit="child",
    needs=("plan", "looked after"),
    count=count,
    better="more",
    months=True,
    beside=("referred_again", "section_47", "new_plan", "entered_care", "missing_from_care"),
)
