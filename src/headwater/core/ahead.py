"""Where levels, prices and the mix of placements go after the last published day."""

from dataclasses import dataclass

from headwater.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Spread:
    """How the log of something parts from its course: standard deviations.

    Parameters
    ----------
    at_once
        From the first day, and for good.
    a_year
        Of each year's step, added to those before.
    one_year
        Of what a single year brings and the next does not keep.
    """

    at_once: float
    a_year: float
    one_year: float = 0.0


NOWHERE = Spread(0.0, 0.0)
"""It keeps to its course."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where the entry to a stock goes after the last published day, as past forecasts erred.

    Parameters
    ----------
    belief
        Weight of the fitted level of entry, from flows, against the one at which the published
        stock stands still: 0 to 1.
    place, nation
        How far a place's own level and England's part from that.
    """

    belief: float
    place: Spread
    nation: Spread


@dataclass(frozen=True, slots=True)
class SpendAhead:
    """Where the price of a looked-after child and the mix of placements go, as they have gone.

    Parameters
    ----------
    average_drift
        Yearly change of the log of what a looked-after child costs England on average, in real
        terms: what England's price × mix goes on at.
    price_drift
        The same of the price of each placement; array (placement,). Of those that nobody prices,
        what the average leaves for them beside the others and the drift of the mix.
    mix_drift
        Yearly change of the log of the share in children's homes, against the other placements'.
    price_place, price_nation
        How far all prices of a place, and of England, part from their drift.
    mix_place, mix_nation
        The same for the log of the share in children's homes.
    """

    average_drift: float
    price_drift: FloatArray
    mix_drift: float
    price_place: Spread
    price_nation: Spread
    mix_place: Spread
    mix_nation: Spread
