"""Programmes: the list of all, by class, and which of them a business case can use."""

from dataclasses import dataclass
from itertools import groupby

from headwater.catalogue.programmes import not_programmes, programmes
from headwater.core.figure import Figure
from headwater.core.need import LEVEL_NAMES
from headwater.core.programme import Programme
from headwater.workflows.programme_figures import Tally, ages, count, keys_of, tally


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme in the list."""

    id: str
    name: str
    family_of: str
    rating: str
    ages: str
    levels: tuple[str, ...]
    tested_in_uk: str
    moves_a_hazard: bool
    results: Tally
    conflicting: bool


@dataclass(frozen=True, slots=True)
class ProgrammeList:
    """Every programme, by class; and what has published results and is no programme."""

    classes: dict[str, tuple[ProgrammeLine, ...]]
    total: Figure
    usable: Figure
    results: Tally
    not_programmes: dict[str, str]


def list_programmes() -> ProgrammeList:
    """Return every programme by class, classes and programmes in the order of their names."""
    every = sorted(programmes().values(), key=lambda one: (one.family_of, one.name))
    classes = {
        name: tuple(_line(one) for one in members)
        for name, members in groupby(every, key=lambda one: one.family_of)
    }
    keys = keys_of(every)
    usable = sum(bool(one.usable) for one in every)
    return ProgrammeList(
        classes=classes,
        total=count(len(every), "programmes", keys),
        usable=count(usable, "programmes with an effect that a business case can use", keys),
        results=tally([effect for one in every for effect in one.effects], keys),
        not_programmes={other.name: other.reason for other in not_programmes().values()},
    )


def _line(one: Programme) -> ProgrammeLine:
    return ProgrammeLine(
        id=one.id,
        name=one.name,
        family_of=one.family_of,
        rating=one.rating or "no rating found",
        ages=ages(one.population),
        levels=tuple(LEVEL_NAMES[level] for level in one.population.levels),
        tested_in_uk=one.tested_in_uk or "not stated",
        moves_a_hazard=bool(one.usable),
        results=tally(one.effects, keys_of([one])),
        conflicting=bool(one.conflicts),
    )
