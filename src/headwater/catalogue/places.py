"""Places: every English upper-tier authority, those that went before them, and England.

Figures lie in three arrays (place, measure, year) of value, symbol and source; a place's series are
cut from them when it is asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from headwater.catalogue.files import DATA, read_json
from headwater.core.arrays import FloatArray
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.place import Area, Break, Neighbour, Place, Series, Symbol

ENGLAND = "england"
ABSENT = 255
"""The code of a year that a table does not have."""

_LISTED = 8
"""How many places an error names before it says "and others"."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a series counts, in which unit, and what a year of it stands for.

    Parameters
    ----------
    timing
        "stock": 31 March; "flow": the year to that day; "mid-year": 30 June; "spending": the
        financial year.
    rounding, england_rounding
        How its publisher rounds it, everywhere and for England only; empty if it does not.
    """

    id: str
    title: str
    unit: str
    group: str
    timing: str
    rounding: str
    england_rounding: str
    note: str


@cache
def measures() -> dict[str, Measure]:
    """Return every measure by id, in the order they are shown."""
    return {entry["id"]: Measure(**entry) for entry in read_json("places.json")["measures"]}


def neighbours_source() -> str:
    """Return the key of the source that says who a place's statistical neighbours are."""
    return str(read_json("places.json")["neighbours_source"])


@cache
def places() -> dict[str, Place]:
    """Return every place by id: England first, then by authority's number."""
    return {entry["id"]: _place(at) for at, entry in enumerate(_entries())}


def england() -> Place:
    """Return England."""
    return place(ENGLAND)


def place(name: str) -> Place:
    """Return one place by id, name, authority's number or ONS code, in any case.

    Raises
    ------
    InputError
        If nothing is called that, or several places could be meant.
    """
    return _place(_position(name))


def _position(name: str) -> int:
    known = _names()
    word = _plain(name)
    if word in known:
        return known[word]
    raise InputError(Problem("place", *_unknown(name, word)))


def _unknown(name: str, word: str) -> tuple[str, str]:
    within = _containing(f"_{word}_") or _containing(word) if word else []
    ids = [entry["id"] for entry in _entries()]
    listing = "`headwater places` lists them all."
    if len(within) > 1:
        shown = "; ".join(within[:_LISTED]) + (" and others" if len(within) > _LISTED else "")
        return f"'{name}' could be several: {shown}.", "Give one of them."
    if within:
        return f"there is no place called '{name}'.", f"Did you mean '{within[0]}'?"
    near = did_you_mean(word, ids).strip()
    return f"there is no place called '{name}'.", f"{near} {listing}".strip()


def _containing(part: str) -> list[str]:
    """Return the names that hold `part`; whole words stand between underscores."""
    return [entry["name"] for entry in _entries() if part in f"_{_plain(entry['name'])}_"]


@cache
def _names() -> dict[str, int]:
    """Return the position of every place by each thing it may be called, ids first."""
    known: dict[str, int] = {}
    for at, entry in enumerate(_entries()):
        known.setdefault(entry["id"], at)
    for at, entry in enumerate(_entries()):
        for word in _called(entry):
            known.setdefault(_plain(word), at)
    return known


def _called(entry: dict[str, Any]) -> Iterator[str]:
    yield from (entry["name"], entry["code"], *entry["former_codes"], *entry["aliases"])
    if entry["number"]:
        yield entry["number"]


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", word.casefold()).strip("_")


def _entries() -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", read_json("places.json")["places"])


@dataclass(frozen=True, slots=True)
class _Cube:
    value: FloatArray
    symbol: NDArray[np.uint8]
    source: NDArray[np.uint8]


@cache
def _cube() -> _Cube:
    with (DATA / "places.npz").open("rb") as file, np.load(file) as arrays:
        cube = _Cube(arrays["value"], arrays["symbol"], arrays["source"])
    cube.value.setflags(write=False)
    return cube


@cache
def _place(at: int) -> Place:
    entry = _entries()[at]
    return Place(
        area=Area(
            id=entry["id"],
            name=entry["name"],
            number=entry["number"],
            code=entry["code"],
            region=entry["region"],
            kind=entry["kind"],
            active=entry["active"],
            successors=tuple(entry["successors"]),
            predecessors=tuple(entry["predecessors"]),
            boundary=entry["boundary"],
        ),
        series=_series(at),
        neighbours=tuple(Neighbour(*pair) for pair in entry["neighbours"]),
        breaks=tuple(Break(**found) for found in entry["breaks"]),
        lacks=tuple(entry["lacks"]),
    )


def _series(at: int) -> dict[str, Series]:
    cube, keys = _cube(), read_json("places.json")["sources"]
    is_england = not _entries()[at]["number"]
    found: dict[str, Series] = {}
    for row, measure in enumerate(measures().values()):
        symbols = cube.symbol[at, row]
        years, meanings, kept = _pattern(symbols.tobytes())
        if not years:
            continue
        sources = [keys[code] for code in cube.source[at, row, kept].tolist()]
        mixed = len(set(sources)) > 1
        rounding = (is_england and measure.england_rounding) or measure.rounding
        found[measure.id] = Series(
            measure=measure.id,
            unit=measure.unit,
            source=sources[-1],
            years=years,
            values=cube.value[at, row, kept],
            symbols=meanings,
            rounding=rounding,
            year_sources=tuple(sources) if mixed else (),
        )
    return found


@cache
def _pattern(symbols: bytes) -> tuple[tuple[int, ...], tuple[Symbol, ...], slice]:
    """Return years, meanings and columns of one row of symbols; many rows share a pattern."""
    body = read_json("places.json")
    columns = [column for column, code in enumerate(symbols) if code != ABSENT]
    if not columns:
        return (), (), slice(0)
    kept = slice(columns[0], columns[-1] + 1)
    meanings = tuple(
        "not available" if code == ABSENT else body["symbols"][code] for code in symbols[kept]
    )
    return tuple(body["years"][kept]), cast("tuple[Symbol, ...]", meanings), kept
