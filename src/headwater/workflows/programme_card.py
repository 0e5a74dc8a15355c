"""One programme: its evidence with nulls and harms in one table, its costs, what is not known."""

from dataclasses import dataclass

from headwater.catalogue.programmes import programme
from headwater.catalogue.sources import sources
from headwater.core.figure import Figure
from headwater.core.need import LEVEL_NAMES
from headwater.core.programme import Bearing, Cost, Direction, Effect
from headwater.core.source import Source
from headwater.workflows.citations import cited
from headwater.workflows.programme_figures import (
    Tally,
    ages,
    arm,
    cost_figure,
    estimate,
    keys_of,
    not_published,
    published_effect,
    result_figure,
    tally,
)

MEASURES = {
    "in_state_at": "the share in the state on the day",
    "ever_by": "the share ever in the state by then",
    "hazard_ratio": "the hazard over the follow-up",
}


@dataclass(frozen=True, slots=True)
class BearingShown:
    """How a published effect moves the pathway."""

    transitions: tuple[str, ...]
    measure: str
    state: str
    scale: str
    effect: Figure
    control_risk: Figure
    follow_up: Figure
    how: str
    found_in: str
    found_in_england: bool


@dataclass(frozen=True, slots=True)
class EffectShown:
    """One published result, whichever way it points."""

    study: str
    country: str
    kind: str
    design: str
    sample: str
    population: str
    comparator: str
    outcome: str
    domain: str
    follow_up_months: str
    effect: Figure
    programme_arm: Figure | None
    control_arm: Figure | None
    p_value: str
    direction: Direction
    published_direction: str
    bearing: BearingShown | None
    not_usable_because: str
    note: str


@dataclass(frozen=True, slots=True)
class CostShown:
    """A published cost, and why it cannot be used if it cannot."""

    cost: Figure
    basis: str
    usable: bool
    not_usable_because: str


@dataclass(frozen=True, slots=True)
class ResultShown:
    """One published cost-benefit result or version of one."""

    name: str
    publisher: str
    jurisdiction: str
    measure: str
    date: str
    figures: dict[str, Figure]
    note: str


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """Everything published about one programme that was found, and what was not."""

    id: str
    name: str
    aliases: tuple[str, ...]
    family_of: str
    rating: str
    ages: str
    levels: tuple[str, ...]
    need: str
    exclusions: str
    delivery: str
    tested_in_uk: str
    available_in_uk: str
    outcomes: str
    nulls: str
    moves_a_hazard: bool
    results: Tally
    effects: tuple[EffectShown, ...]
    conflicts: tuple[str, ...]
    cost: CostShown | None
    published_cba: tuple[ResultShown, ...]
    unknown: tuple[str, ...]
    note: str
    source: str


def card(name: str) -> ProgrammeCard:
    """Return one programme's card.

    Raises
    ------
    InputError
        If there is no programme of that name.
    """
    one = programme(name)
    who = one.population
    return ProgrammeCard(
        id=one.id,
        name=one.name,
        aliases=one.aliases,
        family_of=one.family_of,
        rating=one.rating or "no rating found",
        ages=ages(who),
        levels=tuple(LEVEL_NAMES[level] for level in who.levels),
        need=who.need,
        exclusions=who.exclusions,
        delivery=one.delivery,
        tested_in_uk=one.tested_in_uk or "not stated",
        available_in_uk=one.available_in_uk or "not stated",
        outcomes=one.outcomes,
        nulls=one.nulls,
        moves_a_hazard=bool(one.usable),
        results=tally(one.effects, keys_of([one])),
        effects=tuple(_effect(effect) for effect in sorted(one.effects, key=_order)),
        conflicts=one.conflicts,
        cost=_cost(one.cost),
        published_cba=tuple(_result(row) for row in one.published_cba),
        unknown=one.unknown,
        note=one.note,
        source=one.source,
    )


def sources_of(shown: ProgrammeCard) -> tuple[Source, ...]:
    """Return every source that a card cites, its description's included, by key."""
    keys = {shown.source, *(source.key for source in cited(shown))}
    return tuple(sources()[key] for key in sorted(keys))


def _order(effect: Effect) -> tuple[bool, bool]:
    """Put what bears on the pathway first, then what was randomised; else as published."""
    return effect.bearing is None, effect.kind not in ("randomised", "meta-analysis")


def _effect(effect: Effect) -> EffectShown:
    return EffectShown(
        study=effect.study,
        country=effect.country,
        kind=effect.kind,
        design=effect.design,
        sample=effect.sample,
        population=effect.population,
        comparator=effect.comparator,
        outcome=effect.outcome,
        domain=effect.domain,
        follow_up_months=effect.follow_up_months,
        effect=published_effect(effect),
        programme_arm=arm(effect, effect.programme_value),
        control_arm=arm(effect, effect.control_value),
        p_value=effect.p_value,
        direction=effect.direction,
        published_direction=effect.published_direction,
        bearing=None if effect.bearing is None else _bearing(effect.bearing),
        not_usable_because=effect.not_usable_because,
        note=effect.note,
    )


def _bearing(bearing: Bearing) -> BearingShown:
    source, found = bearing.effect.source, bearing.effect.transport
    missing = "not published in the sources read; the baseline comes from the case"
    where = (found.country, found.era, found.level_of_need)
    return BearingShown(
        transitions=bearing.transitions,
        measure=MEASURES[bearing.measure],
        state=bearing.state.replace("_", " "),
        scale=bearing.scale.replace("_", " "),
        effect=estimate(bearing.effect),
        control_risk=(
            not_published("share of the control arm", missing, source)
            if bearing.control_risk is None
            else estimate(bearing.control_risk)
        ),
        follow_up=Figure(float(bearing.follow_up_months), "months", "published", (source,)),
        how=bearing.how,
        found_in=", ".join(text for text in where if text),
        found_in_england=found.home,
    )


def _cost(cost: Cost | None) -> CostShown | None:
    if cost is None:
        return None
    return CostShown(cost_figure(cost), cost.basis, cost.usable, cost.not_usable_because)


def _result(row: dict[str, str]) -> ResultShown:
    """Return one row of published results; WSIPP's has several figures, others one."""
    unit = row.get("unit", "")
    columns = {
        "benefits": ("total_benefits", unit),
        "cost": ("net_programme_cost", unit),
        "net_benefit": ("net_benefit", unit),
        "benefit_cost_ratio": ("benefit_cost_ratio", "benefit-cost ratio"),
        "chance": ("chance_benefits_exceed_costs_pct", "per cent chance that benefits exceed cost"),
        "value": ("value", unit),
    }
    found = {name: result_figure(row, *column) for name, column in columns.items()}
    return ResultShown(
        name=row["programme_name"],
        publisher=row["publisher"],
        jurisdiction=row["jurisdiction"],
        measure=row["measure"],
        date=row.get("estimate_date", "") or row.get("year", "") or "date not stated",
        figures={name: figure for name, figure in found.items() if figure is not None},
        note=row.get("note", ""),
    )
