"""A case worked through: both arms solved, simulated and priced, ready to be asked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headwater.appraisal.appraise import appraise, price_draws
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.figure import Count, Figure
from headwater.core.pathway import MONTH
from headwater.pathways.arms import Solved, solve_arms
from headwater.pathways.simulate import check_memory, simulate
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.figures import computed, drawn, unknown
from headwater.workflows.business_case.middle import Middle, make_middle, start_shares
from headwater.workflows.business_case.setting import Setting, resolve

Progress = Callable[[str, float], None]

RATES = "hmt2026greenbook"
NO_EFFECT = "no usable effect is published for this programme: see the reverse questions"
NO_COST = "the cost of delivery is not known"


@dataclass(frozen=True, slots=True)
class Run:
    """A case and everything worked out from it, before it is said in figures.

    Its methods make figures that name the sources they rest on, and say so where the effect or the
    cost they rest on is not known.
    """

    setting: Setting
    solved: Solved
    tally: Tally
    appraisal: Appraisal
    middle: Middle
    child_sources: tuple[str, ...]
    """Keys of everything that counts of children and days rest on."""
    money_sources: tuple[str, ...]
    """Keys of everything that pounds rest on, children's included."""

    @property
    def budgets(self) -> dict[str, Appraisal]:
        """The appraisal by whose budgets count."""
        return {"council": self.appraisal.council, "all public budgets": self.appraisal}

    @property
    def effect_known(self) -> bool:
        """Whether anything is known of what the programme does."""
        return self.setting.change is not None

    @property
    def aim_missed(self) -> bool:
        """Whether fewer children do well with the programme than without, on average."""
        entered = self.tally.pairs.sum(axis=0)
        more = entered[0, 1] > entered[1, 0]
        return bool(more != self.setting.aim.entering_is_good and entered[0, 1] != entered[1, 0])

    @property
    def cost(self) -> float | None:
        """Mean present value of delivery, pounds, or None where it is not known."""
        known = self.setting.delivery.value is not None
        return float(np.mean(self.appraisal.cost)) if known else None

    def count(self, values: FloatArray, unit: str, count: Count, note: str = "") -> Figure:
        """Return children or days, from draws."""
        return drawn(values, unit, self.child_sources, count=count, note=note)

    def pounds(self, values: FloatArray, note: str = "") -> Figure:
        """Return pounds, from draws."""
        base = self.appraisal.price_base
        return drawn(values, "GBP", self.money_sources, price_base=base, note=note)

    def worked_out(self, value: float | None, unit: str, note: str = "") -> Figure:
        """Return one number that rests on everything money rests on."""
        base = self.appraisal.price_base if unit.startswith("GBP") else ""
        return computed(value, unit, self.money_sources, note, price_base=base)

    def blank(self, unit: str, why: str = NO_EFFECT) -> Figure:
        """Return "not known", and why; money in the run's prices."""
        base = self.appraisal.price_base if unit.startswith("GBP") else ""
        return unknown(unit, why, base)


def work_through(case: Case, progress: Progress | None = None) -> Run:
    """Look a case up, solve for both arms, simulate them on the same luck, price and discount.

    Raises
    ------
    InputError
        If the case names something unknown, does not fit, or cannot be run.
    """
    tell = progress or (lambda _what, _part: None)
    tell("looking up", 0.0)
    setting = resolve(case)
    months = 12 * case.horizon_years
    check_memory(setting.pathway, months)
    tell("solving for both arms", 0.0)
    solved = solve_arms(
        setting.pathway,
        setting.start,
        risk=setting.risk,
        risk_moves=setting.risk_moves,
        change=setting.change,
        horizon=setting.horizon,
    )
    tally = simulate(
        setting.pathway,
        setting.start,
        solved.arms,
        period_edges=np.round(np.arange(months + 1) * MONTH).astype(np.int64),
        target=setting.aim.state,
        seed=case.seed,
        progress=lambda part: tell("simulating both arms", part),
    )
    tell("asking the reverse questions", 0.0)
    counted = _child_sources(setting)
    return Run(
        setting=setting,
        solved=solved,
        tally=tally,
        appraisal=_appraisal(setting, tally),
        middle=make_middle(setting, tally),
        child_sources=counted,
        money_sources=_money_sources(setting, counted),
    )


def _appraisal(setting: Setting, tally: Tally) -> Appraisal:
    case, draws = setting.case, setting.case.draws
    starts = start_shares(case)
    years = case.horizon_years + len(starts) - 1
    return appraise(
        tally,
        setting.prices,
        price_draws(setting.prices, seed=case.seed, draws=draws, place=setting.place.id),
        moves=[move.name for move in setting.pathway.transitions],
        delivery=np.full(draws, setting.delivery.value or 0.0),
        starts=starts,
        factors=discount_factors(case, years),
    )


def _child_sources(setting: Setting) -> tuple[str, ...]:
    keys = [key for move in setting.pathway.transitions for key in move.sources]
    for known in (setting.risk_known, setting.change_known):
        keys += known.sources if known else ()
    return tuple(dict.fromkeys(keys))


def _money_sources(setting: Setting, counted: tuple[str, ...]) -> tuple[str, ...]:
    keys = [*counted, *(key for price in setting.prices for key in price.sources)]
    keys += setting.delivery.sources
    return tuple(dict.fromkeys([*keys, RATES]))
