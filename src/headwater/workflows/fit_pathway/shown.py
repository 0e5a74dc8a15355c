"""What a place's records show, and what it is held against."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from headwater.catalogue import pathway as pathway_catalogue
from headwater.catalogue.places import ENGLAND, england, places
from headwater.core.errors import InputError, Problem
from headwater.core.layout import ReturnYear
from headwater.core.local_pathway import LocalPathway, OwnPlacements, OwnStock
from headwater.core.pathway import STATES
from headwater.core.place import Place
from headwater.core.records import Records
from headwater.pathways.exposure import Exposure, exposure, stock
from headwater.pathways.from_records import Ground, fit_records
from headwater.pathways.levels import LATEST, standing, year_variances
from headwater.pathways.placements import placed
from headwater.pathways.stays import CARE, Stays, stays

FORM = "ssda903"
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
        End years of the returns; none lacks in between.
    """

    place: Place
    records: Records
    stays: Stays
    years: tuple[int, ...]

    def looked_after(self, year: int) -> int:
        """Return looked-after children on 31 March of a year."""
        held, day = self.stays, first_of(year + 1) - 1
        return int(((held.state == CARE) & (held.start <= day) & (held.stop > day)).sum())

    @property
    def whole(self) -> bool:
        """Whether the records hold as many looked-after children as are published of the place.

        On the last 31 March of both; where none is published they are taken to.
        """
        known = [(year, said) for year in self.years if (said := published_care(self.place, year))]
        if not known:
            return True
        year, said = known[-1]
        return abs(self.looked_after(year) / said - 1.0) <= APART

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


def shown_of(place: Place, records: Records) -> Shown:
    """Return what records show.

    Raises
    ------
    InputError
        If a year is missing between two others, or no child was looked after.
    """
    years = records.years
    missing = [
        str(ReturnYear(year)) for year in range(years[0], years[-1] + 1) if year not in years
    ]
    if missing:
        raise InputError(
            Problem(
                "returns",
                f"lack {', '.join(missing)}, between {ReturnYear(years[0])} and"
                f" {ReturnYear(years[-1])}.",
                "Add those years, or leave out the years before the gap.",
            )
        )
    held = stays(records)
    if not len(held):
        raise InputError(
            Problem(
                "returns",
                "show no child in need, on a plan or looked after whose birth is known.",
                "Give the header with the episodes; births stand in it.",
            )
        )
    return Shown(place, records, held, years)


def published_care(place: Place, year: int) -> float | None:
    """Return published looked-after children on 31 March, less asylum-seeking ones if known."""
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
        returns=(FORM,),
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
