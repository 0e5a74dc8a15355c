"""The money line by line: by agency, by year, by price."""

from headwater.core.agency import AGENCY_NAMES, Agency
from headwater.core.appraisal import Price
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.workflows.business_case.figures import computed, drawn
from headwater.workflows.business_case.result import AgencyLine, PriceLine, YearLine
from headwater.workflows.business_case.run import NO_COST, RATES, Run
from headwater.workflows.business_case.setting import Setting

UNPRICED: tuple[Agency, ...] = ("nhs", "police", "schools_and_dfe", "dwp")
"""Agencies that a reader looks for and that no source prices by modelled state."""
NOT_VALUED = "not valued: no source ties its costs to the modelled states"


def agencies(run: Run) -> tuple[AgencyLine, ...]:
    """Return spending by agency, joint bearers joint; those that nothing prices say so."""
    rows, appraisal = [], run.appraisal
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
        arms = (run.pounds(usual), _if_known(run, helped), _if_known(run, saved))
        rows.append(AgencyLine(_names(bearers), kind, *arms))
    blank = run.blank("GBP", NOT_VALUED)
    rows += [AgencyLine(AGENCY_NAMES[who], "fiscal", blank, blank, blank) for who in UNPRICED]
    return tuple(rows)


def _if_known(run: Run, draws: FloatArray) -> Figure:
    """Return pounds that rest on the effect."""
    return run.pounds(draws) if run.effect_known else run.blank("GBP")


def year_lines(run: Run) -> tuple[YearLine, ...]:
    """Return each year's delivery and savings, real, not discounted."""
    appraisal, costed = run.appraisal, run.cost is not None
    council = appraisal.council.benefits.sum(axis=0)
    every = appraisal.benefits.sum(axis=0)
    net, blank = every - appraisal.delivery, run.blank("GBP", NO_COST)
    return tuple(
        YearLine(
            _label(run.setting, year),
            run.pounds(appraisal.delivery[:, year]) if costed else blank,
            _if_known(run, council[:, year]),
            _if_known(run, every[:, year]),
            _if_known(run, net[:, year]) if costed else blank,
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


def price_lines(run: Run) -> tuple[PriceLine, ...]:
    """Return every price with what a child's course costs under it in each arm."""
    rows, appraisal, unit = [], run.appraisal, "GBP a child"
    for i, price in enumerate(appraisal.prices):
        usual, helped = (
            drawn(
                (part[i] * appraisal.factors).sum(axis=1) / appraisal.children,
                unit,
                price.sources or run.money_sources,
                price_base=appraisal.price_base,
            )
            for part in (appraisal.usual, appraisal.helped)
        )
        rows.append(
            PriceLine(
                price.id,
                price.name,
                _names(price.agencies),
                _price(price),
                price.original,
                usual,
                helped if run.effect_known else run.blank(unit),
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
