"""The appraisal as lines: by agency, by year, by price, in sum; and how much is cashable."""

import numpy as np

from headwater.appraisal.appraise import payback_year
from headwater.appraisal.cashability import Step, break_even_share, cashable, first_cash
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.figure import Figure
from headwater.workflows.business_case.amounts import reprice
from headwater.workflows.business_case.figures import chance, computed, drawn, given, unknown
from headwater.workflows.business_case.middle import start_shares
from headwater.workflows.business_case.result import (
    Cashability,
    Valued,
    Worth,
)
from headwater.workflows.business_case.setting import Setting

Sources = tuple[str, ...]
RATES = "hmt2026greenbook"
NO_EFFECT = "no usable effect is published for this programme: see the reverse questions"
NOT_COSTED = "the cost of delivery is not known"


def worth(setting: Setting, appraisal: Appraisal, sources: Sources) -> tuple[Worth, ...]:
    """Return savings, net present value, ratio, payback and chance, for council and all budgets."""
    return tuple(
        _worth(setting, appraisal, sources, whom, council_only=council_only)
        for whom, council_only in (("council", True), ("all public budgets", False))
    )


def _worth(
    setting: Setting, appraisal: Appraisal, sources: Sources, whom: str, *, council_only: bool
) -> Worth:
    base = appraisal.price_base
    if setting.change is None:
        money = unknown("GBP", NO_EFFECT, base)
        none = unknown("ratio", NO_EFFECT)
        return Worth(
            whom,
            money,
            money,
            none,
            unknown("years", NO_EFFECT),
            unknown("per cent of draws", NO_EFFECT),
        )
    saved = drawn(
        appraisal.saved(council_only=council_only),
        "GBP",
        sources,
        price_base=base,
        note="present value, before the cost of delivery; average costs: an upper bound",
    )
    if setting.delivery is None:
        return Worth(
            whom,
            saved,
            unknown("GBP", NOT_COSTED, base),
            unknown("ratio", NOT_COSTED),
            unknown("years", NOT_COSTED),
            unknown("per cent of draws", NOT_COSTED),
        )
    net = appraisal.net(council_only=council_only)
    years = payback_year(appraisal, council_only=council_only)
    return Worth(
        whom,
        saved,
        drawn(net, "GBP", sources, price_base=base, note="present value"),
        _ratio(appraisal, sources, council_only=council_only),
        _payback(years, sources),
        chance(net > 0.0, sources, "net present value above nought"),
    )


def _ratio(appraisal: Appraisal, sources: Sources, *, council_only: bool) -> Figure:
    cost = float(np.mean(appraisal.cost))
    if cost <= 0.0:
        return unknown("ratio", "delivery costs nothing")
    ratios = appraisal.saved(council_only=council_only) / appraisal.cost
    return drawn(ratios, "ratio", sources, note="savings ÷ delivery, both present values")


def _payback(years: FloatArray, sources: Sources) -> Figure:
    share = float(np.mean(np.isfinite(years)))
    middle = float(np.percentile(years, 50, method="higher"))
    note = f"by the end of that year; it pays back within the horizon in {share:.0%} of draws"
    if not np.isfinite(middle):
        return Figure(
            None,
            "years",
            "computed",
            sources,
            note=f"not within the horizon in most draws ({share:.0%} pay back)",
        )
    return computed(middle, "years", sources, note)


def values(appraisal: Appraisal, setting: Setting, sources: Sources) -> tuple[Valued, ...]:
    """Return what is saved by class of value; "not valued" is an answer."""
    base = appraisal.price_base
    rows = []
    for kind in ("fiscal", "economic", "social"):
        lines = [i for i, price in enumerate(appraisal.prices) if price.value_type == kind]
        if not lines:
            why = "not valued: no source ties it to a move or a day that is modelled"
            rows.append(Valued(kind, unknown("GBP", why, base)))
        elif setting.change is None:
            rows.append(Valued(kind, unknown("GBP", NO_EFFECT, base)))
        else:
            saved = (appraisal.benefits[lines].sum(axis=0) * appraisal.factors).sum(axis=1)
            rows.append(
                Valued(kind, drawn(saved, "GBP", sources, price_base=base, note="present value"))
            )
    return tuple(rows)


