"""A cohort's lives in the records: each member's window, and the times in care that count.

What counts as care differs between contracts, so each choice is named: see `Choices`.
"""

from dataclasses import dataclass, field

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.claims import NO_DAY
from headwater.core.records import STATES, Records
from headwater.metrics.spans import NEVER, Days, Spans, next_day, periods, spans

LEFT_OUT = {
    "short breaks": ("legal_status", ("V3", "V4")),
    "with parents": ("placement", ("P1",)),
    "remand": ("legal_status", ("J1",)),
    "temporary": ("placement", ("T0", "T1", "T2", "T3", "T4")),
}
"""Times that an agreement may leave out of care, and the codes they bear."""
MISSING = "missing"
"""Times missing from care may be left out too; they stand in a table of their own."""
NO_ACTION, ASSESSED = "no further action", "after assessment"
"""Referrals that led to nothing, and cases closed after assessment, may be left out of what is
counted: a referral that goes on begins a case on its day; RC8 and RC9 close one after assessment.
"""
CHOICES = (*LEFT_OUT, MISSING, NO_ACTION, ASSESSED)
ADULT = 18
DIED = ("E2",)
NOT_YET = "the records end before it can be known"
NOT_COVERED = "no return of that time was read"


def _nobody() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Choices:
    """What an agreement counts as care.

    Parameters
    ----------
    leave_out
        Names of `CHOICES` that are not care, or are not counted.
    """

    leave_out: frozenset[str] = frozenset({"short breaks"})


