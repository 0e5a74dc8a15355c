"""What would have to be true for a published promise to hold, and how one would know."""

from dataclasses import replace

import numpy as np

from headwater.core.figure import GROSS, NET, Figure
from headwater.core.pathway import YEAR
from headwater.workflows.business_case.case import Promise
from headwater.workflows.business_case.figures import computed, given, unknown
from headwater.workflows.business_case.middle import Middle
from headwater.workflows.business_case.result import PromiseAnswer, PromiseLine, PromiseRow
from headwater.workflows.business_case.reverse import STRONGEST, _solve
from headwater.workflows.business_case.setting import CARE, Setting, reprice

STEPS = 7
"""Baseline risks at which the question is answered, evenly over the stated range."""
POWER = 1.959963984540054 + 0.8416212335729143
"""z of a two-sided 5% test plus z of 80% power; two proportions, Fleiss's simple formula."""


def answer(setting: Setting, middle: Middle, sources: tuple[str, ...]) -> PromiseAnswer | None:
    """Answer for the promise of a case, or None where the case states none."""
    promise = setting.case.promise
    if promise is None:
        return None
    payments = reprice(setting.case, promise.outcome_payments, setting.to, "promise")
    saving = reprice(setting.case, promise.saving, setting.to, "promise")
    rows = _rows(setting, middle, saving, saving + payments, sources)
    lines = _lines(setting, middle, promise, (payments, saving), sources)
    return PromiseAnswer(lines, rows, _know(setting, rows), promise.unpublished)


def day_price(middle: Middle) -> float:
    """Return what a looked-after day costs the council above a day in need at home, pounds."""
    care, need = (middle.setting.pathway.state(name) for name in (CARE, "child_in_need"))
    council = middle.daily[middle.council]
    return float(council[:, care].sum() - council[:, need].sum())


def _lines(
    setting: Setting,
    middle: Middle,
    promise: Promise,
    money: tuple[float, float],
    sources: tuple[str, ...],
) -> tuple[PromiseLine, ...]:
    payments, saving = money
    base, children = str(setting.to), setting.case.cohort.children
    day = day_price(middle)
    cited = tuple(dict.fromkeys((*promise.sources, *sources)))
    before, after = saving / day, (saving + payments) / day
    most_days = children * promise.paid_days_years * YEAR
    counted = 1.0 - promise.deadweight_share

    def days(value: float, note: str, count: str = NET) -> Figure:
        figure = computed(value, "days", cited, note)
        return figure.but(count=count)

    return (
        PromiseLine(
            "days claimed by 2023",
            Figure(
                promise.days_claimed,
                "days",
                "published",
                promise.sources,
                count=GROSS,
                note="days out of care of children served, with no comparison group published",
            ),
            "gross: it also counts days that would have been out of care anyway",
        ),
        PromiseLine(
            "price of a looked-after day here",
            computed(
                day,
                "GBP a day",
                cited,
                "average, above a day in need at home: an upper bound",
                base,
            ),
            "council's budget, at the simulated mix of placements",
        ),
        PromiseLine(
            "net days needed if 7 million is before payments",
            days(before, f"{before / children:,.0f} a child"),
            f"{before / promise.days_claimed:.0%} of the days claimed must be truly net",
        ),
        PromiseLine(
            "net days needed if it is after payments",
            days(after, f"{after / children:,.0f} a child"),
            f"{after / promise.days_claimed:.0%} of the days claimed must be truly net",
        ),
        PromiseLine(
            "deadweight at which the promise fails, before payments",
            computed(100 * (1 - before / promise.days_claimed), "per cent of days claimed", cited),
            f"the contract counts {promise.deadweight_share:.0%}",
        ),
        PromiseLine(
            "deadweight at which the promise fails, after payments",
            computed(100 * (1 - after / promise.days_claimed), "per cent of days claimed", cited),
            f"the contract counts {promise.deadweight_share:.0%}",
        ),
        PromiseLine(
            "least price a paid day can have had",
            computed(
                payments / (most_days * counted),
                "GBP a day",
                cited,
                "outcome payments ÷ every day of every child for the paid years, less deadweight",
                base,
            ),
            f"{children} children, {promise.paid_days_years} years; unpublished",
        ),
        PromiseLine(
            "price of a paid day if the days claimed are all there were",
            computed(
                payments / (promise.days_claimed * counted),
                "GBP a day",
                cited,
                "outcome payments ÷ days claimed, less deadweight",
                base,
            ),
            "unpublished",
        ),
    )


