"""From rows of every form to `Records`: one episode each, whatever years and files it stands in.

1. Rows without a child or a start are left out: they are faults already.
2. A row that stands twice is read once.
3. An episode returned in several years is read from the last of them, known by child and start.
4. One left open in a year whose next return lacks it was last seen on 31 March of that year; only
   what the last return of all leaves open goes on.
5. An episode that ends before it began lasts no day, and is left out.
6. What happened on a day is counted once for each child, whatever files it stands in.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.layout import ReturnYear
from headwater.core.records import OPEN, STATES, Observations, Proof, Records
from headwater.readers.returns import plain_lives, ssd_records
from headwater.readers.returns.covers import covers, spoken_of
from headwater.readers.returns.forms import BY_YEAR, FORMS
from headwater.readers.returns.people import children, people
from headwater.readers.returns.read import Return
from headwater.readers.returns.record_form import Form, Spell
from headwater.readers.returns.ssda903_records import CARE
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

PLACES = ("row", "file")
"""Where a row stands: what does not make it another row."""
COUNTERS = ("referral", "assessment", "plan")
"""Numbers that a reader gives to elements of one file."""


def once(held: Return) -> "pl.DataFrame":
    """Return each episode of care once, ordered by child and start, with `stop` (null: open)."""
    return _once(held.tables[CARE.table], CARE, held.forms["ssda903"])


def _once(rows: "pl.DataFrame", spell: Spell, years: tuple[int, ...]) -> "pl.DataFrame":
    """Return each of a table's spells once, with `stop` (null: open).

    Parameters
    ----------
    years
        Those of the form: of a spell that several have, the latest says how it ended.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    start, stop, year = pl.col(spell.start), pl.col(spell.stop), pl.col(YEAR).fill_null(0)
    rows = rows.filter(pl.col("CHILD").is_not_null() & start.is_not_null())
    column, values = spell.unless
    if column:
        rows = rows.filter(~pl.col(column).fill_null("").str.to_uppercase().is_in(values))
    cells = [name for name in rows.columns if name not in {*PLACES, *COUNTERS}]
    rows = rows.unique(cells, keep="first", maintain_order=True)
    latest = rows.filter(year == year.max().over("CHILD", spell.start))
    last = max(years, default=0)
    ends = {each: ReturnYear(each).last_day for each in years}
    seen = pl.col(YEAR).replace_strict(ends, default=None, return_dtype=pl.Date)
    return (
        latest.with_columns(
            pl.when(stop.is_null() & (year < last))
            .then(seen + pl.duration(days=1))
            .otherwise(stop)
            .alias("stop"),
        )
        .filter(pl.col("stop").is_null() | (pl.col("stop") > start))
        .sort("CHILD", spell.start, "stop", YEAR, "row", nulls_last=True)
    )


def records(held: Return, care_rows: "pl.DataFrame | None" = None) -> Records:
    """Return what files say of children, as episodes and observations with their proof.

    Parameters
    ----------
    care_rows
        The episodes of care of SSDA903, as `once` gives them, where they were repaired.
    """
    import polars as pl  # noqa: PLC0415

    named = people(held)
    rows = pl.concat(
        [_nothing(), *_spells(held, care_rows), *plain_lives.spells(held)], how="diagonal"
    ).sort("CHILD", "state", "start", "stop", nulls_last=True)
    seen = pl.concat(
        [_unseen(), *_events(held), *plain_lives.observations(held)], how="diagonal"
    ).sort("CHILD", "family", "day", "measure", nulls_last=True)
    keys = pl.concat([rows["CHILD"], seen["CHILD"], named["CHILD"]]).drop_nulls().unique().sort()
    return Records(
        children=children(keys, named, held),
        episodes=_episodes(keys, rows),
        observations=_observations(keys, seen),
        proof=_proof(rows, held.files),
        years=held.years,
        tables=frozenset(held.tables),
        covers=covers(held),
        observed=_proof(seen, held.files),
    )


def _nothing() -> "pl.DataFrame":
    """Return spells without a row, so that no files are no error."""
    import polars as pl  # noqa: PLC0415

    words = dict.fromkeys(("CHILD", "state", *CARE.traits, "file"), pl.String)
    return pl.DataFrame(schema={**words, "start": pl.Date, "stop": pl.Date, "row": pl.Int64})


def _unseen() -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415

    words = dict.fromkeys(("CHILD", "family", "measure", "file"), pl.String)
    return pl.DataFrame(schema={**words, "day": pl.Date, "value": pl.Float64, "row": pl.Int64})


