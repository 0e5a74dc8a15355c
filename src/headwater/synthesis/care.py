"""Lives in care, event by event: competing risks by age, status, placement and days in care.

1. Each child has a present episode; rates of what may end it follow from what the child has now.
2. The first of the drawn waits happens, or a birthday, a limit or a change of rates comes first.
3. What ends leaves a row behind, in half-open days; what begins is the present episode.
4. Who went home may come back; who is 18 leaves.
"""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.records import OPEN
from headwater.synthesis import care_rates as assumed
from headwater.synthesis.care_choices import choose_place, first_status, left_by
from headwater.synthesis.care_state import Now, Rows
from headwater.synthesis.children import Made
from headwater.synthesis.days import APRIL_1, MARCH_31, birthday, day_of_year
from headwater.synthesis.draws import Words, choose, pick, waits
from headwater.synthesis.levels import Levels

YEAR = 365.25
LAST_ENTRY = 45
"""Nobody enters care within so many days of the eighteenth birthday."""
SOONEST_BACK = 14
"""Days after leaving on which a child comes back at the soonest: assumed."""
TEN_WEEKS = 70
"""Days that a child lives with adopters at least before an order is made."""
LEAVE, MOVE, STATUS, PLACED, ADOPTED, LONG, AWAY = range(7)


@dataclass(slots=True)
class Decisions:
    """Decisions that a child should be placed for adoption; lists by column."""

    child: list[int]
    period: list[int]
    decided: list[int]
    reversed: list[int]


