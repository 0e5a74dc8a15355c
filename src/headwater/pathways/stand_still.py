"""A place standing still: the levels of entry at which its published stocks hold for good.

Levels of leaving are the place's own, as fitted. Each entry (to need, to a plan, to care) is then
raised or lowered until the stock that the pathway implies is the stock that is published. Need
feeds plans and both feed care, so the three are found together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import root

from headwater.core.arrays import FloatArray, IntArray
from headwater.core.pathway import YEAR, Level, Pathway, Start, Stock
from headwater.pathways.expected import Expected, course
from headwater.pathways.fit import newborn

COUNTED: dict[Stock, tuple[str, ...]] = {
    "need": ("child_in_need", "pre_proceedings"),
    "plan": ("protection_plan",),
    "care": ("looked_after",),
}
"""The states whose children a stock counts: need is net need, as `levels.net_need` has it."""
ENTRIES: dict[Stock, tuple[str, ...]] = {
    "need": ("universal -> child_in_need",),
    "plan": ("child_in_need -> protection_plan",),
    "care": (
        "child_in_need -> looked_after",
        "protection_plan -> looked_after",
        "protection_plan -> pre_proceedings",
    ),
}
"""The moves that fill each stock."""
CLOSE = 1e-6
"""Largest gap between the logs of published and implied stock at which the search stops."""


@dataclass(frozen=True, slots=True)
class StandStill:
    """A place's pathway at levels that hold its published stocks, and who is there.

    Parameters
    ----------
    pathway
        One draw; its multipliers are the levels.
    children
        Children by state, year of age, class and band of time in state; array (state, 18, class,
        duration band).
    entries
        Log of what each entry was raised by above its fitted level, by the stock it fills.
    births
        Children born in a year: as many as there are at each year of age (assumed).
    moves
        Moves made in a year; array (transition,).
    """

    pathway: Pathway
    children: FloatArray
    entries: dict[Stock, float]
    births: float
    moves: FloatArray

    @property
    def rates(self) -> FloatArray:
        """How often each move is made, per child in its origin and year; array (transition,)."""
        there = self.children.sum(axis=(1, 2, 3))
        origins = [self.pathway.state(move.origin) for move in self.pathway.transitions]
        return np.asarray(self.moves / np.maximum(there[origins], 1e-12))

    def stock(self, name: Stock) -> float:
        """Return the children that a stock counts."""
        return float(self.children[_states(self.pathway, name)].sum())


def stand_still(
    pathway: Pathway,
    levels: Sequence[Level],
    *,
    population: float,
    stocks: Mapping[Stock, float],
) -> StandStill:
    """Find the levels of entry at which published stocks hold.

    Parameters
    ----------
    population
        Children aged 0 to 17.
    stocks
        Published children; a stock left out, or without children, keeps its fitted level of entry.

    Raises
    ------
    ArithmeticError
        If no levels of entry hold the stocks.
    """
    fitted = np.ones(len(pathway.transitions))
    for level in levels:
        fitted[pathway.moves(*level.moves)] = np.exp(level.level)
    held = {name: stock for name, stock in stocks.items() if stock > 0.0}
    births = population / 18

    def at(logs: FloatArray) -> tuple[Pathway, Expected]:
        multipliers = fitted.copy()
        for name, log in zip(held, logs, strict=True):
            multipliers[pathway.moves(*ENTRIES[name])] *= np.exp(log)
        placed = replace(pathway, multipliers=multipliers[None])
        return placed, course(placed, newborn(placed), horizon=18 * YEAR)

    def gap(logs: FloatArray) -> FloatArray:
        _, life = at(logs)
        implied = life.held.sum(axis=(1, 2, 3)) / YEAR * births
        return np.array(
            [np.log(implied[_states(pathway, name)].sum() / held[name]) for name in held]
        )

    logs = np.zeros(len(held))
    if held:
        found = root(gap, logs - gap(logs), tol=CLOSE)
        if not found.success or np.abs(found.fun).max() > 100 * CLOSE:
            msg = f"no levels of entry hold {dict(held)} among {population:,.0f} children"
            raise ArithmeticError(msg)
        logs = found.x
    placed, life = at(logs)
    entries = dict(zip(held, logs.tolist(), strict=True))
    return StandStill(
        pathway=placed,
        children=life.held / YEAR * births,
        entries=entries,
        births=births,
        moves=births * life.entries.sum(axis=(0, 1)),
    )


def _states(pathway: Pathway, name: Stock) -> IntArray:
    return np.array([pathway.state(state) for state in COUNTED[name]])


def starts(still: StandStill, *, days: float) -> tuple[Start, ...]:
    """Return the children there now, a group a state, and those born over the next `days`."""
    pathway, groups = still.pathway, list[Start]()
    timed = np.any(np.diff(pathway.hazards, axis=2) != 0.0, axis=(1, 2))
    for state, name in enumerate(pathway.states):
        there = still.children[state]
        children = round(float(there.sum()))
        if children > 0:
            moves = [i for i, move in enumerate(pathway.transitions) if move.origin == name]
            groups.append(
                Start(
                    state=state,
                    children=children,
                    age_weights=there.sum(axis=(1, 2)),
                    risk_weights=_some(there.sum(axis=2)),
                    elapsed_weights=_some(there) if timed[moves].any() else None,
                )
            )
    births = round(still.births * days / YEAR)
    return (*groups, replace(newborn(pathway), children=births, born_over=days))


def _some(weights: FloatArray) -> FloatArray:
    """Return weights, even where nobody is: a share of nobody is never drawn."""
    return np.where(weights.sum(axis=-1, keepdims=True) > 0.0, weights, 1.0)
