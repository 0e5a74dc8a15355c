"""Steps: an amount for each band of results."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from headwater.core.arrays import BoolArray, FloatArray
from headwater.core.given import Number
from headwater.core.model import Frozen
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.link import EXACT
from headwater.evaluation.rule import Rule, RuleFault, shared_only
from headwater.evaluation.study import Sampling


class ResultBand(Frozen):
    """A result and what it pays.

    Parameters
    ----------
    at_least
        The result from which it holds.
    pays
        Pounds; below nought: paid back.
    """

    at_least: Number
    pays: Number


class Banded(Rule):
    """Pays by the band that the result falls in; below the first, `below`.

    Parameters
    ----------
    on
        "effect": the estimated improvement; "success": the share of those helped with the good
        outcome, whatever would have happened anyway.
    below
        Pounds below the first band.
    band
        Bands, rising.
    """

    kind: Literal["banded"]
    on: Literal["effect", "success"]
    below: Number = 0.0
    band: Annotated[tuple[ResultBand, ...], Field(min_length=1)]

    def pay(self, seen: Estimates) -> FloatArray:
        """Return pounds, array (draw,)."""
        paid = np.full_like(seen.theta, self.below)
        for band in self.band:
            paid = np.where(self._in(seen, band.at_least), band.pays, paid)
        return paid

    def _in(self, seen: Estimates, edge: float) -> BoolArray:
        if self.on == "effect":
            return np.asarray(seen.reached(edge) == 1.0)
        good = seen.treated if seen.link.sign < 0 else 1.0 - seen.treated
        return np.asarray(good >= edge - EXACT)

    @property
    def edge(self) -> float | None:
        """The improvement from which it pays; None of bands of successes."""
        paying = (band.at_least for band in self.band if band.pays > 0)
        return next(paying, None) if self.on == "effect" and self.below <= 0 else None

    @property
    def compares(self) -> bool:
        """Whether it looks at what would have happened anyway."""
        return self.on == "effect"

    def chance(self, at: Sampling) -> float | None:
        """Return the chance of a paying band; None where lower bands pay and higher do not."""
        steps = [self.below > 0, *(band.pays > 0 for band in self.band)]
        if steps != sorted(steps):
            return None
        if steps[0]:
            return 1.0
        if not steps[-1]:
            return 0.0
        edge = next(band.at_least for band in self.band if band.pays > 0)
        return at.above(edge) if self.on == "effect" else _reaching(at, edge)

    def limits(self, people: int) -> tuple[float, float]:  # noqa: ARG002
        """Return the least and the most that a band pays."""
        paid = (self.below, *(band.pays for band in self.band))
        return min(paid), max(paid)

    def faults(self, odds: Odds) -> Iterator[RuleFault]:
        """Yield bands that do not rise, and shares of what is no share."""
        edges = [band.at_least for band in self.band]
        if any(upper <= lower for lower, upper in pairwise(edges)):
            yield "band", "do not rise.", "Order them by at_least, each once."
        if self.on == "success":
            beyond = [edge for edge in edges if not 0 <= edge <= 1]
            if beyond:
                said = f"{beyond[0]:g} is no share of people, 0 to 1."
                yield "band", said, "Write 55% as 0.55."
            yield from shared_only(odds, "on", "'success'")


def _reaching(at: Sampling, edge: float) -> float | None:
    """Return the exact chance that a share of those helped reaches an edge; None under drift."""
    from scipy.stats import betabinom, binom  # noqa: PLC0415 - slow to load

    study = at.study
    if study.outcome != "share" or study.drift_sd > 0:
        return None
    rate = study.rate(at.effect, study.drift_mean)
    good = rate if study.link.sign < 0 else 1.0 - rate
    people = int(study.treated.people)
    below = ceil(people * edge - EXACT * people) - 1
    extra = (study.design_effect - 1.0) / max(people - 1, 1)
    if extra <= 0.0 or not 0.0 < good < 1.0:
        return float(binom.sf(below, people, good))
    kappa = 1.0 / extra - 1.0
    return float(betabinom.sf(below, people, good * kappa, (1.0 - good) * kappa))


def band_chances(people: int, share: float, edges: tuple[float, ...]) -> tuple[float, ...]:
    """Return the exact chance of each band of a share of people, the lowest first.

    Parameters
    ----------
    share
        The true share with the good outcome.
    edges
        Where bands begin; one chance more than edges is returned.
    """
    from scipy.stats import binom  # noqa: PLC0415 - slow to load

    below = [binom.cdf(ceil(people * edge - EXACT * people) - 1, people, share) for edge in edges]
    return tuple(float(step) for step in np.diff([0.0, *below, 1.0]))
