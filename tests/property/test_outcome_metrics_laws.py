"""Every metric of need, plans and stability against counting day by day, on random lives."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.records import OPEN, STATES, Children, Observations, Proof, Records
from headwater.metrics.kind import metrics
from headwater.metrics.lives import Choices, Lives

EPOCH = date(1970, 1, 1)
FIRST, AFTER = date(2025, 4, 1), date(2026, 4, 1)
KNOWN_FROM, KNOWN_AFTER = date(2024, 4, 1), date(2027, 1, 1)
DAY = st.integers(-200, 640)
SPELL = st.tuples(
    st.sampled_from(["need", "plan", "looked after"]),
    DAY,
    st.integers(1, 250) | st.none(),
    st.sampled_from(["RC7", "RC8", "RC2", "RC5", "E4A", ""]),
    st.sampled_from(["S", "P", "L", ""]),
    st.sampled_from(["C1", "C2", "V2", "V3"]),
)
EVENT = st.tuples(st.sampled_from(["referral", "section 47", "proceedings"]), DAY)
LIFE = st.tuples(
    st.lists(SPELL, max_size=5),
    st.lists(EVENT, max_size=4),
    st.dates(date(2005, 1, 1), date(2015, 1, 1)) | st.none(),
)
MONTHS = st.sampled_from([1, 6, 12])


def number(day):
    return (day - EPOCH).days


def on(i):
    return FIRST + timedelta(i)


def lives_of(people, months, leave_out):
    rows = sorted(
        (who, STATES.index(state), number(on(a)), OPEN if n is None else number(on(a)) + n, *codes)
        for who, (spells, _, _) in enumerate(people)
        for state, a, n, *codes in spells
    )
    seen = sorted(
        (who, number(on(a)), name)
        for who, (_, events, _) in enumerate(people)
        for name, a in events
    )
    columns = list(zip(*rows, strict=True)) or [[]] * 7
    whole = [np.array(column, dtype=np.int64) for column in columns[:4]]
    none = np.zeros(len(rows), dtype=np.int64)
    traits = {
        name: Coded.of(list(column))
        for name, column in zip(("ended", "began", "legal_status"), columns[4:], strict=True)
    }
    traits["placement"] = Coded.of([""] * len(rows))
    born = [NO_DAY if day is None else number(day) for _, _, day in people]
    keys = tuple(f"C{i}" for i in range(len(people)))
    known = (number(KNOWN_FROM), number(KNOWN_AFTER))
    records = Records(
        Children(
            keys,
            np.array(born, dtype=np.int64),
            Coded.of(["U"] * len(keys)),
            np.zeros(len(keys), dtype=bool),
        ),
        Episodes(STATES, whole[0], none - 1, whole[1], none - 1, *whole[2:], none, none, traits),
        Observations(
            np.array([row[0] for row in seen], dtype=np.int64),
            Coded.of([row[2] for row in seen]),
            np.array([row[1] for row in seen], dtype=np.int64),
            np.ones(len(seen)),
        ),
        Proof(Coded.of(["x"] * len(rows)), none),
        years=(2025, 2026),
        covers=dict.fromkeys((*STATES, "referral", "section 47", "proceedings"), known),
    )
    n = len(keys)
    return Lives(
        records,
        keys,
        np.arange(n),
        np.full(n, number(FIRST)),
        np.full(n, number(AFTER)),
        *known,
        Choices(frozenset(leave_out)),
        months,
    )


def later(day, months):
    """Return a day some months later, the last of the month where it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
    return date(year, month, min(day.day, last))


