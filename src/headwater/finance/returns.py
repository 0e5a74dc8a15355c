"""What an investor's flows come to: rate of return, multiple, peak draw, chance of loss."""

import math
from dataclasses import dataclass

import numba
import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray

FOUND, NO_CHANGE, SEVERAL, NOT_FOUND, NO_FLOWS = 0, 1, 2, 3, 4
FLAGS = (
    "found",
    "no rate: the flows never change sign",
    "several rates may fit: the flows change sign more than once",
    "not found",
    "no rate: nothing is paid in or out",
)
"""What a rate of return is worth: `FOUND` alone is an answer."""
STEPS = 80
COARSE, FINE = 1.5, 1.01
"""Steps in which roots are sought: one root cannot be stepped over, two close ones can."""
CLOSE = 1e-9
"""A step so short, as a part of the factor, that the next is below what a number can hold."""
ROUND = 1e-9
"""A balance this small, as a part of all flows, is none."""
WIDEST = 2.0**40
"""Discount factors a period are sought between this and its reciprocal."""


@numba.njit(cache=True, nogil=True)
def _value(flows: FloatArray, v: float) -> tuple[float, float]:  # pragma: no cover - compiled
    """Return the polynomial of flows at a discount factor, and its slope."""
    value, slope = 0.0, 0.0
    for i in range(len(flows) - 1, -1, -1):
        slope = slope * v + value
        value = value * v + flows[i]
    return value, slope


@numba.njit(cache=True, nogil=True)
def _changes(flows: FloatArray) -> int:  # pragma: no cover - compiled
    """Return how often flows change sign."""
    changes, last = 0, 0.0
    for flow in flows:
        if flow != 0.0:
            if last != 0.0 and (flow > 0.0) != (last > 0.0):
                changes += 1
            last = flow
    return changes


@numba.njit(cache=True, nogil=True)
def _bracket(flows: FloatArray, by: float) -> tuple[float, float]:  # pragma: no cover - compiled
    """Return the factors nearest to 1 between which the value changes sign; NaN where none do."""
    positive = _value(flows, 1.0)[0] > 0.0
    near = 1.0
    while near < WIDEST:
        far = near * by
        if (_value(flows, 1.0 / far)[0] > 0.0) != positive:
            return 1.0 / far, 1.0 / near
        if (_value(flows, far)[0] > 0.0) != positive:
            return near, far
        near = far
    return math.nan, math.nan


@numba.njit(cache=True, nogil=True)
def _root(flows: FloatArray, low: float, high: float) -> float:  # pragma: no cover - compiled
    """Return the factor at which the value is nought: Newton's steps, halving where they leave."""
    below = _value(flows, low)[0] > 0.0
    v = 0.5 * (low + high)
    for _ in range(STEPS):
        value, slope = _value(flows, v)
        if (value > 0.0) == below:
            low = v
        else:
            high = v
        step = v - value / slope if slope != 0.0 else v
        if not low <= step <= high:
            step = 0.5 * (low + high)
        if abs(step - v) <= 1e-16 * v:
            return step
        v = step
    return v


@numba.njit(cache=True, nogil=True)
def _guess(flows: FloatArray) -> float:  # pragma: no cover - compiled
    """Return about the factor at which the value is nought, from sums and their mean times."""
    paid, paid_times, back, back_times = 0.0, 0.0, 0.0, 0.0
    for i in range(len(flows)):
        if flows[i] < 0.0:
            paid, paid_times = paid - flows[i], paid_times - i * flows[i]
        else:
            back, back_times = back + flows[i], back_times + i * flows[i]
    apart = back_times / back - paid_times / paid
    return (paid / back) ** (1.0 / apart) if apart != 0.0 else 1.0


@numba.njit(cache=True, nogil=True)
def _near(flows: FloatArray) -> float:  # pragma: no cover - compiled
    """Return the one root of flows that change sign once; NaN where Newton's steps stray."""
    v = _guess(flows)
    for _ in range(20):
        value, slope = _value(flows, v)
        if slope == 0.0:
            return math.nan
        step = v - value / slope
        if not step > 0.0:
            return math.nan
        if abs(step - v) <= CLOSE * v:
            return step
        v = step
    return math.nan


@numba.njit(cache=True, nogil=True)
def _one_gain(flows: FloatArray) -> bool:  # pragma: no cover - compiled
    """Return whether flows have exactly one rate above nought, by their running sums.

    Norstrøm's condition :cite:p:`norstrom1972sufficient`: the sums change sign once, and the last
    is not 0. Here money is also paid in first.
    """
    changes, total, last, first = 0, 0.0, 0.0, 0.0
    for flow in flows:
        total += flow
        if first == 0.0:
            first = flow
        if total != 0.0:
            if last != 0.0 and (total > 0.0) != (last > 0.0):
                changes += 1
            last = total
    return changes == 1 and total > 0.0 and first < 0.0


