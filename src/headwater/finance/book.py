"""The book of a waterfall: every movement of money from one account to another, to the penny."""

from dataclasses import dataclass, field

import numpy as np

from headwater.core.arrays import IntArray

ACCOUNT, KEPT, RESERVE = "the account", "kept for costs", "the reserve"
"""The accounts that are nobody's own: cash in hand, cash kept for costs to come, the reserve."""
POTS = (ACCOUNT, KEPT, RESERVE)


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that goes from one account to another.

    Parameters
    ----------
    moment
        See `Timeline`.
    starts
        Whether it is on the first day of the period that begins at its moment, and not on the last
        of the one that ends.
    source, target
        Parties, or accounts in `POTS`.
    what
        The step, cost or event that moves it.
    out_of, into
        The instruments as which the two give and take; "" for none.
    pence
        By draw, never below 0; array (draw,).
    """

    moment: int
    starts: bool
    source: str
    target: str
    what: str
    out_of: str
    into: str
    pence: IntArray


@dataclass(slots=True)
class Book:
    """Movements, and what each pot holds after them."""

    draws: int
    moment: int = 0
    starts: bool = True
    movements: list[Movement] = field(default_factory=list)
    pots: dict[str, IntArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pots = {pot: np.zeros(self.draws, dtype=np.int64) for pot in POTS}

    @property
    def cash(self) -> IntArray:
        """What is in the account; array (draw,)."""
        return self.pots[ACCOUNT]

    def move(
        self,
        between: tuple[str, str],
        what: str,
        pence: IntArray,
        *,
        out_of: str = "",
        into: str = "",
    ) -> None:
        """Move money from one account to another; nothing moves where there is none."""
        if not pence.any():
            return
        source, target = between
        if source in self.pots:
            self.pots[source] = self.pots[source] - pence
        if target in self.pots:
            self.pots[target] = self.pots[target] + pence
        self.movements.append(
            Movement(self.moment, self.starts, source, target, what, out_of, into, pence)
        )


def prove(movements: tuple[Movement, ...], draws: int) -> None:
    """Hold that no movement is below 0, no pot ever overdrawn, and none left with anything.

    It is worked out from the movements alone, and not from what the engine believes to be there.

    Raises
    ------
    AssertionError
        If cash out is not cash in: our mistake.
    """
    held = {pot: np.zeros(draws, dtype=np.int64) for pot in POTS}
    for move in movements:
        if (move.pence < 0).any():
            raise AssertionError(move)
        if move.source in held:
            held[move.source] = held[move.source] - move.pence
        if move.target in held:
            held[move.target] = held[move.target] + move.pence
        if any((pot < 0).any() for pot in held.values()):
            raise AssertionError(move)
    if any(pot.any() for pot in held.values()):
        raise AssertionError(held)
