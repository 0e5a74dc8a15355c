"""A table of a return as it is written: words in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from headwater.core.arrays import IntArray
from headwater.synthesis.draws import Words


@dataclass(slots=True)
class Table:
    """One file of a return.

    Parameters
    ----------
    year
        The year in which the return ends.
    columns
        Words by name, in the publisher's order; every array is (row,).
    child
        Which child each row is of, in the lives.
    """

    name: str
    year: int
    columns: dict[str, Words]
    child: IntArray
    extra: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.child)


def table(name: str, year: int, child: IntArray, columns: Mapping[str, Words]) -> Table:
    """Return a table, rows by child as they stand."""
    held = {key: np.asarray(words, dtype=np.str_) for key, words in columns.items()}
    return Table(name, year, held, np.asarray(child, dtype=np.int64))
