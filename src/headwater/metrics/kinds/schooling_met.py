"""Whether every child of a family went to school: few exclusions, and little absence without leave.

Over the twelve months to the window's end (three terms), each child has fewer than three fixed-term
exclusions, and missed less than 15% of its sessions without leave. A family of whom no child has
sessions in that time is not known. For example: two children, one absent for 14 of 100 sessions,
the other excluded twice: met; a third exclusion: not met.

Source of the thresholds: the terms of the Troubled Families programme, phase one, as published
(`headwater contracts troubled_families_p1`).
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric
from headwater.metrics.lives import NOT_COVERED, Lives, later
from headwater.metrics.readings import Readings, readings, within

MONTHS = 12
EXCLUSIONS = 3
"""Fixed-term exclusions that are too many."""
ABSENT = 15
"""Per cent of sessions missed without leave that are too many."""
POSSIBLE, MISSED = "sessions possible", "sessions missed without leave"
EXCLUDED = "fixed-period exclusions"
NO_SESSION = "no child of the family has sessions in that time"


def count(lives: Lives) -> Counted:
    """Return 1 for each family whose children all went to school."""
    since = later(lives.after, -MONTHS)
    measures = (POSSIBLE, MISSED, EXCLUDED)
    sums = {name: _sums(lives, readings(lives, name), since) for name in measures}
    failed = np.zeros(len(lives), dtype=bool)
    schooled = np.zeros(len(lives), dtype=bool)
    for member, child in sorted({key for held in sums.values() for key in held}):
        of, missed, excluded = (sums[name].get((member, child), 0.0) for name in measures)
        schooled[member] |= of > 0
        failed[member] |= excluded >= EXCLUSIONS or (of > 0 and 100.0 * missed >= ABSENT * of)
    covers = (since >= lives.known_from) & (lives.after <= lives.known_after)
    known = covers & schooled
    why = tuple(
        "" if sure else (NO_SESSION if told else NOT_COVERED)
        for sure, told in zip(known, covers, strict=True)
    )
    return Counted(np.where(known & ~failed, 1, 0), known, why)


def _sums(lives: Lives, held: Readings, since: np.ndarray) -> dict[tuple[int, int], float]:
    """Return a measure's sum by member and child."""
    found: dict[tuple[int, int], float] = {}
    rows = within(held, since, lives.after)
    for member, child, value in zip(
        held.member[rows].tolist(), held.person[rows].tolist(), held.value[rows], strict=True
    ):
        found[member, child] = found.get((member, child), 0.0) + float(value)
    return found


METRIC = Metric(
    name="schooling_met",
    title="Every child of the family went to school",
    unit="family",
    needs=(POSSIBLE, MISSED, EXCLUDED),
    count=count,
    better="more",
    about="family",
    beside=("antisocial_fell", "offending_fell"),
)
