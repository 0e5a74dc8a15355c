"""What an appraisal takes as given: declining discount rates and values of health and wellbeing."""

from dataclasses import dataclass
from typing import Literal

from headwater.core.errors import InputError, Problem
from headwater.core.money import PriceBase

Schedule = Literal["standard", "health", "sensitivity"]


@dataclass(frozen=True, slots=True)
class RateBand:
    """One rate, per year and real, from one whole year of an appraisal to another, both included.

    Year 0 is the year of the decision, which is not discounted.
    """

    first: int
    last: int
    rate: float


@dataclass(frozen=True, slots=True)
class DiscountRates:
    """A schedule of social time preference rates that decline over long horizons.

    Parameters
    ----------
    name
        "standard", "health" (for benefits in life and health) or "sensitivity".
    bands
        In order, without gaps, starting at year 0.
    """

    name: Schedule
    bands: tuple[RateBand, ...]
    source: str

    def rate(self, year: int) -> float:
        """Return the rate that takes an amount from `year` back to the year before it.

        Raises
        ------
        InputError
            If the year is before 0 or after the last of the schedule.
        """
        for band in self.bands:
            if band.first <= year <= band.last:
                return band.rate
        last = self.bands[-1].last
        raise InputError(
            Problem(
                "discounting",
                f"year {year} is outside the {self.name} schedule (0 to {last}).",
                "Choose a horizon within it.",
            )
        )

    def factor(self, year: int) -> float:
        """Return what an amount `year` whole years ahead is multiplied by to stand at year 0.

        Each year is discounted at its own band's rate: year 31 is the factor of year 30 over one
        plus the rate of the second band.
        """
        self.rate(year)
        product = 1.0
        for step in range(1, year + 1):
            product /= 1.0 + self.rate(step)
        return product


@dataclass(frozen=True, slots=True)
class AppraisalValue:
    """The published money value of a year of health (QALY) or of wellbeing (WELLBY).

    Parameters
    ----------
    scenario
        Which of the published values: "nice_lower", "dhsc", "central".
    value
        Pounds for one, in the prices of `price_base`.
    """

    item: str
    scenario: str
    value: float
    price_base: PriceBase
    source: str
