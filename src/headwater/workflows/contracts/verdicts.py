"""Each published figure against what the engine works out from the contract's own terms."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from headwater.contracts.agreement import Contract
from headwater.contracts.column import Column
from headwater.contracts.settle import Settled, due_terms, settle
from headwater.contracts.terms.table import VALUE_PLACES
from headwater.core.exact import PENCE
from headwater.finance.waterfall import waterfall
from headwater.workflows.contracts.outcomes_of import outcomes_of
from headwater.workflows.contracts.published import Arithmetic, Check, Published
from headwater.workflows.waterfall.receipts import deal_of, placed

Verdict = Literal["reproduces", "conflicts", "cannot be checked"]
VERDICTS: tuple[Verdict, ...] = ("reproduces", "conflicts", "cannot be checked")


@dataclass(frozen=True, slots=True)
class Checked:
    """A check, what was worked out, and the verdict.

    Parameters
    ----------
    computed
        None where a term that it rests on is not published.
    apart
        How far what is computed lies above what is published, where they conflict.
    because
        Why it cannot be checked.
    settled
        The settlement, where there was one.
    """

    check: Check
    computed: Fraction | None
    verdict: Verdict
    apart: Fraction | None
    because: str
    settled: Settled | None


class _UnseenError(Exception):
    """What is asked for rests on a number that is not published."""


def checked(contract: Contract, published: Published) -> tuple[Checked, ...]:
    """Return every check of a contract with its verdict."""
    return tuple(run_check(contract, check) for check in published.check)


def run_check(contract: Contract, check: Check) -> Checked:
    """Settle what a check claims, look at what it asks for, and compare."""
    if check.lacks:
        return _unchecked(check, None, f"not published: {check.lacks}")
    settled = None
    try:
        if check.arithmetic is not None:
            found = worked(check.arithmetic)
        else:
            outcomes = outcomes_of(contract, check.claims)
            settled = settle(contract, outcomes, until=check.until, with_lines=True)
            found = looked_at(settled, check)
    except _UnseenError as unseen:
        return _unchecked(check, settled, str(unseen))
    found -= check.less or 0
    found = found / check.over if check.over is not None else found
    if check.figure is None and check.low is None:
        return _unchecked(check, settled, f"no figure was published: {check.published}", found)
    return _compared(check, found, settled)


def _unchecked(
    check: Check, settled: Settled | None, because: str, found: Fraction | None = None
) -> Checked:
    return Checked(check, found, "cannot be checked", None, because, settled)


def _compared(check: Check, found: Fraction, settled: Settled | None) -> Checked:
    low = check.figure if check.low is None else check.low
    high = check.figure if check.high is None else check.high
    assert low is not None  # noqa: S101 - a check without either does not come here
    assert high is not None  # noqa: S101 - as above
    if low <= found <= high:
        return Checked(check, found, "reproduces", None, "", settled)
    printed = check.figure if check.figure is not None else (low if found < low else high)
    return Checked(check, found, "conflicts", found - printed, "", settled)


def worked(sum_of: Arithmetic) -> Fraction:
    """Return the result of arithmetic on published figures."""
    first, *rest = sum_of.of
    if sum_of.how == "yearly_return":
        capital, years = rest
        with localcontext() as context:
            context.prec = 30
            ratio = first / capital
            grown = Decimal(ratio.numerator) / Decimal(ratio.denominator)
            return Fraction(grown ** (Decimal(1) / Decimal(int(years))) - 1)
    if sum_of.how == "fall":
        return (rest[0] - first) / rest[0]
    for number in rest:
        first = {
            "sum": first + number,
            "product": first * number,
            "ratio": first / number,
            "difference": first - number,
        }[sum_of.how]
    return first


def looked_at(settled: Settled, check: Check) -> Fraction:
    """Return what a check asks of a settlement.

    Raises
    ------
    _UnseenError
        If it rests on a number that is not published.
    """
    if check.look_at in {"total", "instrument"}:
        return _money(settled, check)
    assert check.name is not None  # noqa: S101 - the file's faults have been reported
    if check.look_at == "condition":
        return _condition(settled, check)
    if check.name in settled.unknown:
        raise _UnseenError(_reasons(settled, check.name))
    if check.look_at == "term":
        found = [line.column for line in settled.lines if line.term == check.name]
        return Fraction(sum(_cell(settled, check, column) for column in found), PENCE)
    if check.look_at == "measure":
        column = [one.column for one in settled.measured if one.term == check.name][-1]
        return Fraction(_cell(settled, check, column), 10**column.shape.places)
    column = [line.column for line in settled.lines if line.term == check.name][-1]
    value = Column(column.basis[-1].values, column.shape)
    return Fraction(_cell(settled, check, value), 10**VALUE_PLACES)


def _money(settled: Settled, check: Check) -> Fraction:
    """Return what is due in all, or what an instrument gets of it less what was drawn from it."""
    unseen = [name for name in due_terms(settled.contract) if name in settled.unknown]
    if unseen:
        raise _UnseenError(_reasons(settled, unseen[0]))
    if check.name is None:
        return Fraction(int(settled.total.sum()), PENCE)
    deal = deal_of(settled.contract, settled.contract.id)
    run = waterfall(deal, placed(settled.contract, settled, deal.timeline))
    return Fraction(int(run.of_instrument(check.name).sum()), PENCE)


def _reasons(settled: Settled, name: str) -> str:
    """Return why a term could not be worked, down to what is not published."""
    why = settled.unknown[name]
    if not why.startswith("rests on"):
        return f"{name}: {why}"
    term = next(term for term in settled.contract.term if term.id == name)
    below = [one for one in (*term.of, *term.refers()) if one in settled.unknown]
    return "; ".join(dict.fromkeys(_reasons(settled, one) for one in below)) or why


def _condition(settled: Settled, check: Check) -> Fraction:
    """Return 1 where a term's conditions are all met in its last judged period, else 0."""
    mine = [one for one in settled.conditions if one.term == check.name]
    if not mine:
        raise _UnseenError(f"{check.name}: its condition is not published")
    last = max(one.period for one in mine)
    met = []
    for one in mine:
        if one.period == last:
            place = _place(settled, check, one.grain)
            met.append(bool(one.met[0].all() if place is None else one.met[0, place]))
    term = next(term for term in settled.contract.term if term.id == check.name)
    enough = any(met) if getattr(term, "need", "all") == "any" else all(met)
    return Fraction(int(enough))


def _cell(settled: Settled, check: Check, column: Column) -> int:
    place = _place(settled, check, column.shape.grain)
    return int(column.values[0].sum() if place is None else column.values[0, place])


def _place(settled: Settled, check: Check, grain: str) -> int | None:
    if grain == "cohort" and check.cohort:
        return settled.outcomes.cohorts.index(check.cohort)
    if grain == "group" and check.group:
        return settled.outcomes.groups.index(check.group)
    return None
