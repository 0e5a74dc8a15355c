"""A number as a user may see it: never without unit, basis and source.

Every number that leaves Headwater, on screen, in JSON, report or workbook, is a `Figure`.
"""

from dataclasses import dataclass, replace
from typing import Literal

Basis = Literal["published", "computed", "assumed", "input"]
"""Where a figure stands: read in a source, worked out from sourced figures, assumed for want of a
source, or given by the user."""

Count = Literal["gross", "net", ""]
"""Gross counts what happened; net takes away what would have happened anyway."""

GROSS: Count = "gross"
NET: Count = "net"


@dataclass(frozen=True, slots=True)
class Figure:
    """One labelled number.

    Parameters
    ----------
    value
        The number, or None for "not known" (the note says why).
    unit
        In words: "children", "GBP", "per cent", "hazard ratio". Money begins with "GBP" and needs a
        `price_base`.
    basis
        See `Basis`. Published and computed figures name their `sources`; an assumed one says in
        `note` what is assumed.
    low, high, interval
        The uncertainty and what it is, e.g. "80% of draws".
    """

    value: float | None
    unit: str
    basis: Basis
    sources: tuple[str, ...] = ()
    period: str = ""
    price_base: str = ""
    count: Count = ""
    low: float | None = None
    high: float | None = None
    interval: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a bare number: our mistake, so an assertion and not a user's error."""
        for name in ("value", "low", "high"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, float(getattr(self, name)))
        assert self.unit, "a figure needs a unit"  # noqa: S101
        assert self.sources or self.basis in {"assumed", "input"}, f"no source: {self}"  # noqa: S101
        assert self.note or self.basis != "assumed", f"assumed, but not what: {self}"  # noqa: S101
        assert self.price_base or not self.unit.startswith("GBP"), f"no price base: {self}"  # noqa: S101
        assert self.note or self.value is not None, f"not known, but not why: {self}"  # noqa: S101

    def but(self, **changes: object) -> "Figure":
        """Return the same figure with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
