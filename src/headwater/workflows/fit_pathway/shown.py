"""What a place's records show, and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from headwater.catalogue import pathway as pathway_catalogue
from headwater.catalogue.places import ENGLAND, england, places
from headwater.catalogue.returns import layout
from headwater.core.errors import InputError, Problem
from headwater.core.layout import ReturnYear
from headwater.core.local_pathway import LocalPathway, OwnPlacements, OwnStock
from headwater.core.pathway import STATES
from headwater.core.place import Place
from headwater.core.records import Records
from headwater.pathways.exposure import Exposure, exposure, stock
from headwater.pathways.from_records import Ground, fit_records
from headwater.pathways.levels import LATEST, net_need, standing, year_variances
from headwater.pathways.placements import placed
from headwater.pathways.stays import Stays, stays

CARE_FORM, FORMS = "ssda903", ("ssda903", "cin")
"""The return that says who is looked after, and all from which rates can be had."""
STOCKS = ("child_in_need", "protection_plan", "looked_after")
EPOCH = date(1970, 1, 1)
APART = 0.1
"""How far records and statistics may part, as a share, and still be of the same children."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place's records, as stays in the states of the pathway.

    Parameters
    ----------
    years
        End years that every form of return covers; none lacks in between.
    forms
        The forms of return.
    """

    place: Place
    records: Records
    stays: Stays
    years: tuple[int, ...]
    forms: tuple[str, ...]

    def children(self, state: str, year: int) -> int:
        """Return children in a state on 31 March of a year."""
        held, day = self.stays, first_of(year + 1) - 1
        there = (held.state == STATES.index(state)) & (held.start <= day) & (held.stop > day)
        return int(there.sum())

    @property
    def whole(self) -> bool:
        """Whether the records hold as many looked-after children as are published of the place.

        On the last 31 March of both; where none is published they are taken to.
        """
        known = [
            (year, said)
            for year in self.years
            if (said := published_children(self.place, "looked_after", year))
        ]
        if not known:
            return True
        year, said = known[-1]
        return abs(self.children("looked_after", year) / said - 1.0) <= APART

    def during(self, *years: int) -> Exposure:
        """Return what happened in some years, one after the other."""
        pathway = pathway_catalogue.national().pathway
        first, after = first_of(years[0]), first_of(years[-1] + 1)
        return exposure(self.stays, pathway, first=first, after=after)

    def ground(self, years: int) -> Ground:
        """Return what some years are held against."""
        return Ground(
            pathway_catalogue.national(),
            pathway_catalogue.levels(self.place.id),
            _yearly(),
            population(self.place, self.years[-1]),
            years,
        )


def shown_of(place: Place, records: Records, forms: Mapping[str, tuple[int, ...]]) -> Shown:
    """Return what records show.

    Parameters
    ----------
    forms
        The years of each form of return that was read.

    Raises
    ------
    InputError
        If other forms than the two returns were read, care is not among them, a year is missing
        between two others, they share no year, or no child is in them.
    """
    _check_forms(forms)
    years = tuple(year for year in forms[CARE_FORM] if all(year in held for held in forms.values()))
    if not years:
        raise _problem("share no year.", "Give both returns of the same years.")
    held = stays(records)
    if not len(held):
        raise _problem(
            "show no child in need, on a plan or looked after whose birth is known.",
            "Give the header with the episodes; births stand in it.",
        )
    return Shown(place, records, held, years, tuple(forms))


def _check_forms(forms: Mapping[str, tuple[int, ...]]) -> None:
    others = [name for name in forms if name not in FORMS]
    if others:
        titles = ", ".join(layout(name).title for name in others)
        said = f"hold {titles} too, which cover no time from end to end."
        raise _problem(said, "Give SSDA903, and the children in need census if there is one.")
    if CARE_FORM not in forms:
        raise _problem("lack SSDA903: without it nobody is looked after.", "Add it.")
    for name, years in forms.items():
        whole = range(years[0], years[-1] + 1)
        missing = [str(ReturnYear(year)) for year in whole if year not in years]
        if missing:
            between = f"between {ReturnYear(years[0])} and {ReturnYear(years[-1])}"
            raise _problem(
                f"lack {', '.join(missing)} of {layout(name).title}, {between}.",
                "Add those years, or leave out the years before the gap.",
            )


def _problem(what: str, remedy: str) -> InputError:
    return InputError(Problem("returns", what, remedy))


def published_children(place: Place, state: str, year: int) -> float | None:
    """Return published children in a state on 31 March, each in one state, or None.

    Looked-after ones less asylum-seeking ones, if these are known.
    """
    if state == "child_in_need":
        return net_need(place, year)
    if state == "protection_plan":
        return place.value("plan_stock", year)
    care, alone = (place.value(name, year) for name in ("care_stock", "uasc_stock"))
    return None if care is None else care - (alone or 0.0)


def first_of(year: int) -> int:
    """Return the first day of a return's year, in days since 1 January 1970."""
    return (ReturnYear(year).first_day - EPOCH).days


def population(place: Place, year: int) -> float:
    """Return the last children aged 0 to 17 published for a place, up to a year."""
    series = place.series["population"]
    known = [value for at in series.years if at < year and (value := place.value("population", at))]
    if not known:
        said = f"{place.name}: no population is published up to {year - 1}."
        raise InputError(Problem("place", said, "Choose another place."))
    return known[-1]


@cache
def _yearly() -> dict[str, float]:
    latest = LATEST.years[-1]
    held = {n: p for n, p in places().items() if n != ENGLAND and standing(p, latest)}
    return year_variances(held, england(), window=LATEST)


def fitted(shown: Shown, years: tuple[int, ...]) -> LocalPathway:
    """Return the place's own pathway, fitted to some years of its records."""
    levels, moves = fit_records(
        shown.ground(len(years)), shown.during(*years), entering=shown.whole
    )
    last = first_of(years[-1] + 1) - 1
    counts = placed(shown.records, shown.stays, day=last)
    states = [name for name in STOCKS if shown.whole and _has(shown, name)]
    return LocalPathway(
        place=shown.place.id,
        first_day=ReturnYear(years[0]).first_day,
        last_day=ReturnYear(years[-1]).last_day,
        children=len(np.unique(shown.stays.child)),
        returns=shown.forms,
        level=levels,
        move=moves,
        stock=tuple(_stock(shown, name, last) for name in states),
        placements=OwnPlacements(
            under_16=tuple(counts[0].tolist()), from_16=tuple(counts[1].tolist())
        )
        if counts.any()
        else None,
    )


def _has(shown: Shown, state: str) -> bool:
    return bool((shown.stays.state == STATES.index(state)).any())


def _stock(shown: Shown, state: str, day: int) -> OwnStock:
    pathway = pathway_catalogue.national().pathway
    counts = stock(shown.stays, STATES.index(state), pathway, day=day)
    return OwnStock.model_validate({"state": state, "children": counts.tolist()})