@numba.njit(cache=True, nogil=True)
def _gain(flows: FloatArray) -> tuple[float, float]:  # pragma: no cover - compiled
    """Return discount factors below 1 between which the value changes sign."""
    near = 1.0
    while near > 1.0 / WIDEST:
        far = near / COARSE
        if _value(flows, far)[0] < 0.0:
            return far, near
        near = far
    return math.nan, math.nan


@numba.njit(cache=True, nogil=True)
def _one_way(flows: FloatArray, v: float) -> bool:  # pragma: no cover - compiled
    """Return whether money is out, or in, at a rate until the last flow pays it off.

    If it is, no other rate above −100% fits: Soper's condition :cite:p:`soper1959marginal`.
    """
    last, small = 0, 0.0
    for i in range(len(flows)):
        small += ROUND * abs(flows[i])
        last = i if flows[i] != 0.0 else last
    balance, out, held = 0.0, False, False
    for flow in flows[:last]:
        balance = balance / v + flow
        out, held = out or balance < -small, held or balance > small
    return out != held


@numba.njit(cache=True, nogil=True)
def _row(flows: FloatArray) -> tuple[float, int]:  # pragma: no cover - compiled
    changes = _changes(flows)
    if changes == 0:
        return math.nan, NO_CHANGE if flows.any() else NO_FLOWS
    if changes == 1:
        v = _near(flows)
        if not math.isnan(v):
            return 1.0 / v - 1.0, FOUND
        low, high = _bracket(flows, COARSE)
        flag = FOUND
    elif _one_gain(flows):
        low, high = _gain(flows)
        flag = FOUND
    else:
        low, high = _bracket(flows, FINE)
        flag = SEVERAL
    if math.isnan(low):
        return math.nan, NOT_FOUND
    v = _root(flows, low, high)
    return 1.0 / v - 1.0, FOUND if flag == FOUND or _one_way(flows, v) else SEVERAL


@numba.njit(cache=True, nogil=True)
def _rows(flows: FloatArray, rates: FloatArray, flags: IntArray) -> None:  # pragma: no cover
    for i in range(len(flows)):
        rates[i], flags[i] = _row(flows[i])


def irr(flows: FloatArray | IntArray) -> tuple[FloatArray, IntArray]:
    """Return the internal rate of return of a period, and what it is worth (`FLAGS`).

    A rate that is not `FOUND` is none. Flows that change sign once have one rate (Descartes). Those
    that change it more often may have several: the one nearest to nought stands beside its flag,
    unless their running sums show that only one is above nought, or the money is out at that rate
    from first to last, so that it is the only one.

    Parameters
    ----------
    flows
        Array (row, period); what is paid in is below 0.
    """
    rows = np.ascontiguousarray(flows, dtype=np.float64)
    rates, flags = np.empty(len(rows)), np.empty(len(rows), dtype=np.int64)
    _rows(rows, rates, flags)
    return rates, flags


def yearly(rates: FloatArray, periods_a_year: float) -> FloatArray:
    """Return rates a year, compounding."""
    return np.asarray((1.0 + rates) ** periods_a_year - 1.0)


@dataclass(frozen=True, slots=True)
class Returns:
    """What flows come to, by draw; arrays (draw,).

    Parameters
    ----------
    rate, flag
        Internal rate of return a year, and what it is worth.
    multiple
        What came back over what was paid in; NaN where nothing was.
    peak
        The most that was out at any time, pence.
    given, got, net
        What was paid in, what came back, and the second less the first, pence.
    """

    rate: FloatArray
    flag: IntArray
    multiple: FloatArray
    peak: IntArray
    given: IntArray
    got: IntArray
    net: IntArray

    @property
    def lost(self) -> BoolArray:
        """Whether less came back than was paid in."""
        return self.net < 0


def returns(flows: IntArray, *, periods_a_year: float) -> Returns:
    """Return what an investor's flows come to.

    Parameters
    ----------
    flows
        Pence; array (draw, period).
    """
    rates, flags = irr(flows)
    paid = -np.minimum(flows, 0).sum(axis=1)
    back = np.maximum(flows, 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        multiple = np.where(paid > 0, back / paid, np.nan)
    peak = np.maximum(-np.cumsum(flows, axis=1).min(axis=1, initial=0), 0)
    return Returns(yearly(rates, periods_a_year), flags, multiple, peak, paid, back, back - paid)


def first_cash(flows: IntArray) -> IntArray:
    """Return the first period in which something comes back, -1 where nothing does; (draw,)."""
    some = flows > 0
    return np.where(some.any(axis=1), some.argmax(axis=1), -1)


def expected_shortfall(net: IntArray, *, share: float = 0.1) -> float:
    """Return the mean of the worst share of draws, in the unit given."""
    worst = max(round(len(net) * share), 1)
    return float(np.sort(net)[:worst].mean())
