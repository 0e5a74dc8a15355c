"""The INDIGO data standard: its tables, their fields and code lists, and how published files head them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from headwater.catalogue.files import read_json
from headwater.core.indigo import PROJECTS
from headwater.core.indigo_text import key_of

FieldKind = Literal["text", "number", "date", "code", "status"]
STATUSES = ("PUBLIC", "PRIVATE", "DISPUTED")
TABLE_NAME = re.compile(r"^[a-z0-9_]{1,31}$")
"""What a table may be called, so that it can name a file and a sheet."""
PROJECT_ID = "Project ID"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: the path that leads to it, its published heading, what it holds."""

    path: str
    title: str
    kind: FieldKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the standard.

    Parameters
    ----------
    sheet, first_row, columns
        Where it stands in a project's workbook, for the tables that are read by place.
    by_key
        Its fields by every spelling of their headings.
    """

    name: str
    title: str
    fields: Mapping[str, Field]
    by_key: Mapping[str, Field]
    sheet: str = ""
    first_row: int = 0
    columns: tuple[str, ...] = ()

    def resolve(self, heading: str) -> Field | None:
        """Return the field that a heading names, by title or path, however it is spaced."""
        return self.by_key.get(key_of(heading))


@dataclass(frozen=True, slots=True)
class Standard:
    """The whole of it.

    Parameters
    ----------
    overview
        Cells of the first sheet of a project's workbook, each with the path of what it holds.
    """

    source: str
    tables: Mapping[str, Table]
    overview_sheet: str
    overview: Mapping[str, str]

    def table(self, name: str) -> Table:
        """Return a table; one that the standard does not know has no fields."""
        return self.tables.get(name) or Table(name, name, {}, {})

    def named(self, heading: str) -> str:
        """Return the name of the table that a file or sheet is called after, or nothing."""
        wanted = key_of(heading)
        if wanted == key_of(self.overview_sheet):
            return PROJECTS
        for table in self.tables.values():
            if wanted in {key_of(each) for each in (table.name, table.title, table.sheet) if each}:
                return table.name
        return ""

    def order(self, name: str) -> tuple[int, str]:
        """Return where a table stands among the others; unknown ones follow, by name."""
        known = [*self.tables]
        return (known.index(name) if name in known else len(known), name)


@cache
def standard() -> Standard:
    """Return the standard as it is shipped."""
    held = read_json("indigo.json")
    return Standard(
        source=held["source"],
        tables={entry["name"]: _table(entry) for entry in held["tables"]},
        overview_sheet=held["overview"]["sheet"],
        overview=held["overview"]["cells"],
    )


def _table(entry: dict[str, object]) -> Table:
    rest = {key: value for key, value in entry.items() if key not in {"fields", "columns"}}
    made = [Field(**{**f, "codes": tuple(f.get("codes", ()))}) for f in entry["fields"]]  # type: ignore[attr-defined]
    return Table(
        **rest,  # type: ignore[arg-type]
        fields={field.path: field for field in made},
        by_key=_spellings(made),
        columns=tuple(entry.get("columns", ())),  # type: ignore[arg-type]
    )


def _spellings(made: list[Field]) -> dict[str, Field]:
    """Return the fields by each way to write them; the first to claim a spelling keeps it."""
    found: dict[str, Field] = {}
    for spell in (
        lambda field: field.title,
        lambda field: field.path,
        lambda field: field.title.removesuffix(" - (Value)"),
        lambda field: field.path.removesuffix("/value"),
    ):
        for field in made:
            found.setdefault(key_of(spell(field)), field)
    return found
