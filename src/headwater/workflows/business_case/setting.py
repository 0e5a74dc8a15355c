"""Resolve a case: everything it names looked up, everything assumed written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from headwater.catalogue.files import read_json
from headwater.catalogue.places import england
from headwater.catalogue.programmes import programme
from headwater.core.appraisal import Price
from headwater.core.arrays import IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.need import Level
from headwater.core.pathway import YEAR, National, Pathway, Start
from headwater.core.pathway import Level as FittedLevel
from headwater.core.place import Place
from headwater.core.programme import Bearing, Effect, Programme
from headwater.pathways.arms import Change, Risk, entry_moves
from headwater.pathways.local import entrants, localise, own_mix, placement_mix
from headwater.workflows.business_case.amounts import case_prices, delivery_cost
from headwater.workflows.business_case.beliefs import (
    BEFORE_CARE,
    CARE,
    Aim,
    Known,
    aim_of,
    cohort_risk,
    programme_change,
    risk_trial,
)
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.fit import check_fit
from headwater.workflows.local_pathway import KnownPlace, known_place

Noun = TypeVar("Noun")

STATE_OF: dict[Level, str] = {
    "universal": "universal",
    "targeted": "universal",
    "child_in_need": "child_in_need",
    "protection_plan": "protection_plan",
    "pre_proceedings": "pre_proceedings",
    "looked_after": "looked_after",
    "returning_home": "left_care_home",
}
"""The state of the pathway in which a cohort at a level of need starts."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A case with everything it names looked up."""

    case: Case
    place: Place
    programme: Programme
    national: National
    levels: tuple[FittedLevel, ...]
    pathway: Pathway
    start: Start
    level: Level
    ages: tuple[int, int]
    risk: Risk | None
    risk_known: Known | None
    risk_moves: IntArray
    trial: Bearing | None
    """The effect whose control arm gave the cohort its risk, if one did."""
    change: Change | None
    change_known: Known | None
    used: Effect | None
    aim: Aim
    prices: tuple[Price, ...]
    to: PriceBase
    delivery: Figure
    """Pounds a child; its note says from what."""
    banner: tuple[str, ...]
    assumptions: tuple[str, ...] = field(default=())

    @property
    def horizon(self) -> float:
        """Days."""
        return self.case.horizon_years * YEAR


def resolve(case: Case) -> Setting:
    """Look up everything a case names.

    Raises
    ------
    InputError
        With every problem found: unknown names, unusable prices, a cohort the programme is not for.
    """
    problems: list[Problem] = []
    known = _looked_up(lambda: known_place(case.place), problems)
    what = _looked_up(lambda: programme(case.programme), problems)
    to = _looked_up(lambda: PriceBase.read(case.price_year, place="price_year"), problems)
    if known is None or what is None or to is None:
        raise InputError(problems)
    here = known.place
    named = here.id if known.own is None else case.place
    case = case.model_copy(update={"place": named, "programme": what.id})
    level, ages, assumed = _cohort(case, what)
    banner = check_fit(case, what, level, ages)
    nation, fitted = known.national, known.levels
    mix = own_mix(placement_mix(here, england(), older=_older()), known.own)
    pathway = localise(nation, here, fitted, mix, draws=case.draws, seed=case.seed)
    start = entrants(
        nation,
        STATE_OF[level],
        children=case.cohort.children,
        age_from=ages[0],
        age_to=ages[1] + 1,
    )
    used = what.usable[0] if what.usable and case.effect is None else None
    bearing = used.bearing if used else None
    aim = aim_of(pathway, bearing, level)
    trial = risk_trial(case, what, level)
    risk_known, risk = cohort_risk(case, trial)
    change_known, change = programme_change(case, used, aim, trial)
    delivery, delivery_assumed = delivery_cost(case, what, to)
    prices, price_assumed = case_prices(case, here, to)
    return Setting(
        case=case,
        place=here,
        programme=what,
        national=nation,
        levels=fitted,
        pathway=pathway,
        start=start,
        level=level,
        ages=ages,
        risk=risk,
        risk_known=risk_known,
        risk_moves=_risk_moves(case, pathway, aim, level),
        trial=trial,
        change=change,
        change_known=change_known,
        used=used,
        aim=aim,
        prices=prices,
        to=to,
        delivery=delivery,
        banner=banner,
        assumptions=(*_of_records(known), *assumed, *delivery_assumed, *price_assumed),
    )


def _looked_up(look_up: Callable[[], Noun], problems: list[Problem]) -> Noun | None:
    """Return what is looked up, or None with what is wrong added to the problems."""
    try:
        return look_up()
    except InputError as error:
        problems.extend(error.problems)
        return None


def _of_records(known: KnownPlace) -> list[str]:
    if known.own is None:
        return []
    own = known.own
    return [
        (
            f"The pathway is {known.place.name}'s own, fitted to its records of {own.first_day} to"
            f" {own.last_day}; what they do not show is as published."
        )
    ]


def _risk_moves(case: Case, pathway: Pathway, aim: Aim, level: Level) -> IntArray:
    """Return the moves that a known risk raises or lowers."""
    if case.cohort.risk is None or level == "returning_home":
        return aim.moves
    if level == "looked_after":
        raise InputError(
            Problem(
                "cohort.risk",
                "a cohort that is looked after has no risk of entering care.",
                "Leave it out: the place's own pace of leaving care is used.",
            )
        )
    return entry_moves(pathway, CARE, BEFORE_CARE)


def _older() -> float:
    stock = read_json("england.json")["care_stock_by_age"]["value"]
    return float(stock[-1] / sum(stock))


def _cohort(case: Case, what: Programme) -> tuple[Level, tuple[int, int], list[str]]:
    """Return the cohort's level and ages, the programme's where not given; and what is assumed."""
    level, ages = _level(case, what), case.cohort.ages
    if ages is not None:
        return level, ages, []
    ages = what.population.ages
    said = (
        f"Ages not given: {ages[0]} to {ages[1]}, the programme's, in the proportions of"
        " England's entrants to that level of need."
    )
    return level, ages, [said]


def _level(case: Case, what: Programme) -> Level:
    """Return the cohort's level of need; the programme's, if it is for one alone."""
    of = what.population.levels
    if case.cohort.level is not None:
        return case.cohort.level
    if len(of) == 1:
        return of[0]
    if of:
        said = f"{what.name} is for several levels of need, and the answer turns on which."
        remedy = f"Give one with --level: {', '.join(of)}."
    else:
        said = f"the sources read do not say which level of need {what.name} is for."
        remedy = "Give one with --level; --force-mismatch then shows the result all the same."
    raise InputError(Problem("cohort.level", said, remedy))
