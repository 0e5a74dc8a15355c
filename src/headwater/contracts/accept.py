"""Which claims count: each against what the agreement says of claims, and why not where not.

A claim that cannot be what it says (an unknown metric, a day outside the agreement) stops a
settlement until it is mended or left out. A claim that is well formed and not payable (not yet
verified, late, made twice) is kept, with the reason.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from headwater.contracts.accepted import COUNTS, STATES, STOPPED, Accepted
from headwater.contracts.agreement import Contract
from headwater.contracts.cohort_list import with_list
from headwater.contracts.corrections import corrected, loops
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.overlap import overlapping
from headwater.contracts.periods import day_number, of_day
from headwater.contracts.settle import settlement_periods
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.claims import NO_DAY, UNIT_PLACES, VERDICTS, VERIFIED, Claims
from headwater.core.coded import Coded
from headwater.core.errors import did_you_mean
from headwater.core.exact import Mode, decimal, quotient
from headwater.core.finding import Finding, Level, Where, found

MOST_FINDINGS = 1000
"""Findings listed of one rule; the rest are counted."""


def accept(
    contract: Contract,
    claims: Claims,
    *,
    file: str,
    people: Mapping[str, tuple[str, str]] | None = None,
    latest: date | None = None,
) -> Accepted:
    """Return which claims count.

    Parameters
    ----------
    file
        Where the claims were read, for what is said of them.
    people
        Cohort and group of each key on the agreement's list; None: there is no list.
    latest
        The latest day that a claim can name, as nothing later has happened; None: any.
    """
    desk = _Gate(contract, claims if people is None else with_list(claims, people), file)
    if people is not None:
        desk.on_the_list(people)
    desk.form()
    if latest is not None:
        desk.not_yet(latest)
    desk.history()
    desk.rules()
    return Accepted(claims, desk.state, tuple(desk.found), desk.outcomes())


class _Gate:
    """Claims on their way in."""

    def __init__(self, contract: Contract, claims: Claims, file: str) -> None:
        self.contract, self.claims, self.file = contract, claims, file
        self.state = np.where(claims.verdict == VERIFIED, COUNTS, 0)
        others = [verdict for verdict in VERDICTS if verdict != "verified"]
        for verdict in others:
            marks = claims.verdict == VERDICTS.index(verdict)
            self.state[marks] = STATES.index(f"not counted: {verdict}")
        self.found: list[Finding] = []
        self.metric = _places(claims.metric, [metric.id for metric in contract.metric])

    # What stops a settlement

    def on_the_list(self, people: Mapping[str, tuple[str, str]]) -> None:
        """Stop claims about those who are not on the list, or stand there in another cohort."""
        claims = self.claims
        known = np.array([word in people for word in claims.who.words], dtype=np.bool_)
        missing = ~known[claims.who.codes]
        self._stop(missing, "who", claims.who, "is not on the cohort list.", "Mend the key.")
        for place, column in enumerate(("cohort", "group")):
            words: Coded = getattr(claims, column)
            said = [people.get(word, ("", ""))[place] for word in claims.who.words]
            listed = np.array(said, dtype=object)[claims.who.codes]
            given = np.array(words.words, dtype=object)[words.codes]
            other = (listed != "") & (given != listed)
            rule = f"is not the {column} of the key on the cohort list."
            self._stop(other, column, words, rule, "Mend one.")

    def form(self) -> None:
        """Stop claims that cannot be what they say."""
        contract, claims = self.contract, self.claims
        known = [metric.id for metric in contract.metric]
        self._unknown("metric", claims.metric, self.metric < 0, known)
        for column, words, names in (
            ("cohort", claims.cohort, [cohort.id for cohort in contract.cohort]),
            ("group", claims.group, list(contract.groups)),
        ):
            given = words.codes != _code(words, "")
            self._unknown(column, words, given & (_places(words, names) < 0), names)
            needs = self._needs(column)
            missing = ~given & np.isin(self.metric, [known.index(name) for name in needs])
            self._stop(missing, column, words, "is empty, and the metric is paid by it.", "Add it.")
        self._units()
        self._days()

    def _needs(self, column: str) -> list[str]:
        """Return the metrics whose every price is for some cohort or group."""
        found = []
        for metric in self.contract.metric:
            lines = [line for line in self.contract.price if line.metric == metric.id]
            if lines and all(getattr(line, column) for line in lines):
                found.append(metric.id)
        return found

    def _unknown(self, column: str, words: Coded, marks: BoolArray, known: list[str]) -> None:
        for code in np.unique(words.codes[marks]).tolist():
            word = words.words[code]
            near = did_you_mean(word, known)
            listed = f"Known: {', '.join(known)}." if known else f"The agreement has no {column}."
            here = marks & (words.codes == code)
            self._stop(here, column, words, f"is no {column} of the agreement.{near}", listed)

    def _units(self) -> None:
        claims, one = self.claims, 10**UNIT_PLACES
        places = np.array([metric.places for metric in self.contract.metric])
        step = 10 ** (UNIT_PLACES - places[self.metric])
        counted, exact = claims.units.copy(), np.ones(len(claims), dtype=np.bool_)
        shared = np.flatnonzero(claims.share != one)
        parts = [quotient(claims.units[shared], claims.share[shared], one, m) for m in _WAYS]
        counted[shared], exact[shared] = parts[0], parts[0] == parts[1]
        for i, metric in enumerate(self.contract.metric):
            mine = self.metric == i
            whole = "a whole number" if metric.places == 0 else f"to {metric.places} decimal places"
            broken = mine & ((counted % step != 0) | ~exact)
            self._stop_units(broken, f"must be {whole} ({metric.unit}).", "Mend the units.")
            if metric.most_units is not None:
                most = int(metric.most_units * one)
                said = f"is more than a claim may hold, {decimal(most, UNIT_PLACES)}."
                self._stop_units(mine & (claims.units > most), said, "Mend the units.")
        self._more_days_than_there_are(counted)
        self.units = counted // step

    def _more_days_than_there_are(self, counted: IntArray) -> None:
        """Stop claims of more days of one person than lie between their first and last day."""
        claims, one = self.claims, 10**UNIT_PLACES
        days = claims.last_day - claims.first_day + 1
        for i, metric in enumerate(self.contract.metric):
            if metric.about == "person" and metric.unit in {"day", "days"}:
                mine = (self.metric == i) & (claims.first_day != NO_DAY) & (days > 0)
                said = "are more days than lie between the claim's first and last day."
                self._stop_units(mine & (counted > days * one), said, "Mend the units or the days.")

    def _stop_units(self, marks: BoolArray, rule: str, do: str) -> None:
        units = self.claims.units
        self._mark(marks, "units", lambda i: decimal(int(units[i]), UNIT_PLACES), rule, do)

    def _days(self) -> None:
        claims, rule = self.claims, self.contract.settlement
        first = day_number(self.contract.first_day)
        last = day_number(rule.closes or self.contract.last_day)
        span = f"{self.contract.first_day} to {rule.closes or self.contract.last_day}"
        outside = (claims.last_day < first) | (claims.last_day > last)
        self._stop_day("last_day", outside, f"is outside the agreement, {span}.")
        begun = claims.first_day != NO_DAY
        turned = begun & (claims.first_day > claims.last_day)
        self._stop_day("first_day", turned, "is after the last day.")
        for column in ("claimed_on", "verdict_on"):
            days = getattr(claims, column)
            early = (days != NO_DAY) & (days < claims.last_day)
            self._stop_day(column, early, "is before the outcome's last day.")
        if rule.counted_by != "last_day":
            missing = (getattr(claims, rule.counted_by) == NO_DAY) & (self.state == COUNTS)
            self._stop_day(rule.counted_by, missing, "is empty, and decides the claim's period.")

    def not_yet(self, latest: date) -> None:
        """Stop claims that name a day which has not come."""
        last = day_number(self.contract.settlement.closes or self.contract.last_day)
        for column in ("last_day", "claimed_on", "verdict_on"):
            days = getattr(self.claims, column)
            later = (days != NO_DAY) & (days > day_number(latest))
            if column == "last_day":
                later &= days <= last  # else it has been said to lie outside the agreement
            self._stop_day(column, later, f"has not come yet: it is after {latest}.")

    def _stop_day(self, column: str, marks: BoolArray, rule: str) -> None:
        days = getattr(self.claims, column)
        self._mark(
            marks,
            column,
            lambda i: "" if days[i] == NO_DAY else str(of_day(int(days[i]))),
            rule,
            "Mend the day.",
        )

    # What does not count

    def history(self) -> None:
        """Keep of each claim its last word, and of a corrected one its correction."""
        claims = self.claims
        older = np.zeros(len(claims), dtype=np.bool_)
        if len(set(claims.claim.tolist())) < len(claims):
            self._repeated(older)
        self._corrections(older)

    def _repeated(self, older: BoolArray) -> None:
        """Mark the earlier rows of claims that stand more than once."""
        claims = self.claims
        order = np.lexsort((claims.row, claims.verdict_on, claims.claim))
        ids = claims.claim[order]
        same = np.concatenate([ids[1:] == ids[:-1], [False]])
        older[order[same]] = True
        for place in np.flatnonzero(same).tolist():
            self._again(int(order[place]), int(order[place + 1]))

    def _again(self, before: int, after: int) -> None:
        """Note a claim that stands twice: a copy, a later verdict, or two different claims."""
        claims = self.claims
        differ = [name for name in _STAYS if not _same(getattr(claims, name), before, after)]
        name = str(claims.claim[before])
        row = f"row {int(claims.row[after]):,}"
        if differ:
            self.state[[before, after]] = STOPPED
            rule = f"is also in {row}, with another {', '.join(differ)}."
            self._note(before, "claim", name, rule, "Give each claim its own name.", stops=True)
            return
        self.state[before] = STATES.index("not counted: a copy")
        copy = claims.verdict[before] == claims.verdict[after]
        said = "stands again" if copy else "has a later verdict"
        rule = f"{said} in {row}: only that row counts."
        self._note(before, "claim", name, rule, "", stops=False)

    def _corrections(self, older: BoolArray) -> None:
        """Take the place of corrected claims by what corrects them."""
        claims = self.claims
        none = _code(claims.corrects, "")
        correcting = np.flatnonzero((claims.corrects.codes != none) & ~older).tolist()
        if not correcting:
            return
        where = {str(claims.claim[i]): int(i) for i in np.flatnonzero(~older)}
        named = {i: where.get(claims.corrects.word(i)) for i in correcting}
        before = {i: at for i, at in named.items() if at is not None}
        replaced = STATES.index("not counted: replaced by a correction")
        said = (COUNTS, STATES.index("not counted: withdrawn"))
        holds = np.isin(self.state, said)
        for i, at in named.items():
            name = claims.corrects.word(i)
            if at is None or at == i or loops(i, before):
                self.state[i] = STOPPED
                rule = "is itself." if at == i else "names no claim of the file."
                rule = "leads back to the claim itself." if at not in {None, i} else rule
                self._note(
                    i, "corrects", name, rule, "Name the claim that it replaces.", stops=True
                )
            elif holds[i]:
                for place in corrected(i, before):
                    if self.state[place] != STOPPED:
                        self.state[place] = replaced

    def rules(self) -> None:
        """Leave out claims that the agreement does not pay for.

        What is watched and not paid for is never too late and needs no evidence: a harm that is
        reported late has happened.
        """
        contract, claims = self.contract, self.claims
        watched = np.array([metric.safety for metric in contract.metric])[self.metric]
        due = contract.settlement.claims_due_days
        if due is not None:
            made = claims.claimed_on != NO_DAY
            late = made & ~watched & (claims.claimed_on > claims.last_day + due)
            self._leave(late, "late", f"was made more than {due} days after the outcome.")
        if contract.verification.needs_evidence:
            bare = (claims.evidence == "") & ~watched
            self._leave(bare, "no evidence", "has no evidence.")
        last = settlement_periods(contract)[-1].last_day
        after = getattr(claims, contract.settlement.counted_by) > day_number(last)
        said = f"comes after the last period, which ends on {last}."
        self._leave(after, "after the last period", said)
        if contract.verification.once != "any":
            self._once(ever=contract.verification.once == "ever")

    def _once(self, *, ever: bool) -> None:
        """Count one outcome of a key once: the earliest claim of all, or of the same days."""
        claims = self.claims
        lasting = [
            i for i, m in enumerate(self.contract.metric) if _only_lasts(self.contract, m.id)
        ]
        live = np.flatnonzero((self.state == COUNTS) & ~np.isin(self.metric, lasting))
        starts = np.where(claims.first_day == NO_DAY, claims.last_day, claims.first_day)
        if ever:
            starts = np.zeros_like(starts)
        again = overlapping(
            (self.metric[live], claims.who.codes[live]),
            starts[live],
            np.where(ever, 1, claims.last_day[live]),
            (claims.last_day * 2**33 + claims.row)[live],
        )
        for place, first in again:
            i, earlier = int(live[place]), int(live[first])
            self.state[i] = STATES.index("not counted: the same outcome again")
            rule = (
                f"the same outcome of '{claims.who.word(i)}' is claimed in row "
                f"{int(claims.row[earlier]):,} ({claims.claim[earlier]})."
            )
            self._note(
                i, "claim", str(claims.claim[i]), rule, "It is not counted again.", stops=False
            )

    # Notes

    def _leave(self, marks: BoolArray, state: str, rule: str) -> None:
        here = marks & (self.state == COUNTS)
        self.state[here] = STATES.index(f"not counted: {state}")
        self._list(here, "claim", lambda i: str(self.claims.claim[i]), rule, "", stops=False)

    def _stop(self, marks: BoolArray, column: str, words: Coded, rule: str, do: str) -> None:
        self._mark(marks, column, words.word, rule, do)

    def _mark(self, marks: BoolArray, column: str, value: Any, rule: str, do: str) -> None:
        self.state[marks] = STOPPED
        self._list(marks, column, value, rule, do, stops=True)

    def _list(
        self, marks: BoolArray, column: str, value: Any, rule: str, do: str, *, stops: bool
    ) -> None:
        places = np.flatnonzero(marks).tolist()
        for i in places[:MOST_FINDINGS]:
            self._note(i, column, value(i), rule, do, stops=stops)
        if len(places) > MOST_FINDINGS:
            more = f"{len(places) - MOST_FINDINGS:,} more rows: {rule}"
            level: Level = "wrong" if stops else "noted"
            self.found.append(Finding(level, self.file, "", column, "", more, do))

    def _note(self, i: int, column: str, value: str, rule: str, do: str, *, stops: bool) -> None:
        level: Level = "wrong" if stops else "noted"
        where = Where(self.file, str(int(self.claims.row[i])))
        self.found.append(found(level, where, rule, column=column, value=value, remedy=do))

    def outcomes(self) -> Outcomes:
        """Return the claims that count."""
        claims, contract = self.claims, self.contract
        live = np.flatnonzero(self.state == COUNTS)
        counted = getattr(claims, contract.settlement.counted_by)
        cohorts = ("", *(cohort.id for cohort in contract.cohort))
        groups = ("", *contract.groups)
        return Outcomes(
            units=self.units[live][np.newaxis, :],
            metric=self.metric[live],
            who=claims.who.codes[live],
            cohort=_places(claims.cohort, list(cohorts))[live],
            group=_places(claims.group, list(groups))[live],
            first_day=np.where(claims.first_day == NO_DAY, claims.last_day, claims.first_day)[live],
            last_day=claims.last_day[live],
            counted_on=counted[live],
            source=live,
            metrics=tuple(metric.id for metric in contract.metric),
            whos=claims.who.words,
            cohorts=cohorts,
            groups=groups,
        )


def _only_lasts(contract: Contract, metric: str) -> bool:
    """Return whether a metric is only paid for as it lasts: claims of it may grow day by day."""
    kinds = [term.kind for term in contract.term if metric in term.of]
    return bool(kinds) and set(kinds) == {"sustainment"}


_WAYS: tuple[Mode, Mode] = ("down", "up")
"""A number that both give needs no rounding."""
_STAYS = ("metric", "who", "cohort", "group", "first_day", "last_day", "units", "share", "corrects")
"""What a later row about the same claim must not change."""


def _same(column: Any, a: int, b: int) -> bool:
    values = column.codes if isinstance(column, Coded) else column
    return bool(values[a] == values[b])


def _code(words: Coded, word: str) -> int:
    return words.words.index(word) if word in words.words else -1


def _places(words: Coded, known: list[str]) -> IntArray:
    """Return the place of each row's word among those known, -1 where it is none."""
    places = {word: i for i, word in enumerate(known)}
    by_code = np.array([places.get(word, -1) for word in words.words], dtype=np.int64)
    return by_code[words.codes]


def _day(number: int) -> str:
    return "" if number == NO_DAY else str(of_day(number))
