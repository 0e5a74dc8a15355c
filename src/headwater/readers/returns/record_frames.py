"""Tables of a return as frames of children, spells and events, with what is wrong in them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.record_form import Form, Spell

if TYPE_CHECKING:
    import polars as pl

Years = Mapping[str, int]
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a day may have; another is a slip."""


def days(column: "pl.Series") -> "pl.Series":
    """Return days since 1970 from dates, or from text: ISO, with or without a time, or day first.

    What is no date is null.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    if column.dtype != pl.String:
        return column.cast(pl.Int64)
    text = column.str.strip_chars().str.slice(0, 10)
    found = text.str.to_date("%Y-%m-%d", strict=False)
    found = found.fill_null(text.str.to_date("%d/%m/%Y", strict=False))
    sane = found.dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    return found.set(~sane, None).cast(pl.Int64)


def people(form: Form, tables: Sequence[RawTable], years: Years) -> "pl.DataFrame":
    """Return each child once, with the latest that is known: `key`, `born`, `sex`."""
    import polars as pl  # noqa: PLC0415

    schema = {"key": pl.String, "born": pl.Int64, "sex": pl.String, "year": pl.Int64}
    parts = [pl.DataFrame(schema=schema)]
    for who in form.who:
        for table in _of(tables, who.table):
            sexes = [
                table.frame[name].str.to_uppercase().replace_strict(who.sexes, default=None)
                for name in who.sex
            ]
            said = {f"{i}": sex.cast(pl.String) for i, sex in enumerate(sexes)}
            parts.append(
                pl.DataFrame(
                    {"key": table.frame[who.key], "born": days(table.frame[who.born]), **said}
                ).select(
                    "key",
                    "born",
                    pl.coalesce(*said).alias("sex"),
                    pl.lit(years.get(table.file, 0), dtype=pl.Int64).alias("year"),
                )
            )
    every = pl.concat(parts).filter(pl.col("key") != "").sort("year", maintain_order=True)
    latest = [pl.col(name).drop_nulls().last() for name in ("born", "sex")]
    return every.group_by("key", maintain_order=True).agg(*latest)


def spells(
    form: Form, tables: Sequence[RawTable], years: Years, faults: Mapping[str, Faults]
) -> "pl.DataFrame":
    """Return every spell: `key`, `state`, `start`, `stop` (null: open), traits, `file`, `row`."""
    import polars as pl  # noqa: PLC0415

    schema = {
        "key": pl.String,
        "state": pl.String,
        "start": pl.Int64,
        "stop": pl.Int64,
        "file": pl.String,
        "row": pl.Int64,
        "year": pl.Int64,
    }
    parts = [pl.DataFrame(schema=schema)]
    for spell in form.spells:
        for table in _of(tables, spell.table):
            made = _spell(spell, table).with_columns(
                pl.lit(table.file).alias("file"),
                pl.lit(years.get(table.file, 0), dtype=pl.Int64).alias("year"),
            )
            parts.append(_sound(made, spell, faults[table.file]))
    every = pl.concat(parts, how="diagonal")
    traits = [name for name in every.columns if name.startswith("trait_")]
    return every.with_columns(pl.col(traits).fill_null("")) if traits else every


def _spell(spell: Spell, table: RawTable) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415

    frame = table.frame
    column, values = spell.unless
    if column:
        frame = frame.filter(~pl.col(column).str.to_uppercase().is_in(values))
    traits = {f"trait_{name}": frame[held] for name, held in spell.traits.items()}
    return pl.DataFrame(
        {
            "key": frame[spell.key],
            "state": pl.repeat(spell.state, frame.height, dtype=pl.String, eager=True),
            "start": days(frame[spell.start]),
            "stop": days(frame[spell.stop]),
            "stop_text": frame[spell.stop],
            "start_text": frame[spell.start],
            "row": frame["row"],
            **traits,
        }
    )


def _sound(made: "pl.DataFrame", spell: Spell, faults: Faults) -> "pl.DataFrame":
    """Return the spells that can be counted; find why others cannot."""
    import polars as pl  # noqa: PLC0415

    blank = (pl.col("start_text") == "") & (pl.col("stop_text") == "")
    made = made.filter(~blank)
    unread = pl.col("stop").is_null() & (pl.col("stop_text") != "")
    for bad, rule, column in (
        (pl.col("key") == "", "names no child; it was not counted.", spell.key),
        (pl.col("start").is_null(), "has no first day; it was not counted.", spell.start),
        (unread, "has a last day that cannot be read; it was not counted.", spell.stop),
        (
            pl.col("stop") < pl.col("start"),
            "ends before it begins; it was not counted.",
            spell.stop,
        ),
    ):
        for row in made.filter(bad).iter_rows(named=True):
            text = row["start_text"] if column == spell.start else row["stop_text"]
            faults.add("wrong", row["row"], rule, column, text if column != spell.key else "")
        made = made.filter(~bad | bad.is_null())
    return made.drop("start_text", "stop_text")


def events(form: Form, tables: Sequence[RawTable], faults: Mapping[str, Faults]) -> "pl.DataFrame":
    """Return every event once: `key`, `measure`, `day`."""
    import polars as pl  # noqa: PLC0415

    parts = [pl.DataFrame(schema={"key": pl.String, "measure": pl.String, "day": pl.Int64})]
    for event in form.events:
        for table in _of(tables, event.table):
            day = days(table.frame[event.day])
            text = table.frame[event.day]
            bad = table.frame.filter(day.is_null() & (text != ""))
            for row, value in zip(bad["row"], bad[event.day], strict=True):
                rule = "is no day that can be read; it was not counted."
                faults[table.file].add("wrong", row, rule, event.day, value)
            frame = pl.DataFrame({"key": table.frame[event.key], "day": day})
            parts.append(
                frame.filter((pl.col("key") != "") & pl.col("day").is_not_null()).select(
                    "key", pl.lit(event.measure).alias("measure"), "day"
                )
            )
    return pl.concat(parts).unique(maintain_order=True)


def _of(tables: Sequence[RawTable], name: str) -> Iterator[RawTable]:
    return (table for table in tables if table.table == name and table.frame.height)
