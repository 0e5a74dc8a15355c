"""Whether a case of need closed within the window and the child was not referred for some months.

A case that closes when the child is in care, by death (RC2), by transfer to another authority
(RC5), where what follows cannot be seen, or at 18 or later, is not counted. Cases closed after
assessment (RC8, RC9) are, unless the agreement leaves out "after assessment". A referral without
further action is a referral, unless it leaves out "no further action". For example: closed on 1
June, for six months, referred on 30 November: not counted; on 1 December: counted.
"""

from headwater.metrics.kind import Counted, Metric, lasting
from headwater.metrics.lives import ASSESSED, Lives
from headwater.metrics.spans import Days, next_day, spans

UNSEEN, ASSESSMENT = ("RC2", "RC5"), ("RC8", "RC9")


def count(lives: Lives) -> Counted:
    """Return 1 for each member whose case closed and who was not referred again."""
    out = UNSEEN + (ASSESSMENT if ASSESSED in lives.choices.leave_out else ())
    rows = lives.rows("need") & ~lives.trait("ended", out)
    held = lives.members(spans(lives.records.episodes, rows))
    ended = Days(held.person, held.stop)
    well = lives.within(ended) & ~lives.in_care_on(ended.person, ended.day)
    well &= ended.day < lives.grown()[ended.person]
    kept = Days(ended.person[well], ended.day[well])
    return lasting(lives, kept, next_day(kept.person, kept.day, lives.referrals()))


METRIC = Metric(
    name="need_closed",
    title="A case of need closed, and no referral followed",
    unit="child",
    needs=("need", "referral", "looked after"),
    count=count,
    better="more",
    months=True,
    beside=("referred_again", "section_47", "new_plan", "entered_care", "missing_from_care"),
)
