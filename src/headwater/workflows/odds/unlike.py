"""Where an agreement and the table of odds beside it do not speak of the same thing."""

from collections.abc import Iterator
from datetime import timedelta

from headwater.contracts.agreement import Contract, Expected
from headwater.contracts.settle import settlement_periods
from headwater.core.odds import Odds
from headwater.workflows.odds.as_written import why_not_worked
from headwater.workflows.odds.read import Asked

NEAR = 0.0005
"""Shares nearer than this are the same, rounded."""


def not_worked(asked: Asked) -> str:
    """Return why the agreement itself is not worked out; nothing where it is, or there is none."""
    if asked.agreement is None or not asked.agreement.contract.expected:
        return ""
    return why_not_worked(asked.agreement)


def unlike(asked: Asked) -> tuple[str, ...]:
    """Return what a reader must know where what is paid and what is tested differ."""
    why = not_worked(asked)
    if why:
        return (f"The agreement itself is not worked out: {why}. The rules here stand for it.",)
    if asked.agreement is None:
        return ()
    contract = asked.agreement.contract
    return (*contradictions(contract, asked.odds), *too_late(contract))


def too_late(contract: Contract) -> Iterator[str]:
    """Yield expected outcomes that come when nothing is paid any more."""
    end = settlement_periods(contract)[-1].last_day
    for row in contract.expected:
        last = row.last_day + timedelta(days=(row.lasts_days or 1) - 1)
        if last > end:
            yield (
                f"[[expected]] of '{row.metric}' goes on to {last}; the last period ends on"
                f" {end}, and what comes later is not paid."
            )


def contradictions(contract: Contract, odds: Odds) -> Iterator[str]:
    """Yield where `[[expected]]` and `[odds]` contradict each other, of people who succeed or not.

    What is paid follows the one, how often and for how much of an effect the other.
    """
    people = {metric.id for metric in contract.metric if metric.about != "cohort"}
    rows = [
        row for row in contract.expected if row.metric in people and row.promised != row.without
    ]
    if odds.outcome != "share" or not rows:
        return
    if all(row.people != odds.people for row in rows):
        yield (
            f"[[expected]] counts {rows[0].people:,} people and [odds] {odds.people:,}. What is"
            " paid for is not what is tested: make them agree."
        )
    if not any(_same(row, odds) for row in rows):
        row, sign = rows[0], 1.0 if odds.better == "higher" else -1.0
        yield (
            f"[[expected]] takes '{row.metric}' from {_points(row.without)} to"
            f" {_points(row.promised)}, and [odds] '{odds.unit}' from"
            f" {_points(odds.baseline.value)} to"
            f" {_points(odds.baseline.value + sign * odds.effect)}. What is paid for is not what is"
            " tested: make them agree."
        )


def _same(row: Expected, odds: Odds) -> bool:
    """Whether a row is the outcome that is tested, or its opposite."""
    sign = 1.0 if odds.better == "higher" else -1.0
    start, end = odds.baseline.value, odds.baseline.value + sign * odds.effect
    said = float(row.without), float(row.promised)
    pairs = ((start, end), (1.0 - start, 1.0 - end))
    return any(abs(said[0] - a) < NEAR and abs(said[1] - b) < NEAR for a, b in pairs)


def _points(share: object) -> str:
    return f"{100 * float(share):.3g}%"  # type: ignore[arg-type]
