"""What is expected of a pathway, without chance: for calibration, solving and reverse questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.pathway import MONTH, YEAR, Pathway, Start
from headwater.pathways import expected_kernel
from headwater.pathways.simulate import Layout, lay_out

STEP = MONTH / 2
"""Days between two steps of the forward equations."""


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


def solve_factor(
    pathway: Pathway,
    start: Start,
    *,
    wanted: FloatArray,
    scale: FloatArray,
    window_edges: FloatArray,
    moved: Sequence[int] | FloatArray,
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
        Multipliers already in force; array (draw, window, transition). The factor applies in every
        window but the last, or in the only one.
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
    moves[np.asarray(moved, dtype=np.int64)] = True
    levels = pathway.multipliers if len(pathway.multipliers) == len(wanted) else np.broadcast_to(
        _levels(pathway, None), (len(wanted), len(pathway.transitions))
    )
    steps = max(1, round(at / STEP))
    found = np.zeros(len(wanted))
    expected_kernel.solve_scale(
        wanted,
        moves[layout.order],
        layout.first_move,
        layout.moves_to,
        layout.hazards,
        np.ascontiguousarray((scale * levels[:, None, :])[:, :, layout.order]),
        window_edges,
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
        found,
    )
    return found


def _levels(pathway: Pathway, draw: int | None) -> FloatArray:
    if draw is None:
        return np.asarray(np.exp(np.log(pathway.multipliers).mean(axis=0)))
    return pathway.multipliers[draw]


def _mask(pathway: Pathway, names: Sequence[str]) -> "np.typing.NDArray[np.bool_]":
    mask = np.zeros(len(pathway.states), dtype=np.bool_)
    mask[[pathway.state(name) for name in names]] = True
    return mask


def _ages(start: Start) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return starting ages (days), their shares and their shares of risk classes."""
    years = np.flatnonzero(start.age_weights)
    ages = np.zeros(1) if start.at_birth else (years + 0.5) * YEAR
    weights = start.age_weights[years] / start.age_weights.sum()
    risks = start.risk_weights[years] / start.risk_weights[years].sum(axis=1, keepdims=True)
    return ages, weights, risks


__all__ = ["STEP", "Expected", "Layout", "course", "solve_factor"]
