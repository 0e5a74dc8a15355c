"""`UnitCost`: what one of something costs, whom, at which year's prices."""

from typing import Literal

from pydantic import Field, model_validator

from headwater.core.agency import Agency
from headwater.core.model import Frozen
from headwater.core.money import PriceBase

ValueType = Literal["fiscal", "economic", "social", "programme cost"]


class UnitCost(Frozen):
    """One published unit cost, at its original prices; nothing is uprated here.

    An average is an upper bound on what one fewer would save.

    Parameters
    ----------
    code
        The publisher's own code, "SS4.1.2", or empty.
    agencies
        Who bears it; several are joint, in no stated proportion.
    bearer
        The bearer in the source's words.
    value, low, high
        Pounds for one `unit`; None where only a band is published.
    price_base
        As "2013-14" or "2024"; empty where no year, or only a rough one, is stated.
    price_year
        The price year in the source's words.
    parts
        Ids of the entries by agency that add up to this one: use it or them, never both.
    cashable_share
        What share of it releases a budget. No source read gives one, so it is None throughout.
    """

    id: str
    aliases: tuple[str, ...] = ()
    code: str = ""
    item: str
    domain: str
    agencies: tuple[Agency, ...] = Field(min_length=1)
    bearer: str
    value_type: ValueType
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    currency: Literal["GBP"] = "GBP"
    price_base: str = ""
    price_year: str
    usable: bool
    not_usable_because: str = ""
    parts: tuple[str, ...] = ()
    geography: str
    source: str
    year: str = ""
    note: str = ""
    cashable_share: float | None = None

    @model_validator(mode="after")
    def _usable_only_with_value_and_price_base(self) -> "UnitCost":
        if self.usable == bool(self.not_usable_because):
            msg = "an entry is usable, or says why not"
            raise ValueError(msg)
        if self.usable and (self.value is None or not self.price_base):
            msg = "a usable entry needs a value and a price base"
            raise ValueError(msg)
        return self

    @property
    def joint(self) -> bool:
        """Whether several agencies bear it together."""
        return len(self.agencies) > 1 or self.agencies == ("several",)

    def base(self) -> PriceBase:
        """Return its price base.

        Raises
        ------
        InputError
            If none is stated.
        """
        return PriceBase.read(self.price_base, place=f"unit cost {self.id}")
