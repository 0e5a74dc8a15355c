"""Episodes of care from files too large to check cell by cell, a batch of columns at a time.

Only the columns that days depend on are read. A row without a child or a start, or with a day that
is none, is left out and counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.episode_columns import UNKNOWN, EpisodeColumns
from headwater.core.errors import InputError, Problem
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear
from headwater.core.records import OPEN

if TYPE_CHECKING:
    import polars as pl

BATCH = 300_000
"""Rows held at once."""
NEEDED = ("CHILD", "DECOM", "DEC")
AUTHORITY, YEAR = "LA", "YEAR"
FORMS = ("%Y-%m-%d", "%d/%m/%Y")
PARQUET = b"PAR1"
DATE, CENTURY = 10, 2000
"""Letters of a date; what two figures of a year stand for."""
SAMPLE = 1_000
"""Rows by which a file's way of writing days is known."""
EARLIEST, LATEST = "1990-01-01", "2100-01-01"
"""Days outside which a date is a slip."""


@dataclass(slots=True)
class Read:
    """What was read of some files, told once all batches were.

    Parameters
    ----------
    rows, left_out
        Rows of all files, and those that could not be used.
    years
        End years of the returns.
    """

    rows: int = 0
    left_out: int = 0
    years: frozenset[int] = frozenset()


