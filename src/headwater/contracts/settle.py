"""Settlement: what is due under an agreement, period by period, in whole pence.

One engine prices and pays: a real settlement is the case of one draw. In order:

1. Outcomes are put in their periods, and each with the version of the terms in force on its day.
2. Period by period, every term is worked in the agreement's order from what metrics and earlier
   terms gave; each amount is rounded once, by the agreement's rule. Where the terms change, what is
   counted to date is kept apart: each unit is worth what the terms of its own day give for it.
3. What a term adds to, or takes from, what it took up is its line. The lines of all terms add to
   what is due.
4. A term that rests on a number nobody published is not worked, nor is what rests on it: the
   result says which, and why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from headwater.contracts.agreement import Contract
from headwater.contracts.amounts import is_known
from headwater.contracts.column import Column
from headwater.contracts.desk import Desk
from headwater.contracts.memory import Condition, Memory
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import Period, day_number, periods
from headwater.contracts.restack import terms_change
from headwater.contracts.term import Term
from headwater.contracts.versions import Version, versions
from headwater.contracts.work import work
from headwater.core.arrays import IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.unseen_day import is_seen


@dataclass(frozen=True, slots=True)
class Lines:
    """What one term adds to what is due in one period.

    Parameters
    ----------
    codes
        Which cell of the run each is, at the column's grain; array (cell,).
    pence
        What the term adds, or takes away; array (draw, cell).
    column
        What it gives in all, and what that was worked out from.
    """

    period: int
    version: int
    term: str
    codes: IntArray
    pence: IntArray
    column: Column


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measure came to in one period; `codes` and `column` as in `Lines`."""

    period: int
    version: int
    term: str
    codes: IntArray
    column: Column


@dataclass(frozen=True, slots=True)
class Settled:
    """What is due.

    Parameters
    ----------
    due
        By period, in pence, by what no later term takes up; arrays (draw, period).
    added
        What each term adds to what it takes up, or takes away, by version and term; arrays
        (draw, period). They add to what is due.
    lines
        Every term's lines, where they were asked for.
    measured
        What every measure came to, where lines were asked for.
    stays
        By term, what was paid before, would be less now, and stays paid; arrays (draw,).
    unknown
        Terms that could not be worked, each with the reason.
    outcomes
        The outcomes in the order in which the lines count them.
    """

    contract: Contract
    versions: tuple[Version, ...]
    periods: tuple[Period, ...]
    due: dict[str, IntArray]
    added: dict[tuple[int, str], IntArray]
    lines: tuple[Lines, ...]
    measured: tuple[Measured, ...]
    conditions: tuple[Condition, ...]
    stays: dict[str, IntArray]
    unknown: dict[str, str]
    outcomes: Outcomes

    @property
    def total(self) -> IntArray:
        """What is due in pence; array (draw, period)."""
        nothing = np.zeros((self.outcomes.draws, len(self.periods)), dtype=np.int64)
        return nothing + sum(self.due.values())


def settlement_periods(contract: Contract) -> tuple[Period, ...]:
    """Return the periods of an agreement.

    Raises
    ------
    InputError
        If they cannot be known, as a day that makes them is not published.
    """
    rule = contract.settlement
    needed = {"first_day": contract.first_day}
    if not rule.dates:
        needed["last_day"] = rule.closes or contract.last_day
    unseen = [name for name, day in needed.items() if not is_seen(day)]
    if unseen:
        names = " and ".join(unseen)
        what = f"{names} of '{contract.id}' {'is' if len(unseen) == 1 else 'are'} not published."
        why = "Its periods, and all that falls due in them, cannot be worked out."
        do = f"{why} Put {'a day' if len(unseen) == 1 else 'days'} of your own in a copy."
        raise InputError(Problem("the agreement", what, do))
    return periods(contract.first_day, rule.closes or contract.last_day, rule.every, rule.dates)


def settle(
    contract: Contract,
    outcomes: Outcomes,
    *,
    until: date | None = None,
    with_lines: bool = False,
) -> Settled:
    """Settle an agreement.

    Parameters
    ----------
    outcomes
        Outcomes that count.
    until
        Only periods that end by this day.
    with_lines
        Whether to keep every term's lines and conditions; a run over many draws does not.
    """
    said = versions(contract)
    whole_run = settlement_periods(contract)
    among = tuple(p for p in whole_run if until is None or p.last_day <= until)
    period, version = _placed(outcomes, whole_run, said)
    order = np.lexsort((outcomes.source, outcomes.who, version, period))
    inside = order[period[order] < len(among)]
    cells, period, version = outcomes.only(inside), period[inside], version[inside]
    unknown = {v.index: unsettled(v.contract, cells) for v in said}
    sinks = {v.index: due_terms(v.contract) for v in said}
    of = {v.index: {term.id: term.of for term in v.contract.term} for v in said}
    memory, due, added = Memory(), dict[str, IntArray](), dict[tuple[int, str], IntArray]()
    lines, measured = list[Lines](), list[Measured]()
    before: Desk | None = None
    for step, version_now, (a, b), (begins, ends) in _steps(among, said, period, version):
        desk = Desk(
            contract=version_now.contract,
            period=step,
            version=version_now.index,
            version_days=(version_now.first_day, version_now.last_day),
            cells=cells.only(slice(a, b)),
            whole=cells,
            first_cell=a,
            shapes=version_now.contract.metric_shapes(),
            memory=memory,
            columns={},
            begins=begins,
            ends=ends,
            last=ends and step.index == len(whole_run) - 1,
        )
        if before is not None and before.version != desk.version:
            terms_change(before, desk, unknown, anew=version_now.anew)
        work(desk, unknown[version_now.index])
        before = desk
        sums = _sums(desk)
        nothing = np.zeros((outcomes.draws, len(among)), dtype=np.int64)
        for name, total in sums.items():
            if name in sinks[version_now.index]:
                due.setdefault(name, nothing.copy())[:, step.index] += total
            taken = (sums[one] for one in of[version_now.index][name] if one in sums)
            key = version_now.index, name
            added.setdefault(key, nothing.copy())[:, step.index] += total - sum(taken)
        if with_lines:
            lines += _lines(desk, version_now)
            measured += _measured(desk, version_now)
        else:
            memory.conditions.clear()
    because = {name: why for found in unknown.values() for name, why in found.items()}
    return Settled(
        contract,
        said,
        among,
        due,
        added,
        tuple(lines),
        tuple(measured),
        tuple(memory.conditions),
        memory.stays(),
        because,
        cells,
    )


