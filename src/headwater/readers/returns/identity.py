"""One child under two identifiers, from one year to the next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl


def renamed(care: "pl.DataFrame") -> Iterator[Fault]:
    """Yield a fault where a child seems to go on under another identifier.

    An episode left open last year, of a child who is not in this year's return, and one that began
    on the same day, of a child who was not in last year's and was born on the same day.

    Parameters
    ----------
    care
        The table of `scene`.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    same = ("DECOM", "born")
    known = care.filter(pl.all_horizontal(pl.col(*same).is_not_null()))
    seen = care.select("CHILD", YEAR).unique()
    left = known.filter(pl.col("DEC").is_null()).select(
        pl.col("CHILD").alias("other"), (pl.col(YEAR) + 1).alias(YEAR), *same
    )
    gone = left.join(seen, left_on=("other", YEAR), right_on=("CHILD", YEAR), how="anti")
    new = known.filter((pl.col("has_before") == 0) & (pl.col("DECOM") < pl.col("first_day"))).join(
        seen.with_columns(pl.col(YEAR) + 1), on=("CHILD", YEAR), how="anti"
    )
    pairs = new.join(gone, on=(YEAR, *same)).sort("file", "row")
    for file, row, child, other in pairs.select("file", "row", "CHILD", "other").iter_rows():
        rule = (
            f"began care on the same day, and was born on the same, as '{other}' of last year's"
            " return, who is not in this one: perhaps one child."
        )
        remedy = "Use one identifier for a child."
        at = Where(file, str(row))
        yield Fault(
            "identity",
            found("doubtful", at, rule, column="CHILD", value=child, remedy=remedy),
            child,
        )
