"""What if: changes to rates, to the mix of placements and to prices, by date."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from headwater.catalogue.files import DATA
from headwater.core.arrays import FloatArray
from headwater.core.errors import did_you_mean
from headwater.core.model import Frozen
from headwater.core.pathway import PLACEMENTS
from headwater.pathways.moves import TRANSITIONS
from headwater.pathways.stand_still import ENTRIES
from headwater.workflows.written import check_model, read_toml

FLOWS: dict[str, tuple[str, ...]] = {
    "need_starts": ENTRIES["need"],
    "plan_starts": ENTRIES["plan"],
    "care_starts": tuple(move.name for move in TRANSITIONS if move.target == "looked_after"),
    "care_ends": tuple(move.name for move in TRANSITIONS if move.origin == "looked_after"),
}
"""The moves that a forecast counts by year, and that a scenario changes by the same names."""
RATES: dict[str, tuple[str, ...]] = {
    **FLOWS,
    "need_ends": ("child_in_need -> universal",),
    "plan_ends": ("protection_plan -> child_in_need",),
    "back_in_care": ("left_care_home -> looked_after",),
    **{move.name: (move.name,) for move in TRANSITIONS},
}
"""Rates that a scenario may change: the moves of each, by the name it is given."""
PLACEMENT_WORDS = {
    "foster": "foster care",
    "residential": "children's homes",
    "supported": "supported accommodation",
    "parents": "with parents",
    "other": "other",
}
"""What screen and report call placements."""
RATE_WORDS = {
    "need_starts": "become in need",
    "plan_starts": "start on a plan",
    "care_starts": "enter care",
    "care_ends": "leave care under 18",
    "need_ends": "stop being in need",
    "plan_ends": "leave a plan, still in need",
    "back_in_care": "return to care from home",
}
"""What rates with a name of their own count, in the words of the screen."""
ELSE = {"pre_proceedings -> looked_after": "pre_proceedings -> child_in_need"}
"""Where children go who by `care_starts` do not enter care: proceedings before court come to an end
one way or the other, and a lower rate of one end alone would only put it off."""
MOST_CHANGES = 100
EVERY = "all"
"""Every placement's price at once."""

MOST_TIMES, MOST_ADDED = 100.0, 1_000_000.0
"""The most that something may be multiplied by, or that may be added: more is a slip of the pen."""


def _plain(given: object) -> object:
    """Refuse what reads as a number but is none."""
    if isinstance(given, bool | str):
        msg = "needs a number, without quotes"
        raise ValueError(msg)  # noqa: TRY004 - pydantic shows it beside the value
    return given


def _day(given: object) -> object:
    """Refuse what is not written as a date."""
    if isinstance(given, datetime) or not isinstance(given, date):
        msg = "needs a date, year first and without quotes, as 2026-04-01"
        raise ValueError(msg)  # noqa: TRY004
    return given


Times = Annotated[float, BeforeValidator(_plain), Field(ge=0.0, le=MOST_TIMES)]
Added = Annotated[float, BeforeValidator(_plain), Field(ge=-MOST_ADDED, le=MOST_ADDED)]
Day = Annotated[date, BeforeValidator(_day)]


class Change(Frozen):
    """One change, from one day up to another.

    Parameters
    ----------
    rate
        The rate that changes, one of those listed below. Give this, `placement` or `price`.
    placement
        The placement whose share of looked-after children changes, one of those listed below.
    price
        The placement whose price for a child and week changes; "all": every placement's.
    multiply
        What it is multiplied by. Give this or `add`.
    add
        What is added: to a rate, moves a year for each child who may make them; to a share, points
        of 1; to a price, pounds a child and week.
    start
        First day on which it holds.
    end
        First day on which it no longer holds; left out: it holds for good.
    because
        Why this is expected, and where the number is from.
    """

    rate: str | None = None
    placement: str | None = None
    price: str | None = None
    multiply: Times | None = None
    add: Added | None = None
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    because: str = Field(min_length=1)

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        faults = []
        if sum(name is not None for name in (self.rate, self.placement, self.price)) != 1:
            faults.append("name one of 'rate', 'placement' and 'price'")
        if (self.multiply is None) == (self.add is None):
            faults.append("give either 'multiply' or 'add'")
        if self.end is not None and self.end <= self.start:
            faults.append(f"'to' ({self.end}) must be later than 'from' ({self.start})")
        faults += [
            f"no {kind} '{name}'.{did_you_mean(name, known)} Known: {', '.join(known)}"
            for kind, name, known in (
                ("rate", self.rate, tuple(RATES)),
                ("placement", self.placement, PLACEMENTS),
                ("price", self.price, (*PLACEMENTS, EVERY)),
            )
            if name is not None and name not in known
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def what(self) -> str:
        """What changes, in words."""
        kind, name = next(
            (kind, name)
            for kind, name in (
                ("rate of", self.rate),
                ("share of children in placement", self.placement),
                ("price of", self.price),
            )
            if name is not None
        )
        return f"{kind} {name.replace('_', ' ').replace('->', '→')}"

    def changed(self, now: FloatArray) -> FloatArray:
        """Return what something becomes."""
        return np.asarray(now * (1.0 if self.multiply is None else self.multiply) + self.plus)

    @property
    def plus(self) -> float:
        """What is added, 0 where it is multiplied."""
        return 0.0 if self.add is None else self.add

    @property
    def by(self) -> str:
        """By what, in words."""
        return f"× {self.multiply:g}" if self.multiply is not None else f"{self.add:+g}"


class Scenario(Frozen):
    """A scenario file: its title and its changes, made in the order they stand in."""

    title: str = Field(min_length=1)
    change: tuple[Change, ...]

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not 1 <= len(self.change) <= MOST_CHANGES:
            msg = f"needs 1 to {MOST_CHANGES} changes, not {len(self.change)}"
            raise ValueError(msg)
        return self


def shipped_scenarios() -> dict[str, Path]:
    """Return the scenarios that come with Headwater, by name."""
    return {path.stem: path for path in sorted(Path(str(DATA / "scenarios")).glob("*.toml"))}


def read_scenario(name: str) -> Scenario:
    """Read a shipped scenario by name, or a scenario file by path.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    entry, place, text = read_toml(name, kind="scenario", shipped=shipped_scenarios())
    return check_model(Scenario, entry, place, text)