def _forms(held: Return) -> Iterator[tuple[Form, Mapping[str, "pl.DataFrame"]]]:
    for name in held.forms:
        tables = ssd_records.placed(held.tables) if name == "ssd" else held.tables
        yield FORMS[name], tables


def _spells(held: Return, care_rows: "pl.DataFrame | None") -> "Iterator[pl.DataFrame]":
    """Yield the spells of each table that has some; of an extract, what no return speaks of."""
    import polars as pl  # noqa: PLC0415

    returned = spoken_of(held)
    for form, tables in _forms(held):
        for spell in form.spells:
            if spell.table not in tables or (spell.state in returned and form.name not in BY_YEAR):
                continue
            rows = care_rows if spell is CARE and care_rows is not None else None
            if rows is None:
                rows = _once(tables[spell.table], spell, held.forms[form.name])
            traits = [
                pl.col(column).alias(name)
                for name, column in spell.traits.items()
                if column in rows.columns
            ]
            state, start = pl.lit(spell.state).alias("state"), pl.col(spell.start).alias("start")
            yield rows.select("CHILD", state, start, "stop", *traits, "file", "row")


def _events(held: Return) -> "Iterator[pl.DataFrame]":
    """Yield what happened on a day, each once for each child."""
    import polars as pl  # noqa: PLC0415

    parts, returned = [], spoken_of(held)
    for form, tables in _forms(held):
        for event in form.events:
            again = event.measure in returned and form.name not in BY_YEAR
            if event.table not in tables or again:
                continue
            measure, day = pl.lit(event.measure).alias("measure"), pl.col(event.day).alias("day")
            named = tables[event.table].filter(pl.col("CHILD").is_not_null())
            parts.append(
                named.filter(pl.col(event.day).is_not_null()).select(
                    "CHILD", measure, day, pl.lit(1.0).alias("value"), "file", "row"
                )
            )
    if parts:
        yield pl.concat(parts).unique(("CHILD", "measure", "day"), keep="last", maintain_order=True)


def _episodes(keys: "pl.Series", rows: "pl.DataFrame") -> Episodes:
    import polars as pl  # noqa: PLC0415

    none = np.broadcast_to(np.int64(-1), len(rows))
    nought = np.broadcast_to(np.int64(0), len(rows))
    states = {name: i for i, name in enumerate(STATES)}
    own = {"CHILD", "state", "start", "stop", "file", "row"}
    return Episodes(
        states=STATES,
        person=_place(keys, rows["CHILD"]),
        family=none,
        state=rows["state"].replace_strict(states, return_dtype=pl.Int64).to_numpy(),
        mark=none,
        start=_days(rows["start"], NO_DAY),
        stop=_days(rows["stop"], OPEN),
        arm=nought,
        draw=nought,
        traits={name: _coded(rows[name]) for name in rows.columns if name not in own},
    )


def _observations(keys: "pl.Series", seen: "pl.DataFrame") -> Observations:
    return Observations(
        person=_place(keys, seen["CHILD"]),
        measure=_coded(seen["measure"]),
        day=_days(seen["day"], NO_DAY),
        value=seen["value"].to_numpy().astype(np.float64),
        family=_coded(seen["family"]),
    )


def _proof(rows: "pl.DataFrame", files: Mapping[str, str]) -> Proof:
    return Proof(_coded(rows["file"]), rows["row"].to_numpy().astype(np.int64), dict(files))


def _place(keys: "pl.Series", named: "pl.Series") -> IntArray:
    """Return each row's place among the keys; -1 where it names nobody."""
    import polars as pl  # noqa: PLC0415

    place = named.cast(pl.Enum(keys)).to_physical().cast(pl.Int64).fill_null(-1)
    return place.to_numpy()


def _days(dates: "pl.Series", blank: int) -> IntArray:
    """Return days since 1 January 1970."""
    import polars as pl  # noqa: PLC0415

    return dates.cast(pl.Int32).cast(pl.Int64).fill_null(blank).to_numpy()


def _coded(words: "pl.Series") -> Coded:
    """Return words that repeat, "" where there is none."""
    import polars as pl  # noqa: PLC0415

    filled = words.fill_null("")
    known = filled.unique().sort()
    codes = filled.cast(pl.Enum(known)).to_physical().to_numpy().astype(np.int64)
    return Coded(codes, tuple(known.to_list()))
