"""How well the years before foretell the moves of the last year, beside the published pathway."""

from collections.abc import Iterator

import numpy as np

from headwater.catalogue import pathway as pathway_catalogue
from headwater.core.arrays import FloatArray
from headwater.pathways.foretold import foretold
from headwater.pathways.from_records import with_own
from headwater.workflows.fit_pathway.lines import NAMES, figure
from headwater.workflows.fit_pathway.result import TestLine
from headwater.workflows.fit_pathway.shown import Shown, fitted
from headwater.workflows.local_pathway import sources

FEWEST = 2
"""Years of returns from which the last can be foretold from those before."""


def held_out(shown: Shown) -> Iterator[TestLine]:
    """Yield the moves of the last year beside what the years before lead one to expect.

    The published pathway is at a disadvantage of no kind: its levels were fitted to statistics that
    hold the last year too.
    """
    if len(shown.years) < FEWEST:
        return
    before, last = shown.years[:-1], shown.years[-1]
    own, then = fitted(shown, before), shown.during(last)
    national, levels = pathway_catalogue.national(), pathway_catalogue.levels(shown.place.id)
    ground = shown.ground(1)
    fit = with_own(national, levels, own, sources=sources(own))
    ours, theirs = (
        foretold(then, *each, population=ground.population, years=1)
        for each in (fit, (national, levels))
    )
    entering = {"need_starts", "care_starts"} if not shown.whole else set()
    for name, (events, made) in ours.items():
        if name in entering:
            continue
        usual = theirs[name][1]
        yield TestLine(
            name=NAMES[name],
            events=figure(events.sum(), "moves", own),
            own=figure(made.sum(), "moves", own, "by the fit to the years before"),
            published=figure(usual.sum(), "moves", own, "by the published pathway"),
            gain=figure(_score(events, made) - _score(events, usual), "log score", own),
        )


def _score(events: FloatArray, foretold: FloatArray) -> float:
    """Return the log likelihood of counts by their means, less what depends on no mean."""
    told = foretold > 0.0
    return float(np.sum(events[told] * np.log(foretold[told]) - foretold[told]))
