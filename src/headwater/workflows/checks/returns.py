"""Back in care at 3 months and 6 years, and who leaves care at 18: none is fitted to."""

import numpy as np

from headwater.core.check import Check
from headwater.core.pathway import MONTH, YEAR, National, Start
from headwater.pathways.expected import course
from headwater.pathways.moves import CARE
from headwater.workflows.checks.ground import LEAVE_CARE, TENTH, WHOLE, Ground

HOME = "left_care_home"


def back_in_care(national: National, months: float, *, all_ages: bool = False) -> float:
    """Return the share of children who went home and were back in care within some months.

    Parameters
    ----------
    all_ages
        Count those who turn 18 meanwhile, who never come back; else only children who do not.
    """
    home = national.pathway.state(HOME)
    under = 18.0 if all_ages else 18.0 - months * MONTH / YEAR
    ages = np.where(np.arange(18) + 1.0 <= under, national.entrant_ages[home], 0.0)
    start = Start(home, 1, ages, national.entrant_risk[home])
    life = course(national.pathway, start, horizon=months * MONTH, absorbing=["looked_after"])
    return float(life.occupancy[:, -1, CARE].sum())


def return_checks(ground: Ground) -> tuple[Check, ...]:
    """Return those back in care at 3 months and 6 years, and those who leave at 18."""
    early, late = (100 * back_in_care(ground.national, months) for months in (3, 72))
    everybody = 100 * back_in_care(ground.national, 72, all_ages=True)
    share = {name: 100 * ground.value(name) for name in ground.facts if name.startswith("reentry")}
    of = "per cent of children who went home"
    return (
        ground.check(
            "back in care within 3 months of going home",
            of,
            rests_on=("reentry_3_months",),
            published=share["reentry_3_months"],
            modelled=early,
            within=WHOLE,
            reason=(
                f"The model spreads the {share['reentry_1_year']:.0f}% who are back within a year"
                " evenly over it (assumed). In life"
                f" {share['reentry_3_months']:.0f} of those {share['reentry_1_year']:.0f} are back"
                " within the first 3 months. By the end of the year the two agree, since that is"
                " fitted; until then the model brings children back too late."
            ),
        ),
        ground.check(
            "back in care within 6 years of going home",
            of,
            rests_on=("reentry_6_years", "reentry_5_years"),
            published=share["reentry_6_years"],
            modelled=late,
            within=WHOLE,
            reason=(
                f"Two studies. The model's years two to five follow an earlier one, of children who"
                f" went home in 2006-07: {share['reentry_5_years']:.0f}% within five years. The"
                f" published {share['reentry_6_years']:.0f}% is of children with an episode of care"
                " in 2014 to 2020. Both columns leave out children who turn 18 meanwhile (taken to"
                " be so in the study, whose Cox models count time at risk); with them the model has"
                f" {everybody:.0f}%."
            ),
        ),
        *_exits_at_18(ground),
    )


def _exits_at_18(ground: Ground) -> tuple[Check, ...]:
    """Return the share of children who cease to be looked after who do so at 18."""
    earlier = float(ground.flows[list(LEAVE_CARE)].sum())
    at_18 = ground.births * float(ground.life.occupancy[:, -1, CARE].sum())
    modelled = 100 * at_18 / (earlier + at_18)
    near, low, high = (100 * part for part in _without_asylum(ground))
    every = 100 * ground.value("care_ends_at_18") / ground.value("care_ends")
    seekers = 100 * ground.value("uasc_ends") / ground.value("care_ends")
    how = (
        "without asylum-seeking children, if those left before 18 as often as others of 16 and 17"
        f" (assumed); {low:.0f}% if every one of them left at 18, {high:.0f}% if as many as can"
        " have left at 16 and 17, none younger"
    )
    reason = (
        f"Definition: {seekers:.0f}% of children who cease to be looked after came as unaccompanied"
        " asylum-seeking children, and the model leaves them out. At what age those cease is not"
        f" published; like for like the share is about {near:.0f}%, between {low:.0f} and"
        f" {high:.0f}. The model also counts each period of care that ends, the"
        " publisher each child's last of the year. Endings before 18 by age are part of the"
        " hazards; the number who reach 18 in care is not."
    )
    rows = [("leave care at 18, of all who leave", "care_ends_at_18", "care_ends", every)]
    if "care_ends_2025" in ground.facts:
        later = 100 * ground.value("care_ends_at_18_2025") / ground.value("care_ends_2025")
        rows.append(
            (
                "leave care at 18, of all who leave: a year later",
                "care_ends_at_18_2025",
                "care_ends_2025",
                later,
            )
        )
    later_reason = (
        "The same definition, and a later year than the one whose endings before 18 the model has."
    )
    return tuple(
        ground.check(
            name,
            "per cent of children who cease to be looked after",
            rests_on=(counted, whole),
            published=published,
            modelled=modelled,
            within=TENTH,
            basis="computed",
            reason=reason if i == 0 else later_reason,
            like_for_like=(near, how) if i == 0 else None,
        )
        for i, (name, counted, whole, published) in enumerate(rows)
    )


def _without_asylum(ground: Ground) -> tuple[float, float, float]:
    """Return the published share who leave at 18 without asylum: as assumed, least and most."""
    at_18, seekers = ground.value("care_ends_at_18"), ground.value("uasc_ends")
    others = ground.value("care_ends") - seekers
    ends, stock = ground.facts["care_ends_by_age"][-1], ground.facts["care_stock_by_age"][-1]
    before = ends / stock * ground.value("uasc_stock")
    return tuple(  # type: ignore[return-value]
        float((at_18 - (seekers - early)) / others) for early in (before, 0.0, min(ends, seekers))
    )
