"""What it would be worth to know more before deciding: perfect, partial and sample information.

The decision is to buy or not. Its net benefit in a draw is pounds; not buying is worth nought. With
μ the mean over draws and m(x) what is expected once x is known,

    value of knowing x = E[max(m(x), 0)] − max(μ, 0).

1. `explain` fits m by a natural cubic spline in every input, all together
   :cite:p:`strong2014estimating`. What is left over is the luck of single children, which no study
   foretells; it is taken out :cite:p:`ohagan2007monte`.
2. Inputs are drawn independently, so m of a set of inputs is μ and the sum of their parts, and the
   distribution of that sum is the convolution of the parts' own.
3. A study that resolves a share ρ of the variance of an input scales its part by √ρ: moment
   matching :cite:p:`heath2018efficient`.

From these follow exactly, whatever the draws: no value is below nought; another input, or a larger
study, never lowers it; no study is worth more than knowing for certain what it studies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray

KNOTS = (5.0, 27.5, 50.0, 72.5, 95.0)
"""Percentiles of an input at which its spline may bend :cite:p:`harrell2001regression`."""
CELLS = 2048
"""Cells into which the joint range of all parts is cut where parts are added."""
LUCK_OF_FOUR = 9.488
"""95th percentile of chi-squared with four degrees of freedom: a spline's columns."""
TINY = 1e-9
"""A spread, relative to a quantity's size, that is rounding and no spread."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What inputs explain of a net benefit, at each threshold.

    Parameters
    ----------
    mean
        Mean net benefit, pounds, array (threshold,).
    parts
        What each input alone adds to the mean, array (input, threshold, draw); means are nought.
    together
        What inputs add only together, array (threshold, draw); its mean is nought.
    """

    mean: FloatArray
    parts: FloatArray
    together: FloatArray


def explain(net: FloatArray, inputs: Sequence[FloatArray]) -> Explained:
    """Split a net benefit into what each input explains, what they explain together, and luck.

    A part is shrunk by as much as its columns would fit of luck alone
    :cite:p:`james1961estimation`, so that an input that plays no role is worth nothing.

    Parameters
    ----------
    net
        Net benefit of buying, pounds, array (threshold, draw).
    inputs
        Draws of each input, arrays (draw,), drawn independently of each other.
    """
    mean = net.mean(axis=1)
    centred = net - mean[:, None]
    bases = [spline(values) for values in inputs]
    widths = np.array([len(basis) for basis in bases])
    columns = np.concatenate([np.zeros((0, net.shape[1])), *bases])
    found, *_ = np.linalg.lstsq(columns @ columns.T, columns @ centred.T, rcond=None)
    ends = np.cumsum([0, *widths])
    parts = np.array(
        [found[a:b].T @ basis for basis, a, b in zip(bases, ends[:-1], ends[1:], strict=True)]
    ).reshape(len(bases), *centred.shape)
    luck = centred - parts.sum(axis=0)
    free = max(net.shape[1] - 1 - len(columns), 1)
    noise = np.einsum("td,td->t", luck, luck) / free
    parts *= _kept(parts, noise, widths[:, None])[..., None]
    return Explained(mean, parts, _together(parts, luck, noise))


def _kept(parts: FloatArray, noise: FloatArray, columns: FloatArray) -> FloatArray:
    """Return the share of each part that is kept: 1 − luck fitted ÷ all fitted, never below 0."""
    fitted = np.einsum("...d,...d->...", parts, parts)
    luck = np.broadcast_to(columns * noise, fitted.shape)
    kept = np.zeros_like(fitted)
    np.divide(fitted - luck, fitted, out=kept, where=fitted > luck)
    return np.asarray(kept)


def _together(parts: FloatArray, luck: FloatArray, noise: FloatArray) -> FloatArray:
    """Return what parts explain as products of each other, array (threshold, draw).

    One coefficient for the sum of the products of all pairs :cite:p:`tukey1949one`: enough where
    effects, risks and prices multiply.
    """
    pairs = (parts.sum(axis=0) ** 2 - np.einsum("itd,itd->td", parts, parts)) / 2.0
    pairs = pairs - pairs.mean(axis=1, keepdims=True)
    size = np.einsum("td,td->t", pairs, pairs)
    slope = np.zeros_like(size)
    np.divide(np.einsum("td,td->t", pairs, luck), size, out=slope, where=size > 0.0)
    fitted = pairs * slope[:, None]
    return np.asarray(fitted * _kept(fitted, noise, np.ones(1))[:, None])


