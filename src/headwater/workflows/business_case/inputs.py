"""What a case is uncertain of, input by input: the very draws that its worlds were made of."""

from dataclasses import dataclass

import numpy as np

from headwater.appraisal.appraise import price_draws
from headwater.core.arrays import FloatArray
from headwater.core.pathway import PLACEMENTS
from headwater.workflows.business_case.run import Run
from headwater.workflows.business_case.sensitivity import ROUTE_NAMES
from headwater.workflows.business_case.setting import Setting

EFFECT = "effect of the programme"
RISK = "risk without the programme"
HOMES = "share of placements in children's homes"


@dataclass(frozen=True, slots=True)
class Input:
    """One uncertain input of a case.

    Parameters
    ----------
    kind
        The group it belongs to: the effect, the risk, levels of the place or prices.
    draws
        Array (draw,), drawn independently of every other input.
    """

    name: str
    kind: str
    draws: FloatArray


def inputs(run: Run) -> tuple[Input, ...]:
    """Return every input of a case that is not the same in all its draws."""
    setting = run.setting
    found = [*_beliefs(setting), *_levels(setting), *_prices(setting)]
    return tuple(one for one in found if np.ptp(one.draws) > 0.0)


def _beliefs(setting: Setting) -> list[Input]:
    change, risk = setting.change, setting.risk
    found = [] if change is None else [Input(EFFECT, "effect", change.effect)]
    return found if risk is None else [*found, Input(RISK, "risk", risk.share)]


def _levels(setting: Setting) -> list[Input]:
    """Return the levels of the place's hazards, times England's, and its mix of placements."""
    pathway, kind = setting.pathway, "levels of the place"
    found = [
        Input(
            ROUTE_NAMES[level.route], kind, pathway.multipliers[:, pathway.moves(level.moves[0])[0]]
        )
        for level in setting.levels
    ]
    if pathway.marks is None:
        return found
    under_16 = np.diff(pathway.marks.cumulative[:, 0], axis=1, prepend=0.0)
    return [*found, Input(HOMES, kind, under_16[:, PLACEMENTS.index("residential")])]


def _prices(setting: Setting) -> list[Input]:
    case, prices = setting.case, setting.prices
    drawn = price_draws(prices, seed=case.seed, draws=case.draws, place=setting.place.id)
    return [
        Input(f"price: {price.name}", "prices", values)
        for price, values in zip(prices, drawn, strict=True)
        if price.log_spread > 0.0
    ]
