"""What is kept from period to period: sums to date, and conditions as they were judged."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from headwater.contracts.column import Column, Grain
from headwater.contracts.layers import Stack
from headwater.core.arrays import BoolArray, IntArray

STAYS = "stays"
"""Under this a term remembers what was paid, would be less now, and stays paid."""


class Judged(Protocol):
    """A condition on a measure."""

    @property
    def measure(self) -> str:
        """The measure's name."""
        ...

    @property
    def wanted(self) -> str:
        """What is wanted, in words."""
        ...

    @property
    def stated(self) -> bool:
        """Whether its numbers are all published."""
        ...

    def met(self, values: IntArray, places: int) -> BoolArray:
        """Return whether values are as wanted."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, what was measured, and whether it was met; arrays (draw, cell)."""

    term: str
    period: int
    version: int
    grain: Grain
    codes: IntArray
    test: Judged
    measured: Column
    met: BoolArray


@dataclass(slots=True)
class Memory:
    """What terms remember from period to period: sums to date, by term and name.

    Parameters
    ----------
    stacks
        By term, place and grain, the layers of what is due to date, where terms have changed.
    """

    sums: dict[tuple[str, str], IntArray] = field(default_factory=dict)
    stacks: dict[tuple[str, str, Grain], Stack] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)

    def get(self, term: str, name: str, shape: tuple[int, ...]) -> IntArray:
        """Return what is remembered, at first nothing; array as `shape`, changed in place."""
        return self.sums.setdefault((term, name), np.zeros(shape, dtype=np.int64))

    def stays(self) -> dict[str, IntArray]:
        """Return by term what was paid before, would be less now, and stays; arrays (draw,)."""
        found: dict[str, IntArray] = {}
        for (term, name), pence in self.sums.items():
            if name.startswith(STAYS) and pence.any():
                found[term] = found.get(term, np.int64(0)) + pence.sum(axis=1)
        return found
