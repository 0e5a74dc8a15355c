"""Who the places are: names, codes, regions, kinds, lives, neighbours."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from catalogue_build.places.oddities import CHANGES, KINDS, OTHER_CODES, RENAMED
from catalogue_build.places.tables import read_csv

CENSUS = "dfe_csc_outcomes/b1_children_in_need_2013_to_2025.csv"
"""The table that names every authority in every year it existed."""

NEIGHBOURS = "dfe_csc_outcomes/sn_model_2025_wide.csv"
NEIGHBOURS_SOURCE = "dfe_neighbours_2025"


@dataclass(slots=True)
class Identity:
    """One place before its figures are attached; `born` and `died` are reporting years."""

    id: str
    name: str
    number: str
    code: str
    region: str
    kind: str
    born: int
    died: int
    active: bool
    former_codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    boundary: str = ""
    neighbours: list[tuple[str, str]] = field(default_factory=list)

    @property
    def entry(self) -> dict[str, Any]:
        """The place as it stands in the data file, without its figures."""
        names = [name for name in self.__dataclass_fields__ if name not in {"born", "died"}]
        return {name: getattr(self, name) for name in names}


def short(name: str) -> str:
    """Return a name as people say it: "Bristol" for "Bristol, City of"."""
    return re.sub(r", (City|County) of$", "", name)


def slug(name: str) -> str:
    """Return the id of a name: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", short(name).casefold()).strip("_")


def identities(folder: Path, kinds: dict[str, str]) -> list[Identity]:
    """Return every authority in the tables, by number, and England first.

    Parameters
    ----------
    kinds
        Kind of each present-day authority by ONS code, from the revenue outturn.
    """
    frame = read_csv(folder / CENSUS).filter(pl.col("geographic_level") == "Local authority")
    last = frame["time_period"].cast(pl.Int64).max()
    found = [_england()]
    for (_,), rows in sorted(frame.group_by("old_la_code"), key=lambda pair: str(pair[0])):
        found.append(_authority(rows.sort("time_period"), kinds, int(str(last))))
    _relate(found)
    _add_neighbours(found, read_csv(folder / NEIGHBOURS))
    return found


def _england() -> Identity:
    return Identity("england", "England", "", "E92000001", "", "country", 2013, 2025, active=True)


def _authority(rows: pl.DataFrame, kinds: dict[str, str], last: int) -> Identity:
    newest = rows.row(-1, named=True)
    born, died = int(rows["time_period"][0]), int(newest["time_period"])
    number, code = newest["old_la_code"], newest["new_la_code"]
    name = RENAMED.get(number, newest["la_name"])
    others = {*rows["new_la_code"].to_list(), *OTHER_CODES.get(number, ())} - {code}
    kind = KINDS.get(number) or kinds[code]
    return Identity(
        id=slug(name),
        name=name,
        number=number,
        code=code,
        region=newest["region_name"],
        kind=kind,
        born=born,
        died=died,
        active=died == last,
        former_codes=tuple(sorted(others)),
        aliases=(short(name),) if short(name) != name else (),
    )


def _relate(found: list[Identity]) -> None:
    by_number = {place.number: place for place in found}
    for change in CHANGES:
        for number in (*change.old, *change.new):
            place = by_number[number]
            place.boundary = " ".join(filter(None, (place.boundary, change.says(number))))
        for old, new in change.followed:
            before, after = by_number[old], by_number[new]
            before.successors = (*before.successors, after.id)
            after.predecessors = (*after.predecessors, before.id)


def _add_neighbours(found: list[Identity], frame: pl.DataFrame) -> None:
    by_number = {place.number: place for place in found}
    for row in frame.iter_rows(named=True):
        place = by_number[row["old_la_code"]]
        place.neighbours = [
            (by_number[row[f"SN_{rank}"]].id, row[f"SN_{rank}P"].strip()) for rank in range(1, 11)
        ]
