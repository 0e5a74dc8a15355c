"""Rows under a heading, from a CSV file or a sheet, as records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from headwater.catalogue.indigo import Heading, Table
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import Cell, Record
from headwater.core.indigo_json import cell_of, leaves, loaded
from headwater.core.indigo_text import tidy

Row = tuple[int, Sequence[str]]
"""A row's number in its file, and its cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as it is written, and what that says it holds."""

    heading: str
    holds: Heading


def columns(file: str, head: Sequence[str], table: Table, findings: list[Finding]) -> list[Column]:
    """Return what each heading names; one that the standard does not know keeps its own name."""
    made: list[Column] = []
    taken: set[Heading] = set()
    for number, heading in enumerate(head, start=1):
        holds = table.read_heading(heading or _nameless(number))
        if holds in taken:
            holds = Heading(tidy(f"{heading or 'column'} (column {number})"))
            rule = "stands twice; the second is kept apart."
            findings.append(found("doubtful", Where(file), rule, column=heading))
        elif heading.strip() and holds.path and not table.knows(holds.path):
            rule = "is not in the standard; it is kept."
            findings.append(found("noted", Where(file), rule, column=heading))
        taken.add(holds)
        made.append(Column(heading, holds))
    return made


def _nameless(number: int) -> str:
    return f"(column {number})"


def records(
    file: str, table: Table, made: Sequence[Column], rows: Iterable[Row], findings: list[Finding]
) -> list[Record]:
    """Return each row that holds anything as a record; blank rows are passed over and counted."""
    kept: list[Record] = []
    blank: list[int] = []
    for number, cells in rows:
        if not any(cells):
            blank.append(number)
            continue
        where = Where(file, str(number))
        named = _named(made, cells)
        project = next((text for column, text in named if not column.holds.path), "")
        held: dict[str, Cell] = {}
        for column, text in named:
            if text and column.holds.path:
                held |= _cells(column, text, table, where, findings)
        kept.append(Record(table.name, project, tuple(sorted(held.items())), where))
    if blank:
        rule = f"{len(blank):,} blank rows (the first is row {blank[0]}) were passed over."
        findings.append(found("noted", Where(file), rule))
    return kept


def _named(made: Sequence[Column], cells: Sequence[str]) -> list[tuple[Column, str]]:
    """Return the cells with their columns; those past the last heading get a name of their own."""
    more = range(len(made) + 1, len(cells) + 1)
    past = [Column("", Heading(_nameless(number))) for number in more]
    return list(zip([*made, *past], cells, strict=False))


def _cells(
    column: Column, text: str, table: Table, where: Where, findings: list[Finding]
) -> dict[str, Cell]:
    """Return what one cell holds: a text, or the values of a piece of JSON."""
    holds = column.holds
    if not column.heading:
        rule = "stands under no heading; it is kept."
        findings.append(found("doubtful", where, rule, column=holds.path, value=text))
    if not holds.json:
        return {holds.path: Cell(text)}
    try:
        return dict(_pieces(holds.path, text, table))
    except (json.JSONDecodeError, RecursionError):
        rule = "is not JSON; it is kept as text."
        findings.append(found("wrong", where, rule, column=column.heading, value=text))
        return {holds.path: Cell(text)}


def _pieces(path: str, text: str, table: Table) -> Iterator[tuple[str, Cell]]:
    for inner, value in leaves(loaded(text, []), tuple(path.split("/"))):
        cell = cell_of(value, known=table.knows(inner))
        if cell is not None:
            yield inner, cell
