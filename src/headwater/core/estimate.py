"""`Estimate`: one uncertain quantity. Input of everything uncertain, output of evaluation."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from headwater.core.arrays import FloatArray
from headwater.core.model import Frozen

Z80 = 1.2815515655446004
Z95 = 1.959963984540054


class Fixed(Frozen):
    """A quantity taken as certain, because its source gives no uncertainty."""

    kind: Literal["fixed"] = "fixed"
    value: float

    def quantile(self, normal: FloatArray, *, between: float) -> FloatArray:
        """Return the value and what sites differ by, for every standard normal number given."""
        return np.asarray(self.value + between * normal)

    @property
    def centre(self) -> float:
        """The value."""
        return self.value


class Normal(Frozen):
    """Symmetric uncertainty: a mean and a standard error, in the quantity's own unit."""

    kind: Literal["normal"] = "normal"
    mean: float
    se: float = Field(ge=0)

    def quantile(self, normal: FloatArray, *, between: float) -> FloatArray:
        """Return mean + spread × z, the spread from the standard error and between sites."""
        return np.asarray(self.mean + np.hypot(self.se, between) * normal)

    @property
    def centre(self) -> float:
        """The mean."""
        return self.mean


class LogNormal(Frozen):
    """A ratio, or another quantity above zero: its median and the standard error of its log."""

    kind: Literal["lognormal"] = "lognormal"
    median: float = Field(gt=0)
    log_se: float = Field(ge=0)

    def quantile(self, normal: FloatArray, *, between: float) -> FloatArray:
        """Return median × exp(spread × z), the spread of the log also from between sites."""
        return np.asarray(self.median * np.exp(np.hypot(self.log_se, between) * normal))

    @property
    def centre(self) -> float:
        """The median."""
        return self.median


Distribution = Annotated[Fixed | Normal | LogNormal, Field(discriminator="kind")]


class Transport(Frozen):
    """How far an estimate is carried from where it was found."""

    country: str = ""
    era: str = ""
    level_of_need: str = ""
    home: bool = True
    """Whether it was found in England."""


class Estimate(Frozen):
    """A quantity with its unit, uncertainty and source.

    Parameters
    ----------
    between_sites
        Standard deviation between sites, on the scale of the distribution (of the log for a
        lognormal); None where no source gives one, which is not the same as nought.
    uncertainty
        Where the spread comes from: "published interval", "arm sizes, family as unit (assumed)",
        "not published".
    """

    unit: str
    distribution: Distribution
    source: str
    price_base: str = ""
    uncertainty: str
    between_sites: float | None = Field(default=None, ge=0)
    transport: Transport = Transport()

    @model_validator(mode="after")
    def _money_needs_a_price_base(self) -> "Estimate":
        if self.unit.startswith("GBP") and not self.price_base:
            msg = "an amount of money needs a price base"
            raise ValueError(msg)
        return self

    @property
    def centre(self) -> float:
        """The middle of the distribution, in `unit`."""
        return self.distribution.centre

    def draws(self, normal: FloatArray) -> FloatArray:
        """Turn standard normal numbers, array (draw,), into draws of the quantity.

        The caller gives the numbers, so that draw 17 means the same world everywhere. A draw is of
        one more site: sampling and variation between sites together.
        """
        return self.distribution.quantile(normal, between=self.between_sites or 0.0)
