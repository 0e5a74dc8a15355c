"""Tables of returns turned into what is recorded of children: one way for every form of return.

1. Spells, events and children are taken from the tables; days that cannot be read are found.
2. What the files of several years repeat is kept once, as the latest year has it.
3. Children get their places, and rows are put in order.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.records import OPEN, STATES, Children, Observations, Proof, Records
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.record_form import Form
from headwater.readers.returns.record_frames import events, people, spells

if TYPE_CHECKING:
    import polars as pl


def records(
    form: Form, tables: Sequence[RawTable], years: Mapping[str, int] | None = None
) -> Records:
    """Return what tables of one form of return say of children.

    Parameters
    ----------
    years
        The year of each file by its name, where it is known. Of a spell that several files have,
        the latest year's says how it ended.

    Returns
    -------
    Records
        A spell's stop is the first day that it no longer lasts, `OPEN` where none is given.
        Rows that cannot be counted are not among them; each is found.
    """
    years = years or {}
    faults = {table.file: Faults(table.file) for table in tables}
    known = people(form, tables, years)
    lived = _latest(spells(form, tables, years, faults), faults)
    happened = events(form, tables, faults)
    keys = _keys(known, lived, happened)
    return Records(
        children=_children(keys, known),
        episodes=_episodes(keys, lived),
        observations=_observations(keys, happened),
        proof=Proof(
            Coded.of(lived["file"].to_list()),
            lived["row"].to_numpy().astype(np.int64),
            {table.file: table.hash for table in tables},
        ),
        years=tuple(sorted(set(years.values()))),
        findings=tuple(finding for each in faults.values() for finding in each.all()),
    )


def _latest(lived: "pl.DataFrame", faults: Mapping[str, Faults]) -> "pl.DataFrame":
    """Return spells in order, each as its latest file has it; rows that one file repeats stay."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    which = ["key", "state", "start"]
    order = {state: i for i, state in enumerate(STATES)}
    lived = lived.with_columns(
        pl.int_range(pl.len()).over([*which, "file"]).alias("again"),
        pl.col("state").replace_strict(order, return_dtype=pl.Int64).alias("place"),
    ).sort(["key", "place", "start", "again", "year"], maintain_order=True)
    kept = lived.unique([*which, "again"], keep="last", maintain_order=True)
    for file, gone in (
        lived.join(kept, on=["file", "row", *which], how="anti").group_by("file").len().iter_rows()
    ):
        rule = f"{gone:,} rows stand in a later file as well, and were read there."
        faults[file].add("noted", "", rule)
    _left_open(kept, faults)
    return kept


def _left_open(kept: "pl.DataFrame", faults: Mapping[str, Faults]) -> None:
    """Find spells that an earlier year left open and no later year goes on with."""
    import polars as pl  # noqa: PLC0415

    last = pl.col("year").max()
    open_before = kept.filter(
        pl.col("stop").is_null() & (pl.col("year") > 0) & (pl.col("year") < last)
    )
    for file, row in open_before.select("file", "row").iter_rows():
        rule = "is open, and no later year has it; it was counted as open still."
        faults[file].add("doubtful", row, rule)


def _keys(*frames: "pl.DataFrame") -> tuple[str, ...]:
    return tuple(sorted({key for frame in frames for key in frame["key"].unique().to_list()}))


def _places(keys: tuple[str, ...], column: "pl.Series") -> IntArray:
    place = {key: i for i, key in enumerate(keys)}
    return np.array([place[key] for key in column.to_list()], dtype=np.int64)


def _children(keys: tuple[str, ...], known: "pl.DataFrame") -> Children:
    said = {key: (born, sex) for key, born, sex in known.iter_rows()}
    born = [said.get(key, (None, None))[0] for key in keys]
    sex = [said.get(key, (None, None))[1] or "U" for key in keys]
    days = np.array([NO_DAY if day is None else day for day in born], dtype=np.int64)
    return Children(keys, days, Coded.of(sex), np.zeros(len(keys), dtype=bool))


def _episodes(keys: tuple[str, ...], lived: "pl.DataFrame") -> Episodes:
    rows = lived.height
    person = _places(keys, lived["key"])
    nought = np.zeros(rows, dtype=np.int64)
    traits = {
        name.removeprefix("trait_"): Coded.of(lived[name].to_list())
        for name in lived.columns
        if name.startswith("trait_")
    }
    return Episodes(
        states=STATES,
        person=person,
        family=np.full(rows, -1, dtype=np.int64),
        state=lived["place"].to_numpy().astype(np.int64),
        mark=np.full(rows, -1, dtype=np.int64),
        start=lived["start"].to_numpy().astype(np.int64),
        stop=lived["stop"].fill_null(OPEN).to_numpy().astype(np.int64),
        arm=nought,
        draw=nought,
        traits=traits,
    )


def _observations(keys: tuple[str, ...], happened: "pl.DataFrame") -> Observations:
    happened = happened.sort(["key", "day", "measure"])
    return Observations(
        person=_places(keys, happened["key"]),
        measure=Coded.of(happened["measure"].to_list()),
        day=happened["day"].to_numpy().astype(np.int64),
        value=np.ones(happened.height),
    )
