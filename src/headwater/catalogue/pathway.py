"""The calibrated pathway of England, its checks, the levels of every place, and the facts behind.

Each ships twice: fitted to all that is published, and, so that forecasts can be held against years
that the fit has not seen, to nothing dated after 31 March 2022.
"""

from functools import cache
from typing import Literal

import numpy as np

from headwater.catalogue.files import read_json
from headwater.core.arrays import FloatArray
from headwater.core.check import Check
from headwater.core.pathway import Level, National, Pathway, Transition

Vintage = Literal["latest", "2022"]
"""The last facts that a fit has seen: the latest, or those of 31 March 2022."""


def file_of(content: str, vintage: Vintage) -> str:
    """Return the name of a shipped file: "levels.json", or "levels_2022.json"."""
    return f"{content}.json" if vintage == "latest" else f"{content}_{vintage}.json"


def national_facts(vintage: Vintage = "latest") -> dict[str, FloatArray]:
    """Return the published national facts by name, each an array (one value, or one a band)."""
    return {
        name: np.atleast_1d(np.array(entry["value"], float))
        for name, entry in read_json(file_of("england", vintage)).items()
    }


@cache
def national(vintage: Vintage = "latest") -> National:
    """Return the national pathway, one draw at its fitted levels."""
    entry = read_json(file_of("pathway", vintage))
    moves = tuple(
        Transition(**{**move, "sources": tuple(move["sources"])}) for move in entry["transitions"]
    )
    pathway = Pathway(
        states=tuple(entry["states"]),
        transitions=moves,
        age_edges=np.array(entry["age_edges"]),
        duration_edges=np.array(entry["duration_edges"]),
        hazards=np.array(entry["hazards"]),
        risk=np.array(entry["risk"]),
        risk_weights=np.array(entry["risk_weights"]),
        loadings=np.array(entry["loadings"]),
        multipliers=np.ones((1, len(moves))),
        children_per_family=entry["children_per_family"],
    )
    return National(
        pathway=pathway,
        entrant_ages=np.array(entry["entrant_ages"]),
        entrant_risk=np.array(entry["entrant_risk"]),
        shocks=entry["shocks"],
    )


@cache
def levels(place: str, vintage: Vintage = "latest") -> tuple[Level, ...]:
    """Return the fitted levels of a place that stood in the last year of the vintage, by its id."""
    return tuple(
        Level(
            **{
                **level,
                "moves": tuple(level["moves"]),
                "own": np.nan if level["own"] is None else level["own"],
            }
        )
        for level in read_json(file_of("levels", vintage))[place]
    )


@cache
def checks(vintage: Vintage = "latest") -> tuple[Check, ...]:
    """Return published figures beside the pathway's, fitted to or not, and why they part."""
    return tuple(
        Check(**{**entry, "sources": tuple(entry["sources"])})
        for entry in read_json(file_of("checks", vintage))
    )
