"""The pathway of one place: national shapes, the place's levels, and its placements, in draws."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.local_pathway import LocalPathway
from headwater.core.pathway import PLACEMENTS, YEAR, Level, Marks, National, Pathway, Start
from headwater.core.place import Place
from headwater.core.worlds import normals, shares
from headwater.pathways.expected import course
from headwater.pathways.fit import newborn

PLACEMENT_YEARS = (2023, 2024, 2025)
"""The years whose mean is a place's own mix of placements."""
SUPPORTED_FROM = 16
"""Age from which a child may live in supported accommodation."""
SHRINKAGE = 50.0
"""Children in England's mix that a place's own mix is pooled with (assumed)."""


@dataclass(frozen=True, slots=True)
class Mix:
    """A place's shares of looked-after children by placement, in the order of `PLACEMENTS`.

    Parameters
    ----------
    own
        Published shares, NaN where none was published as a number.
    pooled
        Shares after pooling with England.
    children
        Looked-after children behind the shares.
    """

    own: FloatArray
    pooled: FloatArray
    children: float
    older: float
    """Share of England's looked-after children who are 16 or over."""
    counted: FloatArray | None = None
    """Children by age and placement in the place's own records, array (under 16 and from 16,
    placement); none: no share by age is published."""


def placement_mix(
    place: Place, england: Place, *, older: float, years: Sequence[int] = PLACEMENT_YEARS
) -> Mix:
    """Return a place's mix of placements, pooled with England's where it is small."""
    own, nation = _published_mix(place, years), _published_mix(england, years)
    nation = nation / np.nansum(nation)
    found = (place.value("care_stock", year) for year in reversed(years))
    children = next((stock for stock in found if stock is not None), 0.0)
    filled = np.where(np.isfinite(own), own, 0.0)
    known = filled / filled.sum() if filled.sum() > 0.0 else nation
    weight = children / (children + SHRINKAGE)
    return Mix(own, weight * known + (1.0 - weight) * nation, max(children, 1.0), older)


def own_mix(mix: Mix, own: LocalPathway | None) -> Mix:
    """Return a mix with the children that a place's own records count by age and placement."""
    if own is None or own.placements is None:
        return mix
    counted = np.array([own.placements.under_16, own.placements.from_16], float)
    return replace(mix, counted=counted)


def _published_mix(place: Place, years: Sequence[int]) -> FloatArray:
    def mean(*measures: str) -> float:
        found = [value for year in years if (value := _together(place, measures, year)) is not None]
        return float(np.mean(found)) / 100 if found else float("nan")

    names = ("foster", "residential", "supported", "parents")
    return np.array(
        [mean(f"placement_{name}") for name in names]
        + [mean("placement_other_residential", "placement_other")]
    )


def _together(place: Place, measures: Sequence[str], year: int) -> float | None:
    values = [place.value(measure, year) for measure in measures]
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def implied_stocks(national: National, levels: Sequence[Level], *, population: float) -> FloatArray:
    """Return the children in each state if these levels held for good, array (state,).

    Without unaccompanied asylum-seeking children. A place on the move is not there yet: where more
    children leave a state than enter it, its stock is published above what its levels imply.

    Parameters
    ----------
    population
        Children aged 0 to 17.
    """
    pathway = national.pathway
    multipliers = np.ones((1, len(pathway.transitions)))
    for level in levels:
        multipliers[:, pathway.moves(*level.moves)] = np.exp(level.level)
    pathway = replace(pathway, multipliers=multipliers)
    life = course(pathway, newborn(pathway), horizon=18 * YEAR)
    return np.asarray(life.days / YEAR * population / 18)


def localise(
    national: National, place: Place, levels: Sequence[Level], mix: Mix, *, draws: int, seed: int
) -> Pathway:
    """Return the pathway of one place in `draws` worlds.

    The level of a hazard in a draw is exp(level + spread × z of the place + shock × z of England);
    the second z is shared by every place in that draw.
    """
    pathway = national.pathway
    multipliers = np.ones((draws, len(pathway.transitions)))
    for level in levels:
        log = (
            level.level
            + level.spread * normals(seed, f"level {level.route} {place.id}", draws)
            + national.shocks[level.route] * normals(seed, f"shock {level.route}", draws)
        )
        multipliers[:, pathway.moves(*level.moves)] = np.exp(log)[:, None]
    return replace(pathway, multipliers=multipliers, marks=_marks(pathway, place, mix, draws, seed))


def _marks(pathway: Pathway, place: Place, mix: Mix, draws: int, seed: int) -> Marks:
    """Return placement shares under 16 and from 16, in draws."""
    name = f"placements {place.id}"
    drawn = shares(seed, name, draws, expected=mix.pooled, count=mix.children)
    aged = by_age(drawn, older=mix.older)
    if mix.counted is not None:
        counted = _pooled(mix.counted, by_age(mix.pooled[None], older=mix.older)[0])
        aged = np.stack(
            [
                shares(seed, f"{name} {i}", draws, expected=each / each.sum(), count=each.sum())
                for i, each in enumerate(counted)
            ],
            axis=1,
        )
    return Marks(
        state=pathway.state("looked_after"),
        age_edges=np.array([SUPPORTED_FROM * YEAR]),
        cumulative=np.cumsum(aged, axis=2),
    )


def _pooled(counted: FloatArray, published: FloatArray) -> FloatArray:
    """Return children by age and placement, some of them as published shares have it."""
    return np.asarray(counted + SHRINKAGE * published)


def by_age(mix: FloatArray, *, older: float) -> FloatArray:
    """Return placement shares under 16 and from 16, array (draw, 2, placement).

    Shares by age are not published by place: supported accommodation is put at 16 and over alone,
    and the other placements keep their proportions at every age (assumed).

    Parameters
    ----------
    mix
        Shares of children of every age, array (draw, placement).
    older
        Share of the children behind the mix who are 16 or over.
    """
    supported = PLACEMENTS.index("supported")
    others = mix.copy()
    others[:, supported] = 0.0
    others /= others.sum(axis=1, keepdims=True)
    old = np.minimum(mix[:, supported] / older, 0.95)
    aged = others * (1.0 - old)[:, None]
    aged[:, supported] = old
    return np.stack([others, aged], axis=1)


def entrants(
    national: National, state: str, *, children: int, age_from: float, age_to: float
) -> Start:
    """Return children who newly enter a state between two ages (age_to not included).

    Their ages and hidden risk are those of England's entrants to that state.
    """
    index = national.pathway.state(state)
    years = np.arange(18)
    inside = np.clip(np.minimum(years + 1, age_to) - np.maximum(years, age_from), 0.0, 1.0)
    weights = national.entrant_ages[index] * inside
    return Start(
        state=index,
        children=children,
        age_weights=weights if weights.sum() > 0.0 else inside,
        risk_weights=national.entrant_risk[index],
    )