def spline(values: FloatArray) -> FloatArray:
    """Return the columns of a natural cubic spline, centred and orthonormal, array (column, draw).

    At most four; fewer where values repeat, none where they are all the same
    :cite:p:`hastie2009elements` (section 5.2.1).
    """
    spread = float(values.std())
    if spread <= TINY * float(np.abs(values).max()):
        return np.zeros((0, len(values)))
    z = (values - values.mean()) / spread
    knots = np.unique(np.percentile(z, KNOTS))
    columns = [z]
    if len(knots) > 2:
        last, before = knots[-1], knots[-2]
        tail = (_cube(z - before) - _cube(z - last)) / (last - before)
        columns += [(_cube(z - k) - _cube(z - last)) / (last - k) - tail for k in knots[:-2]]
    made = np.stack(columns, axis=1)
    turned, sizes = np.linalg.qr(made - made.mean(axis=0))
    kept = np.abs(np.diag(sizes)) > TINY * np.linalg.norm(made, axis=0)
    return np.ascontiguousarray(turned[:, kept].T)


def _cube(values: FloatArray) -> FloatArray:
    """Return the cube of what is above nought."""
    above = np.maximum(values, 0.0)
    return np.asarray(above * above * above)


def perfect(explained: Explained) -> FloatArray:
    """Return the value of knowing every input (EVPI), pounds, array (threshold,).

    On the draws themselves, with what inputs add together; without luck.
    """
    values = explained.parts.sum(axis=0) + explained.together
    return _gain(explained.mean, values)


def partial(explained: Explained, known: Sequence[int]) -> FloatArray:
    """Return the value of knowing some inputs, by index (EVPPI), pounds, array (threshold,)."""
    return sampled(explained, dict.fromkeys(known, 1.0))


def each(explained: Explained) -> FloatArray:
    """Return the value of knowing each input alone, pounds, array (input, threshold)."""
    return np.minimum(_gain(explained.mean, explained.parts), perfect(explained))


def sampled(explained: Explained, resolved: Mapping[int, float]) -> FloatArray:
    """Return the value of a study (EVSI) before its cost, pounds, array (threshold,).

    Parameters
    ----------
    resolved
        The share of the variance of each input that the study resolves, 0 to 1, by index; inputs
        that it says nothing of are left out.
    """
    known = [(i, share) for i, share in resolved.items() if share > 0.0]
    if not known:
        return np.zeros_like(explained.mean)
    which, shares = [i for i, _ in known], np.array([share for _, share in known])
    parts = explained.parts[which] * np.sqrt(shares)[:, None, None]
    if len(which) == 1:
        worth = _gain(explained.mean, parts[0])
    else:
        spans = np.ptp(explained.parts, axis=2).sum(axis=0)
        worth = np.array(
            [
                _added(mean, parts[:, i], span / CELLS)
                for i, (mean, span) in enumerate(zip(explained.mean, spans, strict=True))
            ]
        )
    return np.minimum(worth, perfect(explained))


def by_chance(explained: Explained, net: FloatArray) -> FloatArray:
    """Return what an input without a role seldom seems worth more than, pounds, array (threshold,).

    In 19 of 20 such inputs luck lends the four columns of a spline, before they are shrunk, a
    spread of at most luck × √(9.49 ÷ draws), by chi-squared with four degrees of freedom; knowing a
    normal input of that spread is worth spread ÷ √(2π) where the mean is nought, less elsewhere
    :cite:p:`raiffa1961applied`.

    Parameters
    ----------
    net
        Net benefit of buying, pounds, array (threshold, draw).
    """
    known = explained.mean[:, None] + explained.parts.sum(axis=0) + explained.together
    spread = (net - known).std(axis=1) * np.sqrt(LUCK_OF_FOUR / net.shape[1])
    return np.asarray(spread / np.sqrt(2.0 * np.pi))


def _gain(mean: FloatArray, values: FloatArray) -> FloatArray:
    """Return E[max(mean + values, 0)] − max(mean, 0), values with mean nought on the last axis."""
    better = np.maximum(mean[:, None] + values, 0.0).mean(axis=-1)
    return np.asarray(np.maximum(better - np.maximum(mean, 0.0), 0.0))


def _added(mean: float, parts: FloatArray, cell: float) -> float:
    """Return the gain from several independent parts, array (input, draw), on a grid of cells.

    Each value is shared between the two cells beside it, so that means stay what they are; what is
    gained on the grid is at most a hair above what is gained off it, and rises with every part.
    """
    if cell <= 0.0:
        return 0.0
    first, weights = 0, np.ones(1)
    for values in parts:
        low, spread = _on_grid(values / cell)
        first, weights = first + low, np.convolve(weights, spread)
    points = mean + cell * (first + np.arange(len(weights)))
    return max(float(weights @ np.maximum(points, 0.0)) - max(mean, 0.0), 0.0)


def _on_grid(values: FloatArray) -> tuple[int, FloatArray]:
    """Return the lowest cell and the weight of each from there on, of values in cells."""
    below = np.floor(values).astype(np.int64)
    low, above = int(below.min()), values - below
    length = int(below.max()) - low + 2
    weights = np.bincount(below - low, weights=1.0 - above, minlength=length)
    weights += np.bincount(below - low + 1, weights=above, minlength=length)
    return low, weights / len(values)
