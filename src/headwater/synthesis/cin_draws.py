"""What only the census says, drawn once for all years: factors, categories, disabilities, plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.records import OPEN
from headwater.synthesis.draws import Words, pick, stream
from headwater.synthesis.lives import Lives
from headwater.synthesis.need import NONE

ABUSE = {"NEG": 0.48, "EMO": 0.38, "PHY": 0.08, "SAB": 0.04, "MUL": 0.02}
CHANGED_ABUSE = 0.12
"""Share of plans whose category changes: assumed, as all shares here are."""
DISABILITIES = ("AUT", "LD", "BEH", "COMM", "MOB", "PC", "INC", "HAND", "HEAR", "VIS", "CON", "DDA")
DISABLED = 0.05
"""Share of children with a disability beside those whose need it is."""
FACTORS = ("4B", "3B", "17A", "16A", "1B", "2B", "4A", "3A", "20", "5A", "6A", "7A", "14A", "15A")
NEWER = {"18C": 2021, "19C": 2021, "24A": 2022}
"""Factors that began with a year's census."""
MOST_FACTORS = 4
BEFORE_COURT = 15
"""Of a hundred plans, so many after whose first months pre-proceedings begin."""
APRIL = 4
FAR = 80_000
"""Days since 1970 beyond which nothing is written."""
NOTHING_FOUND = 0.5
"""Share of children not in need with no factors (21)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for each case and child of the lives."""

    lives: Lives
    first_abuse: Words
    last_abuse: Words
    factor: IntArray
    nothing: np.ndarray
    disability: IntArray
    before: IntArray

    def abuse(self, i: int) -> tuple[str, str]:
        """Return the first and the latest category of abuse of a case's plan."""
        return str(self.first_abuse[i]), str(self.last_abuse[i])

    def earlier(self, i: int) -> int:
        """Return how many plans the child had before this case's."""
        return int(self.before[i])

    def disabilities(self, child: int) -> list[str]:
        """Return a child's disabilities, or NONE."""
        number = int(self.disability[child])
        if number < 0:
            return ["NONE"]
        first = DISABILITIES[number % len(DISABILITIES)]
        second = DISABILITIES[(number // len(DISABILITIES)) % len(DISABILITIES)]
        return [first] if first == second or number % 3 else [first, second]

    def factors(self, i: int, number: int, year: int) -> list[str]:
        """Return the factors found at an assessment, in the codes of a year."""
        if self.nothing[i] and number == 0:
            return ["21"]
        known = [*FACTORS, *(code for code, since in NEWER.items() if year >= since)]
        luck = int(self.factor[i]) + 7919 * number
        count = 1 + luck % MOST_FACTORS
        return list(dict.fromkeys(known[(luck // 5 + 3 * k) % len(known)] for k in range(count)))

    def assessments(self, i: int) -> Iterator[tuple[int, int]]:
        """Yield the days on which a case's assessments began and ended; the last may be open."""
        cases = self.lives.cases
        start, stop = int(cases.assessed[i]), int(cases.authorised[i])
        if start == NONE:
            return
        yield start, stop
        enquiry, end = int(cases.enquiry[i]), int(cases.stop[i])
        if enquiry != NONE and enquiry > stop:
            start, stop = enquiry, min(enquiry + 10 + int(self.factor[i]) % 30, end)
            yield start, stop
        held = int(cases.conference[i])
        if enquiry != NONE and held not in {NONE, stop} and _year(held) > _year(stop):
            yield stop + 1, min(held, end)

    def before_court(self, i: int) -> int | None:
        """Return the day on which pre-proceedings began, well within the case's plan; or None."""
        cases = self.lives.cases
        start, stop = int(cases.plan[i]), int(cases.plan_stop[i])
        day = start + 60 + int(self.factor[i]) % 60
        chosen = int(self.factor[i]) % 100 < BEFORE_COURT and start != NONE
        return day if chosen and day + 30 < stop else None

    def plans(self, i: int) -> Iterator[tuple[int, int]]:
        """Yield a case's child in need plans: before its protection plan and after it."""
        cases = self.lives.cases
        if cases.kind[i] != 2 or cases.authorised[i] >= OPEN:
            return
        end = int(cases.stop[i])
        care = int(cases.care[i])
        end = min(end, care - 1) if care != NONE else end
        start, plan = int(cases.authorised[i]) + 1, int(cases.plan[i])
        if plan == NONE:
            spans = [(start, end)]
        else:
            spans = [(start, min(end, plan - 1)), (max(start, int(cases.plan_stop[i]) + 1), end)]
        yield from (span for span in spans if span[1] > span[0])


def _year(day: int) -> int:
    """Return the year of return that a day is of."""
    when = date(1970, 1, 1) + timedelta(days=min(day, FAR))
    return when.year + (when.month >= APRIL)


def drawn(lives: Lives) -> Drawn:
    """Return what only the census says of lives: the same for every year."""
    cases, n = lives.cases, len(lives.cases)
    rng = stream(lives.seed, "returns", 4)
    first = pick(rng, list(ABUSE), list(ABUSE.values()), n)
    other = pick(rng, list(ABUSE), list(ABUSE.values()), n)
    has_need = lives.children.need == "N2"
    children = len(lives.children)
    disabled = has_need | (rng.random(children) < DISABLED)
    return Drawn(
        lives=lives,
        first_abuse=first,
        last_abuse=np.where(rng.random(n) < CHANGED_ABUSE, other, first),
        factor=rng.integers(0, 10**6, n),
        nothing=(cases.kind == 1) & (rng.random(n) < NOTHING_FOUND),
        disability=np.where(disabled, rng.integers(0, 10**4, children), -1),
        before=_before(lives),
    )


def _before(lives: Lives) -> IntArray:
    """Return how many plans each case's child had in earlier cases."""
    cases = lives.cases
    had = (cases.plan != NONE).astype(np.int64)
    total = np.cumsum(had) - had
    new = np.append(True, cases.child[1:] != cases.child[:-1]) if len(cases) else np.zeros(0, bool)
    start = np.maximum.accumulate(np.where(new, np.arange(len(cases)), 0))
    counted: IntArray = total - total[start] if len(cases) else total
    return counted
