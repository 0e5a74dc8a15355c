"""How far the intervals of forecasts were learnt and tested, in words."""

from headwater.core.figure import Figure
from headwater.core.record import Record
from headwater.reporting.numerals import numeral
from headwater.workflows.forecast import calibrate_spending
from headwater.workflows.forecast.record import NAMES, SPENDING, YEARS

PROMISED = Figure(
    80.0, "per cent of places", "assumed", note="from the lowest tenth of draws to the highest"
)
"""What an interval promises to hold."""
NEAR = Figure(
    5.0, "points", "assumed", note="about what chance alone makes of so many places, and a little"
)
"""How far from it may still be said to hold."""


def cautions(record: Record, *, years: int = 0, spending: bool = True) -> tuple[str, ...]:
    """Return what must be said of intervals.

    Parameters
    ----------
    years
        How far is forecast; 0: no place is.
    spending
        Whether spending is forecast.
    """
    said = [narrow(record, spending=spending)]
    if years > YEARS:
        said.append(
            f"The record tests intervals over {YEARS} years at most: nothing has tested those"
            f" beyond, up to {years} years."
        )
    if spending:
        said.append(
            "Intervals of prices and of the mix of placements are learnt from what became of them"
            f" in at most {calibrate_spending.YEARS} years."
        )
    said.append(
        "England's own errors are learnt from few base years, whose years overlap: how far all"
        " places may go astray together is the least known."
    )
    return tuple(line for line in said if line)


def narrow(record: Record, *, spending: bool = True) -> str:
    """Return in words which past intervals held too few, and what that says of today's."""
    least = (PROMISED.value or 0.0) - (NEAR.value or 0.0)
    found: dict[str, list[str]] = {}
    for score in record.scores:
        if 100.0 * score.coverage < least and (spending or score.measure != SPENDING):
            after = f"{score.years} year{'s' if score.years > 1 else ''}"
            held = numeral(100.0 * score.coverage, PROMISED.unit)
            found.setdefault(NAMES[score.measure], []).append(f"{after} ({held})")
    if not found:
        return ""
    where = "; ".join(f"{name} after {' and '.join(years)}" for name, years in found.items())
    return (
        f"The intervals of March {record.base} were too narrow for {where}. Today's are learnt from"
        f" the years to {record.base + YEARS} too: no later year has tested whether they are wide"
        " enough."
    )
