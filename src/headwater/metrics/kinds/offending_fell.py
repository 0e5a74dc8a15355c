"""Whether offending by the family's children fell by 33%, or by more.

The last six months of the window against the six before its first day, over the whole family. A
family that had none before is not known: nothing could fall.
For example: six offences in the six months before the start, four in the last six: a third less,
which is more than 33%; five: not.

Source of the thresholds: the terms of the Troubled Families programme, phase one, as published
(`headwater contracts troubled_families_p1`).
"""

from headwater.metrics.kind import Counted, Metric
from headwater.metrics.lives import Lives
from headwater.metrics.readings import fell

MEASURE = "offences under 18"
FALL, MONTHS = 33, 6
"""Per cent, and months."""


def count(lives: Lives) -> Counted:
    """Return 1 for each family in which it fell."""
    return fell(lives, MEASURE, by=FALL, months=MONTHS)


METRIC = Metric(
    name="offending_fell",
    title="Offending by the family's children fell by 33%",
    unit="family",
    needs=(MEASURE,),
    count=count,
    better="more",
    about="family",
    beside=("antisocial_fell", "schooling_met"),
)
