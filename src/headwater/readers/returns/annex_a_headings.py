"""Which list a sheet of an Annex A workbook holds, and which of its columns each heading means.

Authorities name sheets freely, put titles above the headings and alter the wording.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from headwater.catalogue.returns import layout
from headwater.core.layout import TableLayout

HEAD = 40
"""Rows among which the headings are looked for."""
CLOSE = 0.6
"""Share of its words that the longer of two headings must have in common with the shorter, whose
words it must all have, for them to mean the same: "plan review date" is no "plan end date"."""
SPELT_ALIKE = 0.85
LEAST = 3
"""Headings that a row must have in common with a list."""
_BRACKETS = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[a-z0-9]+")
_IDLE = frozenset(
    ("a an the of is was were to for and or in on did does has have be been this that it its")
    .casefold()
    .split()
) | {"s", "y", "n"}
"""Words that tell no heading from another."""
_SPELT = {"dob": "birth", "s47": "section47", "lac": "looked", "cla": "looked", "id": "identifier"}
_TITLE = re.compile(r"list\s*_?0*(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a sheet.

    Parameters
    ----------
    table
        The list.
    index
        Which of the sheet's rows they stand in, counted from 0.
    columns
        The list's columns by their place in the row.
    words
        What is written, by place.
    """

    table: str
    index: int
    columns: Mapping[int, str]
    words: Mapping[int, str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings that mean no column."""
        return tuple(text for place, text in self.words.items() if place not in self.columns)


def plain(text: str) -> str:
    """Return a heading in small letters and plain words, without what stands in brackets."""
    return " ".join(_WORDS.findall(_BRACKETS.sub(" ", text.casefold().replace("'", ""))))


@cache
def _bag(text: str) -> frozenset[str]:
    words = plain(text).split()
    return frozenset(_SPELT.get(word, word) for word in words if word not in _IDLE)


def headings(title: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Heading | None:
    """Return the headings of a sheet; None where no row has those of a list.

    The row and list with the most headings in common are taken; of equal ones the list that the
    sheet is named after, then the shorter list.
    """
    named = _TITLE.search(title.casefold())
    best: tuple[tuple[int, bool, int], Heading] | None = None
    for index, (_, cells) in enumerate(rows[:HEAD]):
        if sum(bool(cell) for cell in cells) < LEAST:
            continue
        for table in layout("annex_a").tables.values():
            columns = columns_of(table, cells)
            own = set(columns.values()) - _everywhere()
            if len(columns) < LEAST or not own:
                continue
            by_name = bool(named) and table.name == f"list_{named[1] if named else ''}"
            score = (len(columns), by_name, -len(table.columns))
            if best is None or score > best[0]:
                words = {i: text.strip() for i, text in enumerate(cells) if text.strip()}
                best = (score, Heading(table.name, index, columns, words))
    return best[1] if best else None


@cache
def _everywhere() -> frozenset[str]:
    """Return the columns that most lists have, which tell none from another."""
    tables = layout("annex_a").tables.values()
    counted = Counter(column for table in tables for column in table.columns)
    return frozenset(name for name, times in counted.items() if times >= LEAST)


def columns_of(table: TableLayout, cells: Sequence[str]) -> dict[int, str]:
    """Return the list's columns by place: those headed by the very words first, then the close."""
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        name = _named(table, cell) if cell else ""
        if name and name not in found.values():
            found[i] = name
    for i, cell in enumerate(cells):
        if cell and i not in found:
            left = [name for name in table.columns if name not in found.values()]
            close = _closest(left, cell)
            if close:
                found[i] = close
    return dict(sorted(found.items()))


def _named(table: TableLayout, cell: str) -> str:
    """Return the column that a heading names in its own or another known wording."""
    return _wordings(table.name).get(plain(cell), "")


@cache
def _wordings(table: str) -> Mapping[str, str]:
    columns = layout("annex_a").tables[table].columns
    also = {words: name for name, column in columns.items() for words in column.also}
    return also | {plain(name): name for name in columns}


def _closest(names: Sequence[str], cell: str) -> str:
    """Return the one column whose words are nearest; "" where none is near or two are equally."""
    known = frozenset[str]().union(*(_bag(name) for name in names))
    words = frozenset(_respelt(word, known) for word in _bag(cell))
    if not words:
        return ""
    scored = sorted(((_common(words, _bag(name)), name) for name in names), reverse=True)
    if not scored or scored[0][0] < CLOSE:
        return ""
    return "" if len(scored) > 1 and scored[1][0] == scored[0][0] else scored[0][1]


def _respelt(word: str, known: frozenset[str]) -> str:
    """Return the known word that a long word is a misspelling of, else the word."""
    if word in known or len(word) < 5:
        return word
    near = get_close_matches(word, known, n=1, cutoff=SPELT_ALIKE)
    return near[0] if near else word


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    if not (one <= other or other <= one):
        return 0.0
    return len(one & other) / len(one | other)
