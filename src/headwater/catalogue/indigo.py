"""The INDIGO data standard: tables, fields, code lists, and how published files head them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from headwater.catalogue.files import read_json
from headwater.core.indigo import PROJECTS
from headwater.core.indigo_text import AS_JSON, OTHER, OTHER_AS_JSON, key_of, tidy

FieldKind = Literal["text", "number", "date", "code", "status"]
STATUSES = ("PUBLIC", "PRIVATE", "DISPUTED")
TABLE_NAME = re.compile(r"^[a-z0-9_]{1,31}$")
"""What a table may be called, so that it can name a file and a sheet."""
PROJECT_ID = "Project ID"
STATUS = " - (Status)"
"""How the heading of a status ends."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: the path that leads to it, its published heading, what it holds."""

    path: str
    title: str
    kind: FieldKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds: the value at a path, or (without one) the project's id."""

    path: str
    json: bool = False


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

    def knows(self, path: str) -> bool:
        """Whether the standard has a path; any value may have a status beside it."""
        base = path.removesuffix("/status")
        return path in self.fields or (base != path and f"{base}/value" in self.fields)

    def names_project(self, heading: str) -> bool:
        """Whether a heading is that of the project's id."""
        ids = {key_of(PROJECT_ID)} | ({"id"} if self.name == PROJECTS else set())
        return key_of(heading) in ids

    def read_heading(self, heading: str) -> Heading:
        """Return what a heading says that its column holds."""
        for prefix, is_json in ((OTHER_AS_JSON, True), (OTHER, False)):
            if heading.startswith(prefix):
                return Heading(tidy(heading.removeprefix(prefix)), json=is_json)
        if self.names_project(heading):
            return Heading("")
        plain = heading.removeprefix(AS_JSON)
        return Heading(self._path(plain), json=plain != heading)

    def write_heading(self, path: str, *, json: bool = False) -> str:
        """Return the heading that reads back as a path: the published one where there is one."""
        if self.knows(path):
            return f"{AS_JSON if json else ''}{self._title(path)}"
        if json:
            return f"{OTHER_AS_JSON}{path}"
        plain = path.strip() and self.read_heading(path) == Heading(path)
        return path if plain else f"{OTHER}{path}"

    def _path(self, heading: str) -> str:
        field = self.resolve(heading)
        if field is not None:
            return field.path
        base = self.resolve(heading.removesuffix(STATUS)) if heading.endswith(STATUS) else None
        return f"{base.path.removesuffix('/value')}/status" if base else tidy(heading)

    def _title(self, path: str) -> str:
        if path in self.fields:
            return self.fields[path].title
        title = self.fields[f"{path.removesuffix('/status')}/value"].title
        return f"{title.removesuffix(' - (Value)')}{STATUS}"


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
    spellings = [(f.title, f) for f in made] + [(f.path, f) for f in made]
    spellings += [(f.title.removesuffix(" - (Value)"), f) for f in made]
    spellings += [(f.path.removesuffix("/value"), f) for f in made]
    for spelling, field in spellings:
        found.setdefault(key_of(spelling), field)
    return found
