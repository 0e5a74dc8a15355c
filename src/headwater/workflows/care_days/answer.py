"""From files of episodes to days in care by child and year."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import headwater.catalogue.returns as catalogue
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.figure import Figure
from headwater.core.layout import ReturnYear
from headwater.metrics.care_days import CareDays, care_days, deal
from headwater.metrics.lives import LEFT_OUT
from headwater.readers.returns.episode_columns import Read, episode_columns, keys_of
from headwater.readers.returns.ssda903_records import CARE
from headwater.workflows.care_days.result import CountedDays, WindowLine

if TYPE_CHECKING:
    import polars as pl

FORM = "ssda903"
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, for a file of every child.

    Parameters
    ----------
    found
        Over `windows`.
    windows
        Names, and days from and to, both included.
    """

    paths: tuple[Path, ...]
    found: CareDays
    read: Read
    windows: tuple[tuple[str, date, date], ...]

    def table(self) -> "pl.DataFrame":
        """Return a row for each child and window with a day in care: child, window, days."""
        import polars as pl  # noqa: PLC0415 - a heavy library, and few want the table

        child, window = np.nonzero(self.found.days)
        keys = keys_of(self.paths, self.found.row)
        return keys[child].with_columns(
            pl.Series("window", [name for name, _, _ in self.windows])[window],
            pl.Series("days", self.found.days[child, window]),
        )


def count(
    paths: Sequence[Path], *, first: date | None, last: date | None, leave_out: frozenset[str]
) -> Counted:
    """Count every child's days in care.

    Parameters
    ----------
    first, last
        A window to count beside the years, both days included; none: the years alone.
    leave_out
        Names of `LEFT_OUT` that are no care.

    Raises
    ------
    InputError
        If a file cannot be read, or the window is none.
    """
    asked = tuple(_asked(first, last))
    traits = [LEFT_OUT[name] for name in sorted(leave_out)]
    codes = [(CARE.traits[trait], words) for trait, words in traits]
    read = Read()
    dealt = deal(episode_columns(paths, leave_out=codes, read=read))
    years = [ReturnYear(year) for year in sorted(read.years)]
    windows = (*((str(year), year.first_day, year.last_day) for year in years), *asked)
    cuts = [((a - EPOCH).days, (b - EPOCH).days + 1) for _, a, b in windows]
    return Counted(tuple(paths), care_days(dealt, cuts), read, windows)


def no_care(words: str) -> frozenset[str]:
    """Return the names of what is no care, from words with commas between; "none": nothing is.

    Raises
    ------
    InputError
        For a word that is no name.
    """
    given = {word.strip().replace("-", " ") for word in words.split(",")} - {"", "none"}
    problems = []
    for word in sorted(given - set(LEFT_OUT)):
        near = did_you_mean(word, tuple(LEFT_OUT))
        known = f"Known: {', '.join(LEFT_OUT)}."
        problems.append(Problem("--leave-out", f"'{word}' is no choice.{near}", known))
    if problems:
        raise InputError(problems)
    return frozenset(given)


def days_file(counted: Counted, ending: str) -> bytes:
    """Return the days of every child and window as a file, Parquet or CSV by its ending."""
    file = io.BytesIO()
    table = counted.table()
    if ending == ".parquet":
        table.write_parquet(file)
    else:
        table.write_csv(file)
    return file.getvalue()


def _asked(first: date | None, last: date | None) -> Iterator[tuple[str, date, date]]:
    if first is None and last is None:
        return
    if first is None or last is None or first > last:
        said = f"{first or 'no day'} to {last or 'no day'} is no window."
        raise InputError(Problem("--from and --to", said, "Give both, the earlier one first."))
    yield f"{first} to {last}", first, last


def said(counted: Counted, *, leave_out: frozenset[str]) -> CountedDays:
    """Return what was counted, in figures."""
    held, read = counted.found, counted.read
    return CountedDays(
        files=tuple(path.name for path in counted.paths),
        years=tuple(str(ReturnYear(year)) for year in sorted(read.years)),
        rows=_figure(read.rows, "rows"),
        left_out=_figure(read.left_out, "rows"),
        choices=(
            f"no care: {', '.join(sorted(leave_out)) or 'nothing, every episode counts'}",
            (
                "the day on which care ends is not counted; births are not read, so that care after"
                " the 18th birthday counts as it stands"
            ),
        ),
        windows=tuple(
            WindowLine(
                window=name,
                first_day=str(first),
                last_day=str(last),
                children=_figure(int((held.days[:, i] > 0).sum()), "children"),
                days=_figure(held.days[:, i].sum(dtype=np.int64), "care days"),
                plain_days=_figure(held.plain[i], "care days"),
                entered=_figure(held.entered[i], "periods of care"),
                left=_figure(held.left[i], "periods of care"),
                on_last_day=_figure(held.open_at_end[i], "children"),
            )
            for i, (name, first, last) in enumerate(counted.windows)
        ),
    )


def _figure(value: float, unit: str) -> Figure:
    return Figure(float(value), unit, "computed", catalogue.layout(FORM).sources)
