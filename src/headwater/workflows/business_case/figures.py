"""Make figures from draws."""

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray
from headwater.core.figure import Count, Figure

INTERVAL = "80% of draws"
LOW, HIGH = 10.0, 90.0


def drawn(
    values: FloatArray,
    unit: str,
    sources: tuple[str, ...],
    *,
    price_base: str = "",
    count: Count = "",
    note: str = "",
) -> Figure:
    """Return the mean of the draws, with the span that holds the middle 80% of them."""
    low, high = np.percentile(values, [LOW, HIGH])
    return Figure(
        float(np.mean(values)),
        unit,
        "computed",
        sources,
        price_base=price_base,
        count=count,
        low=float(low),
        high=float(high),
        interval=INTERVAL,
        note=note,
    )


def chance(happens: BoolArray, sources: tuple[str, ...], note: str) -> Figure:
    """Return the share of draws in which something happens, in per cent."""
    return Figure(
        100.0 * float(np.mean(happens)), "per cent of draws", "computed", sources, note=note
    )


def computed(
    value: float | None, unit: str, sources: tuple[str, ...], note: str = "", price_base: str = ""
) -> Figure:
    """Return one worked-out number without a span of its own."""
    return Figure(value, unit, "computed", sources, note=note, price_base=price_base)


def unknown(unit: str, why: str, price_base: str = "") -> Figure:
    """Return "not known", and why."""
    return Figure(None, unit, "not known", note=why, price_base=price_base)


def given(value: float, unit: str, note: str = "", price_base: str = "") -> Figure:
    """Return a number the user gave."""
    return Figure(value, unit, "input", note=note, price_base=price_base)
