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
        return case.saved(case.arms())[1] - spent

    rows = [*_effects(setting, middle, net, sources), *_levels(setting, middle, net, sources)]
    rows += _prices(setting, middle, net, sources)
    moving = [row for row in rows if abs(_swing(row)) > 0.5]
    return tuple(sorted(moving, key=lambda row: -abs(_swing(row))))


def _swing(row: Sensitivity) -> float:
    return (row.at_high.value or 0.0) - (row.at_low.value or 0.0)


def _row(
    name: str,
    ends: tuple[Figure, Figure],
    results: tuple[float, float],
    sources: tuple[str, ...],
    base: str,
) -> Sensitivity:
    at_low, at_high = (computed(value, "GBP", sources, price_base=base) for value in results)
    return Sensitivity(name, *ends, at_low, at_high)


def _effects(
    setting: Setting, middle: Middle, net: Callable[[Middle], float], sources: tuple[str, ...]
) -> list[Sensitivity]:
    """Move the effect and the cohort's risk."""
    rows, inner = [], middle.setting
    change, known = inner.change, setting.change_known
    if change is not None and setting.change is not None and known is not None:
        ends = np.percentile(setting.change.effect, [10, 90])
        results = tuple(
            net(
                replace(
                    middle, setting=replace(inner, change=replace(change, effect=np.array([end])))
                )
            )
            for end in ends
        )
        unit = change.scale.replace("_", " ")
        figures = tuple(computed(float(end), unit, known.sources or sources) for end in ends)
        rows.append(_row("effect of the programme", figures, results, sources, str(setting.to)))  # type: ignore[arg-type]
    if inner.risk is not None and setting.risk is not None:
        ends = np.percentile(setting.risk.share, [10, 90])
        results = tuple(
            net(
                replace(
                    middle, setting=replace(inner, risk=replace(inner.risk, share=np.array([end])))
                )
            )
            for end in ends
        )
        figures = tuple(computed(100 * float(end), "per cent", sources) for end in ends)
        rows.append(_row("risk without the programme", figures, results, sources, str(setting.to)))  # type: ignore[arg-type]
    return rows


def _levels(
    setting: Setting, middle: Middle, net: Callable[[Middle], float], sources: tuple[str, ...]
) -> list[Sensitivity]:
    """Move each of the place's levels."""
    rows, inner = [], middle.setting
    for level in setting.levels:
        spread = np.hypot(level.spread, setting.national.shocks[level.route])
        results, figures = [], []
        for sign in (-1.0, 1.0):
            factor = float(np.exp(sign * Z80 * spread))
            pathway = _raised(inner.pathway, level.moves, factor)
            results.append(net(replace(middle, setting=replace(inner, pathway=pathway))))
            figures.append(computed(float(np.exp(level.level)) * factor, "times England", sources))
        rows.append(
            _row(
                LEVEL_NAMES[level.route],
                (figures[0], figures[1]),
                (results[0], results[1]),
                sources,
                str(setting.to),
            )
        )
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
        rows.append(
            _row(
                f"price: {price.name}",
                (figures[0], figures[1]),
                (results[0], results[1]),
                sources,
                str(setting.to),
            )
        )
    return rows
