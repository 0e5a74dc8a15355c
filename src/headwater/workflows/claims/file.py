"""The file of claims that `settle` reads."""

import csv
import io

from headwater.workflows.claims.result import MadeClaims

COLUMNS = (
    "claim",
    "metric",
    "who",
    "first_day",
    "last_day",
    "units",
    "verdict",
    "verdict_on",
    "claimed_on",
    "evidence",
)


def claims_csv(made: MadeClaims, *, on: str) -> bytes:
    """Return the claims as CSV.

    Parameters
    ----------
    on
        The day on which they are made, and judged.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in made.claims:
        judged = on if line.verdict != "claimed" else ""
        units = f"{line.units.value:g}" if line.units.value is not None else ""
        own = (line.claim, line.metric, line.who, line.first_day, line.last_day, units)
        writer.writerow((*own, line.verdict, judged, on, line.evidence))
    return text.getvalue().encode("utf-8")
