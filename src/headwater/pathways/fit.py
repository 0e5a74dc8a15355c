"""Calibrate the national pathway so that it reproduces what is published for England.

Nobody publishes ages at every move or time spent in care, so shapes by age, time in state and
hidden risk are national and shared; places move the levels (see `levels`). The fit, in order:

1. A birth cohort stands for a steady state: stock = births × time in state, flow = births × moves.
2. Published children in need contain children on plans, looked after and care leavers still helped;
   these are taken off before need is fitted.
3. Each level is raised or lowered by published ÷ modelled until all agree. Entry to care by age is
   met through pre-proceedings; direct entry has the same hazard from one month of age (assumed:
   legal status by age is not published), at the level that leaves pre-proceedings their share of
   applications.
   Infants enter directly in their first month: their pre-proceedings take place before birth.
   After it need starts as at 1 to 4 (assumed): the first month takes what is left of need under 1.
4. Hidden risk spreads until re-referrals agree; its power on plans until repeat plans agree.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.special import roots_genlaguerre

from headwater.core.arrays import FloatArray
from headwater.core.pathway import MONTH, STATES, YEAR, National, Pathway, Start
from headwater.pathways.expected import Expected, course
from headwater.pathways.moves import CARE, NEED, PLAN, PRE, TRANSITIONS, UNIVERSAL

AGES = np.array([0.0, 1 / 12, 1.0, 5.0, 10.0, 16.0, 18.0]) * YEAR
"""Edges of the bands of age: those in which authorities publish, with the first month apart."""
PUBLISHED = np.array([0, 0, 1, 2, 3, 4])
"""The published age band that each band lies in."""
DURATIONS = np.array([0.0, 3.0, 6.0, 12.0, 24.0]) * MONTH
"""Edges of the bands of time in state in which authorities publish."""
RISK_CLASSES = 8
ROUNDS = 400
CLOSE = 1e-5
"""Largest relative gap between published and modelled at which the fit stops."""

Facts = Mapping[str, FloatArray]
"""National facts by name, each an array (one value, or one a band)."""


def published_targets(facts: Facts) -> dict[str, FloatArray]:
    """Return what the model must reproduce, after netting; arrays by age band or single values.

    Unaccompanied asylum-seeking children are taken off looked-after children and starts; nobody
    publishes their ages, so all are assumed 16 or over.
    """
    uasc = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    leavers = uasc * facts["care_leavers_supported"].sum()
    net_need = (
        facts["need_stock_by_age"]
        - facts["plan_stock_by_age"]
        - facts["care_stock_by_age"]
        - leavers
    )
    applications = facts["care_applications_rate"] * facts["population"] / 10_000
    return {
        "need_stock": net_need,
        "need_starts": facts["need_starts"] - facts["uasc_starts"],
        "plan_stock": facts["plan_stock_by_age"]
        * facts["plan_stock"]
        / facts["plan_stock_by_age"].sum(),
        "plan_starts": facts["plan_starts"],
        "applications": applications * facts["children_per_family"],
        "care_starts": facts["care_starts_by_age"] - uasc * facts["uasc_starts"],
    }


def calibrate(facts: Facts) -> National:
    """Fit the national pathway; raise `ArithmeticError` if it will not close."""
    targets = published_targets(facts)
    pathway = _first_guess(facts)
    spread, gap = 4.0, np.inf
    for _ in range(ROUNDS):
        pathway, gap = _tune(pathway, facts, targets)
        ratio = facts["rereferral_share"][0] / rereferral_share(pathway, facts)
        power = facts["repeat_plan_share"][0] / repeat_plan_share(pathway)
        gap = max(gap, abs(ratio - 1.0), abs(power - 1.0))
        if gap < CLOSE:
            break
        spread = float(np.clip(spread * np.clip(ratio, 0.8, 1.25), 0.5, 20.0))
        values, weights = hidden_risk(spread)
        loadings = pathway.loadings.copy()
        loadings[2] = np.clip(loadings[2] * np.clip(power, 0.8, 1.25), 0.01, 3.0)
        pathway = replace(pathway, risk=values, risk_weights=weights, loadings=loadings)
    else:
        msg = f"the national fit did not close: a gap of {gap:.2%} is left"
        raise ArithmeticError(msg)
    return _national(pathway)


def hidden_risk(spread: float) -> tuple[FloatArray, FloatArray]:
    """Return classes and shares of a gamma distribution of mean 1 and variance `spread`.

    Gauss-Laguerre nodes: the classes have the distribution's own first moments exactly.
    """
    nodes, weights = roots_genlaguerre(RISK_CLASSES, 1.0 / spread - 1.0)
    return nodes * spread, weights / weights.sum()


def newborn(pathway: Pathway) -> Start:
    """Return one child born into the pathway."""
    return Start(
        state=UNIVERSAL,
        children=1,
        age_weights=np.eye(18)[0],
        risk_weights=np.tile(pathway.risk_weights, (18, 1)),
        at_birth=True,
    )


def rereferral_share(pathway: Pathway, facts: Facts) -> float:
    """Return the modelled share of referrals that follow another within 12 months.

    Only some referrals lead to need. A child not in need is referred at the hazard of need ÷ that
    share; two referrals in a row are counted from the first of them.
    """
    leads = float(facts["need_starts"][0] / facts["referrals"][0])
    life = course(pathway, newborn(pathway), horizon=18 * YEAR)
    per_band = np.searchsorted(AGES, (np.arange(life.entries.shape[1]) + 0.5) * life.step) - 1
    again, total = 0.0, 0.0
    for band, age in enumerate((AGES[:-1] + AGES[1:]) / 2):
        weights = life.entries[:, per_band == band, 0].sum(axis=1)
        start = Start(
            state=NEED,
            children=1,
            age_weights=np.eye(18)[min(17, int(age / YEAR))],
            risk_weights=np.tile(weights, (18, 1)),
        )
        back = _back_in_universal(pathway, start)
        rate = pathway.hazards[0, band, 0] * pathway.risk / leads
        from_need = _referred_after(back, rate[:, None], weights / weights.sum())
        outright = (weights / weights.sum() * -np.expm1(-rate * YEAR)).sum()
        again += weights.sum() * (leads * from_need + (1.0 - leads) * outright)
        total += weights.sum()
    return float(again / total)


def _back_in_universal(pathway: Pathway, start: Start) -> Expected:
    return course(pathway, start, horizon=YEAR, absorbing=["universal", "looked_after"])


def _referred_after(back: Expected, rate: FloatArray, weights: FloatArray) -> float:
    """Return the share referred within the year once back in universal, by class and step."""
    returned = np.diff(back.occupancy[:, :, UNIVERSAL], axis=1)
    left = YEAR - (np.arange(returned.shape[1]) + 0.5) * back.step
    return float((returned * -np.expm1(-rate * left)).sum() / weights.sum())


def repeat_plan_share(pathway: Pathway) -> float:
    """Return the modelled share of plans that are a child's second or later."""
    every = course(pathway, newborn(pathway), horizon=18 * YEAR).entries[:, :, 2].sum()
    first = (
        course(pathway, newborn(pathway), horizon=18 * YEAR, absorbing=["protection_plan"])
        .entries[:, :, 2]
        .sum()
    )
    return float(1.0 - first / every)


