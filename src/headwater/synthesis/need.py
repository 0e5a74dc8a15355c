"""Lives in need: referral, assessment, need, plan, care, closing, and back again.

A child's cases are lived one after the other, all children's at once: the first case of everybody,
then the second of those who come back, and so on.
"""

from dataclasses import dataclass, fields

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.records import OPEN
from headwater.synthesis.care import Care
from headwater.synthesis.children import Made
from headwater.synthesis.days import birthday, working
from headwater.synthesis.draws import Words, lasting, pick
from headwater.synthesis.levels import Levels

NONE = -1
"""A day on which nothing happened."""
SOURCES = {
    "1A": 0.09,
    "1C": 0.01,
    "1D": 0.03,
    "2A": 0.19,
    "2B": 0.03,
    "3A": 0.02,
    "3B": 0.03,
    "3C": 0.02,
    "3D": 0.03,
    "3E": 0.06,
    "4": 0.02,
    "5A": 0.06,
    "5B": 0.03,
    "5C": 0.06,
    "6": 0.28,
    "7": 0.02,
    "8": 0.02,
}
"""Shares of sources of referral: assumed."""
LATER = 0.15
"""Share of closed cases that come back after more than a year: assumed."""
MOST_CASES = 12
ENQUIRY_ALONE = 0.12
"""Share of cases in need with an enquiry (section 47) that led to no conference: assumed."""
SHORT_BREAKS = 0.15
"""Share of disabled children in need who have short breaks: assumed."""
DAYS_OF_ASSESSMENT = (3, 45)
TO_EARLY_HELP = (0.7, 0.3)
"""Shares of children not in need whose case ends there, and who are referred to early help:
assumed. Before 2022-23 no code told them apart."""
CARE_WITHIN = 200
"""Days of a referral within which care begins, where it does: assumed."""
CLOSED_BY = {
    "E11": "RC1",
    "E12": "RC1",
    "E2": "RC2",
    "E41": "RC3",
    "E45": "RC4",
    "E46": "RC4",
    "E47": "RC4",
    "E48": "RC4",
    "E3": "RC5",
    "E7": "RC6",
    "E15": "RC6",
}
"""Reasons for closing a case that follow from why the child left care."""


@dataclass(slots=True)
class Cases:
    """Cases from a referral to its closing; every array is (case,).

    Days are `NONE` where nothing happened and `OPEN` where it has not ended.

    Parameters
    ----------
    kind
        0: no further action; 1: assessed as not in need; 2: in need.
    number
        How many cases the child had before.
    """

    child: IntArray
    number: IntArray
    start: IntArray
    stop: IntArray
    kind: IntArray
    source: Words
    closed_by: Words
    assessed: IntArray
    authorised: IntArray
    enquiry: IntArray
    conference: IntArray
    plan: IntArray
    plan_stop: IntArray
    care: IntArray
    breaks: BoolArray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.child)

    def kept(self, rows: object) -> "Cases":
        """Return some of them."""
        return Cases(*(getattr(self, each.name)[rows] for each in fields(self)))


def live_cases(
    rng: np.random.Generator, made: Made, levels: Levels, care: Care, *, horizon: int
) -> Cases:
    """Return every case of every child that begins by the horizon."""
    child, day = np.arange(len(made)), made.referred.copy()
    found: list[Cases] = []
    for number in range(MOST_CASES):
        grown = birthday(made.born[child], 18)
        here = (day <= horizon) & (day < grown - 1)
        child, day = child[here], day[here]
        if not len(child):
            break
        cases = _cases(rng, made, levels, care, (child, day, number))
        found.append(cases)
        again, gap = _again(rng, levels, cases)
        child, day = child[again], (cases.stop + gap)[again]
    whole = _joined(found)
    whole.stop = np.where(whole.stop > horizon, OPEN, whole.stop)
    for name in ("assessed", "authorised", "enquiry", "conference", "plan", "care"):
        at = getattr(whole, name)
        setattr(whole, name, np.where(at > horizon, OPEN if name == "authorised" else NONE, at))
    whole.plan_stop = np.where(whole.plan == NONE, NONE, whole.plan_stop)
    whole.plan_stop = np.where(whole.plan_stop > horizon, OPEN, whole.plan_stop)
    return whole.kept(np.lexsort((whole.start, whole.child)))