def _rows(
    setting: Setting, middle: Middle, before: float, after: float, sources: tuple[str, ...]
) -> tuple[PromiseRow, ...]:
    given_risk = setting.case.cohort.risk
    if given_risk is None or given_risk.between is None or middle.setting.risk is None:
        return ()
    rows = []
    for share in np.linspace(*given_risk.between, STEPS):
        risk = replace(middle.setting.risk, share=np.array([share]))
        at = replace(middle, setting=replace(middle.setting, risk=risk))
        rows.append(_row(setting, at, float(share), (before, after), sources))
    return tuple(rows)


def _row(
    setting: Setting,
    at: Middle,
    share: float,
    wanted: tuple[float, float],
    sources: tuple[str, ...],
) -> PromiseRow:
    children, months = setting.case.cohort.children, setting.case.horizon_years * 12
    usual = at.arms(hazard_ratio=1.0)
    most = children * at.care_days(usual, 0, years=setting.case.horizon_years)
    effects, entries = [], []
    for amount in wanted:
        ratio = _solve(at, amount, 0)
        if ratio is None:
            why = f"not even a hazard ratio of {STRONGEST} saves so much at this risk"
            effects.append(unknown("hazard ratio", why))
            entries.append(unknown("children", why))
            continue
        arms = at.arms(hazard_ratio=ratio)
        avoided = at.ever(arms, 0, months=months) - at.ever(arms, 1, months=months)
        effects.append(computed(ratio, "hazard ratio", sources, "held for the whole horizon"))
        entries.append(
            computed(
                children * avoided,
                "children",
                sources,
                "entries to care avoided within the horizon",
            ).but(count=NET)
        )
    return PromiseRow(
        risk=given(
            100 * share,
            "per cent ever looked after by 36 months without the programme",
            "one point of the stated range",
        ),
        net_days_most=computed(
            most, "days", sources, "all days in care without the programme: no more can be avoided"
        ),
        effect_if_before=effects[0],
        effect_if_after=effects[1],
        entries_if_before=entries[0],
        entries_if_after=entries[1],
    )


def _know(setting: Setting, rows: tuple[PromiseRow, ...]) -> tuple[str, ...]:
    known = [
        "Publish the baseline risk, the price of a day and the days in care of a comparison group.",
        "Compare with children referred at the same time and not served (a waiting list in random"
        " order where there are more referrals than places): days out of care of the served alone"
        " cannot tell.",
        "Follow every child referred, not only those who finish, in the authority's own statutory"
        " return, to the end of the saving's years.",
    ]
    middle = rows[len(rows) // 2] if rows else None
    if middle is None or middle.entries_if_before.value is None or middle.risk.value is None:
        return tuple(known)
    p0 = middle.risk.value / 100
    p1 = max(p0 - middle.entries_if_before.value / setting.case.cohort.children, 0.001)
    if p0 - p1 > 1e-6:
        each = POWER**2 * (p0 * (1 - p0) + p1 * (1 - p1)) / (p0 - p1) ** 2
        known.append(
            f"At a baseline of {p0:.0%} the promise before payments needs {p0 - p1:.0%} fewer"
            f" children in care: about {each:,.0f} children in each group show that with 80% power"
            f" (5% two-sided; siblings need more). This contract serves"
            f" {setting.case.cohort.children}."
        )
    return tuple(known)
