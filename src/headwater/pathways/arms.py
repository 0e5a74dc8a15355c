"""Turn a cohort's risk and a trial's result into hazards, so that the model reproduces both.

A trial says how many were looked after on a day, in each arm. The model is solved, draw by draw,
for the factor on the hazards that makes its business-as-usual arm show the control arm's share,
and for the hazard ratio that makes its programme arm show the programme arm's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from headwater.core.arrays import FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.pathway import MONTH, YEAR, Arms, Pathway, Start
from headwater.pathways.expected import Asked, shares_at, solve_factor, still_under_18
from headwater.pathways.expected_kernel import CLOSE_SHARE, MOST_LOG

Scale = Literal["risk_difference", "risk_ratio", "odds_ratio", "hazard_ratio"]
After = Literal["none", "fade", "persist", "rebound"]

SOLVED = 0.95
"""Share of draws in which a cohort's risk must be reachable."""
LEAST, MOST = 0.0005, 0.9995
"""How near to none, or to all, a share may come: no hazard makes an outcome certain."""
COUNTED = 0.05
"""Least share of a cohort still under 18 on the day on which a share of it is counted."""
RARE = 1e-5
"""A share of the cohort below which an effect on it cannot be solved for."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A cohort's share with an outcome without the programme.

    Parameters
    ----------
    share
        Array (draw,).
    months
        By or at how many months after the start.
    ever
        Ever in the state by then, or in it then (of those still under 18).
    """

    share: FloatArray
    state: str
    months: float
    ever: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a programme does: an effect on some scale, seen at a follow-up, and what becomes of it.

    Parameters
    ----------
    effect
        Array (draw,), on `scale`; a risk difference is a share, negative for fewer.
    after
        After follow-up: none (the hazards return to business as usual), persist, fade (the log
        hazard ratio keeps `kept` of itself every further year), or rebound (for as long again two
        less the hazard ratio, not below 0: who stays at risk has then faced as much in both arms).
    """

    effect: FloatArray
    scale: Scale
    state: str
    moves: IntArray
    months: float
    ever: bool
    after: After = "none"
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class Solved:
    """The two arms, and the factors that were solved for, array (draw,)."""

    arms: Arms
    risk_factor: FloatArray
    hazard_ratio: FloatArray
    beyond: int = 0
    """Draws whose risk or effect no hazard gives, in which the nearest possible was taken."""


def solve_arms(
    pathway: Pathway,
    start: Start,
    *,
    risk: Risk | None,
    risk_moves: IntArray,
    change: Change | None,
    horizon: float,
) -> Solved:
    """Solve for both arms, in every draw.

    Parameters
    ----------
    risk
        The cohort's known risk, or None to take the place's own hazards.
    risk_moves
        Moves whose hazards the known risk raises or lowers, for the whole horizon.
    change
        What the programme does, or None where nothing is known of it.
    horizon
        Days.

    Raises
    ------
    InputError
        If no factor on the hazards gives the risk.
    """
    draws, moves = pathway.draws, len(pathway.transitions)
    factor, beyond = np.ones(draws), np.zeros(draws, dtype=np.bool_)
    if risk is not None:
        asked = Asked(risk.state, risk.months * MONTH, risk.ever)
        _check_counted(pathway, start, asked)
        factor = solve_factor(
            pathway,
            start,
            asked,
            wanted=np.clip(risk.share, LEAST, MOST),
            scale=np.ones((draws, 1, moves)),
            moved=risk_moves,
        )
        _check_solved(factor, risk)
        beyond |= ~np.isfinite(factor) | (risk.share < LEAST) | (risk.share > MOST)
        factor = _nearest(factor, risk.share)
    usual = np.ones((draws, 1, moves))
    usual[:, 0, risk_moves] = factor[:, None]
    if change is None:
        none = np.full(draws, np.nan)
        arms = Arms(np.zeros(0), np.stack([usual, usual]))
        return Solved(arms, factor, none, int(beyond.sum()))
    ratio = hazard_ratios(pathway, start, usual=usual, change=change)
    beyond |= np.abs(np.log(ratio)) >= MOST_LOG
    arms = with_ratio(usual, ratio, change=change, horizon=horizon)
    return Solved(arms, factor, ratio, int(beyond.sum()))


def with_ratio(usual: FloatArray, ratio: FloatArray, *, change: Change, horizon: float) -> Arms:
    """Return both arms, given the hazard ratio of each draw.

    Parameters
    ----------
    usual
        Multipliers of every hazard in business as usual, array (draw, 1, transition).
    ratio
        Array (draw,).
    """
    edges, ratios = _windows(change, ratio, horizon)
    usual = np.repeat(usual, ratios.shape[1], axis=1)
    helped = usual.copy()
    helped[:, :, change.moves] *= ratios[:, :, None]
    return Arms(edges, np.stack([usual, helped]))


def hazard_ratios(
    pathway: Pathway, start: Start, *, usual: FloatArray, change: Change
) -> FloatArray:
    """Return, draw by draw, the hazard ratio that makes the programme arm show the effect."""
    if change.scale == "hazard_ratio":
        return np.clip(change.effect, np.exp(-MOST_LOG), np.exp(MOST_LOG))
    control = share_at(pathway, start, usual=usual, change=change)
    _check_control(control, change)
    asked = _apply(control, change)
    _check_possible(asked, change)
    wanted = np.clip(asked, LEAST * control, control + MOST * (1.0 - control))
    found = solve_factor(
        pathway, start, _asked(change), wanted=wanted, scale=usual, moved=change.moves
    )
    # Where a draw asks for more than any hazard can give, the whole of those moves is stopped or,
    # above, hastened; `beyond` counts such draws for the user.
    extreme = np.exp(np.where(wanted < control, -MOST_LOG, MOST_LOG))
    found = np.where(np.isfinite(found), found, extreme)
    return np.asarray(np.where(np.abs(wanted - control) < CLOSE_SHARE, 1.0, found))


def _check_counted(pathway: Pathway, start: Start, asked: Asked) -> None:
    """Refuse a share of children in a state on a day when hardly any is still under 18."""
    if asked.ever or still_under_18(pathway, start, asked.at) >= COUNTED:
        return
    raise InputError(
        Problem(
            "cohort.ages",
            f"hardly any of these children is still under 18 at {asked.at / MONTH:g} months, when"
            f" the share '{asked.state}' is counted.",
            "Choose younger children, an earlier month, or a share ever there by then.",
        )
    )


def _check_possible(asked: FloatArray, change: Change) -> None:
    """Refuse an effect that leaves fewer than none, or more than all, with the outcome."""
    if np.mean((asked > 0.0) & (asked < 1.0)) >= SOLVED:
        return
    raise InputError(
        Problem(
            "effect",
            f"would leave a share of {float(np.median(asked)):.1%} with the outcome"
            f" '{change.state}' at {change.months:g} months.",
            "Give a smaller effect, or a ratio.",
        )
    )


def _check_control(control: FloatArray, change: Change) -> None:
    """Refuse an effect on an outcome that, without the programme, hardly or always happens."""
    if RARE < float(np.median(control)) < 1.0 - RARE:
        return
    raise InputError(
        Problem(
            "effect",
            f"without the programme {float(np.median(control)):.2%} of the cohort have the outcome"
            f" '{change.state}' at {change.months:g} months, so no effect on it can be solved for.",
            "Choose a follow-up before the children turn 18, a level of need at which it happens,"
            " or give a hazard ratio.",
        )
    )


def share_at(pathway: Pathway, start: Start, *, usual: FloatArray, change: Change) -> FloatArray:
    """Return the expected share with the outcome in business as usual, array (draw,).

    Raises
    ------
    InputError
        If hardly any child is still under 18 on the day on which the share is counted.
    """
    _check_counted(pathway, start, _asked(change))
    return shares_at(pathway, start, _asked(change), scale=usual)


def _asked(change: Change) -> Asked:
    return Asked(change.state, change.months * MONTH, change.ever)


def _apply(control: FloatArray, change: Change) -> FloatArray:
    if change.scale == "risk_difference":
        return np.asarray(control + change.effect)
    if change.scale == "risk_ratio":
        return np.asarray(control * change.effect)
    odds = control / (1.0 - control) * change.effect
    return np.asarray(odds / (1.0 + odds))


def _windows(change: Change, ratio: FloatArray, horizon: float) -> tuple[FloatArray, FloatArray]:
    """Return the ends of the windows, and the hazard ratio in force, array (draw, window)."""
    follow_up, one = change.months * MONTH, np.ones_like(ratio)
    if change.after == "persist":
        return np.zeros(0), ratio[:, None]
    if change.after == "none":
        return np.array([follow_up]), np.stack([ratio, one], axis=1)
    if change.after == "rebound":
        twice = np.array([follow_up, 2.0 * follow_up])
        return twice, np.stack([ratio, np.maximum(2.0 - ratio, 0.0), one], axis=1)
    years = int(np.ceil(max(horizon - follow_up, 1.0) / YEAR))
    powers = np.concatenate([np.ones(1), change.kept ** np.arange(1.0, years + 1)])
    edges = np.asarray(follow_up + np.arange(years) * YEAR, dtype=np.float64)
    return edges, np.asarray(ratio[:, None] ** powers)


def _nearest(factor: FloatArray, share: FloatArray) -> FloatArray:
    """Return the factors, with the nearest solved one where a draw's share cannot be reached."""
    solved = np.isfinite(factor)
    filled = factor.copy()
    for draw in np.flatnonzero(~solved):
        filled[draw] = factor[solved][np.abs(share[solved] - share[draw]).argmin()]
    return filled


def _check_solved(factor: FloatArray, risk: Risk) -> None:
    if np.isfinite(factor).mean() >= SOLVED:
        return
    share = float(risk.share[~np.isfinite(factor)][0])
    raise InputError(
        Problem(
            "cohort.risk",
            f"no hazard of entering '{risk.state}' gives a share of {share:.1%} at"
            f" {risk.months:g} months.",
            "Check the share, its month, and whether it counts children ever there or there then.",
        )
    )


def entry_moves(pathway: Pathway, state: str, origins: Sequence[str]) -> IntArray:
    """Return the moves from some states into one."""
    return pathway.moves(
        *(
            move.name
            for move in pathway.transitions
            if move.target == state and move.origin in origins
        )
    )
