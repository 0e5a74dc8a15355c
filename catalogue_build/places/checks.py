"""Checks at the end of the build: nothing lost, authorities add up to England, states fit."""

import numpy as np

from catalogue_build.places.cube import ABSENT, MEASURE_AT, YEARS, Cube
from catalogue_build.places.identities import Identity
from catalogue_build.places.oddities import CHANGES

TOLERANCE = 0.002
"""England may differ from the sum of authorities by this share of itself (it is rounded to 10, and
small counts are suppressed), where no authority's figure is missing for another reason."""

ESTIMATED = 0.06
"""... and by this share where authorities are missing as not available or unreliable, because
England's figure then holds an estimate for them."""

NAMED = {
    ("spend_looked_after", 2018): 0.0133,
    ("population", None): 0.0125,
}
"""Differences whose cause is known: England's looked-after spending in 2017-18 stands exactly
60 million pounds above the sum of authorities; population of the three old Dorset authorities is
not published."""

ADDED = (
    "population",
    "referrals",
    "need_stock",
    "need_starts",
    "need_ends",
    "plan_stock",
    "plan_starts",
    "plan_ends",
    "care_stock",
    "care_starts",
    "care_ends",
    "care_leavers_17_18",
    "care_leavers_19_21",
    "spend_looked_after",
    "spend_sure_start",
    "spend_family_support",
    "spend_safeguarding",
    "spend_young_people",
    "spend_youth_justice",
    "spend_other",
    "ro3_looked_after",
)


def check(cube: Cube, places: list[Identity]) -> None:
    """Print counts and sums, and stop the build where one is out of tolerance.

    Raises
    ------
    ValueError
        If authorities do not add up to England, if states exceed the children in need they are
        part of, or if a boundary change disagrees with the years of the tables.
    """
    rows = int((cube.symbol != ABSENT).any(axis=2).sum())
    print(
        f"{len(places)} places, {rows} series, {int((cube.symbol == 0).sum())} figures, "
        f"{int(((cube.symbol != 0) & (cube.symbol != ABSENT)).sum())} symbols"
    )
    faults = [fault for measure in ADDED for fault in _sums(cube, measure)]
    faults += _holes(cube, places) + _states(cube, places) + _changes(places)
    if faults:
        raise ValueError("\n".join(faults))


def _sums(cube: Cube, measure: str) -> list[str]:
    at = MEASURE_AT[measure]
    faults, shown = [], []
    for column, year in enumerate(YEARS):
        england = cube.value[0, at, column]
        if np.isnan(england):
            continue
        share = (np.nansum(cube.value[1:, at, column]) - england) / england
        estimated = bool(np.isin(cube.symbol[1:, at, column], (3, 6)).any())
        allowed = (
            NAMED.get((measure, year))
            or NAMED.get((measure, None))
            or (ESTIMATED if estimated else TOLERANCE)
        )
        shown.append(f"{year} {share:+.2%}")
        if abs(share) > allowed:
            faults.append(f"{measure} {year}: authorities differ from England by {share:+.2%}")
    print(f"{measure}: authorities less England: {', '.join(shown)}")
    return faults


def _holes(cube: Cube, places: list[Identity]) -> list[str]:
    listed = cube.symbol != ABSENT
    first = listed.argmax(axis=2)
    last = len(YEARS) - 1 - listed[:, :, ::-1].argmax(axis=2)
    holes = np.argwhere(listed.any(axis=2) & (last - first + 1 != listed.sum(axis=2))).tolist()
    return [
        f"{places[row].id}, measure {column}: a year is missing between others"
        for row, column in holes
    ]


def _states(cube: Cube, places: list[Identity]) -> list[str]:
    need, plan, care = (
        cube.value[:, MEASURE_AT[name]] for name in ("need_stock", "plan_stock", "care_stock")
    )
    over = np.argwhere(plan + care > need).tolist()
    return [
        f"{places[row].id} {YEARS[column]}: plans and looked after exceed children in need"
        for row, column in over
    ]


def _changes(places: list[Identity]) -> list[str]:
    by_number = {place.number: place for place in places}
    return [
        f"{place.id}: the tables do not change in {change.first_year}"
        for change in CHANGES
        for place, year in (
            *((by_number[number], by_number[number].died + 1) for number in change.old),
            *((by_number[number], by_number[number].born) for number in change.new),
        )
        if year != change.first_year
    ]
