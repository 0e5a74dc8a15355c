"""`EpisodeColumns`: episodes of care by the million, a batch at a time."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

UNKNOWN = -(2**30)
"""The start of a row that cannot be used."""


@dataclass(frozen=True, slots=True)
class EpisodeColumns:
    """A batch of episodes of care as columns, a row each as the file has them; arrays (row,).

    Parameters
    ----------
    first, second
        Two numbers of 64 bits made from the child's key: children are told apart by both.
    start, stop
        Days since 1 January 1970; a start that is `UNKNOWN` leaves the row out, a stop that is
        `records.OPEN` has not come.
    year
        End year of the return that the row stood in.
    counts
        Whether the row is care; others stand in the plain sum alone.
    """

    first: NDArray[Any]
    second: NDArray[Any]
    start: NDArray[Any]
    stop: NDArray[Any]
    year: NDArray[Any]
    counts: NDArray[Any]
