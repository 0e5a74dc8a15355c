"""A cohort list beside the records: who is who, and each member's window."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.records import Records
from headwater.metrics.kind import Metric
from headwater.metrics.lives import Lives, later
from headwater.readers.table_file import read_table
from headwater.workflows.measure.ask import Asked

EPOCH = date(1970, 1, 1)
STARTS = ("started", "start", "start_date", "first_day")
"""Columns that may hold a member's start."""
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Members:
    """Who is on a cohort list; `NO_START` where it gives no start."""

    name: str
    key: tuple[str, ...]
    start: IntArray


NO_START = -(2**62)


def read_members(path: Path) -> Members:
    """Read a list of opaque keys (`who`) with, if it has them, their starts (`started`).

    Raises
    ------
    InputError
        If the file is no such table, it is empty, a key is blank or stands twice, or a start is no
        date.
    """
    table = read_table(path)
    frame = table.frame
    if "who" not in frame.columns:
        raise InputError(Problem(table.name, "has no column 'who'.", "Add it: one key a row."))
    keys = frame["who"].to_list()
    column = next((name for name in STARTS if name in frame.columns), None)
    starts = frame[column].to_list() if column else [""] * len(keys)
    problems: list[Problem] = []
    days: list[int] = []
    seen: dict[str, int] = {}
    for row, (key, text) in enumerate(zip(keys, starts, strict=True), start=2):
        at = f"{table.name}, row {row}"
        if not key:
            problems.append(Problem(f"{at}, who", "is blank.", "Add the key."))
        elif key in seen:
            what = f"'{key}' stands in row {seen[key]} too."
            problems.append(Problem(f"{at}, who", what, "A member is listed once."))
        seen.setdefault(key, row)
        day = _day(text)
        if day is None:
            what = f"'{text}' is no date."
            problems.append(Problem(f"{at}, {column}", what, "Write it as 2025-04-30."))
        days.append(NO_START if day is None else day)
    if not keys:
        problems.append(Problem(table.name, "lists nobody.", "One key a row under 'who'."))
    if problems:
        raise InputError(problems[:MOST_SHOWN])
    return Members(table.name, tuple(keys), np.array(days, dtype=np.int64))


def _day(text: str) -> int | None:
    """Return a date's day, `NO_START` for a blank, None for what is no date."""
    if not text:
        return NO_START
    parts = text.split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else text[:10]
    try:
        return (date.fromisoformat(iso) - EPOCH).days
    except ValueError:
        return None


def lives(asked: Asked, members: Members, records: Records, metric: Metric) -> Lives:
    """Return members' windows in the records, known for as long as what a metric needs is."""
    place = {key: i for i, key in enumerate(records.children.key)}
    first, after = (asked.first_day - EPOCH).days, (asked.last_day - EPOCH).days + 1
    start = np.maximum(members.start, first)
    end = np.full(len(start), after, dtype=np.int64)
    if asked.follow:
        given = np.where(members.start == NO_START, first, members.start)
        end = np.minimum(end, later(given, asked.follow))
    known_from, known_after = covered(records, metric)
    families = {word: i for i, word in enumerate(records.observations.family.words) if word}
    return Lives(
        records=records,
        key=members.key,
        person=np.array([place.get(key, -1) for key in members.key], dtype=np.int64),
        first=start,
        after=np.maximum(start, end),
        known_from=known_from,
        known_after=known_after,
        choices=asked.choices,
        months=asked.months,
        family=np.array([families.get(key, -1) for key in members.key], dtype=np.int64),
    )


def covered(records: Records, metric: Metric) -> tuple[int, int]:
    """Return the days for which all that a metric needs is known: from, and until before.

    Where nothing of it is, the two are one.
    """
    times = [records.covers[name] for name in metric.needs if name in records.covers]
    if not times:
        return 0, 0
    return max(start for start, _ in times), min(after for _, after in times)
