"""The sources cited by the fact tables: one readable key for each document and edition.

`bibliography.toml` lists every address once, under the set (data file) that first cites it. A page
that was revised has `editions`, the years in which it was read; its keys end in the year.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from catalogue_build.tables import read_mapping, write_json


def address(cell: str) -> str:
    """Return the first address of a cell that may hold several, as the bibliography spells it."""
    first = cell.split(" ; ", maxsplit=1)[0].strip()
    return first.replace("https://wsipp.wa.gov/", "https://www.wsipp.wa.gov/")


class Bibliography:
    """Finds the key of a cited document; writes the part of the bibliography for one set."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._sets: dict[str, list[dict[str, Any]]] = {
            name: [edition for key, entry in entries.items() for edition in _editions(key, entry)]
            for name, entries in read_mapping("bibliography.toml").items()
        }

    def cite(self, cell: str, year: str = "") -> str:
        """Return the key for an address (or the title of a source that shares one) and a year.

        A year that no edition bears is refused, unless the document has one edition only.
        """
        wanted = address(cell)
        found = [
            source
            for sources in self._sets.values()
            for source in sources
            if wanted in (source["url"], source["title"], source["key"], *source.get("also_at", ()))
        ]
        if len(found) > 1:
            found = [source for source in found if source["published"] == year]
        if len(found) != 1:
            raise SystemExit(
                f"bibliography.toml: {len(found)} entries for {wanted} ({year or '-'})"
            )
        return str(found[0]["key"])

    def only(self, cells: Iterable[str]) -> str:
        """Return the one key that all cells cite."""
        (key,) = {self.cite(cell) for cell in cells}
        return key

    def write(self) -> None:
        """Write this set's part of the bibliography."""
        write_json(f"sources/{self.part}.json", self._sets[self.part])


def _editions(key: str, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    rest = {name: value for name, value in entry.items() if name != "editions"}
    editions = entry.get("editions")
    if not isinstance(editions, list):
        yield {"key": key, "published": "", **rest}
        return
    for year in editions:
        yield {"key": f"{key}_{year or 'undated'}", **rest, "published": year}
