"""Whether a child was referred after the first day of the window.

The referral on the first day is the one that brought the child here. Every referral counts, those
without further action too, unless the agreement leaves out "no further action". For example: a
window from 1 May, referrals on 1 May and 9 July: it counts once.
"""

from headwater.metrics.kind import Counted, Metric, ever
from headwater.metrics.lives import Lives
from headwater.metrics.spans import Days


def count(lives: Lives) -> Counted:
    """Return 1 for each member who was referred again."""
    held = lives.referrals()
    later = held.day > lives.first[held.person]
    return ever(lives, Days(held.person[later], held.day[later]))


METRIC = Metric(
    name="referred_again",
    title="Referred again",
    unit="child",
    needs=("referral",),
    count=count,
    better="fewer",
)
