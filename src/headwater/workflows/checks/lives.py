"""Children looked after, by age, and children ever in need, on a plan, in care. None is fitted to.

A steady state says what to expect of both, exactly: a stock is births × time in the state, and the
share ever in a state is first entries ÷ births.
"""

import numpy as np

from headwater.core.check import Check
from headwater.core.pathway import STATES, YEAR
from headwater.pathways.expected import course
from headwater.pathways.fit import newborn
from headwater.pathways.moves import CARE
from headwater.workflows.checks.ground import ENTER_CARE, LEAVE_CARE, WHOLE, Ground

ROUNDING = 10.0
"""England's counts are rounded to 10, and two of them are taken from one another."""
BANDS = ("under 1", "1 to 4", "5 to 9", "10 to 15")


def stock_checks(ground: Ground) -> tuple[Check, ...]:
    """Return children looked after, in all and by age."""
    by_age, facts = ground.stocks[CARE], ground.facts
    seekers = ground.value("uasc_stock")
    before = ground.value("care_stock_by_age_before") - ground.value("uasc_stock_before")
    now = ground.value("care_stock") - seekers
    said = _why_by_age(ground)
    every = ground.check(
        "children looked after, without asylum",
        "children",
        rests_on=("care_stock", "uasc_stock"),
        published=now,
        basis="computed",
        modelled=by_age.sum(),
        within=ROUNDING,
        reason=(
            "The model is a steady state in which as many enter care as leave it; England's"
            f" children in care without asylum went from {before:,.0f} to {now:,.0f} in the year."
        ),
    )
    older = ground.check(
        "children looked after, aged 16 and 17",
        "children",
        rests_on=("care_stock_by_age", "uasc_stock"),
        published=facts["care_stock_by_age"][-1],
        modelled=by_age[-1],
        within=ROUNDING,
        reason=f"Definition first: the published figure holds asylum-seeking children. {said[-1]}",
        like_for_like=(
            float(facts["care_stock_by_age"][-1]) - seekers,
            (
                "without asylum-seeking children, all taken to be 16 or over (assumed: their ages"
                " are not published)"
            ),
        ),
    )
    return (
        every,
        *(
            ground.check(
                f"children looked after, aged {words}",
                "children",
                rests_on=("care_stock_by_age", "care_starts_by_age", "care_ends_by_age"),
                published=facts["care_stock_by_age"][band],
                modelled=by_age[band],
                within=ROUNDING,
                reason=said[band],
            )
            for band, words in enumerate(BANDS)
        ),
        older,
    )


def _why_by_age(ground: Ground) -> list[str]:
    """Say of each band of age how many come to be in care at it, and how much of it they stay."""
    facts, starts = ground.facts, ground.targets["care_starts"]
    change = facts["care_stock_by_age"] - facts["care_stock_by_age_before"]
    turning = np.cumsum((starts - facts["care_ends_by_age"] - change)[:4])
    in_life = starts + np.concatenate([[0.0], turning])
    stay = facts["care_stock_by_age"][:4] / in_life[:4]
    entering, leaving = (
        ground.flows[list(moves)].sum(axis=0) for moves in (ENTER_CARE, LEAVE_CARE)
    )
    turned = np.cumsum((entering - leaving)[:4])
    modelled = entering + np.concatenate([[0.0], turned])
    stayed = ground.stocks[CARE][:4] / modelled[:4]
    words = [_come_and_stay(*four) for four in zip(in_life, stay, modelled, stayed, strict=False)]
    within = "When within these years children start and leave is not published."
    under_5 = float(change[:2].sum())
    moved = f"{abs(under_5):,.0f} {'fewer' if under_5 < 0 else 'more'}"
    return [
        f"{words[0]} When in their first year children start and leave is not published.",
        f"{words[1]} {within}",
        (
            f"{words[2]} England is no steady state: {moved} children under 5 were in care than a"
            f" year before, and about {turning[1]:,.0f} turned 5 in care, against {turned[1]:,.0f}"
            " in the model."
        ),
        f"{words[3]} {within}",
        (
            f"By published starts, ends and stocks about {turning[3]:,.0f} turn 16 in care in the"
            f" year; in the model {turned[3]:,.0f} do."
        ),
    ]


def _come_and_stay(come: float, stay: float, modelled: float, stayed: float) -> str:
    return (
        "By published starts, ends and stocks about"
        f" {come:,.0f} children a year come to be in care at this age, by starting or by birthday,"
        f" and stay {stay:.2f} years of it; in the model {modelled:,.0f} do, and stay {stayed:.2f}."
    )


def ever_checks(ground: Ground) -> tuple[Check, ...]:
    """Return the shares of children ever in need, on a plan and looked after by 18."""
    need, plan, care = (
        100 * ever(ground, state) for state in ("child_in_need", "protection_plan", "looked_after")
    )
    published = {name: 100 * ground.value(name) for name in ground.facts if name.startswith("ever")}
    starts, flows = ground.targets["care_starts"].sum(), ground.flows.sum(axis=1)
    back = flows[ENTER_CARE[-1]]
    seekers = 100 * ground.value("uasc_starts") / ground.births
    of = "per cent of children"
    return (
        ground.check(
            "ever in need by 18",
            of,
            rests_on=("ever_need",),
            published=published["ever_need"],
            modelled=need,
            within=published["ever_need_other"] - published["ever_need"],
            reason=(
                f"The publisher's own second estimate is {published['ever_need_other']:.1f}%. It"
                " follows three cohorts through the years from 2012 to 2019; the model takes the"
                " flows of one year as if they had always been so. How many different children"
                f" stand behind {ground.targets['need_starts'].sum():,.0f} starts a year rests on"
                f" one published figure, {100 * ground.value('rereferral_share'):.1f}% re-referred"
                " within 12 months: a fit to one point more has"
                " about one point fewer ever in need. Repeats after longer gaps are not published."
            ),
        ),
        ground.check(
            "ever on a plan by 18",
            of,
            rests_on=("ever_plan",),
            published=published["ever_plan"],
            modelled=plan,
            within=published["ever_plan_other"] - published["ever_plan"],
            reason=(
                f"The publisher's own second estimate is {published['ever_plan_other']:.1f}%. A"
                " weak test of the model: in any steady state the share ever on a plan is first"
                f" plans ÷ births, here {ground.value('plan_starts'):,.0f} plans of which"
                f" {100 * ground.value('repeat_plan_share'):.1f}% are repeats, both fitted,"
                f" ÷ {ground.births:,.0f}. It holds those against a study of the years from 2012 to"
                " 2019."
            ),
        ),
        ground.check(
            "ever looked after by 18",
            of,
            rests_on=("ever_looked_after",),
            published=published["ever_looked_after"],
            modelled=care,
            within=WHOLE,
            reason=(
                "Definition: the published share, of children born in 2000, is a whole per cent and"
                " holds asylum-seeking children, whom the model leaves out. Those who start in the"
                f" year to which the model is fitted are {seekers:.1f}% of a year's births; how"
                " many of those born in 2000 is not in the sources read. In a steady state the"
                " model's share is first entries ÷ births: of"
                f" {starts:,.0f} starts, {back:,.0f} are children who come back from home. Others"
                " who come back (after an adoption, an order, or leaving otherwise) are counted as"
                " first entries, which makes the model's share too high, not too low."
            ),
        ),
    )


def ever(ground: Ground, state: str) -> float:
    """Return the share of newborns ever in a state by 18."""
    start = newborn(ground.pathway)
    entered = course(ground.pathway, start, horizon=18 * YEAR, absorbing=[state])
    return float(entered.occupancy[:, -1, STATES.index(state)].sum())
