"""The list of those an agreement is for: opaque keys, their cohort and group, when they started."""

from dataclasses import dataclass
from pathlib import Path

from headwater.core.errors import InputError, Problem
from headwater.readers.table_file import read_table

NEEDED = ("who",)
MOST_SHOWN = 20
"""Faulty rows that an error names."""


@dataclass(frozen=True, slots=True)
class CohortList:
    """Who is on the list.

    Parameters
    ----------
    people
        Cohort and group by key; "" where the list does not say.
    hash
        SHA-256 of the file.
    """

    name: str
    hash: str
    people: dict[str, tuple[str, str]]


def read_cohort(path: Path) -> CohortList:
    """Read a list of keys with, if it has them, columns `cohort` and `group`.

    Raises
    ------
    InputError
        If the file is no such table, a key is empty, or stands twice with different words.
    """
    table = read_table(path)
    frame = table.frame
    if "who" not in frame.columns:
        raise InputError(Problem(table.name, "has no column 'who'.", "Add it: one key a row."))
    rows = {name: frame[name].to_list() for name in ("who", "cohort", "group") if name in frame}
    none = [""] * frame.height
    problems, people = [], dict[str, tuple[str, str]]()
    each = zip(rows["who"], rows.get("cohort", none), rows.get("group", none), strict=True)
    for row, (who, *words) in enumerate(each, start=2):
        said = (words[0], words[1])
        if not who:
            problems.append(Problem(f"{table.name}, row {row}, who", "is empty.", "Add the key."))
        elif people.setdefault(who, said) != said:
            what = f"'{who}' stands above with another cohort or group."
            problems.append(Problem(f"{table.name}, row {row}, who", what, "Keep one row."))
    if problems:
        raise InputError(problems[:MOST_SHOWN])
    return CohortList(table.name, table.hash, people)
