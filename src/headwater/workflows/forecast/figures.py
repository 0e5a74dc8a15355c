"""Make a forecast's figures: the middle of its draws, with the sources it rests on."""

from dataclasses import dataclass

import numpy as np

from headwater.catalogue.places import england
from headwater.catalogue.prices import deflator
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.pathway import Stock
from headwater.core.place import Place
from headwater.workflows.forecast.base_day import MEASURE, Base
from headwater.workflows.forecast.spending import Purse

INTERVAL = "80% of draws"
LOW, MIDDLE, HIGH = 10.0, 50.0, 90.0
CHILDREN = ("need_stock", "plan_stock", "care_stock", "uasc_stock", "population")
MONEY = (
    "spend_looked_after",
    "care_stock",
    "unit_cost_looked_after",
    "unit_cost_foster",
    "unit_cost_residential",
    "placement_residential",
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """Makes figures of one place, from what was published of it up to a year.

    Parameters
    ----------
    records
        Sources of the layouts of its own records, where it is forecast from them.
    """

    place: Place
    year: int
    prices: PriceBase
    records: tuple[str, ...] = ()

    def children(self, values: FloatArray, *, period: str, unit: str = "children") -> Figure:
        """Return the median of the draws and the span that holds the middle 80%, whole children."""
        found = self._drawn(values, unit, self._keys(CHILDREN), period=period)
        whole = {name: np.round(getattr(found, name)) for name in ("value", "low", "high")}
        return found.but(**whole)

    def money(self, values: FloatArray, *, period: str, note: str = "") -> Figure:
        """Return pounds in the base year's prices, as `children` does."""
        keys = (*self._keys(MONEY), deflator().source)
        return self._drawn(
            values, "GBP", keys, period=period, price_base=str(self.prices), note=note
        )

    def published(self, value: float | None, measure: str, *, period: str) -> Figure:
        """Return a published number, or say that there is none."""
        note = "" if value is not None else "not published as a number"
        return Figure(value, "children", "published", self._keys((measure,)), period, note=note)

    def stock(self, base: Base, stock: Stock, *, period: str) -> Figure:
        """Return children on the base day, as published or as the place's own records show."""
        value = base.published(stock)
        if not base.shown:
            return self.published(value, MEASURE[stock], period=period)
        note = "" if value is not None else "neither in the records nor published"
        if value is not None and stock in base.shown:
            note = "from the place's own records"
        return Figure(value, "children", "computed", self._keys(CHILDREN), period, note=note)

    def spent(self, purse: Purse | None) -> Figure:
        """Return what was spent on looked-after children in the base year."""
        price_base, keys = str(self.prices), self._keys(("spend_looked_after",))
        if purse is None:
            names = {
                "spend_looked_after": "spending on looked-after children",
                "care_stock": "looked-after children",
            }
            gone = [words for m, words in names.items() if self.place.value(m, self.year) is None]
            why = (
                f"{' and '.join(gone) or 'a number above nought'}: not published for the base year"
            )
            return Figure(None, "GBP", "not known", price_base=price_base, note=why)
        return Figure(purse.spent, "GBP", "published", keys, price_base, price_base)

    def cared(self, purse: Purse | None) -> Figure:
        """Return the mean of looked-after children in the base year, that spending is split by."""
        if purse is None:
            return Figure(None, "children", "not known", note="not published for the base year")
        keys = self._keys(("care_stock",))
        note = "mean of 31 March before and after, as published"
        return Figure(purse.children, "children", "computed", keys, str(self.prices), note=note)

    def ratio(self, log: float | None, *, note: str = "") -> Figure:
        """Return a level against England's, from its log."""
        if log is None or not np.isfinite(log):
            why = note or "too few are published"
            return Figure(None, "times England's rate", "not known", note=why)
        keys = self._keys(CHILDREN)
        return Figure(float(np.exp(log)), "times England's rate", "computed", keys, note=note)

    def share(self, value: float, unit: str, note: str = "") -> Figure:
        """Return a share, in per cent."""
        return Figure(100.0 * value, unit, "computed", self._keys(CHILDREN), note=note)

    def shift(self, value: float, unit: str) -> Figure:
        """Return by how much something moves with another seed, whole children or pounds."""
        money = unit == "GBP"
        keys = self._keys(MONEY if money else CHILDREN)
        price_base = str(self.prices) if money else ""
        note = "one standard error, from drawing again from the draws"
        whole = value if money else float(np.ceil(value))
        return Figure(whole, unit, "computed", keys, price_base=price_base, note=note)

    def given(self, value: float, unit: str) -> Figure:
        """Return a number that the user gave."""
        return Figure(value, unit, "input")

    def _drawn(
        self,
        values: FloatArray,
        unit: str,
        keys: tuple[str, ...],
        *,
        period: str,
        price_base: str = "",
        note: str = "",
    ) -> Figure:
        low, middle, high = np.percentile(values, [LOW, MIDDLE, HIGH]).tolist()
        return Figure(
            middle,
            unit,
            "computed",
            keys,
            period=period,
            price_base=price_base,
            low=low,
            high=high,
            interval=INTERVAL,
            note=note,
        )

    def _keys(self, measures: tuple[str, ...]) -> tuple[str, ...]:
        """Return the sources of a place's series, England's where it has none."""
        held = [
            (self.place if name in self.place.series else england()).series[name].source
            for name in measures
        ]
        return tuple(dict.fromkeys((*held, *self.records)))
