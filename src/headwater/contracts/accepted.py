"""Claims, and what becomes of each."""

from dataclasses import dataclass

from headwater.contracts.outcomes import Outcomes
from headwater.core.arrays import IntArray
from headwater.core.claims import VERDICTS, Claims
from headwater.core.finding import Finding

STATES = (
    "counts",
    *(f"not counted: {verdict}" for verdict in VERDICTS if verdict != "verified"),
    "not counted: late",
    "not counted: after the last period",
    "not counted: no evidence",
    "not counted: replaced by a correction",
    "not counted: a copy",
    "not counted: the same outcome again",
    "stopped",
)
"""What becomes of a claim."""
COUNTS, STOPPED = 0, len(STATES) - 1


@dataclass(frozen=True, slots=True)
class Accepted:
    """Claims with what becomes of each.

    Parameters
    ----------
    state
        Place in `STATES` of each claim; array (claim,).
    outcomes
        Those that count; its `source` is the place of the claim.
    """

    claims: Claims
    state: IntArray
    findings: tuple[Finding, ...]
    outcomes: Outcomes
