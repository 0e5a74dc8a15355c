"""Hold episodes of care against the rules, each breach a fault with what it may move."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.readers.returns.cells import MOST_LISTED
from headwater.readers.returns.checks_chain import chain_checks
from headwater.readers.returns.checks_episodes import episode_checks
from headwater.readers.returns.checks_missing import missing_checks, missing_scene
from headwater.readers.returns.checks_status import status_checks
from headwater.readers.returns.identity import renamed
from headwater.readers.returns.numbers import COVERED
from headwater.readers.returns.read import Return
from headwater.readers.returns.rule_check import Check
from headwater.readers.returns.scene import scene
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

EPISODES, HEADER, MISSING = "episodes", "header", "missing"


def check(held: Return) -> Iterator[Fault]:
    """Yield a fault for each breach of a rule on episodes and times missing, rule by rule."""
    care = None
    if EPISODES in held.tables:
        care = scene(held.tables[EPISODES], held.tables.get(HEADER))
        yield from _held(care, (*episode_checks(), *chain_checks(), *status_checks()))
        yield from renamed(care)
    if MISSING in held.tables:
        yield from _held(missing_scene(held.tables[MISSING], care), tuple(missing_checks()))


def numbers() -> frozenset[str]:
    """Return the number of every published rule that is checked."""
    expressed = (*episode_checks(), *chain_checks(), *status_checks(), *missing_checks())
    return COVERED | {each.number for each in expressed}


def _held(table: "pl.DataFrame", wanted: Sequence[Check]) -> Iterator[Fault]:
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