def _sums(desk: Desk) -> dict[str, IntArray]:
    """Return what each term of money gives in one period; arrays (draw,)."""
    return {
        name: column.values.sum(axis=1)
        for name, column in desk.columns.items()
        if column is not None and column.shape.money
    }


def _placed(
    outcomes: Outcomes, among: tuple[Period, ...], said: tuple[Version, ...]
) -> tuple[IntArray, IntArray]:
    """Return the period and the version of each outcome; one after the last period is past them."""
    ends = np.array([day_number(period.last_day) for period in among], dtype=np.int64)
    starts = np.array(
        [day_number(v.first_day) if v.index else -(2**62) for v in said], dtype=np.int64
    )
    return (
        np.searchsorted(ends, outcomes.counted_on, side="left"),
        np.searchsorted(starts, outcomes.last_day, side="right") - 1,
    )


def _steps(
    among: tuple[Period, ...], said: tuple[Version, ...], period: IntArray, version: IntArray
) -> Iterator[tuple[Period, Version, tuple[int, int], tuple[bool, bool]]]:
    """Yield each period with each version that is in force in it, or has outcomes in it.

    With it stand its outcomes' places, and whether it is the period's first and its last.
    """
    key = period * len(said) + version
    for step in among:
        worked = []
        for one in said:
            place = step.index * len(said) + one.index
            a, b = np.searchsorted(key, [place, place + 1]).tolist()
            in_force = one.first_day <= step.last_day and one.last_day >= step.first_day
            if in_force or b > a:
                worked.append((one, (a, b)))
        for i, (one, places) in enumerate(worked):
            yield step, one, places, (i == 0, i == len(worked) - 1)


def _lines(desk: Desk, version: Version) -> Iterator[Lines]:
    """Yield what each term of money adds to what it took up."""
    for term in desk.contract.term:
        column = desk.columns[term.id]
        if column is None or not column.shape.money:
            continue
        taken = [name for name in term.of if desk.shapes[name].money]
        added = column.values
        if taken:
            added = added - desk.taken(tuple(taken), column.shape.grain)[0]
        codes = desk.codes(column.shape.grain)
        yield Lines(desk.period.index, version.index, term.id, codes, added, column)


def _measured(desk: Desk, version: Version) -> Iterator[Measured]:
    """Yield what each measure came to."""
    for term in desk.contract.term:
        column = desk.columns[term.id]
        if column is not None and not column.shape.money:
            codes = desk.codes(column.shape.grain)
            yield Measured(desk.period.index, version.index, term.id, codes, column)


def due_terms(contract: Contract) -> tuple[str, ...]:
    """Return the terms of money that no later term takes up: their sum is due."""
    shapes = contract.metric_shapes()
    taken: set[str] = set()
    for term in contract.term:
        shapes[term.id] = term.shape(shapes)
        taken.update(term.of)
    return tuple(t.id for t in contract.term if shapes[t.id].money and t.id not in taken)


def known_terms(contract: Contract, unknown: Mapping[str, str]) -> frozenset[str]:
    """Return the terms whose amounts come through to what is due, with no unknown on the way."""
    takes_up = {
        name: term.id for term in contract.term for name in term.of if term.kind != "measure"
    }
    known: set[str] = set()
    for term in reversed(contract.term):
        after = takes_up.get(term.id)
        if term.id not in unknown and (after is None or after in known):
            known.add(term.id)
    return frozenset(known)


def unsettled(contract: Contract, cells: Outcomes) -> dict[str, str]:
    """Return the terms that rest on a number that is not published, each with the reason."""
    found: dict[str, str] = {}
    for term in contract.term:
        fields = term.unseen()
        unpriced = _unpriced(contract, term, cells)
        rests = [name for name in (*term.of, *term.refers()) if name in found]
        if fields:
            found[term.id] = f"{', '.join(fields)} not published"
        elif unpriced:
            found[term.id] = f"price not published: {', '.join(unpriced)}"
        elif rests:
            found[term.id] = f"rests on {', '.join(rests)}"
    return found


def _unpriced(contract: Contract, term: Term, cells: Outcomes) -> list[str]:
    """Return for what a term would need a price that is not published."""
    if term.kind != "outcome_payment" or getattr(term, "amount", None) is not None:
        return []
    found = []
    for name in term.of:
        if name not in cells.metrics:
            continue
        some = (cells.metric == cells.metrics.index(name)) & (cells.units != 0).any(axis=0)
        pairs = np.unique(np.stack([cells.cohort[some], cells.group[some]]), axis=1)
        for cohort, group in pairs.T:
            words = cells.cohorts[cohort], cells.groups[group]
            line = contract.line(name, *words)
            if line is not None and not is_known(line.amount):
                found.append(" ".join(word for word in (name, *words) if word))
    return found
