"""What is expected of a pathway, without chance: for calibration, solving and reverse questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.pathway import MONTH, YEAR, Pathway, Start
from headwater.pathways import expected_kernel
from headwater.pathways.simulate import lay_out

STEP = MONTH / 2
"""Days between two steps of the forward equations."""
SLICE = 500
"""Draws solved for between two chances to stop."""
BANDS = (0, 1, 5, 10, 16, 18)
"""Ages at which the published age bands begin, and the end."""
COARSE_STEP = MONTH
"""The same where a share is solved for in every draw; what it loses is put back (see `_lost`)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected course of a cohort of one (shares of children).

    Parameters
    ----------
    occupancy
        Share in each state; array (class, step + 1, state).
    entries
        Moves per child; array (class, step, transition).
    step
        Days.
    """

    occupancy: FloatArray
    entries: FloatArray
    step: float

    @property
    def days(self) -> FloatArray:
        """Days per child in each state over the whole course, array (state,); trapezoid rule."""
        total = self.occupancy.sum(axis=0)
        return np.asarray((total[1:] + total[:-1]).sum(axis=0) * self.step / 2)

    def days_by(self, edges: Sequence[int] | FloatArray) -> FloatArray:
        """Days per child by state and period between `edges` (days); array (state, period)."""
        total = self.occupancy.sum(axis=0)
        pieces = (total[1:] + total[:-1]) * self.step / 2
        cumulative = np.vstack([np.zeros(total.shape[1]), np.cumsum(pieces, axis=0)])
        times = np.arange(len(cumulative)) * self.step
        at = np.stack(
            [np.interp(np.asarray(edges, float), times, column) for column in cumulative.T]
        )
        return np.asarray(np.diff(at, axis=1))


def course(
    pathway: Pathway,
    start: Start,
    *,
    horizon: float,
    scale: FloatArray | None = None,
    window_edges: FloatArray | None = None,
    absorbing: Sequence[str] = (),
    draw: int | None = None,
) -> Expected:
    """Return the expected course of a cohort.

    Parameters
    ----------
    horizon
        Days.
    scale
        Multiplier of each hazard by window, array (window, transition); none: 1.
    absorbing
        States that nobody leaves, so that entries to them are first entries.
    draw
        Which draw's levels to use; none: the geometric mean of the draws.
    """
    layout = lay_out(pathway, start)
    steps = max(1, round(horizon / STEP))
    dt = horizon / steps
    levels = _levels(pathway, draw)
    scale = np.ones((1, len(pathway.transitions))) if scale is None else scale
    scale = np.ascontiguousarray((scale * levels)[:, layout.order])
    n_risk = len(pathway.risk)
    occupancy = np.zeros((n_risk, steps + 1, len(pathway.states)))
    entries = np.zeros((n_risk, steps, len(pathway.transitions)))
    for year, weight in enumerate(start.age_weights / start.age_weights.sum()):
        if weight > 0.0:
            expected_kernel.propagate(
                layout.first_move,
                layout.moves_to,
                layout.hazards,
                scale,
                np.zeros(0) if window_edges is None else window_edges,
                pathway.age_edges,
                pathway.duration_edges,
                layout.timed,
                layout.risk_scale,
                weight * start.risk_weights[year] / start.risk_weights[year].sum(),
                start.state,
                0.0 if start.at_birth else (year + 0.5) * YEAR,
                steps,
                dt,
                layout.final_state,
                _mask(pathway, absorbing),
                occupancy,
                entries,
            )
    ordered = np.empty_like(entries)
    ordered[:, :, layout.order] = entries
    return Expected(occupancy=occupancy, entries=ordered, step=dt)


def shares_at(
    pathway: Pathway,
    start: Start,
    *,
    scale: FloatArray,
    at: float,
    target: str,
    ever: bool,
) -> FloatArray:
    """Return, for each draw, the share of the cohort in the target state at day `at`.

    Parameters
    ----------
    scale
        Multipliers in force; array (draw, 1, transition).
    ever
        The share ever in the target state by then, not in it then.

    Returns
    -------
    Shares, array (draw,).
    """
    layout = lay_out(pathway, start)
    ages, weights, risks = _ages(start)
    steps = max(1, round(at / COARSE_STEP))
    found = np.zeros(len(scale))
    levels = np.ascontiguousarray((scale * pathway.multipliers[:, None, :])[:, :, layout.order])
    for part in _slices(len(scale)):
        expected_kernel.shares(
            layout.first_move,
            layout.moves_to,
            layout.hazards,
            levels[part],
            np.zeros(0),
            pathway.age_edges,
            pathway.duration_edges,
            layout.timed,
            layout.risk_scale,
            risks,
            start.state,
            ages,
            weights,
            steps,
            at / steps,
            layout.final_state,
            _mask(pathway, [target] if ever else []),
            pathway.state(target),
            found[part],
        )
    return found + _lost(pathway, start, scale=scale, at=at, target=target, ever=ever)


def solve_factor(
    pathway: Pathway,
    start: Start,
    *,
    wanted: FloatArray,
    scale: FloatArray,
    moved: IntArray,
    at: float,
    target: str,
    ever: bool,
) -> FloatArray:
    """Find, for each draw, the factor on some hazards that makes a wanted share come true.

    Parameters
    ----------
    wanted
        Share of the cohort in the target state at day `at` (or ever there by then); array (draw,).
    scale
        Multipliers already in force; array (draw, 1, transition).
    moved
        Indices of the transitions whose hazards the factor multiplies.
    ever
        Whether the share is of children ever in the target state by `at`, not in it at `at`.

    Returns
    -------
    Factors, array (draw,); NaN where no factor between exp(-8) and exp(8) gives the share.
    """
    layout = lay_out(pathway, start)
    ages, weights, risks = _ages(start)
    moves = np.zeros(len(pathway.transitions), dtype=np.bool_)
    moves[moved] = True
    steps = max(1, round(at / COARSE_STEP))
    lost = _lost(pathway, start, scale=scale, at=at, target=target, ever=ever)
    found = np.zeros(len(wanted))
    levels = np.ascontiguousarray((scale * pathway.multipliers[:, None, :])[:, :, layout.order])
    for part in _slices(len(wanted)):
        expected_kernel.solve_scale(
            wanted[part] - lost,
            moves[layout.order],
            layout.first_move,
            layout.moves_to,
            layout.hazards,
            levels[part],
            np.zeros(0),
            pathway.age_edges,
            pathway.duration_edges,
            layout.timed,
            layout.risk_scale,
            risks,
            start.state,
            ages,
            weights,
            steps,
            at / steps,
            layout.final_state,
            _mask(pathway, [target] if ever else []),
            pathway.state(target),
            found[part],
        )
    return found


def _slices(draws: int) -> list[slice]:
    """Cut draws so that a user can stop the work between two slices."""
    return [slice(at, at + SLICE) for at in range(0, draws, SLICE)]


def _levels(pathway: Pathway, draw: int | None) -> FloatArray:
    if draw is None:
        return np.asarray(np.exp(np.log(pathway.multipliers).mean(axis=0)))
    return np.asarray(pathway.multipliers[draw])


def _mask(pathway: Pathway, names: Sequence[str]) -> BoolArray:
    mask = np.zeros(len(pathway.states), dtype=np.bool_)
    mask[[pathway.state(name) for name in names]] = True
    return mask


def _ages(start: Start) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return one starting age (days) a published age band, with its share and risk classes."""
    if start.at_birth:
        return np.zeros(1), np.ones(1), start.risk_weights[:1] / start.risk_weights[:1].sum()
    years = np.arange(18)
    risks = start.risk_weights / start.risk_weights.sum(axis=1, keepdims=True)
    bands = [years[(years >= a) & (years < b)] for a, b in pairwise(BANDS)]
    bands = [band for band in bands if start.age_weights[band].sum() > 0.0]
    shares = [start.age_weights[band] / start.age_weights[band].sum() for band in bands]
    return (
        np.array([share @ (band + 0.5) * YEAR for band, share in zip(bands, shares, strict=True)]),
        np.array([start.age_weights[band].sum() for band in bands]) / start.age_weights.sum(),
        np.array([share @ risks[band] for band, share in zip(bands, shares, strict=True)]),
    )


def _lost(
    pathway: Pathway, start: Start, *, scale: FloatArray, at: float, target: str, ever: bool
) -> float:
    """Return what one age a band and a coarse step lose, at the middle of the draws."""
    middle = np.exp(np.log(scale).mean(axis=0))
    absorbing = [target] if ever else []
    fine = course(pathway, start, horizon=at, scale=middle, absorbing=absorbing)
    layout = lay_out(pathway, start)
    ages, weights, risks = _ages(start)
    steps = max(1, round(at / COARSE_STEP))
    coarse = expected_kernel.in_state_at(
        layout.first_move,
        layout.moves_to,
        layout.hazards,
        np.ascontiguousarray((middle * _levels(pathway, None))[:, layout.order]),
        np.zeros(0),
        pathway.age_edges,
        pathway.duration_edges,
        layout.timed,
        layout.risk_scale,
        risks,
        start.state,
        ages,
        weights,
        steps,
        at / steps,
        layout.final_state,
        _mask(pathway, absorbing),
        pathway.state(target),
    )
    return float(fine.occupancy[:, -1, pathway.state(target)].sum() - coarse)
