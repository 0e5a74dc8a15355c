"""Rows of every table put together by project."""

from collections import Counter

from headwater.catalogue.indigo import standard
from headwater.core.finding import Finding, found
from headwater.core.indigo import PROJECTS, Exchange, Project, Record


def assemble(records: list[Record], findings: list[Finding]) -> Exchange:
    """Return the projects in the order of their own rows, then those that only other rows name."""
    placed = [record for record in records if record.project]
    rows: dict[str, list[Record]] = {}
    for record in sorted(placed, key=lambda record: standard().order(record.table)):
        if record.table != PROJECTS:
            rows.setdefault(record.project, []).append(record)
    own = _own([record for record in placed if record.table == PROJECTS], rows)
    _find_twice(own, findings)
    projects = [Project(each.project, each, tuple(rows.pop(each.project, ()))) for each in own]
    projects += [Project(name, None, tuple(held)) for name, held in rows.items()]
    loose = [r for r in records if not r.project and (r.cells or r.table != PROJECTS)]
    loose.sort(key=lambda record: standard().order(record.table))
    return Exchange(tuple(projects), tuple(record for record in loose if record.cells))


def _own(records: list[Record], rows: dict[str, list[Record]]) -> list[Record]:
    """Return the projects' own rows, less those that hold an id alone and are not needed."""
    said = {record.project for record in records if record.cells} | set(rows)
    bare: set[str] = set()
    kept: list[Record] = []
    for record in records:
        if record.cells or (record.project not in said | bare):
            kept.append(record)
            bare |= set() if record.cells else {record.project}
    return kept


def _find_twice(own: list[Record], findings: list[Finding]) -> None:
    counted = Counter(record.project for record in own)
    findings += [
        found(
            "wrong",
            record.where,
            f"{counted[record.project]} rows have this id; other tables' rows go to the first.",
            column="ID",
            value=record.project,
            remedy="Give each project one row.",
        )
        for record in own
        if counted[record.project] > 1
    ]
