"""The return of children looked after (SSDA903) of a year, from the lives."""

from dataclasses import dataclass

import numpy as np

from headwater.catalogue.returns import layout
from headwater.core.arrays import BoolArray, IntArray
from headwater.core.layout import ReturnYear
from headwater.core.records import OPEN
from headwater.synthesis import year_codes
from headwater.synthesis.care_placements import postcodes
from headwater.synthesis.days import birthday, day_of, slashed
from headwater.synthesis.draws import stream
from headwater.synthesis.lives import Lives
from headwater.synthesis.periods import Periods, periods_of
from headwater.synthesis.table import Table, table

BREAKS = ("V3", "V4")
MOTHERS = 0.03
"""Share of girls in care after their fifteenth birthday who have a child there: assumed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One year of the lives.

    Parameters
    ----------
    first, last
        The first and the last day.
    rows
        Which episodes the year's return has.
    breaks
        Whether each episode of the lives is a short break.
    """

    lives: Lives
    year: int
    first: int
    last: int
    rows: IntArray
    breaks: BoolArray
    periods: Periods
    mother: IntArray

    @property
    def rng(self) -> np.random.Generator:
        """The year's own luck, for what only returns say."""
        return stream(self.lives.seed, "returns", self.year)

    def written(self, day: IntArray) -> IntArray:
        """Return days as the year's return knows them: what is after it has not happened."""
        return np.where(day > self.last, OPEN, day)


def scene(lives: Lives, year: int) -> Scene:
    """Return one year of lives."""
    named = ReturnYear(year)
    first, last = day_of(named.first_day), day_of(named.last_day)
    care = lives.care
    rows = np.flatnonzero((care.start <= last) & (care.stop >= first))
    breaks = np.isin(care.status, BREAKS)
    return Scene(lives, year, first, last, rows, breaks, periods_of(lives), mothers(lives))


def mothers(lives: Lives) -> IntArray:
    """Return the day on which each child had a child of her own, in care; `OPEN` for none."""
    care, made = lives.care, lives.children
    rng = stream(lives.seed, "returns", 0)
    old = np.maximum(birthday(made.born[care.child], 15), care.start)
    until = np.minimum(care.stop, lives.last)
    girls = (made.sex[care.child] == "F") & (until - old > 30) & ~np.isin(care.status, BREAKS)
    at = np.flatnonzero(girls & (rng.random(len(care)) < MOTHERS))
    day = (old[at] + 1 + rng.random(len(at)) * (until[at] - old[at] - 2)).astype(np.int64)
    born = np.full(len(made), OPEN, dtype=np.int64)
    born[care.child[at]] = day
    return born


def episodes(of: Scene) -> Table:
    """Return the episodes that the year's return has."""
    lives, at = of.lives, of.rows
    care, made, homes = lives.care.kept(at), lives.children, lives.homes
    stop = of.written(care.stop)
    ended = stop < OPEN
    breaks = of.breaks[at]
    home = postcodes(2 * made.family[care.child] + 1)
    own = np.where(care.place == "P1", home, homes.postcode[care.home])
    own = np.where(breaks, "", own)
    provider = np.where(
        np.isin(care.place, ("T0", "T1", "T2", "T3", "Z")), "", homes.provider[care.home]
    )
    return table(
        "episodes",
        of.year,
        care.child,
        {
            "CHILD": made.key[care.child],
            "DECOM": slashed(care.start),
            "RNE": care.rne,
            "LS": care.status,
            "CIN": made.need[care.child],
            "PLACE": year_codes.placement(care.place, homes.other[care.home], of.year),
            "PLACE_PROVIDER": provider,
            "DEC": slashed(stop),
            "REC": np.where(ended, year_codes.left(care.rec, care.place, of.year), ""),
            "REASON_PLACE_CHANGE": np.where(ended, care.reason, ""),
            "HOME_POST": np.where(made.asylum[care.child] | breaks, "", home),
            "PL_POST": own,
            "URN": np.where(breaks, "", year_codes.urn(homes.urn[care.home], care.place, of.year)),
        },
    )


def header(of: Scene, named: IntArray) -> Table:
    """Return the header: every child whom another table names, once."""
    made, care = of.lives.children, of.lives.care
    child = np.unique(named)
    in_care = np.unique(care.child[of.rows][~of.breaks[of.rows]])
    girl = (made.sex[child] == "F") & np.isin(child, in_care)
    mother = girl & (of.mother[child] <= of.last)
    return table(
        "header",
        of.year,
        child,
        {
            "CHILD": made.key[child],
            "SEX": year_codes.sex(made.sex[child], of.year),
            "DOB": slashed(made.born[child]),
            "ETHNIC": made.ethnic[child],
            "UPN": made.upn[child],
            "MOTHER": np.where(mother, "1", np.where(girl, "0", "")),
            "MC_DOB": np.where(mother, slashed(of.mother[child]), ""),
        },
    )


def ssda903(lives: Lives, year: int) -> dict[str, Table]:
    """Return every table of a year's return, by name, in the publisher's order."""
    from headwater.synthesis.ssda903_adoption import ad1, placed_adoption  # noqa: PLC0415
    from headwater.synthesis.ssda903_leavers import oc2, oc3  # noqa: PLC0415
    from headwater.synthesis.ssda903_others import (  # noqa: PLC0415
        dolo,
        missing,
        prev_perm,
        reviews,
        social_worker,
        uasc,
    )

    of = scene(lives, year)
    writers = {
        "episodes": episodes,
        "reviews": reviews,
        "uasc": uasc,
        "oc2": oc2,
        "oc3": oc3,
        "ad1": ad1,
        "placed_adoption": placed_adoption,
        "prev_perm": prev_perm,
        "missing": missing,
        "social_worker": social_worker,
        "dolo": dolo,
    }
    known = [each.name for each in layout("ssda903").in_year(year)]
    made = {name: write(of) for name, write in writers.items() if name in known}
    named = np.concatenate([each.child for each in made.values()])
    return {"header": header(of, named), **made}
