"""Where looked-after children live and what it costs: the model's mix × the catalogue's prices.

Mix and prices come from the same publisher's tables, so that these checks say whether they fit
together and with what was spent, not that either is right.
"""

import numpy as np

from headwater.appraisal.prices import SPENDING_YEAR, place_prices
from headwater.catalogue.places import england
from headwater.catalogue.prices import deflator
from headwater.core.arrays import FloatArray
from headwater.core.check import Check
from headwater.core.money import PriceBase
from headwater.core.pathway import PLACEMENTS, YEAR
from headwater.pathways.local import PLACEMENT_YEARS, SUPPORTED_FROM, by_age, placement_mix
from headwater.pathways.moves import CARE
from headwater.workflows.checks.ground import TENTH, WHOLE, Ground

HOME = PLACEMENTS.index("residential")
HOMES = "children's homes"
GROUPS = {
    HOMES: (HOME,),
    "foster care": (PLACEMENTS.index("foster"),),
    "other placements": tuple(PLACEMENTS.index(p) for p in ("supported", "parents", "other")),
}
SPENT = "per cent of spending on looked-after children"


def spending_checks(ground: Ground) -> tuple[Check, ...]:
    """Return shares of children and of spending by placement.

    Nothing, for a vintage that must not know the year of the prices.
    """
    if "placement_stock_2025" not in ground.facts:
        return ()
    return (*_children(ground), *_spending(ground))


def modelled_mix(ground: Ground) -> FloatArray:
    """Return the model's shares of looked-after children by placement, in the steady state."""
    nation, stock = england(), ground.facts["care_stock_by_age"]
    older = float(stock[-1] / stock.sum())
    mix = placement_mix(nation, nation, older=older)
    edges = np.array([0.0, SUPPORTED_FROM, 18.0]) * YEAR
    days = ground.life.days_by(edges)[CARE]
    return np.asarray(days / days.sum() @ by_age(mix.pooled[None], older=older)[0])


def modelled_prices() -> FloatArray:
    """Return pounds a day by placement, England's, without social work."""
    base = PriceBase(SPENDING_YEAR - 1)
    priced = place_prices(
        england(), england(), (), deflator=deflator(), to=base, beyond=None, children_per_family=1.0
    )
    marks = [f"looked_after: {i}" for i in range(len(PLACEMENTS))]
    placed = [price for price in priced if price.id != "social_work"]
    return np.array([sum(p.value for p in placed if mark in p.buckets) for mark in marks])


def mix_without_asylum(ground: Ground) -> FloatArray:
    """Return the published shares by placement without asylum-seeking children.

    None of these in homes, the others spread as all children are (assumed: it is not published);
    the price of other placements rests on the same.
    """
    stock = ground.facts["placement_stock_2025"].copy()
    others = np.arange(len(stock)) != HOME
    stock[others] *= 1.0 - _spent("uasc_stock") / stock[others].sum()
    return np.asarray(stock / stock.sum())


def _children(ground: Ground) -> list[Check]:
    mix, stock = modelled_mix(ground), ground.facts["placement_stock_2025"]
    near = mix_without_asylum(ground)
    added = 100 * np.nansum(placement_mix(england(), england(), older=1.0).own)
    years = f"{PLACEMENT_YEARS[0]} to {PLACEMENT_YEARS[-1]}"
    reason = (
        f"Made from it: England's published mix of {years}, in which asylum-seeking children are."
        f" Its whole per cents add to {added:.0f} (children placed for adoption have none) and are"
        " raised to 100. The model has fewer children of 16 and 17, since it leaves"
        " those out; they alone live in supported accommodation there (assumed), so that more live"
        " elsewhere."
    )
    return [
        ground.check(
            f"children in {name}",
            "per cent of looked-after children",
            rests_on=("placement_stock_2025",),
            published=100 * stock[list(members)].sum() / stock.sum(),
            modelled=100 * mix[list(members)].sum(),
            within=TENTH,
            fitted=True,
            basis="computed",
            reason=reason,
            like_for_like=(
                float(100 * near[list(members)].sum()),
                (
                    "without asylum-seeking children, none of them in homes and the others spread"
                    " as all children are (assumed)"
                ),
            ),
        )
        for name, members in GROUPS.items()
    ]


