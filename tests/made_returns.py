"""Made-up returns as tests read them: with nothing but the standard library."""

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from headwater.workflows.synthesise import Asked, Faults, make, written

BREAKS = {"V3", "V4"}


@cache
def made(
    seed: int = 1, last_year: int = 2026, years: int = 3, children: int = 1200, place="norfolk"
):
    """Return made-up lives and their returns, made once a run of tests."""
    asked = Asked(place, children=children, years=years, last_year=last_year, seed=seed)
    return make(asked, Faults())


@cache
def files(seed: int = 1, last_year: int = 2026, years: int = 3, children: int = 1200):
    """Return what would be written, by path."""
    return {
        name: data for name, (_, data) in written(made(seed, last_year, years, children)).items()
    }


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def day(text: str) -> date | None:
    """Return a day, or None where there is none, or none that a calendar has."""
    try:
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None


def episodes(held: dict[str, bytes]) -> dict[int, dict[str, list[dict]]]:
    """Return each year's episodes by child, their days read."""
    found: dict[int, dict[str, list[dict]]] = {}
    for name, data in held.items():
        if name.endswith("/episodes.csv") and "ssda903" in name:
            year = int(name.split("/")[2][:4]) + 1
            children = found.setdefault(year, defaultdict(list))
            for row in rows(data):
                read = {**row, "start": day(row["DECOM"]), "stop": day(row["DEC"])}
                children[row["CHILD"]].append(read)
    return found


def days_of_year(mine: list[dict], year: int, *, breaks: bool) -> set[date]:
    """Return each day in care within a year, the day of leaving left out: one by one."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    held: set[date] = set()
    for row in mine:
        if (row["LS"] in BREAKS) == breaks:
            at = max(row["start"], first)
            stop = row["stop"] or last + timedelta(days=1)
            while at < min(stop, last + timedelta(days=1)):
                held.add(at)
                at += timedelta(days=1)
    return held
