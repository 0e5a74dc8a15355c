"""A fit to records, as lines of figures."""

from collections.abc import Iterator

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.estimate import Z80
from headwater.core.figure import Figure
from headwater.core.layout import ReturnYear
from headwater.core.local_pathway import LocalPathway, OwnLevel, OwnMove
from headwater.core.pathway import YEAR
from headwater.pathways.from_records import mean_risk
from headwater.workflows.fit_pathway.result import CoverLine, LevelLine, RateLine
from headwater.workflows.fit_pathway.shown import Shown, published_children
from headwater.workflows.forecast.blocks import ROUTE_NAMES
from headwater.workflows.local_pathway import sources
from headwater.workflows.place_figures import published

HUNDRED = 100.0
LEAST = 1.0
"""Child-years below which a band without a move is left out."""
PER = "per 100 children and year"
TIMES = "times England"
YEAR_TO_COME = "80% of a year to come"
NAMES = {**ROUTE_NAMES, "care_starts": "entering care, by any way"}
PUBLISHED = {
    "child_in_need": "need_stock",
    "protection_plan": "plan_stock",
    "looked_after": "care_stock",
}
COVERED = {
    "child_in_need": "in need alone",
    "protection_plan": "on a plan",
    "looked_after": "looked after, without asylum-seeking children",
}
AGES = ("first month", "1 to 11 months", "1 to 4", "5 to 9", "10 to 15", "16 and 17")
TIMES_IN = ("under 3 months", "3 to 6 months", "6 to 12 months", "1 to 2 years", "over 2 years")


def figure(value: float, unit: str, own: LocalPathway, note: str = "") -> Figure:
    """Return a figure from the records."""
    period = f"{own.first_day} to {own.last_day}"
    return Figure(float(value), unit, "computed", sources(own), period, note=note)


def cover_lines(shown: Shown, own: LocalPathway) -> Iterator[CoverLine]:
    """Yield children on each 31 March of the records beside those published, by state."""
    for each in own.stock or (None,):
        state = "looked_after" if each is None else str(each.state)
        for year in shown.years:
            said = published(shown.place, PUBLISHED[state], year)
            value = published_children(shown.place, state, year)
            note = said.note or ("" if value is not None else "a part of it is not published")
            yield CoverLine(
                COVERED[state],
                str(ReturnYear(year).last_day),
                figure(shown.children(state, year), "children", own),
                said.but(value=value, basis="computed", note=note),
            )


def level_lines(shown: Shown, own: LocalPathway) -> Iterator[LevelLine]:
    """Yield the place's levels."""
    before = {one.route: float(np.exp(one.level)) for one in shown.ground(1).levels}
    for each in own.level:
        if each.route == "applications":
            continue
        times = before.get(each.route, 1.0)
        yield LevelLine(
            id=each.route,
            name=NAMES[each.route],
            events=figure(each.events, "moves", own),
            expected=figure(each.expected, "moves", own, "at what neighbours lead one to expect"),
            neighbours=figure(each.prior, TIMES, own),
            published=figure(times, TIMES, own, "as fitted to what is published"),
            fitted=_fitted(each, own),
            weight=figure(HUNDRED * each.weight, "per cent", own, "weight of the records"),
        )


def _fitted(each: OwnLevel, own: LocalPathway) -> Figure:
    low, high = (each.times * float(np.exp(z * each.spread)) for z in (-Z80, Z80))
    return figure(each.times, TIMES, own).but(low=low, high=high, interval=YEAR_TO_COME)


def rate_lines(shown: Shown, own: LocalPathway) -> Iterator[RateLine]:
    """Yield the rates of leaving a state by age and by time in it."""
    ground = shown.ground(len(shown.years))
    risk = mean_risk(ground.pathway, ground.life())
    levels = {move: each for each in ground.levels for move in each.moves}
    owned = {route: each for each in own.level for route in [each.route]}
    for move in own.move:
        if not move.child_years:
            continue
        name = move.moves[0]
        level = levels.get(name)
        before = float(np.exp(level.level)) if level is not None else 1.0
        after = owned[level.route if level is not None else "back_in_care"]
        england = ground.pathway.hazards[int(ground.pathway.moves(name)[0])] * risk[name] * YEAR
        yield from _lines(own, move, england * before, england * after.times, after)


def _lines(
    own: LocalPathway,
    move: OwnMove,
    published_rate: FloatArray,
    at_level: FloatArray,
    level: OwnLevel,
) -> Iterator[RateLine]:
    events, lived = np.array(move.events, float), np.array(move.child_years)
    ratio = np.array(move.ratio)
    made = lived * at_level * ratio
    spread = made**2 / (move.pooled + events)
    for by, axis, bands in (("age", 1, AGES), ("time", 0, TIMES_IN)):
        years, seen = lived.sum(axis=axis), events.sum(axis=axis)
        rates, doubt = made.sum(axis=axis), spread.sum(axis=axis)
        before = (lived * published_rate).sum(axis=axis)
        for i, band in enumerate(bands):
            if years[i] < LEAST and not seen[i]:
                continue
            middle = HUNDRED * rates[i] / years[i]
            log_sd = float(np.sqrt(doubt[i] / rates[i] ** 2 + level.spread**2))
            yield RateLine(
                move=move.moves[0].replace("_", " ").replace("->", "→"),
                by=by,
                band=band,
                events=figure(seen[i], "moves", own),
                child_years=figure(years[i], "child-years", own),
                rate=figure(HUNDRED * seen[i] / years[i], PER, own),
                published=figure(HUNDRED * before[i] / years[i], PER, own),
                fitted=figure(middle, PER, own).but(
                    low=middle * float(np.exp(-Z80 * log_sd)),
                    high=middle * float(np.exp(Z80 * log_sd)),
                    interval=YEAR_TO_COME,
                ),
            )
