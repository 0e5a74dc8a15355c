"""The money line by line: by agency, by year, by price."""

from headwater.core.agency import AGENCY_NAMES, Agency
from headwater.core.appraisal import Appraisal, Price
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.workflows.business_case.figures import computed, drawn, unknown
from headwater.workflows.business_case.money import NO_EFFECT, NOT_COSTED, RATES, Sources
from headwater.workflows.business_case.result import AgencyLine, PriceLine, YearLine
from headwater.workflows.business_case.setting import Setting

UNPRICED: tuple[Agency, ...] = ("nhs", "police", "schools_and_dfe", "dwp")
"""Agencies that a reader looks for and that no source prices by modelled state."""
NOT_VALUED = "not valued: no source ties its costs to the modelled states"


def agencies(appraisal: Appraisal, setting: Setting, sources: Sources) -> tuple[AgencyLine, ...]:
    """Return spending by agency, joint bearers joint; those that nothing prices say so."""
    rows = []
    for bearers, kind in dict.fromkeys((p.agencies, p.value_type) for p in appraisal.prices):
        chosen = [
            i
            for i, price in enumerate(appraisal.prices)
            if (price.agencies, price.value_type) == (bearers, kind)
        ]
        usual, helped, saved = (
            (part[chosen].sum(axis=0) * appraisal.factors).sum(axis=1)
            for part in (appraisal.usual, appraisal.helped, appraisal.benefits)
        )
        money = _Money(appraisal, setting, sources)
        rows.append(
            AgencyLine(_names(bearers), kind, money.certain(usual), money(helped), money(saved))
        )
    blank = unknown("GBP", NOT_VALUED, appraisal.price_base)
    rows += [AgencyLine(AGENCY_NAMES[who], "fiscal", blank, blank, blank) for who in UNPRICED]
    return tuple(rows)


def year_lines(appraisal: Appraisal, setting: Setting, sources: Sources) -> tuple[YearLine, ...]:
    """Return each year's delivery and savings, real, not discounted."""
    council = appraisal.benefits[appraisal.lines(council_only=True)].sum(axis=0)
    every = appraisal.benefits.sum(axis=0)
    money = _Money(appraisal, setting, sources)
    return tuple(
        YearLine(
            _label(setting, year),
            money.costed(appraisal.delivery[:, year]),
            money(council[:, year]),
            money(every[:, year]),
            money.costed(every[:, year] - appraisal.delivery[:, year], effect=True),
            computed(float(appraisal.factors[year]), "discount factor", (RATES,)),
        )
        for year in range(len(appraisal.factors))
    )


def _label(setting: Setting, year: int) -> str:
    starts = setting.case.cohort.starts
    if not starts:
        return f"year {year + 1}"
    first = PriceBase.read(starts[0].year, place="starts").year
    return f"year {year + 1} ({PriceBase(first + year)})"


def price_lines(appraisal: Appraisal, setting: Setting, sources: Sources) -> tuple[PriceLine, ...]:
    """Return every price with what a child's course costs under it in each arm."""
    rows = []
    for i, price in enumerate(appraisal.prices):
        money = _Money(appraisal, setting, price.sources or sources, unit="GBP a child")
        usual, helped = (
            (part[i] * appraisal.factors).sum(axis=1) / appraisal.children
            for part in (appraisal.usual, appraisal.helped)
        )
        rows.append(
            PriceLine(
                price.id,
                price.name,
                _names(price.agencies),
                _price(price),
                price.original,
                money.certain(usual),
                money(helped),
            )
        )
    return tuple(rows)


def _price(price: Price) -> Figure:
    weekly = bool(price.buckets)
    unit = "GBP a week" if weekly else "GBP a child who enters care from pre-proceedings"
    note = "; ".join(part for part in (price.note, "average: an upper bound") if part)
    value = price.value * (7 if weekly else 1)
    return Figure(value, unit, price.basis, price.sources, price_base=price.price_base, note=note)


def _names(bearers: tuple[Agency, ...]) -> str:
    return " and ".join(AGENCY_NAMES[agency] for agency in bearers)


class _Money:
    """Turns draws of pounds into figures; what rests on an unknown effect or cost is unknown."""

    def __init__(
        self, appraisal: Appraisal, setting: Setting, sources: Sources, unit: str = "GBP"
    ) -> None:
        self.base, self.sources, self.unit = appraisal.price_base, sources, unit
        self.effect = setting.change is not None
        self.cost = setting.delivery is not None

    def certain(self, draws: FloatArray) -> Figure:
        """Return a figure that rests on neither."""
        return drawn(draws, self.unit, self.sources, price_base=self.base)

    def __call__(self, draws: FloatArray) -> Figure:
        """Return a figure that rests on the effect."""
        if not self.effect:
            return unknown(self.unit, NO_EFFECT, self.base)
        return self.certain(draws)

    def costed(self, draws: FloatArray, *, effect: bool = False) -> Figure:
        """Return a figure that rests on the cost of delivery, and on the effect if so said."""
        if not self.cost:
            return unknown(self.unit, NOT_COSTED, self.base)
        return self(draws) if effect else self.certain(draws)
