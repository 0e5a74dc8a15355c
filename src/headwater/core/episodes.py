"""`Episodes`: the table in the middle, produced by readers and by the simulator alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from headwater.core.arrays import IntArray
from headwater.core.coded import Coded


@dataclass(frozen=True, slots=True)
class Episodes:
    """Unbroken times in one state, one row each, ordered by arm, draw, person and start.

    Parameters
    ----------
    person, family
        Opaque integer keys; array (row,).
    state
        Index into `states`; array (row,).
    mark
        Index of the mark within the state (the placement of a looked-after child), -1 for none.
    start, stop
        Whole days; `stop` is the first day not in the state; array (row,).
    arm, draw
        0 where the rows are records and not simulated.
    traits
        What records say of each row, in the return's own codes: "legal_status", "placement",
        "began", "ended", …; none where simulated.
    """

    states: tuple[str, ...]
    person: IntArray
    family: IntArray
    state: IntArray
    mark: IntArray
    start: IntArray
    stop: IntArray
    arm: IntArray
    draw: IntArray
    traits: Mapping[str, Coded] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.person)


@dataclass(frozen=True, slots=True)
class Tally:
    """Episodes folded into whole-number totals by arm, draw and period.

    Parameters
    ----------
    period_edges
        Whole days since the start, array (period + 1,).
    days
        Child-days; array (arm, draw, bucket, period). Buckets are the states, then the marks of the
        split state; the split state's own bucket stays empty.
    census
        Children in each bucket on the first day of each period and at the end; array
        (arm, draw, bucket, period + 1).
    entries
        Moves made; array (arm, draw, transition, period).
    pairs
        Children by whether they ever enter the target state, array (draw, 2, 2): first axis in
        business as usual, second in the programme arm. Both arms share their luck.
    """

    buckets: tuple[str, ...]
    period_edges: IntArray
    children: int
    days: IntArray
    census: IntArray
    entries: IntArray
    pairs: IntArray
