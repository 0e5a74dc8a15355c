"""Fit a place's pathway to its own records: events over exposure, by age and time in state.

1. What its neighbours' levels and England's shapes lead one to expect of the very children whom the
   records show, move by move.
2. The level of each route: events against that, by a gamma-Poisson model about what neighbours lead
   one to expect; years are allowed to differ as they do everywhere.
3. The shape by age and time in state about that level, pooled where counts are small.

Leaving a state is held against the days spent in it. Becoming in need and entering care are held
against the moves that the pathway makes in a year among all the place's children, because records
do not show who was not helped, or not yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.local_pathway import TIME_BANDS, LocalPathway, OwnLevel, OwnMove
from headwater.core.pathway import STATES, YEAR, Level, National, Pathway, Transition
from headwater.pathways.expected import Expected, course
from headwater.pathways.exposure import Exposure
from headwater.pathways.fit import by_band, newborn
from headwater.pathways.gamma_poisson import level, pool

LEAVING = ("need_ends", "plan_starts", "plan_ends", "care_ends")
"""Levels whose moves start where the records show children."""
INTO_CARE = ("applications", "care_starts")
"""Levels that share in every entry to care: records do not say by which way a child came."""
INTO_CARE_MOVES = (
    "child_in_need -> looked_after",
    "protection_plan -> looked_after",
    "pre_proceedings -> looked_after",
)
"""The moves by which children are looked after for the first time."""
UNSEEN = 0.2
"""Weight of a place's published figures up to which they say nothing of how places differ."""
BACK = "back_in_care"
BACK_MOVE = "left_care_home -> looked_after"
BACK_VARIANCE = 0.25
"""Variance of the log of a place's level of coming back into care, about England's (assumed: it is
not published by place)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a place's records are held against.

    Parameters
    ----------
    levels
        The place's, as fitted to what is published.
    yearly
        Variance of a year's log ratio about a place's own, by route.
    population
        Children aged 0 to 17.
    years
        Years that the exposure covers.
    """

    national: National
    levels: tuple[Level, ...]
    yearly: Mapping[str, float]
    population: float
    years: int

    @property
    def pathway(self) -> Pathway:
        """England's."""
        return self.national.pathway

    def variance(self, one: Level) -> float:
        """Return the variance of a place's log level about what neighbours lead one to expect.

        Where published figures of a place hardly count, because they are worked out from others,
        they say nothing of how places differ either: it is then the least of the other levels'.
        """
        known = [each for each in self.levels if each.weight > UNSEEN]
        return min(map(self._variance, [one] if one.weight > UNSEEN or not known else known))

    def _variance(self, one: Level) -> float:
        own = one.spread**2 - self.yearly[one.route]
        return max(own, 1e-4) / max(1.0 - one.weight, 1e-2)

    def life(self, *routes: str) -> Expected:
        """Return the course of a newborn at the place's levels, some routes at neighbours'."""
        times = np.ones((1, len(self.pathway.transitions)))
        for one in self.levels:
            at = one.expected if one.route in routes else one.level
            times[:, self.pathway.moves(*one.moves)] = np.exp(at)
        placed = replace(self.pathway, multipliers=times)
        return course(placed, newborn(placed), horizon=18 * YEAR)


def fit_records(
    ground: Ground, shown: Exposure, *, entering: bool
) -> tuple[tuple[OwnLevel, ...], tuple[OwnMove, ...]]:
    """Return a place's own levels, and the shapes of its moves, as far as its records show them.

    Parameters
    ----------
    entering
        Whether the records are of all the place's children, so that entries can be held against
        them.
    """
    levels: list[OwnLevel] = []
    moves: list[OwnMove] = []
    into = _entering(ground, shown) if entering else ()
    for own, shapes in (*_leaving(ground, shown), *into, *_back(ground, shown)):
        levels += own
        moves += shapes
    return tuple(levels), tuple(moves)


Fitted = tuple[list[OwnLevel], list[OwnMove]]


