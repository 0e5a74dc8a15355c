"""What a term gives: whole numbers by draw and cell, and at which grain the cells stand."""

from dataclasses import dataclass
from typing import Literal

from headwater.core.arrays import BoolArray, IntArray

Grain = Literal["claim", "who", "cohort", "group", "all"]
"""What a cell is: a claim, a person (family, place), a cohort, a group, or the whole agreement."""
FINER: dict[str, frozenset[str]] = {
    "claim": frozenset(),
    "who": frozenset({"claim"}),
    "cohort": frozenset({"claim", "who"}),
    "group": frozenset({"claim", "who"}),
    "all": frozenset({"claim", "who", "cohort", "group"}),
}
"""The grains whose cells each grain's cells are made of."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a metric or a term gives, known before anything is settled.

    Parameters
    ----------
    money
        Whether it is an amount of money, else a measured quantity.
    unit
        Of a quantity: "day", "share of 1".
    places
        Decimal places of a quantity; money is in whole pence.
    to_date
        Whether a quantity counts from the agreement's start, not the period's.
    adds
        Whether cells may be added: counts may, shares and ratios may not.
    """

    grain: Grain
    money: bool = False
    unit: str = ""
    places: int = 0
    to_date: bool = False
    adds: bool = True


@dataclass(frozen=True, slots=True)
class Basis:
    """What a line was worked out from: a name, and its values; array (draw, cell) or (cell,).

    Parameters
    ----------
    to_date
        Whether it counts from the agreement's start, so that the line is only the growth.
    since, stood
        Where a variation changed the terms: the days for which they hold, and where the quantity
        stood when they began, if it is not taken off already.
    """

    name: str
    values: IntArray
    places: int = 0
    money: bool = False
    to_date: bool = False
    since: str = ""
    stood: IntArray | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What a term gives in one period.

    Parameters
    ----------
    values
        Whole pence, or whole numbers of the quantity's last decimal place; array (draw, cell).
    basis
        What each cell was worked out from.
    known
        Where there is anything to know: a ratio of nothing to nothing is not. None: everywhere.
        Array (draw, cell).
    words
        What a line says after its amount, where there is nothing to work out.
    """

    values: IntArray
    shape: Shape
    basis: tuple[Basis, ...] = ()
    known: BoolArray | None = None
    words: str = ""

    @property
    def as_basis(self) -> Basis:
        """Its values, as what another line is worked out from."""
        shape = self.shape
        return Basis(shape.unit, self.values, shape.places, to_date=shape.to_date)


def meeting(grains: tuple[Grain, ...]) -> Grain:
    """Return the finest grain at which cells of all these grains can be added."""
    for grain in ("claim", "who", "cohort", "group", "all"):
        if all(g == grain or g in FINER[grain] for g in grains):
            return grain
    raise AssertionError(grains)  # every grain adds up to "all"
