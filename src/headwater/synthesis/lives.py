"""Made-up lives, the one truth from which every return is written."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.records import OPEN
from headwater.synthesis.breaks import short_breaks
from headwater.synthesis.care import Care
from headwater.synthesis.care_placements import Homes, make_homes
from headwater.synthesis.children import Made, make_children
from headwater.synthesis.days import birthday
from headwater.synthesis.draws import Words, stream
from headwater.synthesis.levels import Levels
from headwater.synthesis.missing import Missing, go_missing
from headwater.synthesis.need import Cases, live_cases

BEFORE = 17
"""Years lived before the first year that is asked for, so that stocks are there when it begins."""
ACTIVE_YEARS = 3.0
"""Years for which a child is known, on average: only by how many more children are first drawn."""


@dataclass(frozen=True, slots=True)
class CareRows:
    """Episodes of care in half-open days, by child and start; every array is (episode,).

    Parameters
    ----------
    period
        Which unbroken period of care each belongs to.
    home
        Which placement: two episodes with one home have one address, carer and provider.
    place
        As in `care_rates.KINDS`: codes that depend on the year are written when a return is.
    """

    child: IntArray
    period: IntArray
    start: IntArray
    stop: IntArray
    status: Words
    place: Words
    home: IntArray
    rne: Words
    rec: Words
    reason: Words

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.child)

    def kept(self, rows: object) -> "CareRows":
        """Return some of them."""
        return CareRows(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that a child should be placed for adoption; every array is (decision,)."""

    child: IntArray
    period: IntArray
    decided: IntArray
    reversed: IntArray


@dataclass(frozen=True, slots=True)
class Lives:
    """Everything that happened to the children.

    Parameters
    ----------
    number
        The authority's number.
    first, last
        The first and the last day of the years asked for.
    """

    seed: int
    number: str
    first: int
    last: int
    levels: Levels
    children: Made
    cases: Cases
    care: CareRows
    homes: Homes
    decisions: Decided
    missing: Missing


def live(levels: Levels, *, children: int, first: int, last: int, seed: int, number: str) -> Lives:
    """Live children whom the authority knows at some time between two days.

    Parameters
    ----------
    children
        How many: each is referred, in need, looked after or a care leaver within the years.
    number
        The authority's number.
    """
    span = (last - first) / 365.25
    drawn = int(children * (BEFORE + span) / (span + ACTIVE_YEARS)) + 50
    while True:
        whole = _live(levels, drawn, first=first, last=last, seed=seed, number=number)
        known = _known(whole)
        if len(known) >= children:
            return _kept(whole, known[:children])
        drawn = drawn * 3 // 2


def _live(levels: Levels, n: int, *, first: int, last: int, seed: int, number: str) -> Lives:
    made = make_children(
        stream(seed, "children"),
        n,
        first=first - int(BEFORE * 365.25),
        last=last,
        asylum=_alone(levels),
        number=number,
    )
    care = Care(stream(seed, "care"), made, levels, horizon=last)
    cases = live_cases(stream(seed, "need"), made, levels, care, horizon=last)
    table = care.rows.table()
    rows = CareRows(*(table[name] for name in CareRows.__slots__))
    rng = stream(seed, "placed")
    rows = short_breaks(rng, made, cases, rows, horizon=last)
    rows, homes = make_homes(rng, rows)
    made_decisions = Decided(
        *(np.asarray(getattr(care.decisions, name), np.int64) for name in Decided.__slots__)
    )
    missing = go_missing(rng, made, rows, horizon=last)
    return Lives(
        seed, number, first, last, levels, made, cases, rows, homes, made_decisions, missing
    )


def _alone(levels: Levels) -> float:
    """Return the share of families that are one unaccompanied child.

    So many that they are the published share of starts of care: u / (1 - u) of the others, who
    are the cases in need times the share of those that lead to care.
    """
    share = min(0.9, levels.unaccompanied)
    in_need = 1 - levels.no_action - levels.not_in_need
    cases = in_need * (1 + levels.again)
    return min(0.5, share / (1 - share) * levels.care * cases)


def _known(lives: Lives) -> IntArray:
    """Return the children who are known within the years, in the order in which they were made."""
    known = np.zeros(len(lives.children), dtype=bool)
    known[lives.cases.child[lives.cases.stop >= lives.first]] = True
    known[lives.care.child[lives.care.stop >= lives.first]] = True
    was = lives.care.child[lives.care.stop > birthday(lives.children.born[lives.care.child], 16)]
    known[was[birthday(lives.children.born[was], 22) > lives.first]] = True
    return np.flatnonzero(known)


def _kept(lives: Lives, known: IntArray) -> Lives:
    """Return the lives of some of the children."""
    place = np.full(len(lives.children), -1, dtype=np.int64)
    place[known] = np.arange(len(known))

    def rows(child: IntArray) -> IntArray:
        return np.flatnonzero(place[child] >= 0)

    cases = lives.cases.kept(rows(lives.cases.child))
    cases.child = place[cases.child]
    care = lives.care.kept(rows(lives.care.child))
    care = CareRows(place[care.child], *(getattr(care, n) for n in CareRows.__slots__[1:]))
    at, gone = rows(lives.decisions.child), rows(lives.missing.child)
    return Lives(
        seed=lives.seed,
        number=lives.number,
        first=lives.first,
        last=lives.last,
        levels=lives.levels,
        children=lives.children.kept(known),
        cases=cases,
        care=care,
        homes=lives.homes,
        decisions=Decided(
            place[lives.decisions.child[at]],
            *(getattr(lives.decisions, name)[at] for name in Decided.__slots__[1:]),
        ),
        missing=Missing(
            place[lives.missing.child[gone]],
            *(getattr(lives.missing, name)[gone] for name in Missing.__slots__[1:]),
        ),
    )


def in_care_days(care: CareRows, first: int, stop: int) -> IntArray:
    """Return the days of each episode within [first, stop)."""
    held: IntArray = np.minimum(np.where(care.stop == OPEN, stop, care.stop), stop) - np.maximum(
        care.start, first
    )
    return np.maximum(held, 0)