def _leaving(ground: Ground, shown: Exposure) -> Iterator[Fitted]:
    risk = mean_risk(ground.pathway, ground.life())
    for one in ground.levels:
        if one.route not in LEAVING:
            continue
        moves = [ground.pathway.transitions[i] for i in ground.pathway.moves(*one.moves)]
        expected = np.exp(one.expected) * np.stack(
            [_at_risk(ground, shown, m, risk) for m in moves]
        )
        if not expected.any():
            continue
        events = np.stack([_moved(shown, move) for move in moves])
        own = _level(ground, one, one.expected, events.sum(), expected.sum())
        yield [own], _shapes(moves, events, expected, own, _years(shown, moves[0]))


def _entering(ground: Ground, shown: Exposure) -> Iterator[Fitted]:
    held = {one.route: one for one in ground.levels}
    births = ground.population / 18 * ground.years
    if _lived(shown, "child_in_need"):
        one = held["need_starts"]
        expected = births * by_band(ground.life("need_starts"))[0]
        events = shown.into_need
        own = _level(ground, one, one.expected, events.sum(), expected.sum())
        yield [own], [_by_age(one.moves, events, expected, own)]
    if _lived(shown, "looked_after"):
        flows = by_band(ground.life(*INTO_CARE))
        into = births * flows[ground.pathway.moves(*INTO_CARE_MOVES)].sum(axis=0)
        routes = [held[name] for name in INTO_CARE]
        owns = [
            _level(ground, one, one.expected, shown.into_care.sum(), into.sum()) for one in routes
        ]
        moves = tuple(move for one in routes for move in one.moves)
        yield owns, [_by_age(moves, shown.into_care, into, owns[0])]


def _back(ground: Ground, shown: Exposure) -> Iterator[Fitted]:
    move = ground.pathway.transitions[int(ground.pathway.moves(BACK_MOVE)[0])]
    expected = _at_risk(ground, shown, move, mean_risk(ground.pathway, ground.life()))[None]
    if not expected.any():
        return
    events = _moved(shown, move)[None]
    yearly = ground.yearly["care_starts"]
    ratio, left, weight = level(
        events.sum(),
        expected.sum(),
        variance=BACK_VARIANCE,
        yearly=yearly,
        years=ground.years,
    )
    own = _own(BACK, events.sum(), expected.sum(), 0.0, ratio, weight, left + yearly)
    yield [own], _shapes([move], events, expected, own, _years(shown, move))


def _level(
    ground: Ground, one: Level, expected_log: float, events: float, expected: float
) -> OwnLevel:
    yearly = ground.yearly[one.route]
    ratio, left, weight = level(
        events, expected, variance=ground.variance(one), yearly=yearly, years=ground.years
    )
    return _own(one.route, events, expected, expected_log, ratio, weight, left + yearly)


def _own(  # noqa: PLR0913, PLR0917 - the fields of a level
    route: str,
    events: float,
    expected: float,
    expected_log: float,
    ratio: float,
    weight: float,
    variance: float,
) -> OwnLevel:
    return OwnLevel(
        route=route,
        events=round(events),
        expected=rounded(expected),
        prior=rounded(np.exp(expected_log)),
        weight=rounded(weight),
        times=rounded(ratio * np.exp(expected_log)),
        spread=rounded(np.sqrt(variance)),
    )


def _shapes(
    moves: Sequence[Transition],
    events: FloatArray,
    expected: FloatArray,
    own: OwnLevel,
    years: FloatArray,
) -> list[OwnMove]:
    """Return the shape of each move about the level: first its share of all, then its cells."""
    at_level = expected * own.times / own.prior
    totals = at_level.sum(axis=(1, 2))
    shares = pool(events.sum(axis=(1, 2)), totals).ratio if len(moves) > 1 else np.ones(1)
    cells = [
        pool(counted, share * wanted)
        for counted, wanted, share in zip(events, at_level, shares, strict=True)
    ]
    ratios = np.stack([share * cell.ratio for share, cell in zip(shares, cells, strict=True)])
    ratios *= at_level.sum() / (ratios * at_level).sum()
    return [
        OwnMove(
            moves=(move.name,),
            events=_whole(counted),
            child_years=tuple(map(tuple, years.tolist())),
            ratio=tuple(tuple(rounded(each) for each in row) for row in ratio),
            pooled=rounded(cell.size),
        )
        for move, counted, ratio, cell in zip(moves, events, ratios, cells, strict=True)
    ]