def _first_guess(facts: Facts) -> Pathway:
    hazards = np.zeros((len(TRANSITIONS), len(AGES) - 1, len(DURATIONS)))
    hazards[0] = 0.03 / YEAR
    hazards[1] = ending_hazards(facts["need_ended_by_duration"])
    hazards[2] = 0.3 / YEAR
    hazards[3] = 0.05 / YEAR
    hazards[4] = ending_hazards(facts["plan_ended_by_duration"])
    hazards[5] = 0.5 / YEAR
    hazards[6] = 0.05 / YEAR
    hazards[7] = hazards[4]
    hazards[8] = 0.8 / YEAR
    hazards[9:12] = _leaving_care(facts)[:, PUBLISHED, None]
    hazards[12] = _reentry(facts)
    values, weights = hidden_risk(4.0)
    loadings = np.zeros(len(TRANSITIONS))
    loadings[0], loadings[2] = 1.0, 0.5
    return Pathway(
        states=STATES,
        transitions=TRANSITIONS,
        age_edges=AGES,
        duration_edges=DURATIONS,
        hazards=hazards,
        risk=values,
        risk_weights=weights,
        loadings=loadings,
        multipliers=np.ones((1, len(TRANSITIONS))),
        children_per_family=float(facts["children_per_family"][0]),
    )


def ending_hazards(ended: FloatArray) -> FloatArray:
    """Turn counts of ended episodes by duration into hazards per day, array (duration band,).

    The last, open band keeps the hazard of the one before it: nobody publishes how long the longest
    last.
    """
    surviving = 1.0 - np.cumsum(ended) / ended.sum()
    before = np.concatenate([[1.0], surviving[:-2]])
    hazards = -np.log(surviving[:-1] / before) / np.diff(DURATIONS)
    return np.append(hazards, hazards[-1])


def _leaving_care(facts: Facts) -> FloatArray:
    """Return hazards of leaving care home, to permanence and otherwise, array (way, age band).

    Both ends and children hold asylum-seeking children, who are assumed to leave before 18 as often
    as others of their age: their ends are not published by age.
    """
    leaving = facts["care_ends_by_age"] / facts["care_stock_by_age"] / YEAR
    home, permanence = (
        facts[name] / facts["care_ends_by_age"].sum()
        for name in ("care_ends_home", "care_ends_permanence")
    )
    return np.outer(np.concatenate([home, permanence, 1.0 - home - permanence]), leaving)


