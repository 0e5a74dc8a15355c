"""Resolve a case: its place, programme, cohort and money, with everything assumed written down."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from headwater.appraisal.prices import COURT, overridden, place_prices
from headwater.catalogue import pathway as pathway_catalogue
from headwater.catalogue.files import read_json
from headwater.catalogue.places import england, place
from headwater.catalogue.prices import deflator, discount_rates
from headwater.catalogue.programmes import programme
from headwater.catalogue.unit_costs import unit_cost
from headwater.core.appraisal import Price
from headwater.core.arrays import FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.money import PriceBase
from headwater.core.need import LEVELS, Level
from headwater.core.pathway import YEAR, National, Pathway, Start
from headwater.core.pathway import Level as FittedLevel
from headwater.core.place import Place
from headwater.core.programme import Bearing, Effect, Programme
from headwater.core.worlds import normals
from headwater.pathways.arms import Change, Risk, entry_moves
from headwater.pathways.expected import BANDS
from headwater.pathways.local import entrants, localise, placement_mix
from headwater.workflows.business_case.case import Amount, Case
from headwater.workflows.business_case.fit import check_fit

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

CARE = "looked_after"
HOME = "left_care_home"
SUCCESS = {CARE: "stay out of care", HOME: "go home from care"}
BEFORE_CARE = ("child_in_need", "protection_plan", "pre_proceedings")


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity in draws, with its words: what it is, where from, how sure."""

    draws: FloatArray
    centre: float
    basis: str
    sources: tuple[str, ...]
    in_words: str


@dataclass(frozen=True, slots=True)
class Aim:
    """What a programme is for, in the model's terms.

    Parameters
    ----------
    state
        The state whose entry counts.
    moves
        The moves whose hazards it raises or lowers.
    entering_is_good
        Whether a child who enters is a success (going home) or one who does not (care).
    success
        A success in words.
    """

    state: str
    moves: IntArray
    entering_is_good: bool
    success: str


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
    change: Change | None
    change_known: Known | None
    used: Effect | None
    aim: Aim
    prices: tuple[Price, ...]
    to: PriceBase
    delivery: float | None
    delivery_source: str
    delivery_original: str
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
    found, problems = {}, []
    for name, look_up in (
        ("place", lambda: place(case.place)),
        ("programme", lambda: programme(case.programme)),
        ("price_year", lambda: PriceBase.read(case.price_year, place="price_year")),
    ):
        try:
            found[name] = look_up()
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    here, what, to = found["place"], found["programme"], found["price_year"]
    _check_active(here)
    level, ages, assumed = _cohort(case, what)
    banner = check_fit(case, what, level, ages)
    nation = pathway_catalogue.national()
    fitted = pathway_catalogue.levels(here.id)
    mix = placement_mix(here, england(), older=_older())
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
    aim = _aim(pathway, bearing, level)
    risk_known, risk = _risk(case, bearing, level)
    change_known, change = _change(case, used, aim)
    money, delivery_assumed = _delivery(case, what, to)
    prices, price_assumed = _prices(case, here, to)
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
        risk_moves=entry_moves(pathway, CARE, BEFORE_CARE)
        if case.cohort.risk is not None
        else aim.moves,
        change=change,
        change_known=change_known,
        used=used,
        aim=aim,
        prices=prices,
        to=to,
        delivery=money[0],
        delivery_source=money[1],
        delivery_original=money[2],
        banner=banner,
        assumptions=(*assumed, *delivery_assumed, *price_assumed),
    )


def _check_active(here: Place) -> None:
    if not here.active:
        raise InputError(
            Problem(
                "place",
                f"{here.name} no longer exists. {here.boundary}",
                f"Name a successor: {', '.join(here.successors)}.",
            )
        )


def _aim(pathway: Pathway, bearing: Bearing | None, level: Level) -> Aim:
    """Return the programme's aim: its usable effect's, else the one of the level of need."""
    if bearing is not None:
        good = bearing.state == HOME
        success = SUCCESS.get(bearing.state, f"do not enter {bearing.state.replace('_', ' ')}")
        return Aim(bearing.state, pathway.moves(*bearing.transitions), good, success)
    if level == "looked_after":
        return Aim(HOME, pathway.moves(f"{CARE} -> {HOME}"), True, SUCCESS[HOME])  # noqa: FBT003
    origins = (HOME,) if level == "returning_home" else BEFORE_CARE
    return Aim(CARE, entry_moves(pathway, CARE, origins), False, SUCCESS[CARE])  # noqa: FBT003