class Hand:
    """One child's life, day by day."""

    def __init__(self, life, months, leave_out):
        self.spells, self.events, born = life
        self.months, self.leave_out = months, leave_out
        self.grown = later(born, 216) if born else date.max

    def days(self, state):
        held = set()
        for name, a, n, _, _, status in self.spells:
            if name == state and not (
                name == "looked after" and status == "V3" and "short breaks" in self.leave_out
            ):
                held |= {on(i) for i in range(a, 1200 if n is None else a + n)}
        if state == "looked after":
            held = {day for day in held if day < self.grown}
        return held

    def begun(self, state):
        held = self.days(state)
        return sorted(day for day in held if day - timedelta(1) not in held)

    def ended(self, state):
        held = self.days(state)
        last = on(1199)
        return sorted(
            day + timedelta(1) for day in held if day + timedelta(1) not in held and day != last
        )

    def seen(self, name):
        return sorted({on(a) for each, a in self.events if each == name})

    def referrals(self):
        if "no further action" in self.leave_out:
            return sorted({on(a) for name, a, *_ in self.spells if name == "need"})
        return self.seen("referral")

    def inside(self, day):
        return FIRST <= day < AFTER

    def stays(self, ends, back):
        """Return 1, 0 or None for ends in the window after which nothing came back in time."""
        answer = 0
        for day in ends:
            due = later(day, self.months)
            if any(day <= other < due for other in back):
                continue
            if due <= KNOWN_AFTER:
                return 1
            answer = None
        return answer

    def well(self, day):
        return self.inside(day) and day not in self.days("looked after") and day < self.grown

    def none_before(self, failed):
        due = later(FIRST, self.months)
        return 0 if failed or self.grown < due else (1 if due <= KNOWN_AFTER else None)

    def plan_ended(self):
        return self.stays([d for d in self.ended("plan") if self.well(d)], self.begun("plan"))

    def need_closed(self):
        out = {"RC2", "RC5"} | ({"RC8"} if "after assessment" in self.leave_out else set())
        ends = {
            on(a + n)
            for name, a, n, ended, *_ in self.spells
            if name == "need" and n is not None and ended not in out
        }
        return self.stays([day for day in ends if self.well(day)], self.referrals())

    def no_escalation(self):
        due = later(FIRST, self.months)
        held = self.days("plan") | self.days("looked after")
        return self.none_before(any(FIRST <= day < due for day in held))

    def no_proceedings(self):
        due = later(FIRST, self.months)
        held = set(self.seen("proceedings"))
        for name, a, n, _, _, status in self.spells:
            if name == "looked after" and status in {"C1", "C2"}:
                held |= {on(i) for i in range(a, 1200 if n is None else a + n)}
        return self.none_before(any(FIRST <= day < due for day in held))

    def stayed_in_placement(self):
        due, care = later(FIRST, self.months), self.days("looked after")
        days = (due - FIRST).days
        unbroken = all(FIRST + timedelta(i) in care for i in range(days))
        moved = any(
            name == "looked after" and began == "P" and FIRST < on(a) < due
            for name, a, _, _, began, _ in self.spells
        )
        return 0 if moved or not unbroken else (1 if due <= KNOWN_AFTER else None)

    def referred_again(self):
        return int(any(self.inside(day) and day > FIRST for day in self.referrals()))

    def section_47(self):
        return sum(self.inside(day) for day in self.seen("section 47"))

    def new_plan(self):
        return int(any(self.inside(day) for day in self.begun("plan")))

    def child_days(self):
        return max(0, (min(AFTER, self.grown) - FIRST).days)

    def care_proportion(self):
        return sum(self.inside(day) for day in self.days("looked after"))


ELSEWHERE = {"returned_home", "stepped_down", "stayed_in_work"}
NAMES = sorted(name for name in vars(Hand) if name in metrics())


@given(
    st.lists(LIFE, min_size=1, max_size=3),
    MONTHS,
    st.sets(st.sampled_from(["short breaks", "no further action", "after assessment"])),
)
@settings(deadline=None, max_examples=150)
def test_each_metric_is_what_counting_days_gives(people, months, leave_out):
    lives = lives_of(people, months, leave_out)
    for name in NAMES:
        found = metrics()[name].of(lives)
        for i, life in enumerate(people):
            expected = getattr(Hand(life, months, leave_out), name)()
            assert (int(found.units[i]) if found.known[i] else None) == expected, name


def test_each_metric_that_is_not_of_care_alone_is_counted_by_hand():
    assert len(NAMES) == 10
    for metric in metrics().values():
        if metric.months and metric.name not in ELSEWHERE:
            assert metric.name in NAMES
            assert metric.beside
