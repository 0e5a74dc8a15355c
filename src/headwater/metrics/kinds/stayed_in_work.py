"""Whether an adult of a family has been in work without a break for some months within the window.

From the day on which work began ("work began") for the months that are asked; the day on which they
are over lies in the window, and no end ("work ended") of the same adult's work before it. For
example: work from 1 May, for six months: it counts in the window that holds 1 November.

Phase one of the Troubled Families programme asks for six months off benefits in continuous work
(`headwater contracts troubled_families_p1`); that benefits have stopped is not looked at here.
"""

import numpy as np

from headwater.metrics.kind import Counted, Metric, counted
from headwater.metrics.lives import Lives, later
from headwater.metrics.readings import readings

BEGAN, ENDED = "work began", "work ended"


def count(lives: Lives) -> Counted:
    """Return 1 for each family with an adult who stayed in work."""
    began, ended = readings(lives, BEGAN), readings(lives, ENDED)
    due = later(began.day, lives.months)
    ends: dict[tuple[int, int], list[int]] = {}
    for member, person, day in zip(ended.member, ended.person, ended.day, strict=True):
        ends.setdefault((int(member), int(person)), []).append(int(day))
    units = np.zeros(len(lives), dtype=np.int64)
    for member, person, start, over in zip(
        began.member.tolist(), began.person.tolist(), began.day.tolist(), due.tolist(), strict=True
    ):
        broken = any(start <= day < over for day in ends.get((member, person), ()))
        if not broken and lives.first[member] <= over < lives.after[member]:
            units[member] = 1
    return counted(lives, units)


METRIC = Metric(
    name="stayed_in_work",
    title="An adult of the family stayed in work",
    unit="family",
    needs=(BEGAN,),
    count=count,
    better="more",
    months=True,
    about="family",
    beside=("schooling_met", "antisocial_fell"),
)
