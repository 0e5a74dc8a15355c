"""All figures as three arrays (place, measure, year): value, symbol, source."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from catalogue_build.places.identities import Identity
from catalogue_build.places.measures import MEASURES

YEARS = tuple(range(2012, 2026))
SYMBOLS = (
    "",
    "suppressed",
    "not applicable",
    "not available",
    "low",
    "merged",
    "unreliable",
)
ABSENT = 255
"""No such year in the table."""

MEANING = {
    "c": "suppressed",
    "z": "not applicable",
    "x": "not available",
    "[x]": "not available",
    "[note 4]": "not available",
    "k": "low",
    "low": "low",
    "-": "merged",
    "u": "unreliable",
}


@dataclass(slots=True)
class Cube:
    """Figures of all places; `sources` lists the keys that `source` counts into."""

    value: np.ndarray
    symbol: np.ndarray
    source: np.ndarray
    sources: tuple[str, ...]

    def row(self, place: int, measure: str) -> tuple[np.ndarray, np.ndarray]:
        """Return values and symbols of one series over `YEARS`."""
        at = MEASURE_AT[measure]
        return self.value[place, at], self.symbol[place, at]


MEASURE_AT = {measure.id: at for at, measure in enumerate(MEASURES)}


def read(text: str, measure: str) -> tuple[float, int]:
    """Return one published cell as a number or a symbol.

    Rates printed by a computer ("9.6999999999999993") are rounded back to their published decimal.

    Raises
    ------
    ValueError
        If the cell is neither a number nor a known symbol.
    """
    if text in MEANING:
        return np.nan, SYMBOLS.index(MEANING[text])
    number = float(text)
    return (round(number, 1) if measure == "care_applications_rate" else number), 0


def build(cells: pl.DataFrame, places: list[Identity]) -> Cube:
    """Lay the cells out by place, measure and year.

    Where two sources have a cell the one that comes first in `cells` stands. Symbols outside the
    years in which an authority existed are left out: they say only that it did not.
    """
    sources = tuple(cells["source"].unique().sort())
    shape = (len(places), len(MEASURES), len(YEARS))
    cube = Cube(
        np.full(shape, np.nan), np.full(shape, ABSENT, np.uint8), np.zeros(shape, np.uint8), sources
    )
    at = {place.number: index for index, place in enumerate(places)}
    first = cells.unique(["number", "year", "measure"], keep="first", maintain_order=True)
    for number, year, measure, text, source in first.rows():
        if number not in at or year not in YEARS:
            raise ValueError(f"a cell of an unknown place or year: {number}, {year}, {measure}")
        place = places[at[number]]
        value, symbol = read(text, measure)
        lived = place.born - (measure == "population") <= year <= place.died
        if symbol and not lived:
            continue
        spot = (at[number], MEASURE_AT[measure], YEARS.index(year))
        cube.value[spot], cube.symbol[spot] = value, symbol
        cube.source[spot] = sources.index(source)
    return cube
