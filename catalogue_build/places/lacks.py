"""Saying in words what is not published for a place."""

from collections import defaultdict

import numpy as np

from catalogue_build.places.cube import ABSENT, MEASURE_AT, SYMBOLS, YEARS, Cube
from catalogue_build.places.identities import Identity
from catalogue_build.places.measures import MEASURES, Measure

WORDS = {
    "suppressed": "suppressed",
    "not applicable": "not applicable",
    "not available": "not available",
    "low": "rounds to nought",
    "merged": "suppressed or not applicable, not said which",
    "unreliable": "of low reliability",
}


def lacks(cube: Cube, place: Identity, at: int) -> tuple[str, ...]:
    """Return one sentence for each group of measures and each way of lacking them."""
    missing: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in MEASURES:
        why = _why(cube, place, at, measure)
        if why:
            missing[measure.group, why].append(measure)
    return tuple(_sentence(group, why, measures) for (group, why), measures in missing.items())


def _sentence(group: str, why: str, measures: list[Measure]) -> str:
    whole = [measure for measure in MEASURES if measure.group == group]
    if len(measures) == len(whole):
        return f"{group}: {why}."
    titles = ", ".join(measure.title[0].lower() + measure.title[1:] for measure in measures)
    return f"{group} ({titles}): {why}."


def _why(cube: Cube, place: Identity, at: int, measure: Measure) -> str:
    symbols = cube.symbol[at, MEASURE_AT[measure.id]]
    listed = np.flatnonzero(symbols != ABSENT)
    if listed.size == 0:
        return "not in the tables read"
    numbers = np.flatnonzero(symbols == 0)
    if numbers.size == 0:
        return f"no number in any year ({_reasons(symbols[listed])})"
    last, newest = YEARS[numbers[-1]], _newest(cube, place, measure)
    if last >= newest:
        return ""
    after = symbols[(symbols != ABSENT) & (np.arange(len(YEARS)) > numbers[-1])]
    return f"no number since {last} ({_reasons(after)})"


def _newest(cube: Cube, place: Identity, measure: Measure) -> int:
    """Return the last year in which this measure could be published for this place."""
    anywhere = np.flatnonzero((cube.symbol[:, MEASURE_AT[measure.id]] == 0).any(axis=0))
    end = place.died - (measure.timing == "mid-year")
    return int(min(YEARS[anywhere[-1]], end))


def _reasons(symbols: np.ndarray) -> str:
    found = sorted({int(symbol) for symbol in symbols})
    return "; ".join(WORDS[SYMBOLS[symbol]] for symbol in found) or "not in the tables read"
