"""The calibrated pathway of England and the levels of every place."""

from functools import cache

import numpy as np

from headwater.catalogue.files import read_json
from headwater.core.pathway import Check, Level, National, Pathway, Transition


@cache
def national() -> National:
    """Return the national pathway, one draw at its fitted levels."""
    entry = read_json("pathway.json")
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
        checks=tuple(Check(**check) for check in entry["checks"]),
    )


@cache
def levels(place: str) -> tuple[Level, ...]:
    """Return the fitted levels of a place that still exists, by its id."""
    return tuple(
        Level(
            **{
                **level,
                "moves": tuple(level["moves"]),
                "own": np.nan if level["own"] is None else level["own"],
            }
        )
        for level in read_json("levels.json")[place]
    )