def _spent(line: str) -> float:
    """Return a figure of England in the year of the prices."""
    return england().value(line, SPENDING_YEAR) or float("nan")


def _shares(mix: FloatArray) -> dict[str, float]:
    """Return the share of spending on each group at a mix, per cent."""
    costs = mix * modelled_prices()
    return {name: float(100 * costs[list(of)].sum() / costs.sum()) for name, of in GROUPS.items()}


def _why(ground: Ground, homes: float, foster: float, placed: float) -> dict[str, str]:
    """Say of each group why the model's share of spending parts from the published one."""
    near = mix_without_asylum(ground)
    again, mine = _shares(near), modelled_mix(ground)
    definition = (
        "Definition: the model's whole is placements alone, without asylum and leaving care."
    )
    bill = modelled_prices()[HOME] * YEAR * ground.facts["placement_stock_2025"][HOME]
    keeper = GROUPS["foster care"][0]
    return {
        HOMES: (
            f"{definition} Like for like homes took {100 * homes / placed:.0f}%. The model's mix is"
            " that of all children: without asylum-seeking ones (none in homes: assumed)"
            f" {100 * near[HOME]:.1f}% of children were in homes on 31 March {SPENDING_YEAR},"
            f" against {100 * mine[HOME]:.1f}% in the model, and the same prices give"
            f" {again[HOMES]:.0f}%. The rest is the price: a home's unit cost ×"
            f" children in homes on that day is £{bill / 1e9:.2f}bn, and £{homes / 1e9:.2f}bn was"
            " spent."
        ),
        "foster care": (
            f"{definition} Like for like fostering took {100 * foster / placed:.0f}%. The model has"
            f" {100 * mine[keeper]:.1f}% of children there; without asylum-seeking ones (spread as"
            f" all children not in homes: assumed) {100 * near[keeper]:.1f}% were, and the same"
            f" prices give {again['foster care']:.0f}%."
        ),
        "other placements": (
            "Made from it: the price of other placements is what the other lines leave of spending"
            " without asylum and leaving care, so that like for like they must come close."
        ),
    }


def _spending(ground: Ground) -> list[Check]:
    modelled = _shares(modelled_mix(ground))
    nation, whole = england(), _spent("ro3_looked_after")
    placed = whole - _spent("ro3_asylum_looked_after") - _spent("spend_leaving_care")
    homes, foster = _spent("ro3_residential"), _spent("ro3_fostering")
    lines = {
        HOMES: (homes, homes),
        "foster care": (foster, foster),
        "other placements": (whole - homes - foster, placed - homes - foster),
    }
    sources = (nation.series["ro3_looked_after"].source, nation.series["spend_leaving_care"].source)
    how = "of spending without asylum and leaving care, which the model does not hold"
    reasons = _why(ground, homes, foster, placed)
    earlier = ground.check(
        "spending on children's homes, 2023-24",
        SPENT,
        rests_on=("residential_share_of_spend_2024",),
        published=100 * ground.value("residential_share_of_spend_2024"),
        modelled=modelled[HOMES],
        within=WHOLE,
        reason=(
            "A year earlier, and of all spending on looked-after children, asylum and leaving care"
            f" included. A year later that share was {100 * homes / whole:.0f}%, as below. The"
            " model's is of placements alone, at 2024-25 prices."
        ),
    )
    return [
        earlier,
        *(
            Check(
                name=f"spending on {name}, 2024-25",
                unit=SPENT,
                period="2024-25",
                published=100 * of_all / whole,
                modelled=modelled[name],
                within=TENTH,
                fitted=name == "other placements",
                sources=sources,
                reason=reasons[name],
                basis="computed",
                like_for_like=100 * of_placed / placed,
                like_for_like_is=how,
            )
            for name, (of_all, of_placed) in lines.items()
        ),
    ]
