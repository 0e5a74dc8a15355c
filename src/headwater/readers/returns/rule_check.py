"""A check of a return: one expression, true where its rule is broken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Level, Where, found
from headwater.readers.returns.cells import MOST_LISTED
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Check:
    """One published rule, as an expression over a table with its surroundings: see `scene`.

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


def cin_check(
    number: str, column: str, rule: str, broken: "pl.Expr", remedy: str, *, first: int = 0
) -> Check:
    """Return a rule of the census: a query is doubtful, any other is wrong."""
    level: Level = "doubtful" if number.endswith("Q") else "wrong"
    return Check(number, column, rule, remedy, broken, level=level, first=first)


def between(of: str, to: str) -> "pl.Expr":
    """Return the days from one column's date to another's."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    days: pl.Expr = (pl.col(to) - pl.col(of)).dt.total_days()
    return days


def held_against(table: "pl.DataFrame", wanted: Sequence[Check]) -> Iterator[Fault]:
    """Yield a fault for each row of a table that a check finds broken."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    marks = table.select(
        **{str(i): _broken(check).fill_null(value=False) for i, check in enumerate(wanted)},
    )
    for i, each in enumerate(wanted):
        if not marks[str(i)].any():
            continue
        rows = table.filter(marks[str(i)])
        moved = pl.lit(0) if each.days is None else each.days.fill_null(0).clip(lower_bound=0)
        yield from _faults(each, rows.with_columns(moved.alias("moved")))


def _broken(check: Check) -> "pl.Expr":
    import polars as pl  # noqa: PLC0415

    if check.first == 0 and check.last == 9999:
        return check.broken
    return check.broken & pl.col(YEAR).is_between(check.first, check.last)


def _faults(check: Check, rows: "pl.DataFrame") -> Iterator[Fault]:
    import polars as pl  # noqa: PLC0415

    shown = rows.head(MOST_LISTED).select(
        "file", "row", "CHILD", pl.col(check.column).cast(pl.String).fill_null(""), "moved"
    )
    rest = {"column": check.column, "remedy": check.remedy}
    for file, row, child, value, moved in shown.iter_rows():
        where = Where(file, str(row))
        finding = found(check.level, where, check.rule, value=value, **rest)
        yield Fault(check.number, finding, child or "", int(moved))
    more = rows.height - shown.height
    if more:
        rule = f"{check.rule} {more:,} more rows are so, and are not listed."
        days = int(rows["moved"].sum()) - int(shown["moved"].sum())
        yield Fault(
            check.number, found(check.level, Where(str(rows["file"][0])), rule, **rest), "", days
        )
