"""Up to which day an agreement is settled: no period is settled that is not known to be over."""

from datetime import date

import numpy as np

from headwater.contracts.accepted import COUNTS, STOPPED, Accepted
from headwater.contracts.agreement import Contract
from headwater.contracts.periods import Period, day_number, of_day
from headwater.contracts.settle import settlement_periods
from headwater.core.claims import NO_DAY
from headwater.core.errors import InputError, Problem

NAMED = "named with --until"


def last_day_of(contract: Contract) -> date:
    """Return the last day of an agreement's last period."""
    return settlement_periods(contract)[-1].last_day


def settled_up_to(
    contract: Contract, accepted: Accepted, file: str, until: date | None
) -> tuple[date, str]:
    """Return the day up to which periods are settled, and why that.

    Without a day of the user's own it is the end of the last period in which claims lie, and that
    is over by the last day that the claims name: of an outcome, of a claim or of a verdict. Periods
    after it, of which nothing is claimed, are settled when somebody names them: a day mistyped in
    one claim settles nothing.

    Parameters
    ----------
    file
        Where the claims were read, for what is said of them.

    Raises
    ------
    InputError
        If no period is over by then, or claims that count lie in one that the claims do not show
        to be over.
    """
    periods = settlement_periods(contract)
    if until is not None:
        if periods[0].last_day > until:
            what = f"{until} is before the end of the first period, {periods[0]}: nothing is over."
            raise InputError(Problem("--until", what, "Name the last day of a period."))
        return until, NAMED
    named = _last_named(accepted)
    if named is None:
        what = "holds no claim, so that nothing says which periods are over."
        raise InputError(Problem(file, what, f"Name one's last day: --until {periods[0].last_day}"))
    over = [period for period in periods if period.last_day <= named]
    beyond = _beyond(accepted, over[-1].last_day if over else None)
    if beyond or not over:
        raise InputError(_not_over(file, periods, len(over), (named, beyond)))
    some = _last_with_claims(contract, accepted, over)
    if some is over[-1]:
        why = f"the end of the last period that is over by {named}, the last day in the claims"
    else:
        why = (
            f"the end of the last period in which claims lie; {named}, the last day in the claims, "
            f"is past {over[-1].last_day}: --until {over[-1].last_day} settles up to then"
        )
    return some.last_day, why


def _last_with_claims(contract: Contract, accepted: Accepted, over: list[Period]) -> Period:
    """Return the last of some periods in which a usable claim lies; the first if none does."""
    claims, good = accepted.claims, accepted.state != STOPPED
    days = getattr(claims, contract.settlement.counted_by)[good]
    days = days[days != NO_DAY]
    if not len(days):
        return over[0]
    last = of_day(int(days.max()))
    return next((period for period in over if period.last_day >= last), over[-1])


def _not_over(
    file: str, periods: tuple[Period, ...], over: int, seen: tuple[date, int]
) -> list[Problem]:
    """Return what to do where claims lie in a period that they do not show to be over."""
    (named, beyond), now = seen, periods[min(over, len(periods) - 1)]
    some = "1 claim that counts lies" if beyond == 1 else f"{beyond:,} claims that count lie"
    lies = f" and {some} in it{' or later' if over + 1 < len(periods) else ''}" if beyond else ""
    before = f", or leave it out with --until {periods[over - 1].last_day}" if over else ""
    return [
        Problem(
            file,
            f"the last day it names is {named}: it does not show that the period {now} is over,"
            f"{lies or ' the first of the agreement'}.",
            f"Settle that period too with --until {now.last_day}{before}.",
        )
    ]


def _last_named(accepted: Accepted) -> date | None:
    """Return the last day that a usable claim names."""
    claims, good = accepted.claims, accepted.state != STOPPED
    days = np.concatenate(
        [getattr(claims, name)[good] for name in ("last_day", "claimed_on", "verdict_on")]
    )
    days = days[days != NO_DAY]
    return of_day(int(days.max())) if len(days) else None


def _beyond(accepted: Accepted, day: date | None) -> int:
    """Return how many claims count and lie after a day."""
    counted = accepted.outcomes.counted_on
    return len(counted) if day is None else int((counted > day_number(day)).sum())


def beyond(accepted: Accepted, day: date) -> str:
    """Return which claims that count are not settled yet, in words; "" where there are none."""
    after = accepted.outcomes.counted_on > day_number(day)
    if not after.any():
        return ""
    last = accepted.outcomes.last_day[after]
    first, end = of_day(int(last.min())), of_day(int(last.max()))
    count = int((accepted.state == COUNTS).sum())
    some = f"{int(after.sum()):,} of {count:,} claims that count"
    are = "is" if after.sum() == 1 else "are"
    span = f"ended on {first}" if first == end else f"ended between {first} and {end}"
    return f"{some}, of outcomes that {span}, {are} not in it"