def _by_age(
    moves: tuple[str, ...], events: FloatArray, expected: FloatArray, own: OwnLevel
) -> OwnMove:
    """Return the shape by age alone of moves that start where records do not show children."""
    at_level = expected * own.times / own.prior
    cells = pool(events, at_level)
    ratio = cells.ratio
    ratio *= at_level.sum() / (ratio * at_level).sum()
    return OwnMove(
        moves=moves,
        events=_whole(events[:, None]),
        ratio=tuple((rounded(each),) * TIME_BANDS for each in ratio),
        pooled=rounded(cells.size),
    )


def rounded(value: float) -> float:
    """Return a number to six figures, as it is written in a file."""
    return float(f"{float(value):.6g}")


def _whole(counts: FloatArray) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(each) for each in row) for row in counts)


def _lived(shown: Exposure, state: str) -> bool:
    return bool(shown.days[STATES.index(state)].any())


def _years(shown: Exposure, move: Transition) -> FloatArray:
    return np.asarray(np.round(shown.days[STATES.index(move.origin)] / YEAR, 2))


def _moved(shown: Exposure, move: Transition) -> FloatArray:
    return np.asarray(shown.moves[STATES.index(move.origin), STATES.index(move.target)])


def _at_risk(
    ground: Ground, shown: Exposure, move: Transition, risk: dict[str, FloatArray]
) -> FloatArray:
    """Return the moves that England's hazards would make in the days that children spent."""
    at = int(ground.pathway.moves(move.name)[0])
    return np.asarray(
        shown.days[STATES.index(move.origin)] * ground.pathway.hazards[at] * risk[move.name]
    )


def mean_risk(pathway: Pathway, life: Expected) -> dict[str, FloatArray]:
    """Return what hidden risk does to each move on average, array (age band, duration band).

    Among those who are in its origin at that age and for so long, in the steady state of a life.
    """
    held = life.held
    band = np.searchsorted(pathway.age_edges, (np.arange(18) + 0.5) * YEAR, side="right") - 1
    first = np.searchsorted(pathway.age_edges, pathway.age_edges[:-1], side="right") - 1
    by_age = np.stack([held[:, band == max(b, 1)].sum(axis=1) for b in first], axis=1)
    share = by_age / np.maximum(by_age.sum(axis=2, keepdims=True), 1e-300)
    found = {}
    for move, loading in zip(pathway.transitions, pathway.loadings, strict=True):
        scale = np.power(pathway.risk, loading)
        mean = np.einsum("act,c->at", share[pathway.state(move.origin)], scale)
        found[move.name] = np.where(mean > 0.0, mean, pathway.risk_weights @ scale)
    return found


def with_own(
    national: National, levels: Sequence[Level], own: LocalPathway, *, sources: tuple[str, ...]
) -> tuple[National, tuple[Level, ...]]:
    """Return the national pathway with a place's own shapes, and its levels with its own.

    Parameters
    ----------
    sources
        Of the returns that the records were read from.
    """
    pathway = national.pathway
    hazards, moves = pathway.hazards.copy(), list(pathway.transitions)
    for each in own.move:
        at = pathway.moves(*each.moves)
        hazards[at] *= np.array(each.ratio)
        events = sum(map(sum, each.events))
        said = f"own records, {events:,} moves from {own.first_day} to {own.last_day}, pooled where"
        for i in at:
            how = f"{said} they are few with England's shape and what neighbours lead one to expect"
            moves[i] = replace(moves[i], provenance="place", sources=sources, how=how)
    made = {each.route: each for each in own.level}
    held = [_fitted(one, made[one.route]) if one.route in made else one for one in levels]
    if BACK in made:
        none = Level(BACK, (BACK_MOVE,), np.nan, 0.0, 0.0, 0.0, 0.0)
        held.append(_fitted(none, made[BACK]))
    pathway = replace(pathway, hazards=hazards, transitions=tuple(moves))
    shocks = {BACK: 0.0, **national.shocks}
    return replace(national, pathway=pathway, shocks=shocks), tuple(held)


def _fitted(one: Level, own: OwnLevel) -> Level:
    ratio = own.events / own.expected if own.expected > 0.0 else 0.0
    return replace(
        one,
        own=float(np.log(ratio * own.prior)) if ratio > 0.0 else np.nan,
        expected=float(np.log(own.prior)),
        weight=own.weight,
        level=float(np.log(own.times)),
        spread=own.spread,
    )
