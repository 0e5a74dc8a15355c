"""The case at the middle of its inputs, without chance: for reverse questions and sensitivity.

A looked-after day is priced at the simulated mix of placements; everything else is the expected
course of the same pathway.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray
from headwater.core.episodes import Tally
from headwater.core.errors import InputError
from headwater.core.pathway import MONTH, YEAR, Arms, Start
from headwater.pathways.arms import Change, hazard_ratios, share_at, solve_arms, with_ratio
from headwater.pathways.expected import COARSE_STEP, Expected, course
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.beliefs import CARE, carried
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.setting import Setting

SPANS = (0, 1, 3, 5, *range(8, 19))
"""Ages at which spans of starting ages begin, and the end."""


@dataclass(frozen=True, slots=True)
class Middle:
    """A case that can be asked what it saves at any effect, risk, level or price.

    Parameters
    ----------
    daily
        Pounds a day by price line and state, array (line, state).
    per_move
        Pounds a move by price line and transition, array (line, transition).
    council
        Which lines the council alone bears, array (line,).
    arms
        Both arms at the middle of the inputs.
    """

    setting: Setting
    daily: FloatArray
    per_move: FloatArray
    council: BoolArray
    arms: Arms

    def but(self, **changes: object) -> "Middle":
        """Return the same case with some inputs changed and both arms solved for again."""
        setting = replace(self.setting, **changes)  # type: ignore[arg-type]
        return replace(self, setting=setting, arms=_solved(setting))

    @property
    def held(self) -> str:
        """For how long an effect that is looked for is taken to hold, in words."""
        change = self.setting.change
        if change is None or change.after == "persist":
            return "the whole horizon"
        then = {"none": "", "fade": ", then fading", "rebound": ", then turned round"}[change.after]
        return f"{change.months:g} months{then}"

    def at(self, hazard_ratio: float, *, months: float | None = None) -> Arms:
        """Return both arms where the programme has a hazard ratio of one's own.

        Parameters
        ----------
        months
            The follow-up it holds for, after which the case's own switch decides; none: as `held`.
        """
        change = self._change(hazard_ratio)
        if months is not None:
            after = self.setting.case.options.after_follow_up
            change = replace(change, months=months, after=after)
        return with_ratio(
            self._usual(), np.array([hazard_ratio]), change=change, horizon=self.setting.horizon
        )

    def saved(
        self, arms: Arms, usual: FloatArray | None = None, *, discounted: bool = True
    ) -> tuple[float, float]:
        """Return what the cohort saves, present value or not, council alone and all public budgets.

        Parameters
        ----------
        usual
            What business as usual spends, where it has been worked out before.
        """
        usual = self.spent(arms, 0) if usual is None else usual
        helped = self.spent(arms, 1)
        factors = self._factors(usual.shape[1]) if discounted else 1.0
        children = self.setting.case.cohort.children
        by_line = ((usual - helped) * factors).sum(axis=1) * children
        return float(by_line[self.council].sum()), float(by_line.sum())

    def _factors(self, years: int) -> FloatArray:
        """Return the mean discount factor of each year since a child's own start."""
        shares = start_shares(self.setting.case)
        factors = discount_factors(self.setting.case, years + len(shares) - 1)
        return np.array([shares @ factors[year : year + len(shares)] for year in range(years)])

    def spent(self, arms: Arms, arm: int) -> FloatArray:
        """Return expected pounds a child, array (line, year), not discounted."""
        years = self.setting.case.horizon_years
        result = self._course(arms, arm, self.setting.horizon)
        days = result.days_by(np.arange(years + 1, dtype=np.float64) * YEAR)
        moves = result.entries.sum(axis=0)
        year_of = np.minimum((np.arange(len(moves)) * result.step / YEAR).astype(int), years - 1)
        yearly = np.stack([moves[year_of == y].sum(axis=0) for y in range(years)], axis=1)
        return np.asarray(self.daily @ days + self.per_move @ yearly)

    def care_days(self, arms: Arms, arm: int) -> float:
        """Return expected days looked after for each child within the horizon."""
        result = self._course(arms, arm, self.setting.horizon)
        return float(result.days[self.setting.pathway.state(CARE)])

    def ever(self, arms: Arms, arm: int) -> float:
        """Return the expected share ever looked after within the horizon."""
        result = self._course(arms, arm, self.setting.horizon, absorbing=(CARE,))
        return float(result.occupancy[:, -1, self.setting.pathway.state(CARE)].sum())

    def difference(self, hazard_ratio: float) -> float | None:
        """Return the difference in the outcome's share at follow-up that a hazard ratio makes."""
        s = self.setting
        if s.change is None:
            return None
        helped = self._usual().copy()
        helped[:, :, s.change.moves] *= hazard_ratio
        try:
            shares = [
                share_at(s.pathway, s.start, usual=usual, change=s.change)[0]
                for usual in (self._usual(), helped)
            ]
        except InputError:  # nobody is left to count
            return None
        return float(shares[1] - shares[0])

    def hazard_ratio_of(self, change: Change) -> float:
        """Return a published effect as the hazard ratio that reproduces it in this cohort."""
        s = self.setting
        return float(hazard_ratios(s.pathway, s.start, usual=self._usual(), change=change)[0])

    def _usual(self) -> FloatArray:
        return np.asarray(self.arms.scale[0][:, :1])

    def _course(
        self, arms: Arms, arm: int, horizon: float, absorbing: tuple[str, ...] = ()
    ) -> Expected:
        s = self.setting
        return course(
            s.pathway,
            s.start,
            horizon=horizon,
            scale=arms.scale[arm, 0],
            window_edges=arms.edges,
            absorbing=absorbing,
            parts=1,
            step=COARSE_STEP,
        )

    def _change(self, hazard_ratio: float) -> Change:
        s = self.setting
        effect = np.array([hazard_ratio])
        if s.change is not None:
            return replace(s.change, effect=effect, scale="hazard_ratio")
        return Change(
            effect=effect,
            scale="hazard_ratio",
            state=s.aim.state,
            moves=s.aim.moves,
            months=s.horizon / MONTH,
            ever=True,
            after="persist",
            kept=s.case.options.fade_kept_per_year,
        )


