"""What the pathway is fitted to: these agree because they were made to."""

from headwater.core.check import Check
from headwater.core.pathway import MONTH
from headwater.pathways.fit import looked_after_at, repeat_plan_share, rereferral_share
from headwater.pathways.moves import NEED, PLAN, PRE
from headwater.workflows.checks.ground import ENTER_CARE, Ground
from headwater.workflows.checks.returns import back_in_care

CLOSED = 1e-4
"""Largest relative gap that the fit leaves."""


def fitted_checks(ground: Ground) -> tuple[Check, ...]:
    """Return what the levels, hidden risk and hazards of coming back are fitted to."""
    flows, stocks, targets = ground.flows.sum(axis=1), ground.stocks.sum(axis=1), ground.targets
    cared_for = looked_after_at(ground.pathway, 12 * MONTH)

    def per_cent(name: str) -> float:
        return 100 * ground.value(name)

    rows: list[tuple[str, str, tuple[str, ...], float, float]] = [
        (
            "children in net need or pre-proceedings",
            "children",
            ("need_stock_by_age", "plan_stock_by_age", "care_stock_by_age"),
            targets["need_stock"].sum(),
            stocks[NEED] + stocks[PRE],
        ),
        (
            "need episodes that start in a year, without asylum",
            "episodes a year",
            ("need_starts", "uasc_starts"),
            targets["need_starts"].sum(),
            flows[0],
        ),
        (
            "children on plans",
            "children",
            ("plan_stock",),
            ground.value("plan_stock"),
            stocks[PLAN],
        ),
        (
            "plans that start in a year",
            "plans a year",
            ("plan_starts",),
            ground.value("plan_starts"),
            flows[2],
        ),
        (
            "care starts in a year, without asylum",
            "children a year",
            ("care_starts_by_age", "uasc_starts"),
            targets["care_starts"].sum(),
            flows[list(ENTER_CARE)].sum(),
        ),
        (
            "looked after 12 months after pre-proceedings begin",
            "per cent of children",
            ("control_looked_after_12_months",),
            per_cent("control_looked_after_12_months"),
            100 * cared_for,
        ),
        (
            "referrals that are re-referrals",
            "per cent of referrals",
            ("rereferral_share",),
            per_cent("rereferral_share"),
            100 * rereferral_share(ground.pathway, ground.facts),
        ),
        (
            "plans that are repeat plans",
            "per cent of plans",
            ("repeat_plan_share",),
            per_cent("repeat_plan_share"),
            100 * repeat_plan_share(ground.pathway),
        ),
        *(
            (
                f"back in care within {words} of going home",
                "per cent of children who went home",
                (fact,),
                per_cent(fact),
                100 * back_in_care(ground.national, months),
            )
            for words, months, fact in (
                ("one year", 12, "reentry_1_year"),
                ("five years", 60, "reentry_5_years"),
            )
        ),
    ]
    return tuple(
        ground.check(
            name,
            unit,
            rests_on=facts,
            published=published,
            modelled=modelled,
            within=CLOSED * published,
            fitted=True,
            basis="computed" if len(facts) > 1 else "published",
        )
        for name, unit, facts, published, modelled in rows
    )