def cashability(
    setting: Setting, appraisal: Appraisal, tally: Tally, sources: Sources
) -> Cashability:
    """Return the bounds on what releases the council's budget, and more if the case says how."""
    base = appraisal.price_base
    if setting.change is None:
        blank, share = unknown("GBP", NO_EFFECT, base), unknown("per cent", NO_EFFECT)
        return Cashability(blank, blank, share, blank, unknown("month", NO_EFFECT), NO_EFFECT)
    saved = appraisal.saved(council_only=True)
    most = drawn(
        saved,
        "GBP",
        sources,
        price_base=base,
        note="if every pound of the average cost fell away at once",
    )
    least = computed(0.0, "GBP", sources, "if no team, home or contract shrinks", price_base=base)
    share = _break_even(setting, saved, appraisal, sources)
    steps = setting.case.cashability
    if not steps:
        why = "needs the parameters of a step: marginal cost, step size, notice, backfill"
        return Cashability(
            least,
            most,
            share,
            unknown("GBP", why, base),
            unknown("month", why),
            "Without a step's parameters only these bounds are known, and no month of first cash.",
        )
    released = _released(setting, appraisal, tally)
    monthly = released.sum(axis=0)
    months = first_cash(monthly)
    first = float(np.percentile(months, 50, method="higher"))
    return Cashability(
        least,
        most,
        share,
        drawn(monthly.sum(axis=1), "GBP", sources, price_base=base, note="not discounted"),
        given(first, "month", "middle of the draws, from the parameters of the case")
        if np.isfinite(first)
        else unknown("month", "no cash within the horizon in most draws"),
        "By the parameters of the case: average costs play no part in it.",
    )


def _break_even(
    setting: Setting, saved: FloatArray, appraisal: Appraisal, sources: Sources
) -> Figure:
    if setting.delivery is None:
        return unknown("per cent", NOT_COSTED)
    share = break_even_share(saved, appraisal.cost)
    note = "share of the council's average saving that must be cashable to cover delivery"
    if not np.isfinite(share):
        return unknown("per cent", "the council saves nothing on average")
    return computed(
        100 * share, "per cent", sources, note + ("" if share <= 1 else "; above 100: it cannot")
    )


def _released(setting: Setting, appraisal: Appraisal, tally: Tally) -> FloatArray:
    """Return pounds released by the case's own steps, array (step, draw, month)."""
    known = {price.id: price for price in appraisal.prices}
    parts = []
    for i, entry in enumerate(setting.case.cashability):
        price = known[entry.line]
        chosen = [tally.buckets.index(name) for name in price.buckets]
        lengths = np.diff(tally.period_edges)
        children = tally.days[:, :, chosen].sum(axis=2) / lengths
        step = Step(
            marginal=reprice(
                setting.case,
                entry.marginal_per_child_month,
                setting.to,
                f"cashability.{i}.marginal_per_child_month",
            ),
            fixed=reprice(
                setting.case,
                entry.fixed_per_step_month,
                setting.to,
                f"cashability.{i}.fixed_per_step_month",
            ),
            step=entry.step_children,
            notice_months=entry.notice_months,
            ramp_months=entry.ramp_months,
            backfill=entry.backfill,
        )
        parts.append(_over_starts(cashable(children[0] - children[1], step), setting))
    return np.array(parts)


def _over_starts(released: FloatArray, setting: Setting) -> FloatArray:
    """Spread monthly pounds, array (draw, month), over the years in which children start."""
    shares = start_shares(setting.case)
    spread = np.zeros((released.shape[0], released.shape[1] + 12 * (len(shares) - 1)))
    for year, share in enumerate(shares):
        spread[:, 12 * year : 12 * year + released.shape[1]] += share * released
    return spread
