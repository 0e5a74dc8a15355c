"""What every kind of instrument does: it gives money, is owed some, and takes what it is paid."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import PENCE, scaled
from headwater.core.instrument import Instrument, Loan
from headwater.core.unseen import stated


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a period.

    Parameters
    ----------
    part
        Of a year.
    receipts
        What payers paid in it, in pence; array (draw,).
    """

    day: date
    part: Fraction
    receipts: IntArray


@dataclass(slots=True)
class Held:
    """An instrument as it goes; pence by draw, arrays (draw,).

    Parameters
    ----------
    drawn, paid
        What it has given and got in all.
    capital, interest
        What it is owed.
    room
        What it may still get under the cap on its rate; it grows as time passes. None: no cap.
    """

    said: Instrument
    drawn: IntArray
    paid: IntArray
    capital: IntArray
    interest: IntArray
    room: IntArray | None = None
    most_times: Fraction | None = None

    @classmethod
    def of(cls, said: Instrument, draws: int) -> "Held":
        """Return an instrument of which nothing is drawn."""
        drawn, paid, capital, interest = np.zeros((4, draws), dtype=np.int64)
        return cls(said, drawn, paid, capital, interest)

    @property
    def undrawn(self) -> IntArray:
        """What it has still to give."""
        return np.asarray(int(stated(self.said.commitment) * PENCE) - self.drawn)

    def allowed(self, pence: IntArray) -> IntArray:
        """Return as much of an amount as its cap lets it take."""
        if self.room is not None:
            pence = np.minimum(pence, self.room)
        if self.most_times is not None:
            pence = np.minimum(pence, scaled(self.drawn, self.most_times, "down") - self.paid)
        return np.maximum(pence, 0)

    def take(self, pence: IntArray) -> None:
        """Count what it is paid."""
        self.paid = self.paid + pence
        if self.room is not None:
            self.room = np.maximum(self.room - pence, 0)


@dataclass(frozen=True, slots=True)
class Made:
    """What somebody makes good at the end: who, as which instrument, to whom, how much."""

    party: str
    out_of: str
    to: str
    pence: IntArray


class Kind:
    """The rules of a loan: what most kinds are, and the rest differ from."""

    name: ClassVar[str] = ""
    gives_cash: ClassVar[bool] = True
    """Whether it can be drawn for any cost."""
    owed_back: ClassVar[bool] = True
    """Whether its capital is owed."""

    def draw(self, held: Held, pence: IntArray) -> None:
        """Count what it gives."""
        held.drawn = held.drawn + pence
        if self.owed_back:
            held.capital = held.capital + pence
        if held.room is not None:
            held.room = held.room + pence

    def accrue(self, held: Held, close: Close) -> None:
        """Let a period's interest run."""
        said = held.said
        if not isinstance(said, Loan) or not said.yearly:
            return
        bears = held.capital + (held.interest if said.unpaid == "compounds" else 0)
        rise = scaled(bears, stated(said.yearly) * close.part, "half_up")
        held.interest = rise if said.unpaid == "lapses" else held.interest + rise

    def due(self, held: Held, close: Close, cash: IntArray) -> IntArray:
        """Return what an interest step pays if there is enough; `cash` is what there is."""
        del close, cash
        return held.interest

    def make_good(self, held: Held, others: dict[str, Held]) -> list[Made]:
        """Return what is made good at the end: by it, or to it."""
        del held, others
        return []


def lack(held: Held, share: Fraction) -> IntArray:
    """Return a part of the capital that never came back."""
    return scaled(held.capital, share, "half_up")
