"""Calibrate the pathway and fit every place's levels: `python -m catalogue_build.pathway`.

Reads only what is shipped (`england.json` and the places), writes `data/pathway.json` and
`data/levels.json`; then the same with nothing dated after 31 March 2022 (`england_2022.json`,
`pathway_2022.json`, `levels_2022.json`). Run it after `catalogue_build.england` or
`catalogue_build.places`, and `catalogue_build.checks` after it.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from headwater.catalogue.pathway import Vintage, file_of, national_facts
from headwater.catalogue.places import england, places
from headwater.core.pathway import National
from headwater.pathways.fit import calibrate
from headwater.pathways.levels import LATEST, ROUTES, TO_2022, Window, fit_levels, standing

DATA = Path(__file__).parent.parent / "src/headwater/catalogue/data"
WINDOWS: dict[Vintage, Window] = {"latest": LATEST, "2022": TO_2022}


def national_document(national: National, shocks: dict[str, float]) -> dict[str, Any]:
    """Return the calibrated pathway as plain lists."""
    pathway = national.pathway
    return {
        "states": pathway.states,
        "transitions": [asdict(move) for move in pathway.transitions],
        "age_edges": pathway.age_edges.tolist(),
        "duration_edges": pathway.duration_edges.tolist(),
        "hazards": pathway.hazards.tolist(),
        "risk": pathway.risk.tolist(),
        "risk_weights": pathway.risk_weights.tolist(),
        "loadings": pathway.loadings.tolist(),
        "children_per_family": pathway.children_per_family,
        "entrant_ages": national.entrant_ages.tolist(),
        "entrant_risk": national.entrant_risk.tolist(),
        "shocks": shocks,
    }


def local_document(window: Window) -> tuple[dict[str, list[dict[str, Any]]], dict[str, float]]:
    """Return the levels of every place standing in the window's last year, and England's shocks."""
    standing_then = {
        name: place
        for name, place in places().items()
        if name != england().id and standing(place, window.years[-1])
    }
    levels, shocks, nation = fit_levels(standing_then, england(), window=window)
    local = {name: [asdict(level) for level in fitted] for name, fitted in sorted(levels.items())}
    local[england().id] = [
        asdict_of_england(route.name, route.moves, nation[route.name]) for route in ROUTES
    ]
    for fitted in local.values():
        for level in fitted:
            level["own"] = None if np.isnan(level["own"]) else level["own"]
    return local, shocks


def write(vintage: Vintage) -> None:
    """Calibrate and fit to one vintage of facts; write and print what was found."""
    national = calibrate(national_facts(vintage))
    local, shocks = local_document(WINDOWS[vintage])
    document = national_document(national, shocks)
    (DATA / file_of("pathway", vintage)).write_text(json.dumps(document) + "\n", encoding="utf-8")
    text = json.dumps(local, separators=(",", ":")).replace('}],"', '}],\n"')
    (DATA / file_of("levels", vintage)).write_text(text + "\n", encoding="utf-8")
    print(f"facts: {vintage}; {len(local)} places, {len(ROUTES)} levels each")


def main() -> None:
    """Write both vintages."""
    for vintage in WINDOWS:
        write(vintage)


def asdict_of_england(route: str, moves: tuple[str, ...], level: float) -> dict[str, Any]:
    """Return England's own level: its recent years against the calibration year, no pooling."""
    return {
        "route": route,
        "moves": moves,
        "own": level,
        "expected": level,
        "weight": 1.0,
        "level": level,
        "spread": 0.0,
    }


if __name__ == "__main__":
    main()