def _older() -> float:
    stock = read_json("england.json")["care_stock_by_age"]["value"]
    return float(stock[-1] / sum(stock))


def _cohort(case: Case, what: Programme) -> tuple[Level, tuple[int, int], list[str]]:
    assumed = []
    level = case.cohort.level
    if level is None and not what.population.levels:
        raise InputError(
            Problem(
                "cohort.level",
                f"the sources read do not say which level of need {what.name} is for.",
                "Give a level with --level; with --force-mismatch the result is shown all the same.",
            )
        )
    if level is None:
        level = min(what.population.levels, key=LEVELS.index)
        if len(what.population.levels) > 1:
            assumed.append(
                f"Level of need not given: the lowest the programme is for, {level}, is assumed."
            )
    ages = case.cohort.ages
    if ages is None:
        ages = (int(what.population.age_from), min(17, int(np.ceil(what.population.age_to))))
        assumed.append(
            f"Ages not given: {ages[0]} to {ages[1]}, the programme's, in the proportions of"
            f" England's entrants to that level of need."
        )
    return level, ages, assumed


def _risk(case: Case, bearing: Bearing | None, level: Level) -> tuple[Known | None, Risk | None]:
    """Return the cohort's risk: the case's, else the trial's control arm, else the place's own."""
    given = case.cohort.risk
    if given is not None:
        known = _given_risk(case)
        ever = given.counts == "ever_looked_after"
        return known, Risk(known.draws, CARE, given.months, ever)
    control = bearing.control_risk if bearing else None
    if bearing is None or control is None or level == "universal":
        return None, None
    z = normals(case.seed, f"risk {case.programme}", case.draws)
    known = Known(
        draws=control.draws(z),
        centre=control.centre,
        basis="published",
        sources=(control.source,),
        in_words=(
            "the trial's control arm, not this place's own (--risk to give local data);"
            f" {control.uncertainty}"
        ),
    )
    ever = bearing.measure == "ever_by"
    return known, Risk(known.draws, bearing.state, bearing.follow_up_months, ever)


def _given_risk(case: Case) -> Known:
    given = case.cohort.risk
    assert given is not None
    z = normals(case.seed, "risk given", case.draws)
    if given.between is not None:
        low, high = given.between
        even = low + (high - low) * _even(z)
        words = (
            f"not known: drawn evenly between {low:.0%} and {high:.0%} (assumed). {given.source}"
        )
        return Known(even, (low + high) / 2, "assumed", (), words)
    assert given.share is not None
    se = 0.0
    words = f"{given.source}; taken as certain, since no sample is given"
    if given.families is not None:
        se = float(np.sqrt(given.share * (1 - given.share) / given.families))
        words = f"{given.source}; counted in {given.families:,} families"
    return Known(given.share + se * z, given.share, "input", (), words)


def _even(z: FloatArray) -> FloatArray:
    from scipy.special import ndtr

    return np.asarray(ndtr(z))


def _change(case: Case, used: Effect | None, aim: Aim) -> tuple[Known | None, Change | None]:
    options = case.options
    if case.effect is not None:
        return _own_effect(case, aim)
    bearing = used.bearing if used else None
    if used is None or bearing is None:
        return None, None
    drawn = bearing.effect.draws(normals(case.seed, f"effect {case.programme}", case.draws))
    known = Known(
        draws=drawn,
        centre=bearing.effect.centre,
        basis="published",
        sources=(bearing.effect.source,),
        in_words=f"{used.study}, {used.country}, {used.kind}: {used.outcome}"
        f" ({bearing.effect.uncertainty}). {bearing.how}",
    )
    change = Change(
        effect=_carried(drawn, bearing.scale, options.effect_carried_over),
        scale=bearing.scale,
        state=aim.state,
        moves=aim.moves,
        months=bearing.follow_up_months,
        ever=bearing.measure == "ever_by",
        after=options.after_follow_up,
        kept=options.fade_kept_per_year,
    )
    return known, change


