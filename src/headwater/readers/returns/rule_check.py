"""A check of a return: one expression, true where its rule is broken."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.finding import Level

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Check:
    """One published rule, as an expression over the table of `scene` or `missing_scene`.

    Parameters
    ----------
    number
        The publisher's.
    column, rule, remedy
        Where a breach shows, what is said of the value there, and what to do.
    broken
        True where the rule is broken; null counts as not.
    days
        Care days that the row may move, at most; none if it moves none.
    first, last
        End years of the returns that it holds for.
    """

    number: str
    column: str
    rule: str
    remedy: str
    broken: "pl.Expr"
    days: "pl.Expr | None" = None
    level: Level = "wrong"
    first: int = 0
    last: int = 9999


def between(of: str, to: str) -> "pl.Expr":
    """Return the days from one column's date to another's."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    days: pl.Expr = (pl.col(to) - pl.col(of)).dt.total_days()
    return days
