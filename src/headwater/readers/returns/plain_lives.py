"""Plain episodes and observations as spells and as what was measured."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.records import STATES
from headwater.readers.returns.cells import Says, listed
from headwater.readers.returns.plain_records import EPISODES, OBSERVATIONS, TRAITS
from headwater.readers.returns.read import Return

if TYPE_CHECKING:
    import polars as pl


def spells(held: Return) -> "Iterator[pl.DataFrame]":
    """Yield plain episodes in a state that is known, each row once."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    rows = held.tables.get(EPISODES)
    if rows is None:
        return
    columns = ("CHILD", "state", "start", "stop", *TRAITS)
    known = rows.with_columns(_state()).filter(
        pl.col("CHILD").is_not_null()
        & pl.col("start").is_not_null()
        & pl.col("state").is_in(STATES)
        & (pl.col("stop").is_null() | (pl.col("stop") > pl.col("start")))
    )
    yield known.unique(columns, keep="first", maintain_order=True).select(*columns, "file", "row")


def observations(held: Return) -> "Iterator[pl.DataFrame]":
    """Yield what was measured; a row that stands twice, once."""
    import polars as pl  # noqa: PLC0415

    rows = held.tables.get(OBSERVATIONS)
    if rows is None:
        return
    columns = ("CHILD", "family", "measure", "day", "value")
    known = rows.with_columns(_value(), pl.col("measure").str.to_lowercase()).filter(
        pl.all_horizontal(pl.col("measure", "day", "value").is_not_null())
        & (pl.col("CHILD").is_not_null() | pl.col("family").is_not_null())
    )
    yield known.unique(columns, keep="first", maintain_order=True).select(*columns, "file", "row")


def people(held: Return) -> "Iterator[pl.DataFrame]":
    """Yield the births that plain episodes give."""
    import polars as pl  # noqa: PLC0415

    rows = held.tables.get(EPISODES)
    if rows is not None:
        known = rows.filter(pl.col("born").is_not_null())
        yield known.select("CHILD", "born", pl.lit("plain").alias("form"), "file", "row")


def covers(held: Return) -> dict[str, tuple[int, int]]:
    """Return the time from the first to the last day that plain tables hold, by state or measure.

    A table speaks of its states and measures alike for all of that time.
    """
    import polars as pl  # noqa: PLC0415

    made: dict[str, tuple[int, int]] = {}
    for table, name, day in ((EPISODES, "state", "start"), (OBSERVATIONS, "measure", "day")):
        rows = held.tables.get(table)
        if rows is None:
            continue
        days = rows.select(pl.col(day).cast(pl.Int32).cast(pl.Int64))[day].drop_nulls().to_list()
        if days:
            words = rows[name].drop_nulls().str.to_lowercase().unique().to_list()
            made |= {word: (min(days), max(days) + 1) for word in words}
    return made


def faults(held: Return) -> Iterator[Fault]:
    """Yield faults of plain tables: an unknown state, a value that is no number, nobody named."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    wrong = {
        EPISODES: (
            ("state", ~c("state").str.to_lowercase().is_in(STATES), _unknown_state()),
            ("stop", c("stop") < c("start"), "is before the start; the row is not counted."),
        ),
        OBSERVATIONS: (
            ("value", c("value").is_not_null() & _number().is_null(), "is no number; not counted."),
            ("who", c("CHILD").is_null() & c("family").is_null(), "names nobody, nor does family."),
        ),
    }
    for table, checks in wrong.items():
        rows = held.tables.get(table)
        for column, broken, rule in checks if rows is not None else ():
            assert rows is not None  # noqa: S101 - said above
            bad = rows.filter(broken)
            for (file,), own in bad.group_by("file", maintain_order=True):
                yield from listed(str(file), own, Says("plain", column, rule, "Correct it."))


def _unknown_state() -> str:
    return f"is no state: {', '.join(STATES)}; the row is not counted."


def _state() -> "pl.Expr":
    import polars as pl  # noqa: PLC0415

    return pl.col("state").str.to_lowercase()


def _number() -> "pl.Expr":
    import polars as pl  # noqa: PLC0415

    number = pl.col("value").cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _value() -> "pl.Expr":
    return _number().alias("value")
