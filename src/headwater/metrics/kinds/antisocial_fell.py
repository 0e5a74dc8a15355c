"""Whether antisocial behaviour of the family fell by 60%, or by more.

The last six months of the window against the six before its first day, over the whole family. A
family that had none before is not known: nothing could fall.
For example: ten incidents in the six months before the start, four in the last six: it fell by 60%;
five: not.

Source of the thresholds: the terms of the Troubled Families programme, phase one, as published
(`headwater contracts troubled_families_p1`).
"""

from headwater.metrics.kind import Counted, Metric
from headwater.metrics.lives import Lives
from headwater.metrics.readings import fell

MEASURE = "antisocial behaviour"
FALL, MONTHS = 60, 6
"""Per cent, and months."""


def count(lives: Lives) -> Counted:
    """Return 1 for each family in which it fell."""
    return fell(lives, MEASURE, by=FALL, months=MONTHS)


METRIC = Metric(
    name="antisocial_fell",
    title="Antisocial behaviour of the family fell by 60%",
    unit="family",
    needs=(MEASURE,),
    count=count,
    better="more",
    about="family",
    beside=("offending_fell", "schooling_met"),
)
