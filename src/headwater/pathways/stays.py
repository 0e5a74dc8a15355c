"""From records to stays: each child in one state at a time, as the pathway has it.

Records say of a child that it is in need, on a plan and looked after all at once. Here care comes
before a plan, a plan before proceedings, and those before need. After care a child stays in what it
left to until it is looked after again. Short breaks are no care; asylum-seeking children who came
alone, and children whose birth is not known, are left out.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.pathway import STATES, YEAR
from headwater.core.records import OPEN, Records
from headwater.core.records import STATES as RECORDED

RANK = ("need", "pre-proceedings", "plan", "looked after")
"""States of the records, the one that counts last."""
NAMED = ("universal", "child_in_need", "pre_proceedings", "protection_plan", "looked_after")
"""The state of the pathway for nothing and for each of `RANK`."""
SHORT_BREAKS = ("V3", "V4")
STARTED = "S"
"""Why an episode is new: a period of care begins."""
LEFT = {
    "left_care_home": ("E4", "E4A", "E4B", "E13"),
    "left_care_permanence": ("E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48"),
}
"""Codes of why care ended, by the state they lead to; any other code of an end leads elsewhere."""
GOES_ON = ("", "X1")
"""Codes after which care goes on, or nobody says."""
CARE = STATES.index("looked_after")
SPAN = 2**32
"""More days than there are from `-OPEN` to `OPEN`."""
NOWHERE = -1
"""The target of a stay whose end the records do not tell."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Times in one state, ordered by child and start; every array is (stay,).

    Parameters
    ----------
    child
        Place in `Records.children`.
    state, target
        Index into `core.pathway.STATES`; `NOWHERE` where a stay ends untold or had not ended.
    start, stop
        Days since 1 January 1970; cut at the 18th birthday.
    told
        Whether the records tell the day on which the stay began.
    born
        Birth of the child.
    """

    child: IntArray
    state: IntArray
    target: IntArray
    start: IntArray
    stop: IntArray
    told: BoolArray
    born: IntArray

    def __len__(self) -> int:
        """Return how many stays there are."""
        return len(self.child)

    def some(self, rows: BoolArray) -> "Stays":
        """Return some of the stays."""
        return Stays(
            self.child[rows],
            self.state[rows],
            self.target[rows],
            self.start[rows],
            self.stop[rows],
            self.told[rows],
            self.born[rows],
        )


def stays(records: Records) -> Stays:
    """Return every child's stays in the states of the pathway, one after the other.

    1. At every day on which something begins or ends, which states hold.
    2. The one that counts, from that day to the next.
    3. After care, what it was left to, until care again; untold where no code says it.
    4. Equal neighbours joined, and all cut at the 18th birthday.
    """
    person, day, holds = _changes(records)
    rank = np.where(holds, np.arange(1, len(RANK) + 1)[:, None], 0).max(axis=0, initial=0)
    state = _after_care(records, person, day, np.array([STATES.index(n) for n in NAMED])[rank])
    stop = np.where(_same(person), np.append(day[1:], OPEN), OPEN)
    keep = (stop > day) & (state != NOWHERE)
    person, state, start, stop = person[keep], state[keep], day[keep], stop[keep]
    goes_on = _same(person) & (np.append(start[1:], OPEN) == stop)
    last = ~(goes_on & (np.append(state[1:], NOWHERE) == state))
    first = np.append([True], last[:-1])[: len(last)]
    target = np.where(goes_on, np.append(state[1:], NOWHERE), NOWHERE)[last]
    person, state, start, stop = person[first], state[first], start[first], stop[last]
    began = _coded_at(records, "began", person, start, at="start")
    told = (state != CARE) | began.among((STARTED,))
    return _under_18(Stays(person, state, target, start, stop, told, records.children.born[person]))


def _same(person: IntArray) -> BoolArray:
    """Return whether each row's child is the next row's."""
    return np.append(person[1:] == person[:-1], [False])[: len(person)]


def _counted(records: Records) -> BoolArray:
    """Return which episodes count: of some children, in some states, without short breaks."""
    held, children = records.episodes, records.children
    known = (children.born != NO_DAY) & ~children.asylum
    kinds = np.array([RECORDED.index(name) for name in RANK])
    rows: BoolArray = known[held.person] & np.isin(held.state, kinds)
    if "legal_status" in held.traits:
        rows &= ~held.traits["legal_status"].among(SHORT_BREAKS)
    return rows


def _changes(records: Records) -> tuple[IntArray, IntArray, BoolArray]:
    """Return children and days on which something changes, and which of `RANK` hold from then."""
    held, rows = records.episodes, _counted(records)
    person = np.tile(held.person[rows], 2)
    day = np.concatenate([held.start[rows], held.stop[rows]])
    step = np.repeat([1, -1], np.count_nonzero(rows))
    keys, place = np.unique(_key(person, day), return_inverse=True)
    holds = np.zeros((len(RANK), len(keys)), dtype=bool)
    for i, name in enumerate(RANK):
        one = np.tile(held.state[rows] == RECORDED.index(name), 2)
        steps = np.bincount(place[one], weights=step[one], minlength=len(keys))
        holds[i] = np.cumsum(steps) > 0
    return keys // SPAN, keys % SPAN - OPEN, holds


def _key(person: IntArray, day: IntArray) -> IntArray:
    """Return one number for a child and a day, in the order of both."""
    return person * SPAN + (day + OPEN)


def _after_care(records: Records, person: IntArray, day: IntArray, state: IntArray) -> IntArray:
    """Return states with what care was left to in the place of those after it."""
    row = np.arange(len(state))
    before = np.append([NOWHERE], state[:-1])[: len(state)]
    mine = np.append([False], _same(person)[:-1])[: len(state)]
    left = np.flatnonzero(mine & (before == CARE) & (state != CARE))
    codes = _coded_at(records, "ended", person[left], day[left], at="stop")
    into = np.full(len(left), STATES.index("left_care_other"))
    for name, words in LEFT.items():
        into[codes.among(words)] = STATES.index(name)
    into[codes.among(GOES_ON)] = NOWHERE
    latest = np.searchsorted(left, row, side="right") - 1
    at = left[latest] if len(left) else row
    after = (latest >= 0) & (state != CARE) & (person[at] == person)
    return np.where(after, into[latest] if len(left) else state, state)


def _coded_at(
    records: Records, trait: str, person: IntArray, day: IntArray, *, at: Literal["start", "stop"]
) -> Coded:
    """Return the code of the episode of care that begins or ends on a child's day.

    Where several do, the one that says most: that care began, or why it ended.
    """
    held = records.episodes
    rows = np.flatnonzero(_counted(records) & (held.state == RECORDED.index("looked after")))
    words = held.traits.get(trait, Coded.of([""] * len(held)))[rows]
    says = words.among((STARTED,)) if at == "start" else ~words.among(GOES_ON)
    keys = _key(held.person[rows], (held.start if at == "start" else held.stop)[rows])
    order = np.lexsort((says, keys))
    wanted = _key(person, day)
    found = np.searchsorted(keys[order], wanted, side="right") - 1
    none = (found < 0) | (keys[order][found] != wanted) if len(keys) else np.ones(len(day), bool)
    blank = len(words.words)
    codes = words.codes[order][found] if len(keys) else np.zeros(len(day), dtype=np.int64)
    return Coded(np.where(none, blank, codes), (*words.words, ""))


def _under_18(held: Stays) -> Stays:
    """Return stays before the 18th birthday, none of them ending because of it."""
    grown = held.born + int(18 * YEAR)
    aged = held.stop >= grown
    cut = replace(
        held, stop=np.minimum(held.stop, grown), target=np.where(aged, NOWHERE, held.target)
    )
    return cut.some(cut.stop > cut.start)