class Care:
    """Everything that happens in care, to children who enter it at some time.

    Parameters
    ----------
    horizon
        The last day that is lived; what is open then stays open.
    """

    def __init__(
        self, rng: np.random.Generator, made: Made, levels: Levels, *, horizon: int
    ) -> None:
        self.rng, self.made, self.levels, self.horizon = rng, made, levels, horizon
        self.rows = Rows()
        self.decisions = Decisions([], [], [], [])
        self.periods = self.homes = 0
        self.left: dict[str, list[np.ndarray]] = {"child": [], "day": [], "rec": []}

    def live(self, child: IntArray, day: IntArray) -> tuple[IntArray, Words]:
        """Live children through care from the days on which they enter it, and back into it.

        Returns
        -------
            The day on which each left for the last time (`OPEN` where still in care, -1 where the
            child was too old to enter or entered too late to be lived), and why.
        """
        self.left = {"child": [], "day": [], "rec": []}
        now = self._enter(child, day)
        while len(now):
            now = self._round(now)
        ended, why = np.full(len(child), -1, dtype=np.int64), np.full(len(child), "   ")
        if not self.left["child"]:
            return ended, why
        order = np.argsort(child)
        who, on, rec = (np.concatenate(self.left[name]) for name in ("child", "day", "rec"))
        by_day = np.argsort(on, kind="stable")
        at = order[np.searchsorted(child[order], who[by_day])]
        ended[at], why[at] = on[by_day], rec[by_day]
        return ended, why

    def _enter(self, child: IntArray, day: IntArray) -> Now:
        """Return children as they enter care; those who are too old, or enter too late, do not."""
        day = day + (day_of_year(day) == APRIL_1)
        grown = birthday(self.made.born[child], 18)
        here = (day <= self.horizon) & (day < grown - LAST_ENTRY) & (day > self.made.born[child])
        child, day, grown = child[here], day[here], grown[here]
        n, born = len(child), self.made.born[child]
        asylum = self.made.asylum[child]
        status = first_status(self.rng, (day - born) / YEAR, asylum)
        place = choose_place(self.rng, self.levels, (day - born) / YEAR, status, asylum)
        period = self.periods + np.arange(n)
        self.periods += n
        return Now(
            child=child,
            period=period,
            clock=day.copy(),
            start=day.copy(),
            entered=day.copy(),
            grown=grown,
            born=born,
            status=status,
            place=place,
            home=self._new_homes(n),
            rne=np.full(n, "S"),
            decided=np.full(n, -1, dtype=np.int64),
        )

    def _new_homes(self, n: int) -> IntArray:
        self.homes += n
        return np.arange(self.homes - n, self.homes)

    def _round(self, now: Now) -> Now:
        """Live every child to the next event or limit; return those in care, and back in it."""
        rates = self._rates(now)
        limit = self._limit(now)
        wait = waits(self.rng, rates.sum(axis=1))
        when = np.maximum(now.clock + np.ceil(np.minimum(wait, 1e6)), now.start + 1)
        when = when.astype(np.int64)
        late = when >= limit
        day = np.where(late, limit, when)
        beyond = np.where(late, limit, when) > self.horizon
        event = np.where(late | beyond, -1, choose(self.rng, rates + 1e-300))
        gone = beyond.copy()
        self._keep_open(now, np.flatnonzero(beyond))
        again: list[Now] = []
        for at, act in (
            (late & ~beyond & (limit == now.grown), self._grown_up),
            (late & ~beyond & short_status(now) & (limit < now.grown), self._status_ends),
            (event == LEAVE, self._leave),
            (event == ADOPTED, self._adopted),
        ):
            who = np.flatnonzero(at)
            if len(who):
                left = act(now, who, day[who])
                gone[who[left]] = True
                again += self._back(now, who[left])
        for kind, step in (
            (MOVE, self._move),
            (STATUS, self._change_status),
            (PLACED, self._place),
            (LONG, self._stay_on),
            (AWAY, self._away),
        ):
            who = np.flatnonzero(event == kind)
            if len(who):
                step(now, who, day[who])
        now.clock = np.maximum(now.clock, np.minimum(day, self.horizon + 1))
        return joined([now.kept(~gone), *again])

    def _limit(self, now: Now) -> IntArray:
        """Return the first day on which something must happen or rates change."""
        limit = now.grown.copy()
        for span in assumed.SPANS:
            at = now.entered + span
            limit = np.where(at > now.clock, np.minimum(limit, at), limit)
        for status, most in assumed.SHORTEST.items():
            ends = now.start + most
            limit = np.where(now.status == status, np.minimum(limit, ends), limit)
        ready = now.start + TEN_WEEKS
        waiting = adopting(now) & (ready > now.clock)
        return np.where(waiting, np.minimum(limit, ready), limit)

    def _rates(self, now: Now) -> FloatArray:
        """Return yearly rates of each kind of event; array (child, event)."""
        n = len(now)
        rates = np.zeros((n, 7))
        span = np.searchsorted(assumed.SPANS, now.clock - now.entered, side="right")
        age = (now.clock - now.born) / YEAR
        asylum, for_adoption = self.made.asylum[now.child], adopting(now)
        for status, by_span in assumed.LEAVE.items():
            rates[:, LEAVE] += np.where(now.status == status, np.asarray(by_span)[span], 0.0)
        rates[:, LEAVE] *= self.levels.leaving
        rates[:, LEAVE] *= np.where((now.status == "V2") & (age >= 12), assumed.TEEN_V2, 1.0)
        rates[asylum, LEAVE] = assumed.ASYLUM_LEAVES
        rates[:, MOVE] = np.asarray(assumed.MOVE)[span]
        for place, part in assumed.MOVE_BY.items():
            rates[:, MOVE] *= np.where(now.place == place, part, 1.0)
        for status, rate in assumed.STATUS.items():
            rates[:, STATUS] += np.where(now.status == status, rate, 0.0)
        young = age < 5
        rates[:, STATUS] += np.where(
            young & np.isin(now.status, ("C1", "C2")),
            assumed.YOUNG_ORDERS * (now.status == "C2"),
            0,
        )
        rates[~young & (now.status == "C2"), STATUS] = 0.0
        rates[asylum, STATUS] = 0.0
        settled = now.clock - now.entered > 365
        foster = np.char.startswith(now.place, "U")
        rates[:, LONG] = np.where(settled & np.isin(now.place, ("U3", "U6")), assumed.LONG_TERM, 0)
        rates[:, AWAY] = np.where(foster | (now.place == "K2"), assumed.AWAY, 0.0)
        rates[:, PLACED] = np.where((now.status == "E1") & ~for_adoption, assumed.PLACED, 0.0)
        ready = for_adoption & (now.clock - now.start >= TEN_WEEKS)
        rates[for_adoption] = 0.0
        rates[ready, ADOPTED] = assumed.ADOPTED
        rates[short_status(now)] = 0.0
        return rates

    # What ends a period of care

    def _grown_up(self, now: Now, who: IntArray, day: IntArray) -> BoolArray:
        rec = left_by(self.rng, np.full(len(who), "at 18"), now.place[who])
        return self._out(now, who, day, rec)

    def _leave(self, now: Now, who: IntArray, day: IntArray) -> BoolArray:
        asylum = self.made.asylum[now.child[who]]
        rec = left_by(self.rng, np.where(asylum, "asylum", now.status[who]), now.place[who])
        early = (day - now.entered[who] < assumed.SPANS[0]) & np.isin(rec, assumed.ORDERS)
        return self._out(now, who, day, np.where(early, "E4A", rec))

    def _adopted(self, now: Now, who: IntArray, day: IntArray) -> BoolArray:
        rec = left_by(self.rng, np.full(len(who), "adopted"), now.place[who])
        return self._out(now, who, day, rec)

    def _out(self, now: Now, who: IntArray, day: IntArray, rec: Words) -> BoolArray:
        """Close care; on 31 March, which rules read in two ways, nobody leaves but a day off it."""
        sooner = day - 1 > now.start[who]
        day = day + (day_of_year(day) == MARCH_31) * np.where(sooner, -1, 1)
        beyond = day > self.horizon
        self.rows.add(
            now,
            who,
            np.where(beyond, OPEN, day),
            np.where(beyond, "", rec),
            np.full(len(who), ""),
        )
        self._note(now.child[who], np.where(beyond, OPEN, day), rec)
        now.clock[who] = day
        self._reverse(now, who, day, rec)
        return np.ones(len(who), dtype=bool)

    def _status_ends(self, now: Now, who: IntArray, day: IntArray) -> BoolArray:
        leaves = self.rng.random(len(who)) < assumed.SHORT_LEAVES
        out = who[leaves]
        if len(out):
            rec = left_by(self.rng, np.full(len(out), "short"), now.place[out])
            self._out(now, out, day[leaves], rec)
        stay = who[~leaves]
        status = pick(self.rng, ("C1", "V2"), (0.6, 0.4), len(stay))
        self._next(now, stay, day[~leaves], rne="L", status=status)
        return leaves

    def _back(self, now: Now, who: IntArray) -> list[Now]:
        """Return the children among those who left who come back, as they do."""
        if not len(who):
            return []
        home = np.isin(self.left["rec"][-1], ("E4A", "E4B"))
        back = home & (self.rng.random(len(who)) < assumed.BACK)
        gap = self.rng.exponential(assumed.BACK_AFTER, len(who))
        day = now.clock[who] + SOONEST_BACK + np.minimum(gap, assumed.BACK_AT_MOST)
        return [self._enter(now.child[who][back], day[back].astype(np.int64))]

    def _keep_open(self, now: Now, who: IntArray) -> None:
        """Leave the present episode open at the horizon."""
        if len(who):
            none = np.full(len(who), "")
            self.rows.add(now, who, np.full(len(who), OPEN), none, none)
            self._note(now.child[who], np.full(len(who), OPEN), none)

    def _note(self, child: IntArray, day: IntArray, rec: Words) -> None:
        for name, values in (("child", child), ("day", day), ("rec", rec)):
            self.left[name].append(values)

    # What carries on

    def _next(  # noqa: PLR0913 - what may change, each by its name
        self,
        now: Now,
        who: IntArray,
        day: IntArray,
        *,
        rne: str | Words,
        status: Words | None = None,
        place: Words | None = None,
        home: IntArray | None = None,
        reason: str | Words = "",
    ) -> None:
        """Close the present episode and begin another on the same day."""
        n = len(who)
        self.rows.add(
            now, who, day, np.full(n, "X1"), np.broadcast_to(np.asarray(reason), n).copy()
        )
        now.start[who] = day
        now.clock[who] = day
        now.rne[who] = rne
        if status is not None:
            now.status[who] = status
        if place is not None:
            now.place[who] = place
        if home is not None:
            now.home[who] = home

    def _move(self, now: Now, who: IntArray, day: IntArray) -> None:
        age = (day - now.born[who]) / YEAR
        asylum = self.made.asylum[now.child[who]]
        status = now.status[who].copy()
        both = np.isin(status, ("V2", "C1")) & ~asylum & (self.rng.random(len(who)) < 0.05)
        status[both] = np.where(status[both] == "V2", "C1", "C2")
        place = choose_place(self.rng, self.levels, age, status, asylum)
        place = np.where((place == "P1") & (now.place[who] == "P1"), "U6", place)
        names, shares = list(assumed.REASONS), list(assumed.REASONS.values())
        self._next(
            now,
            who,
            day,
            rne=np.where(both, "B", "P"),
            status=status,
            place=place,
            home=self._new_homes(len(who)),
            reason=pick(self.rng, names, shares, len(who)),
        )

    def _change_status(self, now: Now, who: IntArray, day: IntArray) -> None:
        """Change the legal status; a placement order rests on a decision that came before it."""
        old, age = now.status[who], (day - now.born[who]) / YEAR
        order = (old == "C2") | ((old == "C1") & (age < 5) & (self.rng.random(len(who)) < 0.35))
        new = np.select([order, old == "V2", old == "C1"], ["E1", "C1", "C2"], "C2")
        gone = old == "E1"
        self._reverse(now, who[gone], day[gone], np.full(int(gone.sum()), ""))
        self._next(now, who, day, rne="L", status=new)
        made = np.flatnonzero(order & ~gone)
        since = np.maximum(now.entered[who[made]], day[made] - self.rng.integers(7, 60, len(made)))
        for i, decided in zip(who[made], since, strict=True):
            now.decided[i] = len(self.decisions.child)
            self.decisions.child.append(int(now.child[i]))
            self.decisions.period.append(int(now.period[i]))
            self.decisions.decided.append(int(decided))
            self.decisions.reversed.append(OPEN)

    def _reverse(self, now: Now, who: IntArray, day: IntArray, rec: Words) -> None:
        """Reverse the decisions of children who will not be adopted after all."""
        not_adopted = ~np.isin(rec, ("E11", "E12"))
        for i, when in zip(who[not_adopted], day[not_adopted], strict=True):
            at = int(now.decided[i])
            if at >= 0:
                self.decisions.reversed[at] = int(when)
                now.decided[i] = -1

    def _place(self, now: Now, who: IntArray, day: IntArray) -> None:
        """Place for adoption: with the present carers where they foster, or with others."""
        same = np.char.startswith(now.place[who], "U") & (self.rng.random(len(who)) < 0.25)
        home = np.where(same, now.home[who], self._new_homes(len(who)))
        self._next(
            now,
            who,
            day,
            rne=np.where(same, "T", "P"),
            place=np.where(same, "A5", "A6"),
            home=home,
            reason=np.where(same, "PLACE", "CARPL"),
        )

    def _stay_on(self, now: Now, who: IntArray, day: IntArray) -> None:
        place = np.where(now.place[who] == "U3", "U1", "U4")
        self._next(now, who, day, rne="T", place=place, reason="PLACE")

    def _away(self, now: Now, who: IntArray, day: IntArray) -> None:
        """Go to a temporary placement and come back to the same one."""
        kinds = list(assumed.TEMPORARY)
        kind = pick(self.rng, kinds, [assumed.TEMPORARY[k][0] for k in kinds], len(who))
        most = np.array([assumed.TEMPORARY[k][1] for k in kind.tolist()])
        back = day + self.rng.integers(1, most + 1)
        fits = back + 14 < np.minimum(now.grown[who], self.horizon)
        who, day, back, kind = who[fits], day[fits], back[fits], kind[fits]
        place, home = now.place[who].copy(), now.home[who].copy()
        self._next(now, who, day, rne="P", place=kind, home=self._new_homes(len(who)))
        self._next(now, who, back, rne="P", place=place, home=home)


def adopting(now: Now) -> BoolArray:
    """Whether children are placed for adoption."""
    return np.isin(now.place, ("A3", "A4", "A5", "A6"))


def short_status(now: Now) -> BoolArray:
    """Whether children have a legal status of a few days."""
    return np.isin(now.status, tuple(assumed.SHORTEST))


def joined(parts: list[Now]) -> Now:
    """Return several sets of children in care as one."""
    if len(parts) == 1:
        return parts[0]
    names = Now.__slots__
    return Now(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
