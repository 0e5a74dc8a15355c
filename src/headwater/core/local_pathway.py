"""`LocalPathway`: what one authority's own records say of its children's moves.

Written by `fit-pathway`, read wherever a place is asked for. It holds counts and rates by age and
time in state, no child and no identifier; small counts are not suppressed in it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from headwater.core.model import Frozen
from headwater.core.pathway import PLACEMENTS

AGE_BANDS, TIME_BANDS, AGES = 6, 5, 18
"""Bands of age and of time in a state of the national pathway; single years of age."""

Count = Annotated[int, Field(ge=0)]
Years = Annotated[float, Field(ge=0)]
Ratio = Annotated[float, Field(gt=0, le=1e4)]


def _shaped(rows: Sequence[Sequence[object]], name: str, height: int, *widths: int) -> None:
    if len(rows) != height or {len(row) for row in rows} not in [{width} for width in widths]:
        each = " or ".join(str(width) for width in widths)
        msg = f"{name} needs {height} rows of {each} numbers"
        raise ValueError(msg)


class OwnLevel(Frozen):
    """How far some moves stand above or below England's, all ages and times together.

    Parameters
    ----------
    route
        The level that it takes the place of: "care_ends".
    events
        Moves that the records show.
    expected
        Moves to be expected of the same children at the level that neighbours lead one to expect.
    prior
        That level: times England's.
    weight
        Weight of the records in the level fitted, 0 to 1.
    times, spread
        Times England's, fitted; the standard deviation of its log in a year to come.
    """

    route: str = Field(min_length=1)
    events: Count
    expected: float = Field(ge=0)
    prior: Ratio
    weight: float = Field(ge=0, le=1)
    times: Ratio
    spread: float = Field(ge=0, le=5)


class OwnMove(Frozen):
    """One move by age (rows) and time in the state (columns).

    Parameters
    ----------
    moves
        Names of the moves that share these ratios: "looked_after -> left_care_home".
    events
        Moves that the records show; one column where they are not told apart by time.
    child_years
        Years that children spent where they could make it; empty where records do not show them.
    ratio
        The hazard against England's at the level fitted; 1 says that England's shape holds.
    pooled
        Events for which England's shape counts in each cell.
    """

    moves: tuple[str, ...] = Field(min_length=1)
    events: tuple[tuple[Count, ...], ...]
    child_years: tuple[tuple[Years, ...], ...] = ()
    ratio: tuple[tuple[Ratio, ...], ...]
    pooled: float = Field(gt=0)

    @model_validator(mode="after")
    def _cells(self) -> Self:
        _shaped(self.events, "events", AGE_BANDS, TIME_BANDS, 1)
        _shaped(self.ratio, "ratio", AGE_BANDS, TIME_BANDS)
        if self.child_years:
            _shaped(self.child_years, "child_years", AGE_BANDS, TIME_BANDS)
        return self


class OwnStock(Frozen):
    """Children in a state on the last day.

    Parameters
    ----------
    state
        The state of the pathway.
    children
        By year of age (rows, 0 to 17) and band of time in the state (columns).
    """

    state: Literal["child_in_need", "protection_plan", "looked_after"]
    children: tuple[tuple[Count, ...], ...]

    @model_validator(mode="after")
    def _cells(self) -> Self:
        _shaped(self.children, "children", AGES, TIME_BANDS)
        return self

    @property
    def total(self) -> int:
        """Children of every age."""
        return sum(map(sum, self.children))


class OwnPlacements(Frozen):
    """Looked-after children on the last day by placement.

    Parameters
    ----------
    under_16, from_16
        In foster care, children's homes, supported accommodation, with parents, and others.
    """

    under_16: tuple[Count, ...]
    from_16: tuple[Count, ...]

    @model_validator(mode="after")
    def _cells(self) -> Self:
        _shaped((self.under_16, self.from_16), "under_16 and from_16", 2, len(PLACEMENTS))
        return self


class LocalPathway(Frozen):
    """A place's own rates and children, from its records.

    Parameters
    ----------
    place
        The authority, as `headwater places` knows it.
    first_day, last_day
        The time that the returns cover without a gap.
    children
        Children in need, on a plan or looked after whose birth the returns know.
    returns
        The kinds of return, as `readers` names them: "ssda903".
    level, move, stock
        Levels, shapes by age and time, and the children of the last day; what is not in the file
        is as published.
    placements
        Where looked-after children lived on the last day.
    """

    place: str = Field(min_length=1)
    first_day: date
    last_day: date
    children: Count
    returns: tuple[str, ...] = Field(min_length=1)
    level: tuple[OwnLevel, ...] = ()
    move: tuple[OwnMove, ...] = ()
    stock: tuple[OwnStock, ...] = ()
    placements: OwnPlacements | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day > self.last_day:
            msg = f"first_day {self.first_day} comes after last_day {self.last_day}"
            raise ValueError(msg)
        for name, held in (
            ("level", [each.route for each in self.level]),
            ("stock", [str(each.state) for each in self.stock]),
            ("move", [move for each in self.move for move in each.moves]),
        ):
            twice = {one for one in held if held.count(one) > 1}
            if twice:
                msg = f"{name} has {min(twice)} twice"
                raise ValueError(msg)
        return self
