"""Periods of care: episodes that follow on one another without a gap."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.synthesis.draws import Words

if TYPE_CHECKING:
    from headwater.synthesis.lives import Lives


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of care that are no short breaks, by child and start; every array is (period,).

    Parameters
    ----------
    rec
        Why the child left; "" where still in care.
    place
        The last placement.
    number
        Its number in the episodes.
    """

    child: IntArray
    start: IntArray
    stop: IntArray
    rec: Words
    place: Words
    number: IntArray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.child)


def periods_of(lives: "Lives") -> Periods:
    """Return the periods of care of lives."""
    care = lives.care.kept(np.flatnonzero(~np.isin(lives.care.status, ("V3", "V4"))))
    if not len(care):
        none, word = np.zeros(0, dtype=np.int64), np.zeros(0, dtype="U3")
        return Periods(none, none, none, word, word, none)
    new = np.flatnonzero(np.append(True, care.period[1:] != care.period[:-1]))
    last = np.append(new[1:], len(care)) - 1
    return Periods(
        child=care.child[new],
        start=care.start[new],
        stop=care.stop[last],
        rec=care.rec[last],
        place=care.place[last],
        number=care.period[new],
    )
