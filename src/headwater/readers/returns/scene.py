"""Episodes of care side by side with what stands around them: before, after, last year, the child.

Every check of episodes is an expression over this one table.
"""

from typing import TYPE_CHECKING

from headwater.core.layout import ReturnYear
from headwater.readers.returns.raw import ROW
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

AROUND = ("DECOM", "DEC", "RNE", "REC", "LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""Columns shown of the episode before (`before_`) and after (`next_`)."""
CARRIED = ("DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "URN")
"""Columns shown of the episode open at the end of last year (`last_`)."""
FIRST_DAY, LAST_DAY = "first_day", "last_day"


def scene(episodes: "pl.DataFrame", header: "pl.DataFrame | None") -> "pl.DataFrame":
    """Return episodes of every year, in order, with their surroundings.

    Parameters
    ----------
    episodes
        Typed, with `year`, `file` and `row`.
    header
        The children, for the day of birth; None if there is none.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    years = sorted(episodes[YEAR].drop_nulls().unique().to_list())
    days = pl.DataFrame(
        {
            YEAR: years,
            FIRST_DAY: [ReturnYear(year).first_day for year in years],
            LAST_DAY: [ReturnYear(year).last_day for year in years],
        },
        schema={YEAR: episodes.schema[YEAR], FIRST_DAY: pl.Date, LAST_DAY: pl.Date},
    )
    ordered = episodes.join(days, on=YEAR, how="left").sort(
        YEAR, "CHILD", "DECOM", "DEC", ROW, nulls_last=True
    )
    same_before = _same(1)
    same_next = _same(-1)
    made = ordered.with_columns(
        *(
            pl.when(same_before).then(pl.col(name).shift(1)).alias(f"before_{name}")
            for name in AROUND
        ),
        *(pl.when(same_next).then(pl.col(name).shift(-1)).alias(f"next_{name}") for name in AROUND),
        pl.when(same_before).then(1).otherwise(0).alias("has_before"),
        pl.when(same_next).then(1).otherwise(0).alias("has_next"),
        pl.coalesce("DEC", pl.col(LAST_DAY) + pl.duration(days=1)).alias("stop"),
    )
    made = made.join(_last_year(ordered), on=("CHILD", YEAR), how="left")
    if header is None:
        return made.with_columns(pl.lit(None, pl.Date).alias("born"))
    born = header.filter(pl.col("DOB").is_not_null()).unique(("CHILD", YEAR), keep="first")
    return made.join(
        born.select("CHILD", YEAR, pl.col("DOB").alias("born")), on=("CHILD", YEAR), how="left"
    )


def _same(by: int) -> "pl.Expr":
    """Whether the row so far before it is of the same child and year."""
    import polars as pl  # noqa: PLC0415

    return (pl.col("CHILD") == pl.col("CHILD").shift(by)) & (pl.col(YEAR) == pl.col(YEAR).shift(by))


def _last_year(ordered: "pl.DataFrame") -> "pl.DataFrame":
    """Return, by child and year, the episode that the year before left open, and when it was read.

    `had_last` says that the year before was read at all; `last_seen` that the child was in it.
    """
    import polars as pl  # noqa: PLC0415

    read = pl.DataFrame(
        {YEAR: ordered[YEAR].drop_nulls().unique() + 1}, schema={YEAR: ordered.schema[YEAR]}
    )
    before = ordered.with_columns((pl.col(YEAR) + 1).alias(YEAR))
    left_open = (
        before.filter(pl.col("DEC").is_null())
        .unique(("CHILD", YEAR), keep="last", maintain_order=True)
        .select("CHILD", YEAR, *(pl.col(name).alias(f"last_{name}") for name in CARRIED))
    )
    seen = before.group_by("CHILD", YEAR).agg(pl.col("DECOM").max().alias("last_latest"))
    children = ordered.select("CHILD", YEAR).unique()
    return (
        children.join(read.with_columns(pl.lit(value=True).alias("had_last")), on=YEAR, how="left")
        .join(seen, on=("CHILD", YEAR), how="left")
        .join(left_open, on=("CHILD", YEAR), how="left")
    )