def _solved(setting: Setting) -> Arms:
    return solve_arms(
        setting.pathway,
        setting.start,
        risk=setting.risk,
        risk_moves=setting.risk_moves,
        change=setting.change,
        horizon=setting.horizon,
    ).arms


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
    return Middle(middle, daily, per_move, council, _solved(middle))


def central(setting: Setting) -> Setting:
    """Return the same case with one draw, everything at its middle."""
    pathway = replace(
        setting.pathway,
        multipliers=np.exp(np.log(setting.pathway.multipliers).mean(axis=0, keepdims=True)),
        marks=None,
    )
    risk = setting.risk and replace(
        setting.risk, share=np.array([setting.risk_known.centre if setting.risk_known else 0.5])
    )
    change = setting.change and replace(
        setting.change,
        effect=carried(
            np.array([setting.change_known.centre if setting.change_known else 1.0]),
            setting.change.scale,
            setting.case.options.effect_carried_over,
        ),
    )
    return replace(
        setting, pathway=pathway, start=fewer_ages(setting.start), risk=risk, change=change
    )


def fewer_ages(start: Start) -> Start:
    """Return the same children at fewer ages: singly from 8, in spans below.

    From 8 every year counts, for how soon a child turns 16 or 18 decides how long care lasts.
    """
    weights, risks = np.zeros(18), start.risk_weights.copy()
    for first, end in pairwise(SPANS):
        span = np.arange(first, end)
        share = start.age_weights[span].sum()
        if share > 0.0:
            mean = int(np.average(span, weights=start.age_weights[span]) + 0.5)
            weights[mean] = share
            risks[mean] = np.average(risks[span], axis=0, weights=start.age_weights[span])
    return replace(start, age_weights=weights, risk_weights=risks)


def start_shares(case: Case) -> FloatArray:
    """Return the share of children who start in each year from the first, array (start year,)."""
    if not case.cohort.starts:
        return np.ones(1)
    years = [int(start.year[:4]) for start in case.cohort.starts]
    shares = np.zeros(years[-1] - years[0] + 1)
    for year, start in zip(years, case.cohort.starts, strict=True):
        shares[year - years[0]] = start.children / case.cohort.children
    return shares