def _cases(
    rng: np.random.Generator,
    made: Made,
    levels: Levels,
    care: Care,
    who: tuple[IntArray, IntArray, int],
) -> Cases:
    """Return one case of each child, lived to its end."""
    child, start, number = who
    n, grown = len(child), birthday(made.born[child], 18)
    asylum, risk = made.asylum[child], made.risk[child] / 100
    luck = rng.random(n)
    kind = np.where(luck < levels.no_action, 0, np.where(luck < _ended(levels), 1, 2))
    kind = np.where(asylum, 2, kind)
    assessed = np.minimum(start + rng.integers(0, 4, n), grown - 1)
    authorised = np.minimum(assessed + rng.integers(*DAYS_OF_ASSESSMENT, n), grown - 1)
    stop = start + lasting(rng, levels.need_lasts, n)
    stop = np.select([kind == 0, kind == 1], [start, authorised], np.maximum(stop, authorised))
    share = _shares(levels)
    breaks = (kind == 2) & (made.need[child] == "N2") & (rng.random(n) < SHORT_BREAKS)
    plans = (kind == 2) & ~asylum & ~breaks & (rng.random(n) < share[0] * risk)
    enters = asylum | ((kind == 2) & ~breaks & (rng.random(n) < share[1] * risk))
    cases = Cases(
        child=child,
        number=np.full(n, number),
        start=start,
        stop=stop,
        kind=kind,
        source=pick(rng, list(SOURCES), list(SOURCES.values()), n),
        closed_by=np.where(kind == 1, pick(rng, ("RC8", "RC9"), TO_EARLY_HELP, n), "RC7"),
        assessed=np.where(kind == 0, NONE, assessed),
        authorised=np.where(kind == 0, NONE, authorised),
        enquiry=np.full(n, NONE),
        conference=np.full(n, NONE),
        plan=np.full(n, NONE),
        plan_stop=np.full(n, NONE),
        care=np.full(n, NONE),
        breaks=breaks,
    )
    _plan(rng, levels, cases, np.flatnonzero(plans), grown)
    _enquire(rng, cases, np.flatnonzero((kind == 2) & ~plans & ~asylum))
    _care(rng, care, cases, (np.flatnonzero(enters), asylum))
    cases.stop = np.minimum(cases.stop, grown)
    held = plans & (cases.plan != NONE)
    cases.plan_stop = np.where(held, np.minimum(cases.plan_stop, cases.stop), NONE)
    return cases


def _ended(levels: Levels) -> float:
    return levels.no_action + levels.not_in_need


def _shares(levels: Levels) -> tuple[float, float]:
    """Return plans and care starts per case in need, for a child of average risk."""
    return min(0.9, levels.plans), min(0.9, levels.care)


def _plan(
    rng: np.random.Generator, levels: Levels, cases: Cases, who: IntArray, grown: IntArray
) -> None:
    """Hold a conference, not at a weekend, and begin a plan on its day (rules 8875 and 2885)."""
    n = len(who)
    enquiry = working(cases.start[who] + rng.integers(1, 150, n))
    conference = working(enquiry + rng.integers(7, 19, n))
    fits = conference < grown[who] - 30
    who, enquiry, conference = who[fits], enquiry[fits], conference[fits]
    stop = conference + np.maximum(21, lasting(rng, levels.plan_lasts, len(who)))
    cases.enquiry[who], cases.conference[who], cases.plan[who] = enquiry, conference, conference
    cases.plan_stop[who] = stop
    after = stop + rng.integers(30, 120, len(who))
    cases.stop[who] = np.maximum(cases.stop[who], after)


def _enquire(rng: np.random.Generator, cases: Cases, who: IntArray) -> None:
    who = who[rng.random(len(who)) < ENQUIRY_ALONE]
    at = working(cases.start[who] + rng.integers(1, 30, len(who)))
    fits = at < cases.stop[who] - 7
    cases.enquiry[who[fits]] = at[fits]


def _care(
    rng: np.random.Generator, care: Care, cases: Cases, who: tuple[IntArray, BoolArray]
) -> None:
    """Let children enter care, and keep their cases open until they have left it."""
    at, asylum = who
    n = len(at)
    planned = cases.plan[at] != NONE
    wait = np.where(asylum[at], 0, rng.integers(0, CARE_WITHIN, n))
    day = np.where(planned, cases.plan[at] + wait // 2, cases.start[at] + wait)
    ended, why = care.live(cases.child[at], day)
    entered = ended != NONE
    at, day, ended, why = at[entered], day[entered], ended[entered], why[entered]
    cases.care[at] = day
    cases.plan_stop[at] = np.where(
        cases.plan[at] != NONE, np.minimum(cases.plan_stop[at], day + 28), NONE
    )
    reasons = np.array([CLOSED_BY.get(str(code).strip(), "") for code in why.tolist()])
    final = (reasons != "") if len(reasons) else np.zeros(0, dtype=bool)
    after = np.where(ended == OPEN, OPEN, ended + rng.integers(30, 120, len(at)))
    cases.stop[at] = np.where(final, ended, np.maximum(cases.stop[at], after))
    cases.closed_by[at] = np.where(final, reasons, cases.closed_by[at])


def _again(rng: np.random.Generator, levels: Levels, cases: Cases) -> tuple[BoolArray, IntArray]:
    """Return whose cases come back, and after how many days."""
    n = len(cases)
    luck, final = rng.random(n), np.isin(cases.closed_by, tuple(set(CLOSED_BY.values())))
    soon = levels.again / (1 - levels.again) if levels.again < 1 else 0.9
    gap = np.where(luck < soon, rng.integers(20, 365, n), 365 + rng.exponential(700.0, n))
    return (luck < soon + LATER) & ~final & (cases.stop < OPEN), gap.astype(np.int64)


def _joined(parts: list[Cases]) -> Cases:
    return Cases(
        *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Cases))
    )
