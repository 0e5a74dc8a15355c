"""Whether a child left care for home within the window and stayed out of care for some months.

Home is with parents, relatives or others with parental responsibility (E4A, E4B, E13). For example:
home on 1 June, for six months: it is known, and counts, once nothing of care is recorded to 1
December.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import NOT_YET, Lives, later

HOME = ("E4A", "E4B", "E13")


def count(lives: Lives) -> Counted:
    """Return 1 for each member who went home in the window and stayed."""
    care = lives.care()
    home = lives.state("looked after", lives.trait("ended", HOME))
    went = {(int(p), int(s)) for p, s in zip(home.person, home.stop, strict=True)}
    left = np.array(
        [(int(p), int(s)) in went for p, s in zip(care.person, care.stop, strict=True)], dtype=bool
    )
    inside = (care.stop >= lives.first[care.person]) & (care.stop < lives.after[care.person])
    due = later(care.stop, lives.months)
    again = np.full(len(care), np.iinfo(np.int64).max)
    if len(care) > 1:
        same = care.person[1:] == care.person[:-1]
        again[:-1] = np.where(same, care.start[1:], again[:-1])
    stayed = left & inside & (again >= due)
    told = due <= lives.known_after
    units = np.bincount(care.person[stayed & told], minlength=len(lives)) > 0
    open_yet = np.bincount(care.person[stayed & ~told], minlength=len(lives)) > 0
    return counted(lives, units.astype(np.int64), units | ~open_yet, NOT_YET)


METRIC = Metric(
    name="returned_home",
    title="Went home from care and stayed",
    unit="child",
    needs=("looked after",),
    count=count,
    better="more",
    months=True,
    beside=("came_back_into_care", "missing_from_care"),
)
