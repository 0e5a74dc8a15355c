"""Which input moves the answer most: each alone from its 10th to its 90th percentile."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from headwater.core.estimate import Z80
from headwater.core.figure import Figure
from headwater.core.pathway import Pathway
from headwater.pathways.arms import After, Change
from headwater.workflows.business_case.beliefs import carried
from headwater.workflows.business_case.figures import computed
from headwater.workflows.business_case.middle import Middle
from headwater.workflows.business_case.result import Sensitivity, Switch
from headwater.workflows.business_case.run import Run

AFTER: dict[After, str] = {
    "none": "no further effect",
    "fade": "the effect fades",
    "persist": "the effect persists",
    "rebound": "it is turned round for as long again",
}
"""What may become of an effect after the study's follow-up."""
Net = Callable[[Middle], float]
"""The net present value of a case at its middle, pounds."""

ENDS = (10, 90)
"""Percentiles of the draws between which an input moves."""

ROUTE_NAMES = {
    "need_starts": "level of need starting",
    "need_ends": "level of need ending",
    "plan_starts": "level of plans starting",
    "plan_ends": "level of plans ending",
    "applications": "level of care applications",
    "care_starts": "level of direct entry to care",
    "care_ends": "level of leaving care",
    "back_in_care": "level of coming back into care from home",
}


def sensitivity(run: Run) -> tuple[Sensitivity, ...]:
    """Return the net present value for all budgets at both ends of every input, widest first.

    Without a cost of delivery the savings alone are moved.
    """
    if not run.effect_known:
        return ()

    def net(case: Middle) -> float:
        return case.saved(case.arms)[1] - (run.cost or 0.0)

    rows = [*_effects(run, net), *_levels(run, net), *_prices(run, net)]
    moving = [row for row in rows if abs(_swing(row)) > 0.5]
    return tuple(sorted(moving, key=lambda row: -abs(_swing(row))))


def switches(run: Run) -> tuple[Switch, ...]:
    """Return the net present value under other choices of what nobody knows, all else the same."""
    change = run.middle.setting.change
    if change is None:
        return ()
    rows = [
        _switch(run, "after follow-up", words, replace(change, after=after))
        for after, words in AFTER.items()
    ]
    half = carried(change.effect, change.scale, 0.5)
    rows.append(_switch(run, "effect here", "half of that assumed", replace(change, effect=half)))
    return tuple(rows)


def _switch(run: Run, assumption: str, choice: str, change: Change) -> Switch:
    case = run.middle.but(change=change)
    note = "at the middle of the inputs"
    if run.cost is None:
        note += "; before the cost of delivery, which is not known"
    council, every = (
        run.worked_out(saved - (run.cost or 0.0), "GBP", note) for saved in case.saved(case.arms)
    )
    return Switch(assumption, choice, council, every)


def _swing(row: Sensitivity) -> float:
    return (row.at_high.value or 0.0) - (row.at_low.value or 0.0)


def _row(run: Run, name: str, ends: list[Figure], results: list[float]) -> Sensitivity:
    low, high = ends
    at_low, at_high = (run.worked_out(value, "GBP") for value in results)
    return Sensitivity(name, low, high, at_low, at_high)


def _effects(run: Run, net: Net) -> list[Sensitivity]:
    """Move the effect and the cohort's risk."""
    rows, setting, middle = [], run.setting, run.middle
    change, risk = middle.setting.change, middle.setting.risk
    if change is not None and setting.change is not None:
        ends = np.percentile(setting.change.effect, ENDS)
        results = [net(middle.but(change=replace(change, effect=np.array([e])))) for e in ends]
        difference = change.scale == "risk_difference"
        unit = "percentage points" if difference else change.scale.replace("_", " ")
        figures = [run.worked_out(float(e) * (100 if difference else 1), unit) for e in ends]
        rows.append(_row(run, "effect of the programme", figures, results))
    if risk is not None and setting.risk is not None:
        ends = np.percentile(setting.risk.share, ENDS)
        results = [net(middle.but(risk=replace(risk, share=np.array([e])))) for e in ends]
        figures = [run.worked_out(100 * float(e), "per cent") for e in ends]
        rows.append(_row(run, "risk without the programme", figures, results))
    return rows


def _levels(run: Run, net: Net) -> list[Sensitivity]:
    """Move each of the place's levels."""
    rows, setting, middle = [], run.setting, run.middle
    for level in setting.levels:
        spread = np.hypot(level.spread, setting.national.shocks[level.route])
        results, figures = [], []
        for sign in (-1.0, 1.0):
            factor = float(np.exp(sign * Z80 * spread))
            pathway = _raised(middle.setting.pathway, level.moves, factor)
            results.append(net(middle.but(pathway=pathway)))
            figures.append(run.worked_out(float(np.exp(level.level)) * factor, "times England"))
        rows.append(_row(run, ROUTE_NAMES[level.route], figures, results))
    return rows


def _raised(pathway: Pathway, moves: tuple[str, ...], factor: float) -> Pathway:
    multipliers = pathway.multipliers.copy()
    multipliers[:, pathway.moves(*moves)] *= factor
    return replace(pathway, multipliers=multipliers)


def _prices(run: Run, net: Net) -> list[Sensitivity]:
    """Move each price that varies."""
    rows, middle = [], run.middle
    for i, price in enumerate(run.setting.prices):
        if price.log_spread <= 0.0:
            continue
        results, figures = [], []
        for sign in (-1.0, 1.0):
            factor = float(np.exp(sign * Z80 * price.log_spread - price.log_spread**2 / 2))
            daily = middle.daily.copy()
            daily[i] *= factor
            results.append(net(replace(middle, daily=daily)))
            figures.append(
                computed(
                    price.value * 7 * factor,
                    "GBP a week",
                    price.sources,
                    price_base=price.price_base,
                )
            )
        rows.append(_row(run, f"price: {price.name}", figures, results))
    return rows