def _own_effect(case: Case, aim: Aim) -> tuple[Known, Change]:
    given = case.effect
    assert given is not None
    z = normals(case.seed, "effect given", case.draws)
    width = 2 * 1.959963984540054
    if given.scale == "risk_difference":
        drawn = given.value + (given.high - given.low) / width * z
    else:
        drawn = given.value * np.exp(np.log(given.high / given.low) / width * z)
    known = Known(drawn, given.value, "input", (), f"given in the case: {given.source}")
    change = Change(
        effect=_carried(drawn, given.scale, case.options.effect_carried_over),
        scale=given.scale,
        state=aim.state,
        moves=aim.moves,
        months=given.months,
        ever=given.counts == "ever_looked_after",
        after=case.options.after_follow_up,
        kept=case.options.fade_kept_per_year,
    )
    return known, change


def _carried(drawn: FloatArray, scale: str, share: float) -> FloatArray:
    return drawn * share if scale == "risk_difference" else np.asarray(drawn**share)


def reprice(case: Case, amount: Amount, to: PriceBase, where: str) -> float:
    """Return an amount of the case in the run's prices."""
    base = PriceBase.read(amount.price_base, place=where)
    factor = deflator().factor(base, to, beyond=case.options.inflation_beyond_index)
    return float(amount.amount) * factor


def _delivery(
    case: Case, what: Programme, to: PriceBase
) -> tuple[tuple[float | None, str, str], list[str]]:
    given = case.delivery.cost_per_child
    if given is not None:
        value = reprice(case, given, to, "delivery.cost_per_child")
        original = f"£{given.amount:,} a child, {given.price_base} prices; {given.source}"
        return (value, "", original), []
    cost = what.cost
    if cost is None or not cost.usable or cost.value is None:
        why = cost.not_usable_because if cost else "no cost was found in the sources read"
        return (None, "", ""), [
            (
                f"Cost of delivery not given, and the programme's own cannot be used ({why}): the case"
                " says what may be paid, not whether it pays."
            )
        ]
    base = PriceBase.read(cost.price_base, place=f"{what.id}.cost")
    value = cost.value * deflator().factor(base, to, beyond=case.options.inflation_beyond_index)
    original = f"£{cost.value:,.0f} a child, {cost.price_base} prices; {cost.basis}"
    return (value, cost.source, original), [
        "Cost of delivery not given: the published one is used, uprated by the GDP deflator."
    ]


def _prices(case: Case, here: Place, to: PriceBase) -> tuple[tuple[Price, ...], list[str]]:
    prices = place_prices(
        here,
        england(),
        [unit_cost(name) for name in COURT],
        deflator=deflator(),
        to=to,
        children_per_family=pathway_catalogue.national().pathway.children_per_family,
    )
    known = [price.id for price in prices]
    wrong = [name for name in case.unit_costs if name not in known]
    if wrong:
        raise InputError(
            [
                Problem(f"unit_costs.{name}", "is no line of this case.", f"Lines: {known}.")
                for name in wrong
            ]
        )
    given = {
        name: (
            reprice(case, amount, to, f"unit_costs.{name}"),
            f"£{amount.amount:,}, {amount.price_base} prices; {amount.source}",
        )
        for name, amount in case.unit_costs.items()
    }
    notes = [price.note for price in prices if "England's" in price.note]
    return overridden(prices, given), [f"Unit cost: {note}." for note in notes]


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
        effect=_carried(
            np.array([setting.change_known.centre if setting.change_known else 1.0]),
            setting.change.scale,
            setting.case.options.effect_carried_over,
        ),
    )
    return replace(
        setting, pathway=pathway, start=fewer_ages(setting.start), risk=risk, change=change
    )


def fewer_ages(start: Start) -> Start:
    """Return the same children at one age for each published age band, the band's mean.

    Enough for the middle of a case, and several times quicker.
    """
    weights, risks = np.zeros(18), start.risk_weights.copy()
    for first, end in pairwise(BANDS):
        band = np.arange(first, end)
        share = start.age_weights[band].sum()
        if share > 0.0:
            mean = int(np.average(band, weights=start.age_weights[band]) + 0.5)
            weights[mean] = share
            risks[mean] = np.average(risks[band], axis=0, weights=start.age_weights[band])
    return replace(start, age_weights=weights, risk_weights=risks)


def discount_factors(setting: Setting, years: int) -> FloatArray:
    """Return the discount factor of each year from the first start, array (year,)."""
    schedule = discount_rates()[setting.case.options.discount]
    return np.array([schedule.factor(year) for year in range(years)])
