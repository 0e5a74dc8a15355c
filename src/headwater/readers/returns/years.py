"""Which year a file is of: by the dates it holds, and by whose children it shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear
from headwater.readers.returns.cells import CHILD, TypedTable

if TYPE_CHECKING:
    import polars as pl

DATED: Mapping[str, tuple[str, ...]] = {
    "episodes": ("DEC", "DECOM"),
    "reviews": ("REVIEW",),
    "missing": ("MIS_END", "MIS_START"),
    "social_worker": ("SW_DEC", "SW_DECOM"),
    "dolo": ("DOLO_END", "DOLO_START"),
}
"""The dates by which a table's year is known: those that lie in the year of the return first."""
STACKED = 0.1
"""The part of such dates outside the commonest year from which a file is of several years."""
FEWEST, LEAST = 3, 0.01
"""Dates, and the part of all, that make a year of a file of several; fewer are slips."""
YEAR = "year"


@dataclass(frozen=True, slots=True)
class Dated:
    """A table whose rows have a year of return."""

    table: TypedTable
    frame: "pl.DataFrame"


def dated(tables: Sequence[TypedTable]) -> tuple[list[Dated], list[Fault]]:
    """Return tables of SSDA903 with a column `year`, and what is doubtful of it.

    A column `YEAR` is believed. A table whose dates lie in one year is of that year; one without
    such dates is of the year of the episodes in the same file, or else of the file beside it that
    shares most of its children.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    years: dict[int, int] = {}
    for i, table in enumerate(tables):
        found_year = _by_dates(table)
        if found_year is not None:
            years[i] = found_year
    in_file = {tables[i].file: year for i, year in years.items() if tables[i].table == "episodes"}
    whose = {
        (i, year): set(tables[i].frame[CHILD].drop_nulls().unique())
        for i, year in years.items()
        if tables[i].table == "episodes"
    }
    made: list[Dated] = []
    faults: list[Fault] = []
    for i, table in enumerate(tables):
        if "YEAR" in table.frame.columns:
            written = table.frame["YEAR"].str.extract(r"(\d{4})$|^(\d{4})").cast(pl.Int64)
            made.append(Dated(table, table.frame.with_columns(written.alias(YEAR))))
            continue
        year = years.get(i) or in_file.get(table.file) or _by_children(table, whose, tables)
        if year is None:
            faults.append(
                _fault(table, "year", "holds no date by which its year is known; it is not read.")
            )
            continue
        year, doubts = _known(table, year)
        faults += doubts
        made.append(of_year(table, year))
    return made, faults


def of_year(table: TypedTable, year: int | None) -> Dated:
    """Return a table whose every row is of a year of return, or of none."""
    import polars as pl  # noqa: PLC0415

    return Dated(table, table.frame.with_columns(pl.lit(year, pl.Int64).alias(YEAR)))


def _known(table: TypedTable, year: int) -> tuple[int, list[Fault]]:
    """Return the nearest year that is known, and what is said where it is another."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year, []
    what = (
        f"reads as the return of {ReturnYear(year)}: known are {ReturnYear(FIRST_YEAR)} to"
        f" {ReturnYear(LAST_YEAR)}, and the nearest is taken."
    )
    return min(max(year, FIRST_YEAR), LAST_YEAR), [_fault(table, "year", what)]


def _by_dates(table: TypedTable) -> int | None:
    """Return the year in which most of a table's dates lie, those of the year's own kind first."""
    import polars as pl  # noqa: PLC0415

    for column in DATED.get(table.table, ()):
        ends = table.frame.select(
            (pl.col(column).dt.year() + (pl.col(column).dt.month() > 3)).alias("end")
        )["end"].drop_nulls()
        if ends.is_empty():
            continue
        stops = column.endswith(("DEC", "END"))
        # Of as many, the later: nothing begins after the year. Of stops, the earlier: a slip.
        counts = ends.value_counts().sort("count", "end", descending=[True, not stops])
        commonest = int(counts["end"][0])
        if counts["count"][0] >= (1.0 - STACKED) * len(ends) and stops:
            return commonest
        enough = max(FEWEST, LEAST * len(ends))
        known = counts.filter(pl.col("count") >= enough)["end"].max()
        return int(known) if isinstance(known, int) else commonest
    return None


def _by_children(
    table: TypedTable,
    whose: Mapping[tuple[int, int], set[str]],
    tables: Sequence[TypedTable],
) -> int | None:
    """Return the year of the episodes, in the same folder if any, that share most children."""
    mine = set(table.frame[CHILD].drop_nulls().unique())
    folder = PurePosixPath(table.file).parent
    beside = {at: held for at, held in whose.items() if _folder(tables[at[0]]) == folder}
    scores = {
        at: len(mine & held) / max(1, len(mine | held)) for at, held in (beside or whose).items()
    }
    if not scores:
        return None
    return max(scores, key=lambda at: scores[at])[1]


def _folder(table: TypedTable) -> PurePosixPath:
    return PurePosixPath(table.file).parent


def _fault(table: TypedTable, number: str, rule: str) -> Fault:
    return Fault(number, found("wrong", Where(table.file), rule, remedy="Name its return's files."))
