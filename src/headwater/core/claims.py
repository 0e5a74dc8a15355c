"""`Claims`: outcomes that somebody says happened to a person, a family, a place or a cohort."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.coded import Coded

VERDICTS = ("claimed", "verified", "rejected", "disputed", "withdrawn")
"""What has been said of a claim; only a verified one is paid. Whether it is settled, or taken back,
the ledger says."""
VERIFIED = VERDICTS.index("verified")
UNIT_PLACES = 6
"""Units and shares are held in millionths."""
NO_DAY = -(2**62)
"""A day that is not given."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims, one a row; every array is (row,).

    Parameters
    ----------
    claim, evidence
        The claim's own name, and what proves it; "" where nothing is given.
    metric, who, cohort, group, corrects
        Words; "" where none is given. `who` is an opaque key, never a name. `corrects` names the
        claim that this one replaces.
    first_day, last_day, claimed_on, verdict_on
        Days since 1 January 1970, last days included; `NO_DAY` where none is given.
    units, share
        Millionths of a unit; of the outcome, the part claimed under this agreement.
    verdict
        Place in `VERDICTS`.
    row
        Row of the file, its heading being row 1.
    """

    claim: np.ndarray[Any, Any]
    metric: Coded
    who: Coded
    cohort: Coded
    group: Coded
    first_day: IntArray
    last_day: IntArray
    units: IntArray
    share: IntArray
    claimed_on: IntArray
    verdict: IntArray
    verdict_on: IntArray
    evidence: np.ndarray[Any, Any]
    corrects: Coded
    row: IntArray

    def __len__(self) -> int:
        """Return how many claims there are."""
        return len(self.claim)

    def only(self, rows: Any) -> Self:
        """Return some of the claims, by mask or place."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})
