"""A JSON document: one project as it is published, or several."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from headwater.catalogue.indigo import TABLE_NAME, Table, standard
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import PROJECTS, Cell, Record
from headwater.core.indigo_json import LEFT_OVER, cell_of, dumped, is_table, leaves, loaded
from headwater.readers.indigo.files import File


def read_document(file: File, findings: list[Finding]) -> list[Record]:
    """Return the rows of every project of a document."""
    where = Where(file.name)
    twice: list[str] = []
    try:
        held = loaded(file.data.decode("utf-8-sig"), twice)
    except UnicodeDecodeError as error:
        rule = f"byte {error.start:,} is not UTF-8; it was not read."
        findings.append(found("wrong", where, rule, remedy="Save the file as UTF-8."))
        return []
    except json.JSONDecodeError as error:
        at = Where(file.name, str(error.lineno))
        findings.append(found("wrong", at, f"is not JSON ({error.msg}); it was not read."))
        return []
    findings += [
        found("doubtful", where, "stands twice in one object; the later is kept apart.", column=key)
        for key in twice
    ]
    entries = _entries(held, where, findings)
    return [
        row
        for i, entry in enumerate(entries, start=1)
        for row in _project(entry, file, i, findings)
    ]


def _entries(held: Any, where: Where, findings: list[Finding]) -> list[Any]:
    """Return the projects of a document, however they are wrapped."""
    if isinstance(held, list):
        return held
    if not isinstance(held, dict):
        findings.append(found("wrong", where, "holds no project.", value=dumped(held)))
        return []
    if isinstance(held.get("projects"), list):
        return _unwrapped(held, "projects", held["projects"], where, findings)
    if isinstance(held.get("project"), dict):
        return _unwrapped(held, "project", [held["project"]], where, findings)
    return [held]


def _unwrapped(
    held: Mapping[str, Any], key: str, entries: list[Any], where: Where, findings: list[Finding]
) -> list[Any]:
    """Return the entries, and find what stands beside them: it belongs to no project."""
    for name in held:
        if name not in (key, "format"):
            rule = "belongs to no project; it was not kept."
            findings.append(found("noted", where, rule, column=name, value=dumped(held[name])))
    return entries


def _project(entry: Any, file: File, number: int, findings: list[Finding]) -> Iterator[Record]:
    where = Where(file.name, f"project {number}")
    if not isinstance(entry, dict):
        findings.append(found("wrong", where, "is no project.", value=dumped(entry)))
        return
    held, own = dict(entry), entry.get("id", "")
    name = str(own) if isinstance(own, str) else ""
    if name == own:
        held.pop("id", None)
    if isinstance(held.get("data"), dict):
        beside = {key: value for key, value in held.items() if key != "data"}
        held = {**held["data"], **({"entry": beside} if beside else {})}
    where = Where(file.name, name or where.row)
    tables = {key: value for key, value in held.items() if _is_rows(key, value)}
    rest = {key: value for key, value in held.items() if key not in tables}
    cells = _cells(rest, standard().table(PROJECTS), where, findings)
    if cells or not any(tables.values()):
        yield Record(PROJECTS, name, cells, where)
    for key, rows in tables.items():
        for i, row in enumerate(rows, start=1):
            at = Where(f"{file.name}, {key}", f"{i} of {where.row}")
            yield Record(key, name, _cells(row, standard().table(key), at, findings), at)


def _is_rows(key: str, value: Any) -> bool:
    """Whether a key of a project holds a table."""
    if key in standard().tables and value == []:
        return key != PROJECTS
    return TABLE_NAME.match(key) is not None and key != PROJECTS and is_table(value)


def _cells(
    row: Mapping[str, Any], table: Table, where: Where, findings: list[Finding]
) -> tuple[tuple[str, Cell], ...]:
    held = dict(row)
    left = held.get(LEFT_OVER)
    made: dict[str, Cell] = {}
    if isinstance(left, dict) and all(_is_cell(cell) for cell in left.values()):
        del held[LEFT_OVER]
        made = {
            path: Cell(str(cell["text"]), json=bool(cell["json"])) for path, cell in left.items()
        }
    for path, value in leaves(held):
        cell = cell_of(value, known=table.knows(path))
        if cell is not None:
            made.setdefault(path, cell)
        if not table.knows(path):
            rule = "is not in the standard; it is kept."
            findings.append(found("noted", where, rule, column=path, value=dumped(value)))
    return tuple(sorted(made.items()))


def _is_cell(cell: Any) -> bool:
    return (
        isinstance(cell, dict) and set(cell) == {"text", "json"} and isinstance(cell["text"], str)
    )
