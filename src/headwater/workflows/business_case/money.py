"""The appraisal in sum, by class of value, and how much of it is cashable."""

import numpy as np

from headwater.appraisal.appraise import over_starts, payback_year
from headwater.appraisal.cashability import Step, break_even_share, cashable, first_cash
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.workflows.business_case.amounts import reprice
from headwater.workflows.business_case.case import CashabilityStep
from headwater.workflows.business_case.figures import chance, drawn, given
from headwater.workflows.business_case.middle import start_shares
from headwater.workflows.business_case.result import Cashability, Valued, Worth
from headwater.workflows.business_case.run import NO_COST, NO_EFFECT, Run


def worth(run: Run) -> tuple[Worth, ...]:
    """Return savings, net present value, ratio, payback and chance, for council and all budgets."""
    return tuple(_worth(run, whom, appraisal) for whom, appraisal in run.budgets.items())


def _worth(run: Run, whom: str, appraisal: Appraisal) -> Worth:
    units = ("GBP", "ratio", "years", "per cent of draws")
    if not run.effect_known:
        return Worth(whom, run.blank("GBP"), *(run.blank(unit) for unit in units))
    saved = run.pounds(
        appraisal.saved,
        "present value, before the cost of delivery; average costs: an upper bound",
    )
    if run.cost is None:
        return Worth(whom, saved, *(run.blank(unit, NO_COST) for unit in units))
    return Worth(
        whom,
        saved,
        run.pounds(appraisal.net, "present value"),
        _ratio(run, appraisal),
        _payback(run, payback_year(appraisal)),
        chance(appraisal.net > 0.0, run.money_sources, "net present value above nought"),
    )


def _ratio(run: Run, appraisal: Appraisal) -> Figure:
    if not run.cost:
        return run.blank("ratio", "delivery costs nothing")
    ratios = appraisal.saved / appraisal.cost
    note = "savings ÷ delivery, both present values"
    return drawn(ratios, "ratio", run.money_sources, note=note)


def _payback(run: Run, years: FloatArray) -> Figure:
    share = float(np.mean(np.isfinite(years)))
    middle = float(np.percentile(years, 50, method="higher"))
    if not np.isfinite(middle):
        note = f"not within the horizon in most draws ({share:.0%} pay back)"
        return run.worked_out(None, "years", note)
    note = f"by the end of that year; it pays back within the horizon in {share:.0%} of draws"
    return run.worked_out(middle, "years", note)


def values(run: Run) -> tuple[Valued, ...]:
    """Return what is saved by class of value; "not valued" is an answer."""
    appraisal, rows = run.appraisal, []
    for kind in ("fiscal", "economic", "social"):
        lines = [i for i, price in enumerate(appraisal.prices) if price.value_type == kind]
        if not lines:
            why = "not valued: no source ties it to a move or a day that is modelled"
            rows.append(Valued(kind, run.blank("GBP", why)))
        elif not run.effect_known:
            rows.append(Valued(kind, run.blank("GBP")))
        else:
            saved = (appraisal.benefits[lines].sum(axis=0) * appraisal.factors).sum(axis=1)
            rows.append(Valued(kind, run.pounds(saved, "present value")))
    return tuple(rows)


def cashability(run: Run) -> Cashability:
    """Return the bounds on what releases the council's budget, and more if the case says how."""
    if not run.effect_known:
        pounds, share, month = (run.blank(unit) for unit in ("GBP", "per cent", "month"))
        return Cashability(pounds, pounds, share, pounds, month, NO_EFFECT)
    saved = run.appraisal.council.saved
    if saved.mean() < 0:
        why = "the council spends more, on average: nothing is released"
        pounds, share, month = (run.blank(unit, why) for unit in ("GBP", "per cent", "month"))
        return Cashability(pounds, pounds, share, pounds, month, why)
    most = run.pounds(saved, "if every pound of the average cost fell away at once")
    least = run.worked_out(0.0, "GBP", "if no team, home or contract shrinks")
    share = _break_even(run, saved)
    if not run.setting.case.cashability:
        why = "needs the parameters of a step: marginal cost, step size, notice, backfill"
        return Cashability(
            least,
            most,
            share,
            run.blank("GBP", why),
            run.blank("month", why),
            "Without a step's parameters only these bounds are known, and no month of first cash.",
        )
    monthly = _released(run)
    first = float(np.percentile(first_cash(monthly), 50, method="higher"))
    return Cashability(
        least,
        most,
        share,
        run.pounds(monthly.sum(axis=1), "not discounted"),
        given(first, "month", "middle of the draws, from the parameters of the case")
        if np.isfinite(first)
        else run.blank("month", "no cash within the horizon in most draws"),
        "By the parameters of the case: average costs play no part in it.",
    )


def _break_even(run: Run, saved: FloatArray) -> Figure:
    if run.cost is None:
        return run.blank("per cent", NO_COST)
    share = break_even_share(saved, run.appraisal.cost)
    if not np.isfinite(share):
        return run.blank("per cent", "the council saves nothing on average")
    if share > 1.0:
        return run.blank("per cent", "more than all of it: the council cannot be paid back")
    note = "share of the council's average saving that must be cashable to cover delivery"
    return run.worked_out(100 * share, "per cent", note)


def _released(run: Run) -> FloatArray:
    """Return pounds released by all of the case's own steps, array (draw, month)."""
    tally = run.tally
    known = {price.id: price for price in run.appraisal.prices}
    lengths = np.diff(tally.period_edges)
    released = []
    for i, entry in enumerate(run.setting.case.cashability):
        chosen = [tally.buckets.index(name) for name in known[entry.line].buckets]
        usual, helped = tally.days[:, :, chosen].sum(axis=2)
        fewer = over_starts((usual - helped) / lengths, start_shares(run.setting.case), every=12)
        released.append(cashable(fewer, _step(run, i, entry)))
    return np.asarray(np.sum(released, axis=0))


def _step(run: Run, i: int, entry: CashabilityStep) -> Step:
    def pounds(name: str) -> float:
        where = f"cashability.{i}.{name}"
        return reprice(run.setting.case, getattr(entry, name), run.setting.to, where)

    return Step(
        marginal=pounds("marginal_per_child_month"),
        fixed=pounds("fixed_per_step_month"),
        step=entry.step_children,
        notice_months=entry.notice_months,
        ramp_months=entry.ramp_months,
        backfill=entry.backfill,
    )
