"""`Appraisal`: benefits and costs by payer, year and draw; and the prices they rest on."""

from dataclasses import dataclass, replace

import numpy as np

from headwater.core.agency import COUNCIL, Agency
from headwater.core.arrays import FloatArray
from headwater.core.figure import Basis
from headwater.core.unit_cost import ValueType


@dataclass(frozen=True, slots=True)
class Price:
    """What one day in some states, or one move, costs some agency: an average.

    Parameters
    ----------
    buckets, moves
        The buckets of a tally whose days it prices, or the transitions whose every move it prices.
    agencies
        Who bears it, jointly if several; never split between them here.
    value
        Pounds a day, or a move, in `price_base` prices; an average is an upper bound on what one
        fewer saves.
    log_spread
        Standard deviation of its log in a draw; 0 where no source gives any.
    original
        The published amount it was made from, in words.
    """

    id: str
    name: str
    buckets: tuple[str, ...]
    moves: tuple[str, ...]
    agencies: tuple[Agency, ...]
    value_type: ValueType
    value: float
    log_spread: float
    price_base: str
    basis: Basis
    sources: tuple[str, ...]
    original: str
    note: str = ""

    @property
    def council(self) -> bool:
        """Whether the council alone bears it."""
        return set(self.agencies) <= COUNCIL


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Benefits and costs of a programme against business as usual.

    Parameters
    ----------
    prices
        The price behind each line of `benefits`.
    usual, helped
        Pounds spent in business as usual and in the programme arm, array (line, draw, year), real.
    delivery
        Pounds spent on the programme, array (draw, year), real.
    factors
        Discount factor of each year, array (year,).
    """

    prices: tuple[Price, ...]
    usual: FloatArray
    helped: FloatArray
    delivery: FloatArray
    factors: FloatArray
    price_base: str
    children: int

    @property
    def benefits(self) -> FloatArray:
        """Pounds saved (below nought: extra spending), array (line, draw, year), not discounted."""
        return self.usual - self.helped

    @property
    def council(self) -> "Appraisal":
        """The part of it that the council alone bears; delivery is the council's."""
        own = np.array([price.council for price in self.prices])
        prices = tuple(price for price in self.prices if price.council)
        return replace(self, prices=prices, usual=self.usual[own], helped=self.helped[own])

    @property
    def saved(self) -> FloatArray:
        """Present value of what is saved before the cost of delivery, pounds, array (draw,)."""
        return np.asarray((self.benefits.sum(axis=0) * self.factors).sum(axis=1))

    @property
    def cost(self) -> FloatArray:
        """Present value of delivery, pounds, array (draw,)."""
        return np.asarray((self.delivery * self.factors).sum(axis=1))

    @property
    def net(self) -> FloatArray:
        """Present value of savings less delivery, pounds, array (draw,)."""
        return self.saved - self.cost
