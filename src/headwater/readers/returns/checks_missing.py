"""Checks of times missing from care, by the number of their rule."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.core.layout import ReturnYear
from headwater.readers.returns.rule_check import Check
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl


def missing_scene(missing: "pl.DataFrame", episodes: "pl.DataFrame | None") -> "pl.DataFrame":
    """Return times missing in order, with the one before and the child's care in the year.

    Parameters
    ----------
    episodes
        The table of `scene`, for the first start, the last end and the day of birth.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    years = missing[YEAR].drop_nulls().unique().to_list()
    ends = {year: ReturnYear(year).last_day for year in years}
    starts = {year: ReturnYear(year).first_day for year in years}
    same = (pl.col("CHILD") == pl.col("CHILD").shift(1)) & (pl.col(YEAR) == pl.col(YEAR).shift(1))
    made = missing.sort(YEAR, "CHILD", "MIS_START", "MIS_END", nulls_last=True).with_columns(
        pl.col(YEAR).replace_strict(starts, return_dtype=pl.Date, default=None).alias("first_day"),
        pl.col(YEAR).replace_strict(ends, return_dtype=pl.Date, default=None).alias("last_day"),
        pl.when(same).then(pl.col("MIS_END").shift(1)).alias("before_end"),
        pl.when(same).then(1).otherwise(0).alias("has_before"),
    )
    if episodes is None:
        none = pl.lit(None, pl.Date)
        return made.with_columns(none.alias("came"), none.alias("left"), none.alias("born"))
    care = episodes.group_by("CHILD", YEAR).agg(
        pl.col("DECOM").min().alias("came"),
        pl.when(pl.col("DEC").is_null().any())
        .then(None)
        .otherwise(pl.col("DEC").max())
        .alias("left"),
        pl.col("born").first(),
    )
    return made.join(care, on=("CHILD", YEAR), how="left", maintain_order="left")


def missing_checks() -> Iterator[Check]:
    """Yield every check of times missing."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    start, end = c("MIS_START"), c("MIS_END")
    fix = "Correct one of the dates."
    yield Check("567", "MIS_END", "is before the child went missing.", fix, end < start)
    yield Check("570", "MIS_START", "is after the year of the return.", fix, start > c("last_day"))
    yield Check(
        "571",
        "MIS_END",
        "is outside the year of the return.",
        fix,
        (end > c("last_day")) | (end < c("first_day")),
    )
    yield Check(
        "574",
        "MIS_START",
        "is while an earlier time missing lasts.",
        fix,
        (c("has_before") == 1) & (c("before_end").is_null() | (start < c("before_end"))),
    )
    yield Check(
        "577",
        "MIS_END",
        "is blank, and the child has left care.",
        "Give the day it ended.",
        end.is_null() & c("left").is_not_null(),
    )
    yield Check("578", "MIS_START", "is after the child left care.", fix, start > c("left"))
    yield Check("581", "MIS_START", "is before the child came into care.", fix, start < c("came"))
    yield Check("586", "MIS_START", "is before the child was born.", fix, start < c("born"))
