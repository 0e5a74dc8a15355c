"""Read the published files, check them against each other, write the catalogue's places."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from catalogue_build.places import breaks, cube, identities, lait, outturn, tables
from catalogue_build.places.checks import check
from catalogue_build.places.citations import CITATIONS
from catalogue_build.places.lacks import lacks
from catalogue_build.places.measures import MEASURES
from catalogue_build.places.oddities import CAUTIONS

DATA = Path(__file__).parents[2] / "src/headwater/catalogue/data"


def main(folder: Path) -> None:
    """Build places from the published files in `folder`."""
    lait.check_quality_note(folder)
    sheet = outturn.sheet(folder)
    places = identities.identities(folder, outturn.kinds(sheet))
    numbers = {place.code: place.number for place in places if place.active}
    cells = pl.concat(
        [tables.all_cells(folder), lait.all_cells(folder), outturn.cells(sheet, numbers)]
    )
    figures = cube.build(cells, places)
    check(figures, places)
    found = _breaks(figures, places)
    print(f"{sum(map(len, found.values()))} breaks in {len(found)} places")
    entries = [
        place.entry
        | {
            "breaks": found.get(place.id, []),
            "lacks": [*lacks(figures, place, at), *CAUTIONS.get(place.number, ())],
        }
        for at, place in enumerate(places)
    ]
    _write(entries, figures)


def _breaks(figures: cube.Cube, places: list[identities.Identity]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for measure in breaks.MEASURES:
        at = cube.MEASURE_AT[measure]
        values = figures.value[1:, at]
        symbols = [
            [cube.SYMBOLS[code] if code != cube.ABSENT else "" for code in row]
            for row in figures.symbol[1:, at].tolist()
        ]
        for one in (*breaks.jumps(values), *breaks.gaps(values, symbols, cube.YEARS)):
            found.setdefault(places[one.row + 1].id, []).append(
                {
                    "measure": measure,
                    "year": cube.YEARS[one.column],
                    "before": one.before,
                    "after": one.after,
                    "reason": one.reason,
                }
            )
    return found


def _write(entries: list[dict[str, Any]], figures: cube.Cube) -> None:
    (DATA / "sources").mkdir(parents=True, exist_ok=True)
    body = {
        "years": cube.YEARS,
        "symbols": cube.SYMBOLS,
        "sources": figures.sources,
        "neighbours_source": identities.NEIGHBOURS_SOURCE,
        "measures": [measure.entry for measure in MEASURES],
        "places": entries,
    }
    _json(DATA / "places.json", body)
    _json(DATA / "sources/places.json", CITATIONS)
    np.savez_compressed(
        DATA / "places.npz", value=figures.value, symbol=figures.symbol, source=figures.source
    )
    for name in ("places.json", "places.npz"):
        print(f"{name}: {(DATA / name).stat().st_size / 1000:.0f} kB")


def _json(path: Path, body: object) -> None:
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m catalogue_build.places FACTS_FOLDER")
    main(Path(sys.argv[1]) / "open")
