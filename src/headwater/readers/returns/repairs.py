"""Repairs of episodes that the field uses, each listed with the days it moves; none is silent.

They close what was left open and move an end to the next beginning, as regional pipelines do
(`docs/methods/returns.md`). Nothing is written to the return: its rows stay as they were.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.readers.returns.raw import ROW

if TYPE_CHECKING:
    import polars as pl

REPAIRS = {
    "close at the next": "left open, and another episode goes on from it: ends where that begins",
    "close before": "left open, and care begins anew later: ends the day before that",
    "close the gap": "says that another begins that day, and it begins later: ends where it begins",
    "cut the overlap": "ends after the next begins: ends where that begins",
}
"""What is done, and when."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One end of an episode, moved.

    Parameters
    ----------
    kind
        Place in `REPAIRS`, by name.
    before, after
        The end as the return has it, "" where open, and as it is taken.
    days
        Care days that the child gains, or loses where below nought, by itself.
    """

    kind: str
    file: str
    row: str
    child: str
    before: str
    after: str
    days: int


def repaired(rows: "pl.DataFrame", last_day: object) -> "tuple[pl.DataFrame, tuple[Repair, ...]]":
    """Return episodes (`lives.once`) with their ends moved, and what was moved.

    Parameters
    ----------
    last_day
        The last day of the last return: an open end counts to it when days are compared.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    c = pl.col
    same = c("CHILD") == c("CHILD").shift(-1)
    begins = pl.when(same).then(c("DECOM").shift(-1))
    anew = pl.when(same).then(c("RNE").shift(-1) == "S")
    goes_on = c("REC") == "X1"
    table = rows.with_columns(begins.alias("begins"), anew.alias("anew"))
    left_open = c("DEC").is_null()
    kind = (
        pl.when(c("begins").is_null() | (c("begins") <= c("DECOM")))
        .then(None)
        .when(left_open & ~c("anew"))
        .then(pl.lit("close at the next"))
        .when(left_open & c("anew"))
        .then(pl.lit("close before"))
        .when(goes_on & ~c("anew") & (c("stop") < c("begins")))
        .then(pl.lit("close the gap"))
        .when(c("stop") > c("begins"))
        .then(pl.lit("cut the overlap"))
    )
    table = table.with_columns(kind.alias("kind"))
    moved = (
        pl.when(c("kind").is_null())
        .then(c("stop"))
        .when(c("kind") == "close before")
        .then(c("begins") - pl.duration(days=1))
        .otherwise(c("begins"))
    )
    table = table.with_columns(moved.alias("moved_to"))
    changed = table.filter(
        c("kind").is_not_null() & c("stop").ne_missing(c("moved_to"))
    ).with_columns(
        (c("moved_to") - c("stop").fill_null(pl.lit(last_day) + pl.duration(days=1)))
        .dt.total_days()
        .alias("by")
    )
    listed = tuple(
        Repair(kind, file, str(row), child, "" if dec is None else str(dec), str(to), int(by))
        for kind, file, row, child, dec, to, by in changed.select(
            "kind", "file", ROW, "CHILD", "DEC", "moved_to", "by"
        ).iter_rows()
    )
    made = table.with_columns(c("moved_to").alias("stop")).select(rows.columns)
    return made.filter(c("stop").is_null() | (c("stop") > c("DECOM"))), listed
