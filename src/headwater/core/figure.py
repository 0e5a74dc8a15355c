"""A number as a user may see it: never without unit, basis and source.

Every number that leaves Headwater, on screen, in JSON, report or workbook, is a `Figure`.
"""

from dataclasses import dataclass, replace
from typing import Literal

Basis = Literal["published", "computed", "assumed", "input", "not known"]
"""Where a figure stands: read in a source, worked out from sourced figures, assumed for want of a
source, given by the user, or nowhere: nobody knows it."""
UNSOURCED = {"assumed", "input", "not known"}
"""Bases that need no source."""

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
        """Refuse a bare number: our mistake, not a user's error."""
        for name in ("value", "low", "high"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, float(getattr(self, name)))
        money = self.unit.startswith("GBP")
        for fault, found in (
            ("a figure needs a unit", not self.unit),
            ("no source", not self.sources and self.basis not in UNSOURCED),
            ("assumed, but not what", self.basis == "assumed" and not self.note),
            ("a number that is not known", self.basis == "not known" and self.value is not None),
            ("not known, but not why", self.value is None and not self.note),
            ("no price base", money and not self.price_base and self.basis != "not known"),
        ):
            if found:
                msg = f"{fault}: {self}"
                raise ValueError(msg)

    def but(self, **changes: object) -> "Figure":
        """Return the same figure with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
