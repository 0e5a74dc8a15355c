"""How many children a year in England a cohort like this one is drawn from, as published."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headwater.catalogue.files import read_json
from headwater.catalogue.places import england
from headwater.core.figure import Figure
from headwater.core.need import Level
from headwater.core.place import Place
from headwater.workflows.business_case.figures import computed, unknown
from headwater.workflows.business_case.setting import STATE_OF, Setting

UNIT = "children a year"
AGES = "; those of the cohort's ages by the fitted ages of England's entrants"
NO_COUNT = "no published count of children helped below the threshold was found"

NO_SCALE = "the number of such children in England is not known"


@dataclass(frozen=True, slots=True)
class England:
    """The children in England that a cohort stands for.

    Parameters
    ----------
    children
        A year.
    scale
        Of them, for each child a year of the cohort; None: not known.
    """

    children: Figure
    scale: float | None


def in_england(setting: Setting, *, yearly: float) -> England:
    """Return England's children beside a cohort of so many a year."""
    children = eligible(setting)
    return England(children, None if children.value is None else children.value / yearly)


Counted = tuple[float, tuple[str, ...], str]
"""Children a year, sources, and what was counted."""


def eligible(setting: Setting) -> Figure:
    """Return the children in England who come to the cohort's level of need and ages in a year."""
    count = COUNTS.get(setting.level)
    if count is None:
        return unknown(UNIT, NO_COUNT)
    children, sources, note = count(england())
    index = setting.national.pathway.state(STATE_OF[setting.level])
    weights = np.asarray(setting.national.entrant_ages[index])
    first, last = setting.ages
    share = 1.0 if setting.level == "universal" else weights[first : last + 1].sum() / weights.sum()
    if share >= 1.0:
        return computed(children, UNIT, sources, note)
    move_sources = setting.national.pathway.transitions[0].sources
    used = tuple(dict.fromkeys((*sources, *move_sources)))
    return computed(children * float(share), UNIT, used, note + AGES)


def _latest(nation: Place, measure: str) -> tuple[float, str, int]:
    """Return the last published value of a measure, its source and its year."""
    series = nation.series[measure]
    found = series.latest
    if found is None:
        msg = f"England has no {measure}"
        raise LookupError(msg)
    year, value = found
    return value, series.source_of(year), year


def _born(nation: Place) -> Counted:
    value, source, year = _latest(nation, "population")
    return value / 18, (source,), f"one year of age of those under 18, mid-{year}"


def _in_need(nation: Place) -> Counted:
    value, source, year = _latest(nation, "need_starts_children")
    return value, (source,), f"children who started an episode of need, year to March {year}"


def _on_plans(nation: Place) -> Counted:
    value, source, year = _latest(nation, "plan_starts")
    return value, (source,), f"plans that started, year to March {year}: two for some children"


def _before_proceedings(nation: Place) -> Counted:
    rate, source, year = _latest(nation, "care_applications_rate")
    population, people, _ = _latest(nation, "population")
    trial = read_json("england.json")
    each, issued = trial["children_per_family"], trial["control_proceedings_issued"]
    children = rate * population / 10_000 * each["value"] / issued["value"]
    note = (
        f"not counted by anybody: care applications, year to March {year}, × children in each"
        " family ÷ share of families in pre-proceedings whose proceedings are issued, both in a"
        " trial's control arm"
    )
    return children, (source, people, each["source"]), note


def _into_care(nation: Place) -> Counted:
    value, source, year = _latest(nation, "care_starts")
    seeking, other, _ = _latest(nation, "uasc_share_of_starts")
    note = f"children who started to be looked after, year to March {year}, less asylum-seeking"
    return value * (1.0 - seeking / 100), (source, other), note


def _home(_nation: Place) -> Counted:
    entry = read_json("england.json")["care_ends_home"]
    return entry["value"], (entry["source"],), f"children who went home, {entry['period']}"


COUNTS: dict[Level, Callable[[Place], Counted]] = {
    "universal": _born,
    "child_in_need": _in_need,
    "protection_plan": _on_plans,
    "pre_proceedings": _before_proceedings,
    "looked_after": _into_care,
    "returning_home": _home,
}
"""What is counted, by level of need; a level that is not here is counted by nobody."""