@dataclass(frozen=True, slots=True)
class Lives:
    """Members of a cohort and their windows; every array is (member,).

    Parameters
    ----------
    key
        Opaque keys of the cohort list.
    person
        Place in `Records.children`; -1 where the records do not name the member.
    first, after
        The window, in days since 1 January 1970: from `first` until before `after`.
    known_from, known_after
        The time that the returns read cover without a gap.
    months
        How long an outcome must last, for metrics that ask.
    family
        Place in `Observations.family.words`; -1 where the member is no family of theirs. Empty
        where none is.
    """

    records: Records
    key: tuple[str, ...]
    person: IntArray
    first: IntArray
    after: IntArray
    known_from: int
    known_after: int
    choices: Choices = field(default_factory=Choices)
    months: int = 0
    family: IntArray = field(default_factory=_nobody)

    def __len__(self) -> int:
        """Return how many members there are."""
        return len(self.key)

    @property
    def named(self) -> BoolArray:
        """Whether the records name each member."""
        return np.greater_equal(self.person, 0)

    @property
    def families(self) -> IntArray:
        """Each member's place among the families; -1 for who is none."""
        return self.family if len(self.family) else np.full(len(self), -1, dtype=np.int64)

    @property
    def found(self) -> BoolArray:
        """Whether the records name each member, as a child or as a family."""
        return self.named | np.greater_equal(self.families, 0)

    @property
    def covered(self) -> BoolArray:
        """Whether the returns read cover each member's window."""
        return (self.first >= self.known_from) & (self.after <= self.known_after)

    def members(self, held: Spans) -> Spans:
        """Return the times of members, by member instead of by person."""
        member = self._member()[held.person]
        mine = member >= 0
        order = np.lexsort((held.stop[mine], held.start[mine], member[mine]))
        return Spans(member[mine][order], held.start[mine][order], held.stop[mine][order])

    def _member(self) -> IntArray:
        """Return each person's place among the members; -1 for who is none."""
        place = np.full(len(self.records.children) + 1, -1, dtype=np.int64)
        place[self.person[self.named]] = np.flatnonzero(self.named)
        return place

    def state(self, name: str, rows: BoolArray | None = None) -> Spans:
        """Return members' unbroken times in a state, of some rows or of all."""
        wanted = self.rows(name) if rows is None else self.rows(name) & rows
        return periods(self.members(spans(self.records.episodes, wanted)))

    def rows(self, name: str) -> BoolArray:
        """Return which episodes are of a state."""
        return np.equal(self.records.episodes.state, STATES.index(name))

    def trait(self, name: str, words: tuple[str, ...]) -> BoolArray:
        """Return which episodes bear one of some codes."""
        return self.records.episodes.traits[name].among(words)

    def care(self) -> Spans:
        """Return members' unbroken times in care that count, none beyond the 18th birthday."""
        rows = self.rows("looked after")
        for choice in self.choices.leave_out & LEFT_OUT.keys():
            rows &= ~self.trait(*LEFT_OUT[choice])
        held = self.until_18(self.state("looked after", rows))
        if MISSING in self.choices.leave_out:
            held = without(held, self.state(MISSING))
        return held

    def seen(self, measure: str) -> Days:
        """Return the days on which something happened to members, or was measured of them."""
        kept = self.records.observations
        rows = kept.measure.among((measure,)) & (kept.person >= 0)
        return self.of_members(Days(kept.person[rows], kept.day[rows]))

    def began(self, state: str) -> Days:
        """Return the days on which members came into a state, each unbroken time once."""
        held = self.care() if state == "looked after" else self.state(state)
        return Days(held.person, held.start)

    def of_members(self, held: Days) -> Days:
        """Return the days of members, by member instead of by person, each once."""
        member = self._member()[held.person]
        mine = np.unique(np.stack([member[member >= 0], held.day[member >= 0]], axis=1), axis=0)
        return Days(mine[:, 0], mine[:, 1])

    def referrals(self) -> Days:
        """Return the days on which members were referred: those that went on, if so agreed."""
        if NO_ACTION not in self.choices.leave_out:
            return self.seen("referral")
        rows = self.rows("need")
        held = self.records.episodes
        return self.of_members(Days(held.person[rows], held.start[rows]))

    def in_care_on(self, member: IntArray, day: IntArray) -> BoolArray:
        """Return whether each member is in care on a day."""
        care = self.care()
        last = Days(care.person, care.stop - 1)
        ends = next_day(member, day, last)
        starts = np.full(len(member), NEVER, dtype=np.int64)
        place = {
            (int(p), int(s)): int(a)
            for p, s, a in zip(care.person, care.stop - 1, care.start, strict=True)
        }
        for i, key in enumerate(zip(member.tolist(), ends.tolist(), strict=True)):
            starts[i] = place.get(key, NEVER)
        held: BoolArray = starts <= day
        return held

    def within(self, held: Days) -> BoolArray:
        """Return which days lie in their member's window."""
        return (held.day >= self.first[held.person]) & (held.day < self.after[held.person])

    def until_18(self, held: Spans) -> Spans:
        """Return times cut at the 18th birthday, where it is known."""
        stop = np.minimum(held.stop, self.grown()[held.person])
        lasting = stop > held.start
        return Spans(held.person[lasting], held.start[lasting], stop[lasting])

    def ends(self) -> IntArray:
        """Return the end of each window: before it, where the member dies or turns 18."""
        died = self.state("looked after", self.trait("ended", DIED))
        last = np.full(len(self), np.iinfo(np.int64).max // 4)
        last[died.person] = died.stop
        made: IntArray = np.maximum(
            self.first, np.minimum(np.minimum(self.after, self.grown()), last)
        )
        return made

    def grown(self) -> IntArray:
        """Return the day on which each member is 18; far off where the birth is not known."""
        born = np.full(len(self), NO_DAY, dtype=np.int64)
        born[self.named] = self.records.children.born[self.person[self.named]]
        days = born.astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        grown = (months + np.timedelta64(12 * ADULT, "M")).astype("datetime64[D]") + (days - months)
        far = np.iinfo(np.int64).max // 4
        made: IntArray = np.where(born == NO_DAY, far, grown.astype(np.int64))
        return made


def later(days: IntArray, months: int) -> IntArray:
    """Return days some months later; the last of the month where it is shorter."""
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    then = (month + np.timedelta64(months, "M")).astype("datetime64[D]") + (dates - month)
    last = (month + np.timedelta64(months + 1, "M")).astype("datetime64[D]")
    last -= np.timedelta64(1, "D")
    made: IntArray = np.minimum(then, last).astype(np.int64)
    return made


def without(held: Spans, taken: Spans) -> Spans:
    """Return times less others, both unbroken and by member."""
    made: list[tuple[int, int, int]] = []
    other: dict[int, list[tuple[int, int]]] = {}
    for person, start, stop in zip(taken.person, taken.start, taken.stop, strict=True):
        other.setdefault(int(person), []).append((int(start), int(stop)))
    for person, start, stop in zip(held.person, held.start, held.stop, strict=True):
        at = int(start)
        for begins, ends in other.get(int(person), ()):
            if ends <= at or begins >= stop:
                continue
            if begins > at:
                made.append((int(person), at, begins))
            at = ends
        if at < stop:
            made.append((int(person), at, int(stop)))
    table = np.array(made, dtype=np.int64).reshape(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2])


def outside(held: Spans, first: IntArray, after: IntArray) -> Spans:
    """Return the times of each member's window that are in none of the given ones.

    Parameters
    ----------
    held
        Unbroken times by member (`periods`).
    first, after
        The windows, by member; one that does not last is left out.
    """
    members = np.flatnonzero(after > first)
    whole = Spans(members, first[members], after[members])
    return without(whole, held)
