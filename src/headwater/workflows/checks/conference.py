"""Days in care in the family group conference trial, which nothing is fitted to.

The control arm's share looked after at 12 months sets the hazard from pre-proceedings to care, and
the effect is solved for so that the other arm's share agrees. How soon children enter, how long
they stay, and so how many days they spend in care, is the model's own.
"""

from dataclasses import replace

import numpy as np

from headwater.catalogue.programmes import programme
from headwater.core.arrays import FloatArray
from headwater.core.check import Check
from headwater.core.estimate import Z95
from headwater.core.pathway import MONTH
from headwater.core.programme import Bearing
from headwater.pathways.arms import Change, Risk, solve_arms
from headwater.pathways.expected import course
from headwater.pathways.local import entrants
from headwater.pathways.moves import CARE
from headwater.workflows.checks.ground import Ground

TRIAL = "family_group_conference"
WINDOWS = (6, 12)
"""Months over which days are counted: the trial's own window is not published."""
LONGEST = 21
"""Months up to which the trial had outcomes."""
DAY = 0.5
"""Half of a published whole day."""


def conference_checks(ground: Ground) -> tuple[Check, ...]:
    """Return days in care over 6 and 12 months, in both arms and their difference.

    Nothing, for a vintage that must not know the trial's days.
    """
    if "trial_days_in_care" not in ground.facts:
        return ()
    bearing = programme(TRIAL).usable[0].bearing
    if bearing is None:
        return ()
    helped, usual = ground.facts["trial_days_in_care"]
    days = days_in_care(ground, bearing)
    fewer = usual - helped
    found = days[0, 0] - days[1, 0]
    weak, strong = days[0, 1] - days[1, 1], days[0, 2] - days[1, 2]
    months = float(np.interp(fewer, found, np.arange(LONGEST + 1)))
    fitted = (
        "Fitted to the trial: both arms' shares looked after on the day 12 months after the letter."
        " Not fitted: days."
    )
    window = (
        "The window over which the trial counted days is not published (outcomes were had for up to"
        f" {LONGEST} months), so that agreement at one month proves little; the model comes to"
        f" {fewer:.0f} fewer days after {months:.1f} months."
    )
    unknown = "The window over which the trial counted days is not published."
    short = "Six months is half of the trial's follow-up, and shown because"

    def reason(month: int) -> str:
        spread = (
            "The effect's 95% interval (worked out: none is published) is worth"
            f" {weak[month]:.0f} to {strong[month]:.0f}"
        )
        first = f"{short} {window[0].lower()}{window[1:]}" if month == WINDOWS[0] else window
        return f"{first} {spread} days. {fitted}"

    rows = [
        *(
            (
                f"fewer days in care after a conference referral, over {m} months",
                fewer,
                found[m],
                reason(m),
            )
            for m in WINDOWS
        ),
        *(
            (
                f"days in care over 12 months, {arm}",
                published,
                days[i, 0, 12],
                f"{unknown} {fitted}",
            )
            for i, (arm, published) in enumerate(
                (("usual practice", usual), ("referred to a conference", helped))
            )
        ),
    ]
    return tuple(
        ground.check(
            name,
            "days per child",
            rests_on=("trial_days_in_care",),
            published=published,
            modelled=modelled,
            within=DAY,
            reason=why,
        )
        for name, published, modelled, why in rows
    )


def days_in_care(ground: Ground, bearing: Bearing) -> FloatArray:
    """Return days in care per child by each whole month, array (arm, effect, month).

    The effects are the trial's estimate and the weak and strong ends of its 95% interval. All
    children are those of England who enter pre-proceedings, at the trial's control risk.
    """
    z = np.array([0.0, Z95, -Z95])
    pathway = ground.pathway
    many = replace(pathway, multipliers=np.ones((len(z), len(pathway.transitions))))
    ages, ever = programme(TRIAL).population.ages, bearing.measure == "ever_by"
    start = entrants(
        ground.national, "pre_proceedings", children=1, age_from=ages[0], age_to=ages[1] + 1
    )
    moves, months = pathway.moves(*bearing.transitions), bearing.follow_up_months
    control = bearing.control_risk
    centre = control.centre if control else float("nan")
    solved = solve_arms(
        many,
        start,
        risk=Risk(np.full(len(z), centre), bearing.state, months, ever),
        risk_moves=moves,
        change=Change(bearing.effect.draws(z), bearing.scale, bearing.state, moves, months, ever),
        horizon=LONGEST * MONTH,
    )
    edges = np.asarray(np.arange(LONGEST + 1) * MONTH, dtype=np.float64)
    by_month = [
        course(
            pathway,
            start,
            horizon=LONGEST * MONTH,
            scale=scale,
            window_edges=solved.arms.edges,
        ).days_by(edges)[CARE]
        for arm in solved.arms.scale
        for scale in arm
    ]
    periods = np.stack(by_month).reshape(2, len(z), LONGEST)
    return np.concatenate([np.zeros((2, len(z), 1)), np.cumsum(periods, axis=2)], axis=2)