def _reentry(facts: Facts) -> FloatArray:
    """Return hazards of coming back into care: the first year, then the years to the fifth."""
    year_1, year_5 = facts["reentry_1_year"][0], facts["reentry_5_years"][0]
    first = -np.log(1.0 - year_1) / YEAR
    later = -np.log((1.0 - year_5) / (1.0 - year_1)) / (4 * YEAR)
    return np.asarray(np.where(DURATIONS < YEAR - 1.0, first, later))


def _tune(pathway: Pathway, facts: Facts, targets: dict[str, FloatArray]) -> tuple[Pathway, float]:
    """Move every level by published ÷ modelled; return the pathway and the largest gap."""
    births = float(facts["population"][0]) / 18
    life = course(pathway, newborn(pathway), horizon=18 * YEAR)
    stock = births * as_published(life.days_by(AGES)) / YEAR
    flows = births * as_published(by_band(life))
    hazards = pathway.hazards.copy()
    ratios = {
        "need": targets["need_stock"] / (stock[NEED] + stock[PRE]),
        "starts": targets["need_starts"] / flows[0].sum(),
        "plan": targets["plan_stock"] / stock[PLAN],
        "plan_starts": targets["plan_starts"] / flows[2].sum(),
        "pre": (targets["applications"] - flows[[3, 6], 0].sum())
        / facts["control_proceedings_issued"]
        / flows[5].sum(),
        "care": targets["care_starts"] / flows[[3, 6, 8, 12]].sum(axis=0),
    }
    hazards[0] *= ratios["need"][PUBLISHED, None] ** 0.5
    hazards[0, 1] = hazards[0, 2]
    hazards[1] *= (ratios["starts"] / np.mean(ratios["need"])) ** 0.5
    hazards[2] *= ratios["plan"][PUBLISHED, None] ** 0.5
    hazards[4] *= (ratios["plan_starts"] / np.mean(ratios["plan"])) ** 0.5
    hazards[7] = hazards[4]
    others = flows[[3, 6, 12]].sum(axis=0)
    wanted = np.maximum(targets["care_starts"] - others, 0.02 * flows[8])
    hazards[5] *= (wanted / flows[8])[PUBLISHED, None] ** 0.5
    hazards[5, :2] = hazards[5, 2]
    direct = flows[[3, 6]].sum(axis=0)
    infants = targets["care_starts"][0] - flows[8, 0] - flows[12, 0]
    hazards[[3, 6], 0] *= max(infants / direct[0], 0.02) ** 0.5
    hazards[[3, 6], 1:] *= ratios["pre"] ** -0.5
    in_care = looked_after_at(pathway, 12 * MONTH)
    wanted_risk = facts["control_looked_after_12_months"][0]
    hazards[8] *= (wanted_risk / in_care) ** 0.8
    gap = max(float(np.abs(ratio - 1.0).max()) for ratio in ratios.values())
    return replace(pathway, hazards=hazards), max(gap, abs(wanted_risk / in_care - 1.0))


def by_band(life: Expected) -> FloatArray:
    """Return expected moves by band of age at the time, array (transition, band)."""
    band = np.searchsorted(AGES, (np.arange(life.entries.shape[1]) + 0.5) * life.step) - 1
    moves = life.entries.sum(axis=0)
    return np.stack([moves[band == b].sum(axis=0) for b in range(len(AGES) - 1)], axis=1)


def as_published(banded: FloatArray) -> FloatArray:
    """Add bands of age, the last axis, up to those in which authorities publish."""
    return np.stack([banded[..., band == PUBLISHED].sum(axis=-1) for band in range(5)], axis=-1)


def looked_after_at(pathway: Pathway, day: float) -> float:
    """Return the share of children entering pre-proceedings who are looked after on a day."""
    ages, risk = _entrants(pathway, PRE)
    start = Start(state=PRE, children=1, age_weights=ages, risk_weights=risk)
    return float(course(pathway, start, horizon=day).occupancy[:, -1, CARE].sum())


def _entrants(pathway: Pathway, state: int) -> tuple[FloatArray, FloatArray]:
    """Return the ages, array (18,), and risk classes, array (18, class), of a state's entrants."""
    life = course(pathway, newborn(pathway), horizon=18 * YEAR)
    into = [i for i, move in enumerate(TRANSITIONS) if STATES.index(move.target) == state]
    moves = life.entries[:, :, into].sum(axis=2)
    by_year = moves.reshape(moves.shape[0], 18, -1).sum(axis=2).T
    return by_year.sum(axis=1) / by_year.sum(), by_year / by_year.sum(axis=1, keepdims=True)


def _national(pathway: Pathway) -> National:
    ages = np.zeros((len(STATES), 18))
    risks = np.tile(pathway.risk_weights, (len(STATES), 18, 1))
    ages[UNIVERSAL] = 1 / 18
    for state in (NEED, PLAN, PRE, CARE, STATES.index("left_care_home")):
        ages[state], risks[state] = _entrants(pathway, state)
    return National(pathway, ages, risks, {})
