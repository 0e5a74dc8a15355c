"""The elements of a children in need census as rows of its tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.catalogue.returns import layout
from headwater.core.errors import did_you_mean
from headwater.readers.returns import cin_shape
from headwater.readers.returns.cin_shape import Element, local
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.rows import Rows

if TYPE_CHECKING:
    import polars as pl

WORDS = {"true": "1", "false": "0"}


@dataclass(slots=True)
class Seen:
    """How often something stood in a document, and on which line first."""

    line: int
    count: int = 0

    @property
    def times(self) -> str:
        """Return how often, in words."""
        return "once" if self.count == 1 else f"{self.count:,} times"


class CensusRows:
    """The rows of a census, added element by element.

    Attributes
    ----------
    children
        How many were added.
    year
        The year in which the census ends, from its header; None before it was read.
    faults
        What is amiss, by table.
    lines_before
        Lines of the document before the piece of it that is read.
    seen
        Where each column first has a value, and how many it has.
    """

    def __init__(self, name: str) -> None:
        held = layout("cin")
        self.children = 0
        self.lines_before = 0
        self.year: int | None = None
        self.faults = {table: Faults(name) for table in held.tables}
        self.seen: dict[tuple[str, str], Seen] = {}
        self._key = held.key
        self._yes_no = {
            column.name
            for table in held.tables.values()
            for column in table.columns.values()
            if set(column.codes) == {"0", "1"}
        }
        self._rows = {name: Rows(tuple(table.columns)) for name, table in held.tables.items()}
        self._filled: set[str] = set()
        self._worded: dict[tuple[str, str], Seen] = {}
        self._numbers: dict[str, int] = {}

    def add_header(self, element: Any) -> None:
        """Add the header; a second one is a fault."""
        if "header" in self._filled:
            self.faults["header"].add("doubtful", self._line(element), "is a second header.")
        cells = self._walk(element, cin_shape.header(), "header", {})
        self._put("header", self._line(element), cells)
        self.year = self.year or cin_shape.census_year(cells.get("ReferenceDate", ""))

    def add_child(self, element: Any) -> None:
        """Add a child and everything in it."""
        self.children += 1
        found = element.find(f"{{*}}ChildIdentifiers/{{*}}{self._key}")
        key = "" if found is None else _text(found)
        cells = self._walk(element, cin_shape.child(), "child", {self._key: key})
        self._put("child", self._line(element), cells)

    def frames(self) -> Iterator[tuple[str, "pl.DataFrame"]]:
        """Yield every table that has a row."""
        for (table, column), seen in self._worded.items():
            rule = f"is written in words; read as 1 or 0 ({seen.times})."
            self.faults[table].add("noted", seen.line, rule, column)
        for table in self._rows:
            if table in self._filled:
                yield table, self._rows[table].frame()

    def _put(self, table: str, line: int, cells: Mapping[str, str]) -> None:
        self._filled.add(table)
        self._rows[table].add(line, cells)

    def _walk(
        self, element: Any, shape: Element, table: str, keys: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the values in an element; add a row for each element inside that has a table."""
        cells = dict(keys)
        reached, met = 0, set[str]()
        if element.text and element.text.strip():
            self._fault(table, element, "holds text where it holds elements.", element.text)
        for part in _parts(element, shape):
            name = local(part)
            place = shape.place.get(name)
            self._stray(table, part, element, shape, reached)
            if place is None:
                continue
            reached = max(reached, place)
            if name in shape.repeated:
                self._put_value(shape.repeated[name], part, name, keys)
            elif name in shape.inside:
                self._group(part, shape, table, cells, keys, again=name in met)
            elif name in met:
                self._fault(table, part, "stands twice; the first was read.", _text(part))
            else:
                cells[name] = self._value(table, part, name)
            met.add(name)
        return cells

    def _stray(self, table: str, part: Any, above: Any, shape: Element, reached: int) -> None:
        """Find an element that is unknown or out of order, and text that nothing holds."""
        if part.tail and part.tail.strip():
            self._fault(table, part, "is followed by text that nothing holds.", part.tail)
        name = local(part)
        place = shape.place.get(name)
        if place is None:
            rule = f"is no element of {local(above)}.{did_you_mean(name, shape.order)}"
            self._fault(table, part, rule, _text(part))
        elif place < reached:
            rule = f"stands after {shape.order[reached]}, which it should come before."
            self._fault(table, part, rule)

    def _group(
        self,
        part: Any,
        shape: Element,
        table: str,
        cells: dict[str, str],
        keys: Mapping[str, str],
        *,
        again: bool,
    ) -> None:
        name = local(part)
        inside = shape.inside[name]
        if again and name in shape.once:
            self._fault(table, part, "stands more than once; each was read.")
        if not inside.table:
            values = self._walk(part, inside, table, keys)
            for column, value in values.items():
                if not cells.get(column):
                    cells[column] = value
            return
        below = keys
        if inside.number:
            self._numbers[inside.number] = number = self._numbers.get(inside.number, 0) + 1
            below = {**keys, inside.number: str(number)}
        row = self._walk(part, inside, inside.table, below)
        self._put(inside.table, self._line(part), row)

    def _put_value(self, table: str, part: Any, name: str, keys: Mapping[str, str]) -> None:
        value = self._value(table, part, name)
        self._put(table, self._line(part), {**keys, name: value})

    def _value(self, table: str, part: Any, name: str) -> str:
        if len(part):
            self._fault(table, part, "holds elements where it holds text; they were read after it.")
        text = _text(part)
        if text:
            seen = self.seen.setdefault((table, name), Seen(self._line(part)))
            seen.count += 1
        if name in self._yes_no and text.casefold() in WORDS:
            worded = self._worded.setdefault((table, name), Seen(self._line(part)))
            worded.count += 1
            return WORDS[text.casefold()]
        return text

    def _fault(self, table: str, element: Any, rule: str, value: str = "") -> None:
        self.faults[table].add("doubtful", self._line(element), rule, local(element), value)

    def _line(self, element: Any) -> int:
        return int(element.sourceline or 0) + self.lines_before


def _parts(element: Any, shape: Element) -> Iterator[Any]:
    """Yield the elements inside, and those inside one of text, which was then left unclosed."""
    for part in element:
        yield part
        if len(part) and local(part) not in shape.inside and local(part) in shape.place:
            yield from _parts(part, shape)


def _text(element: Any) -> str:
    return (element.text or "").strip()
