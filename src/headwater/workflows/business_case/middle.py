"""The case at the middle of its inputs, without chance: for reverse questions and sensitivity.

A looked-after day is priced at the simulated mix of placements; everything else is the expected
course of the same pathway.
"""

from dataclasses import dataclass, replace

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.pathway import MONTH, YEAR
from headwater.pathways.arms import Arms, Change, hazard_ratios, share_at, solve_arms
from headwater.pathways.expected import course
from headwater.workflows.business_case.setting import CARE, Setting, central, discount_factors


@dataclass(frozen=True, slots=True)
class Middle:
    """A case that can be asked what it saves at any effect, risk, level or price.

    Parameters
    ----------
    daily
        Pounds a day by price line and state, array (line, state).
    per_move
        Pounds a move by price line and transition, array (line, transition).
    """

    setting: Setting
    daily: FloatArray
    per_move: FloatArray
    council: FloatArray

    def arms(self, *, hazard_ratio: float | None = None) -> Arms:
        """Return both arms at the middle, or at a hazard ratio of one's own."""
        s = self.setting
        change = s.change
        if hazard_ratio is not None:
            change = self._at(hazard_ratio)
        return solve_arms(
            s.pathway,
            s.start,
            risk=s.risk,
            risk_moves=s.risk_moves,
            change=change,
            horizon=s.horizon,
        ).arms

    def _at(self, hazard_ratio: float) -> Change:
        s = self.setting
        months = s.change.months if s.change else s.horizon / MONTH
        return Change(
            effect=np.array([hazard_ratio]),
            scale="hazard_ratio",
            state=s.target,
            moves=s.change.moves if s.change else s.risk_moves,
            months=months,
            ever=s.change.ever if s.change else True,
            after=s.change.after if s.change else "none",
            kept=s.change.kept if s.change else 1.0,
        )

    def saved(self, arms: Arms) -> tuple[float, float]:
        """Return what the cohort saves, present value, council alone and all public budgets."""
        s = self.setting
        usual, helped = (self.spent(arms, arm) for arm in (0, 1))
        factors = discount_factors(s, usual.shape[1])
        by_line = ((usual - helped) * factors).sum(axis=1) * s.case.cohort.children
        return float(by_line[self.council].sum()), float(by_line.sum())

    def spent(self, arms: Arms, arm: int) -> FloatArray:
        """Return expected pounds a child, array (line, year), not discounted."""
        s = self.setting
        result = course(
            s.pathway,
            s.start,
            horizon=s.horizon,
            scale=arms.scale[arm, 0],
            window_edges=arms.edges,
        )
        years = s.case.horizon_years
        days = result.days_by([year * YEAR for year in range(years + 1)])
        moves = result.entries.sum(axis=0)
        year_of = np.minimum((np.arange(len(moves)) * result.step / YEAR).astype(int), years - 1)
        yearly = np.stack([moves[year_of == y].sum(axis=0) for y in range(years)], axis=1)
        return np.asarray(self.daily @ days + self.per_move @ yearly)

    def care_days(self, arms: Arms, arm: int, *, years: float) -> float:
        """Return expected days looked after for each child within some years."""
        s = self.setting
        result = course(
            s.pathway,
            s.start,
            horizon=years * YEAR,
            scale=arms.scale[arm, 0],
            window_edges=arms.edges,
        )
        return float(result.days[s.pathway.state(CARE)])

    def ever(self, arms: Arms, arm: int, *, months: float, state: str = CARE) -> float:
        """Return the expected share ever in a state by some months."""
        s = self.setting
        result = course(
            s.pathway,
            s.start,
            horizon=months * MONTH,
            scale=arms.scale[arm, 0],
            window_edges=arms.edges,
            absorbing=[state],
        )
        return float(result.occupancy[:, -1, s.pathway.state(state)].sum())

    def difference(self, hazard_ratio: float) -> float | None:
        """Return the difference in the outcome's share at follow-up that a hazard ratio makes."""
        s = self.setting
        if s.change is None:
            return None
        usual = self.arms().scale[0][:, :1]
        at = replace(self._at(hazard_ratio), months=s.change.months, ever=s.change.ever)
        helped = usual.copy()
        helped[:, :, at.moves] *= hazard_ratio
        return float(
            share_at(s.pathway, s.start, usual=helped, change=at)[0]
            - share_at(s.pathway, s.start, usual=usual, change=at)[0]
        )

    def hazard_ratio_of(self, change: Change) -> float:
        """Return a published effect as the hazard ratio that reproduces it in this cohort."""
        s = self.setting
        usual = self.arms().scale[0][:, :1]
        return float(hazard_ratios(s.pathway, s.start, usual=usual, change=change)[0])


def make_middle(setting: Setting, tally: Tally) -> Middle:
    """Return the case at its middle, looked-after days priced at the simulated mix."""
    middle = central(setting)
    pathway = setting.pathway
    names = [move.name for move in pathway.transitions]
    marks = [i for i, bucket in enumerate(tally.buckets) if bucket.startswith(f"{CARE}: ")]
    mix = tally.days[0].sum(axis=(0, 2))[marks].astype(float)
    mix = mix / mix.sum() if mix.sum() > 0 else np.full(len(marks), 1 / len(marks))
    daily = np.zeros((len(setting.prices), len(pathway.states)))
    per_move = np.zeros((len(setting.prices), len(names)))
    for i, price in enumerate(setting.prices):
        for bucket in price.buckets:
            if bucket in pathway.states:
                daily[i, pathway.state(bucket)] += price.value
            else:
                at = marks.index(tally.buckets.index(bucket))
                daily[i, pathway.state(CARE)] += price.value * mix[at]
        for move in price.moves:
            per_move[i, names.index(move)] += price.value
    council = np.array([price.council for price in setting.prices])
    return Middle(middle, daily, per_move, council)
