"""The file's own numbers, each with its unit and where it comes from."""

from collections.abc import Container, Iterator

from headwater.core.given import Given
from headwater.core.odds import Odds
from headwater.workflows.odds.figures import effect_unit, every_given, given_figure
from headwater.workflows.odds.result import GivenLine

NAMES = {
    "baseline": "without the service",
    "promised": "improvement promised",
    "comparator.drift_sd": "drift, standard deviation",
    "comparator.drift_mean": "drift expected",
    "comparator.correlation": "correlation with the same person before",
    "clusters.size": "people in a cluster",
    "clusters.icc": "likeness within clusters",
    "clusters.size_cv": "unequal clusters: sd ÷ mean",
    "dispersion": "events: variance ÷ mean",
    "sd": "standard deviation between people",
    "missing": "outcomes not known",
    "worth": "one outcome is worth",
    "at_risk": "put at risk",
    "accepts.spread": "sd ÷ mean that can be carried",
    "selection.correlation": "score with itself later",
    "selection.cutoff": "score from which chosen",
    "selection.mean": "mean score",
    "selection.sd": "standard deviation of scores",
    "selection.improvement": "improvement claimed of the score",
    "implied.paid_baseline": "baseline that is paid against",
    "implied.observed": "observed",
    "implied.evidence_upper": "most that trials prevented",
}
RATIOS = {"correlation", "icc", "size_cv", "dispersion", "spread"}


def given_lines(odds: Odds, own: Container[str] = ()) -> tuple[GivenLine, ...]:
    """Return every number of the file that somebody published or assumed.

    Parameters
    ----------
    own
        Keys of sources that the file names.
    """
    return tuple(_line(odds, place, given, own) for place, given in every_given(odds))


def _line(odds: Odds, place: str, given: Given, own: Container[str]) -> GivenLine:
    unit, times = _unit(odds, place)
    figure = given_figure(odds, given, unit, times=times, own=own)
    why = "; ".join(words for words in (given.source, given.because) if words)
    return GivenLine(NAMES[place], figure, why)


def _unit(odds: Odds, place: str) -> tuple[str, float]:
    """Return the unit of a number of the file, and by what to multiply it."""
    last = place.rpartition(".")[2]
    if last in RATIOS:
        return "ratio", 1.0
    return next(_units(odds, place, last))


def _units(odds: Odds, place: str, last: str) -> Iterator[tuple[str, float]]:
    if place in {"worth", "at_risk"}:
        yield (f"GBP for each {odds.worth.per}" if place == "worth" and odds.worth else "GBP"), 1.0
    if last in {"missing", "evidence_upper"}:
        yield "per cent", 100.0
    if place == "baseline":
        yield _baseline_unit(odds)
    if place == "promised":
        yield _promised_unit(odds)
    if last in {"drift_sd", "drift_mean"}:
        yield effect_unit(odds)
    if place == "clusters.size":
        yield "people", 1.0
    if place == "sd":
        yield odds.unit, 1.0
    yield ("cases" if place.startswith("implied") else "points of the score"), 1.0


def _baseline_unit(odds: Odds) -> tuple[str, float]:
    if odds.outcome == "share":
        return "per cent", 100.0
    return (f"{odds.unit} for each person" if odds.outcome == "events" else odds.unit), 1.0


def _promised_unit(odds: Odds) -> tuple[str, float]:
    if odds.promised.scale == "relative":
        return "per cent of it", 100.0
    if odds.outcome == "share":
        return "points", 100.0
    return (f"{odds.unit} for each person" if odds.outcome == "events" else odds.unit), 1.0
