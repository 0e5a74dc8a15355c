"""Which input moves the answer most: each alone from its 10th to its 90th percentile."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from headwater.core.estimate import Z80
from headwater.core.figure import Figure
from headwater.core.pathway import Pathway
from headwater.workflows.business_case.figures import computed
from headwater.workflows.business_case.middle import Middle
from headwater.workflows.business_case.result import Sensitivity
from headwater.workflows.business_case.setting import Setting

ENDS = (10, 90)
"""Percentiles of the draws between which an input moves."""

LEVEL_NAMES = {
    "need_starts": "level of need starting",
    "need_ends": "level of need ending",
    "plan_starts": "level of plans starting",
    "plan_ends": "level of plans ending",
    "applications": "level of care applications",
    "care_starts": "level of direct entry to care",
    "care_ends": "level of leaving care",
}


def sensitivity(
    setting: Setting, middle: Middle, cost: float | None, sources: tuple[str, ...]
) -> tuple[Sensitivity, ...]:
    """Return the net present value for all budgets at both ends of every input, widest first.

    Without a cost of delivery the savings alone are moved.
    """
    if setting.change is None:
        return ()
    spent = cost or 0.0

    def net(case: Middle) -> float:
        return case.saved(case.arms)[1] - spent

    rows = [*_effects(setting, middle, net, sources), *_levels(setting, middle, net, sources)]
    rows += _prices(setting, middle, net, sources)
    moving = [row for row in rows if abs(_swing(row)) > 0.5]
    return tuple(sorted(moving, key=lambda row: -abs(_swing(row))))


def _swing(row: Sensitivity) -> float:
    return (row.at_high.value or 0.0) - (row.at_low.value or 0.0)


def _row(
    name: str, ends: list[Figure], results: list[float], sources: tuple[str, ...], base: str
) -> Sensitivity:
    low, high = ends
    at_low, at_high = (computed(value, "GBP", sources, price_base=base) for value in results)
    return Sensitivity(name, low, high, at_low, at_high)


def _effects(
    setting: Setting, middle: Middle, net: Callable[[Middle], float], sources: tuple[str, ...]
) -> list[Sensitivity]:
    """Move the effect and the cohort's risk."""
    rows, change, risk = [], middle.setting.change, middle.setting.risk
    base = str(setting.to)
    if change is not None and setting.change is not None:
        ends = np.percentile(setting.change.effect, ENDS)
        results = [net(middle.but(change=replace(change, effect=np.array([e])))) for e in ends]
        difference = change.scale == "risk_difference"
        unit = "percentage points" if difference else change.scale.replace("_", " ")
        figures = [computed(float(e) * (100 if difference else 1), unit, sources) for e in ends]
        rows.append(_row("effect of the programme", figures, results, sources, base))
    if risk is not None and setting.risk is not None:
        ends = np.percentile(setting.risk.share, ENDS)
        results = [net(middle.but(risk=replace(risk, share=np.array([e])))) for e in ends]
        figures = [computed(100 * float(e), "per cent", sources) for e in ends]
        rows.append(_row("risk without the programme", figures, results, sources, base))
    return rows


def _levels(
    setting: Setting, middle: Middle, net: Callable[[Middle], float], sources: tuple[str, ...]
) -> list[Sensitivity]:
    """Move each of the place's levels."""
    rows = []
    for level in setting.levels:
        spread = np.hypot(level.spread, setting.national.shocks[level.route])
        results, figures = [], []
        for sign in (-1.0, 1.0):
            factor = float(np.exp(sign * Z80 * spread))
            pathway = _raised(middle.setting.pathway, level.moves, factor)
            results.append(net(middle.but(pathway=pathway)))
            figures.append(computed(float(np.exp(level.level)) * factor, "times England", sources))
        rows.append(_row(LEVEL_NAMES[level.route], figures, results, sources, str(setting.to)))
    return rows


def _raised(pathway: Pathway, moves: tuple[str, ...], factor: float) -> Pathway:
    multipliers = pathway.multipliers.copy()
    multipliers[:, pathway.moves(*moves)] *= factor
    return replace(pathway, multipliers=multipliers)


def _prices(
    setting: Setting, middle: Middle, net: Callable[[Middle], float], sources: tuple[str, ...]
) -> list[Sensitivity]:
    """Move each price that varies."""
    rows = []
    for i, price in enumerate(setting.prices):
        if price.log_spread <= 0.0:
            continue
        results, figures = [], []
        for sign in (-1.0, 1.0):
            factor = float(np.exp(sign * Z80 * price.log_spread))
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
        rows.append(_row(f"price: {price.name}", figures, results, sources, str(setting.to)))
    return rows
