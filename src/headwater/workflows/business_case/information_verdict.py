"""What to do, in one line a budget: over the cashable share, and whether a pilot pays."""

from collections.abc import Sequence

from headwater.reporting.numerals import numeral
from headwater.workflows.business_case.information_result import (
    LEAST,
    Information,
    PilotAnswer,
    PilotLine,
    ShareLine,
)
from headwater.workflows.business_case.question import MOST_YEARS


def verdicts(
    shares: Sequence[ShareLine], pilot: PilotAnswer | None, *, yearly: float
) -> tuple[str, ...]:
    """Return what to do, a line a budget; one line where both say the same.

    Parameters
    ----------
    yearly
        Children of the cohort who start in a year.
    """
    said: dict[str, list[str]] = {}
    for whom in dict.fromkeys(line.for_whom for line in shares):
        words = _buy([line for line in shares if line.for_whom == whom])
        if pilot is not None:
            own = [line for line in pilot.lines if line.for_whom == whom]
            words = f"{words} {_pilot(own, pilot, yearly)}"
        said.setdefault(words, []).append(whom)
    return tuple(
        f"For {' and '.join(_named(name) for name in whom)}: {words}"
        for words, whom in said.items()
    )


def _named(whom: str) -> str:
    return f"the {whom}" if whom == "council" else whom


def _buy(lines: Sequence[ShareLine]) -> str:
    """Return at which shares to buy."""
    bought = [line for line in lines if line.now == "buy"]
    if not bought:
        return "whatever share of average cost you can release, do not buy for the savings."
    if len(bought) == len(lines):
        return "buy now, whatever share of average cost you can release."
    even = next((line for line in lines if line.now == "breaks even"), None)
    least, most = _share(bought[0]), _share(bought[-1])
    if bought[-1] is not lines[-1]:
        return f"buy now only if you release no more than {most} of average cost; else do not."
    if even is None:
        return (
            f"if you can release {least} or more of average cost, buy now. Well below: do not, for"
            " the savings."
        )
    return (
        f"if you can release more than {_share(even)} of average cost, buy now. Below"
        f" {_share(even)}: do not, for the savings."
    )


def _pilot(lines: Sequence[PilotLine], pilot: PilotAnswer, yearly: float) -> str:
    """Return whether the pilot pays, and if not, from how many years of children it would."""
    families = f"A pilot of {pilot.families.value or 0.0:,.0f} families"
    years = numeral(pilot.years.value or 0.0, "years")
    whom = f"{numeral(yearly, 'children')} children a year for {years} year"
    whom += "" if years == "1" else "s"
    pays = [line for line in lines if "test" in line.advice_here]
    if pays:
        where = ", ".join(f"{_share(line)} ({line.advice_here})" for line in pays)
        return f"{families} pays where you can release {where}."
    waits = [
        (line.pays_from_here.value, _share(line))
        for line in lines
        if line.pays_from_here.value is not None
    ]
    if not waits:
        return f"{families} does not pay for {whom}, nor within {MOST_YEARS} years."
    least, share = min(waits)
    return f"{families} does not pay for {whom} (at {share} it would from {least:.0f} years on)."


def _share(line: ShareLine | PilotLine) -> str:
    return numeral(line.share.value or 0.0, "per cent")


def idle(line: ShareLine) -> bool:
    """Tell whether knowing more is worth nothing at a share, here and in England."""
    return max(line.here.value or 0.0, line.england.value or 0.0) < LEAST


def idle_words(lines: Sequence[ShareLine]) -> str:
    """Return in words at which shares knowing more is worth nothing, and what to do there."""
    by_now: dict[str, list[str]] = {}
    for line in lines:
        if idle(line):
            by_now.setdefault(line.now, []).append(_share(line))
    if not by_now:
        return ""
    where = "; ".join(f"{now} at {', '.join(shares)}" for now, shares in by_now.items())
    return f"Left out, for there knowing more is worth nothing: {where}."


def price_base(found: Information) -> str:
    """Return the price base of its money."""
    return found.shares[0].net.price_base if found.shares else ""