def episode_columns(
    paths: Sequence[Path], *, leave_out: Sequence[tuple[str, tuple[str, ...]]], read: Read
) -> Iterator[EpisodeColumns]:
    """Yield the episodes of files, CSV or Parquet, in batches.

    Parameters
    ----------
    leave_out
        Columns and the codes in them that are no care.
    read
        Gets what was read.

    Raises
    ------
    InputError
        If a file cannot be read, lacks a column, or tells no year.
    """
    problems: list[Problem] = []
    scans = []
    for path in paths:
        try:
            scans.append((path, _scan(path)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    for path, scan in scans:
        yield from _batches(path, scan, leave_out, read)


def keys_of(paths: Sequence[Path], rows: IntArray) -> "pl.DataFrame":
    """Return the children who stand in some rows, counted over all files, as they are written.

    With their authority, where a file names it.
    """
    import polars as pl  # noqa: PLC0415

    parts = []
    for path in paths:
        scan = _scan(path)
        names = [name for name in ("CHILD", AUTHORITY) if name in scan.collect_schema().names()]
        parts.append(scan.select(pl.col(names).cast(pl.String)).collect(engine="streaming"))
    return pl.concat(parts, how="diagonal")[rows].rename(str.lower)


def _scan(path: Path) -> "pl.LazyFrame":
    """Return a file as columns of text named in capitals."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a file is

    try:
        with path.open("rb") as file:
            parquet = file.read(len(PARQUET)) == PARQUET
        scan = pl.scan_parquet(path) if parquet else pl.scan_csv(path, infer_schema=False)
        names = scan.collect_schema().names()
    except OSError as error:
        raise InputError(Problem(path.name, f"cannot be read ({error.strerror}).")) from error
    except pl.exceptions.PolarsError as error:
        what = f"is neither CSV in UTF-8 nor Parquet: {str(error).splitlines()[0]}."
        raise InputError(Problem(path.name, what, "Export it again as CSV in UTF-8.")) from error
    plain = {name: name.strip().strip("\ufeff").upper() for name in names}
    lacking = [name for name in NEEDED if name not in plain.values()]
    if lacking:
        said = f"has no column {', '.join(lacking)}."
        remedy = "It needs the columns of the episodes of SSDA903, separated by commas."
        raise InputError(Problem(path.name, said, remedy))
    return scan.rename(plain)


def _batches(
    path: Path,
    scan: "pl.LazyFrame",
    leave_out: Sequence[tuple[str, tuple[str, ...]]],
    read: Read,
) -> Iterator[EpisodeColumns]:
    import polars as pl  # noqa: PLC0415

    names = scan.collect_schema().names()
    no_care = [pl.col(column).is_in(codes) for column, codes in leave_out if column in names]
    care = pl.lit(value=True)
    for each in no_care:
        care &= ~each.fill_null(value=False)
    child = pl.col("CHILD").cast(pl.String)
    known = child.is_not_null() & (child != "")
    ended = pl.col("DEC").cast(pl.String)
    start, stop = (_day(scan, column) for column in ("DECOM", "DEC"))
    bad = pl.col("stop").is_null() & ended.is_not_null() & (ended != "")
    year = _year(path, scan, names)
    made = scan.with_columns(start.alias("start"), stop.alias("stop")).select(
        first=_number(child, names),
        second=child.hash(7),
        start=pl.when(known & ~bad).then(pl.col("start")).fill_null(UNKNOWN),
        stop=pl.col("stop").fill_null(OPEN),
        year=year,
        counts=care,
    )
    for batch in _collected(path, made):
        _check_years(path, batch, read.rows)
        columns = EpisodeColumns(*(batch[name].to_numpy() for name in batch.columns))
        read.rows += len(batch)
        read.left_out += int(np.count_nonzero(columns.start == UNKNOWN))
        read.years |= frozenset(batch["year"].unique().to_list())
        yield columns


def _collected(path: Path, made: "pl.LazyFrame") -> "Iterator[pl.DataFrame]":
    """Yield batches; a file that breaks off, or has rows of other lengths, is refused."""
    import polars as pl  # noqa: PLC0415

    batches = iter(made.collect_batches(chunk_size=BATCH, maintain_order=True))
    while True:
        try:
            batch = next(batches)
        except StopIteration:
            return
        except pl.exceptions.PolarsError as error:
            what = f"cannot be read to its end: {str(error).splitlines()[0]}."
            remedy = "Export it again as CSV in UTF-8, every row with every column."
            raise InputError(Problem(path.name, what, remedy)) from error
        yield batch


def _check_years(path: Path, batch: "pl.DataFrame", before: int) -> None:
    """Refuse a row whose year no return is of."""
    inside = batch["year"].is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)
    if inside.all():
        return
    row = int(inside.arg_min() or 0)
    year = batch["year"][row]
    said = "YEAR is no year." if year is None else f"YEAR is {year}."
    known = f"It is the year in which the return ends, {FIRST_YEAR} to {LAST_YEAR}, or 2024-25."
    raise InputError(Problem(f"{path.name}, row {before + row + 2:,}", said, known))


def _number(child: "pl.Expr", names: list[str]) -> "pl.Expr":
    """Return a number of 64 bits for a child and, where files name it, its authority."""
    import polars as pl  # noqa: PLC0415

    if AUTHORITY not in names:
        return child.hash(1)
    return child.hash(1) ^ pl.col(AUTHORITY).cast(pl.String).fill_null("").hash(2)


def _day(scan: "pl.LazyFrame", column: str) -> "pl.Expr":
    """Return a column of days, in the way in which most of its first rows are written, or another.

    A day that is none, or far off, is null.
    """
    import polars as pl  # noqa: PLC0415

    dtype = scan.collect_schema()[column]
    if dtype in {pl.Date, pl.Datetime}:
        found = pl.col(column).cast(pl.Date)
    else:
        text = pl.col(column).cast(pl.String)
        sample = scan.head(SAMPLE).select(column).collect()
        if sample.select((text.str.len_bytes() > DATE).any()).item():
            text = text.str.slice(0, DATE)
        fits = {
            form: sample.select(text.str.to_date(form, strict=False).count()).item()
            for form in FORMS
        }
        first, second = sorted(FORMS, key=lambda form: -fits[form])
        found = text.str.to_date(first, strict=False, cache=False)
        if fits[second]:
            found = pl.coalesce(found, text.str.to_date(second, strict=False, cache=False))
    days = found.to_physical()
    low, high = (int(np.datetime64(day).astype(int)) for day in (EARLIEST, LATEST))
    return pl.when((days >= low) & (days < high)).then(days)


def _year(path: Path, scan: "pl.LazyFrame", names: list[str]) -> "pl.Expr":
    """Return the end year of each row's return: as written, or by the days of the whole file.

    Raises
    ------
    InputError
        If the days tell none that a return is of.
    """
    import polars as pl  # noqa: PLC0415

    if YEAR in names:
        text = pl.col(YEAR).cast(pl.String)
        plain = text.cast(pl.Int16, strict=False)
        sample = scan.head(SAMPLE).select(plain.is_null().any()).collect()
        if not sample.item():
            return plain
        both = text.str.extract(r"^\d{4}[-/](?:\d{2})?(\d{2})$").cast(pl.Int16) + CENTURY
        return pl.coalesce(plain, both)
    ends = pl.coalesce(_day(scan, "DEC"), _day(scan, "DECOM")).cast(pl.Date)
    end = (ends.dt.year() + (ends.dt.month() > APRIL)).alias("end")
    counts = scan.select(end).drop_nulls().group_by("end").len().collect()
    enough = counts.filter(pl.col("len") >= LEAST * pl.col("len").sum())["end"]
    last = enough.max()
    if not isinstance(last, int):
        raise InputError(Problem(path.name, "holds no day by which its year is known."))
    if not FIRST_YEAR <= last <= LAST_YEAR:
        said = f"reads as the return of {ReturnYear(last)}."
        raise InputError(Problem(path.name, said, f"Known: {FIRST_YEAR} to {LAST_YEAR}."))
    return pl.lit(last, dtype=pl.Int16)


APRIL = 3
"""The last month of a return's year."""
LEAST = 0.01
"""The part of a file's days that makes a year of it; fewer are slips."""
