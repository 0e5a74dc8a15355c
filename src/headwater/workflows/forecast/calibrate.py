"""How much to believe flows, and how wide to forecast: learnt from the errors of earlier forecasts.

1. From each base year before the last, solve for the levels at which every place stands still, and
   measure, once, what a rise of each entry does to each stock.
2. `belief`, need first, then plans, then care: the part of the way from standing still to the
   fitted level that would have erred least.
3. What is then left is put into the levels of entry, in the same order: as much as makes intervals
   hold four fifths of the errors, less chance, less what wanders in from above. England's own
   errors are what all places share; the rest is each place's own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import minimize_scalar, nnls

from headwater.core.ahead import NOWHERE, Ahead, Spread
from headwater.core.arrays import FloatArray
from headwater.core.pathway import STOCKS, Arms, Level, Pathway, Stock
from headwater.core.place import Place
from headwater.evaluation.scores import COVERED, Z, variance_to_cover
from headwater.pathways.levels import Pool, Window, fit_levels, standing
from headwater.pathways.stand_still import ENTRIES, StandStill, stand_still
from headwater.workflows.forecast.base_day import MEASURE, Base, base_of
from headwater.workflows.forecast.outlook import look_ahead

MANY = 400
"""Draws that variances are measured in."""
ROUNDS = 2
"""Times that spreads are fitted again to what the simulator makes of them."""
NUDGE = 0.1
"""Rise in the log of an entry that its effect on the stocks is measured with."""
STILL = dict.fromkeys(STOCKS, Ahead(0.0, NOWHERE, NOWHERE))
Effects = Mapping[tuple[Stock, Stock], FloatArray]
"""Rise of the log of a stock, by entry and stock, for a unit rise of the log of the entry in one
year; each an array (year after, year of the rise)."""
Belief = Mapping[Stock, float]


@dataclass(frozen=True, slots=True)
class Past:
    """One place on an earlier base day, and what believing its flows would do.

    Parameters
    ----------
    pulls
        Log of the stock after each year ÷ at the base if an entry goes to its fitted level, by
        entry and stock; each an array (year,).
    drift
        The same of what else is carried on, by stock.
    """

    base: Base
    pulls: dict[tuple[Stock, Stock], FloatArray]
    drift: dict[Stock, FloatArray] = field(default_factory=dict)

    def forecast(self, stock: Stock, year: int, belief: Belief) -> float:
        """Return a stock so many years on, less what is held as it is."""
        log = sum(part * self.pulls[entry, stock][year - 1] for entry, part in belief.items())
        if self.drift:
            log += self.drift[stock][year - 1]
        return self.base.stocks[stock] * float(np.exp(log))

    def held(self, stock: Stock) -> float:
        """Return the children who are held as they are: care leavers, asylum-seeking children."""
        return {"need": self.base.leavers, "plan": 0.0, "care": self.base.asylum}[stock]

    def actual(self, stock: Stock, year: int) -> float | None:
        """Return what came, need without plans and care but with care leavers."""
        place, at = self.base.place, self.base.year + year
        values = {name: place.value(MEASURE[name], at) for name in STOCKS}
        value = values[stock]
        if stock != "need" or value is None:
            return value
        plan, care = values["plan"], values["care"]
        return None if plan is None or care is None else value - plan - care


def past_forecasts(  # noqa: PLR0913 - what forecasts rest on, by name
    pathway: Pathway,
    places: Mapping[str, Place],
    england: Place,
    effects: Effects,
    *,
    base: int,
    window: Window,
    pool: Pool = "neighbours",
    seen: Callable[[Place], Place] = lambda place: place,
    drift: Mapping[Stock, float] | None = None,
) -> list[Past]:
    """Return every place on an earlier base day.

    Parameters
    ----------
    window
        What the national pathway was fitted in; levels are fitted in as many years up to the base.
    pool, seen, drift
        What levels are pooled towards, the part of a place that they are fitted to, and a yearly
        rise of the log of each entry: changed only to show what each earns.
    """
    seen_in = tuple(range(base - len(window.years) + 1, base + 1))
    then = {name: place for name, place in places.items() if standing(place, base)}
    then.pop(england.id, None)
    fitted_to = {name: seen(place) for name, place in then.items()}
    levels, _, _ = fit_levels(fitted_to, england, window=replace(window, years=seen_in), pool=pool)
    found = []
    for name, place in then.items():
        start = base_of(place, base)
        if start is None or set(start.stocks) != set(STOCKS):
            continue
        still = stand_still(pathway, levels[name], population=start.population, stocks=start.stocks)
        found.append(
            Past(
                start,
                {
                    (entry, stock): -still.entries[entry] * effects[entry, stock].sum(axis=1)
                    for entry in STOCKS
                    for stock in STOCKS
                },
                _drift(effects, drift) if drift is not None else {},
            )
        )
    return found


def _drift(effects: Effects, yearly: Mapping[Stock, float]) -> dict[Stock, FloatArray]:
    """Return what a yearly rise of each entry adds to the log of each stock, array (year,)."""
    return {
        stock: np.sum(
            [
                effects[entry, stock] @ (rise * np.arange(1, effects[entry, stock].shape[1] + 1))
                for entry, rise in yearly.items()
            ],
            axis=0,
        )
        for stock in STOCKS
    }


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of past forecasts of one stock after one number of years.

    Parameters
    ----------
    logs
        Log of forecast ÷ actual, array (forecast,).
    own
        The same without the children who are held as they are, whose changes fall on the rest.
    stocks
        Children at the base, array (forecast,).
    nation
        The same error for all places together, array (base year,).
    """

    logs: FloatArray
    own: FloatArray
    stocks: FloatArray
    nation: FloatArray


def errors(past: Iterable[Past], stock: Stock, year: int, *, belief: Belief, last: int) -> Errors:
    """Return the errors of all forecasts that came due by the year `last`."""
    logs, own, stocks = list[float](), list[float](), list[float]()
    sums = dict[int, list[float]]()
    for each in past:
        actual = each.actual(stock, year) if each.base.year + year <= last else None
        if actual is None or actual <= 0.0:
            continue
        forecast, held = each.forecast(stock, year, belief), each.held(stock)
        logs.append(float(np.log((forecast + held) / actual)))
        own.append(float(np.log(forecast / max(actual - held, 1.0))))
        stocks.append(each.base.stocks[stock])
        total = sums.setdefault(each.base.year, [0.0, 0.0])
        total[0] += forecast
        total[1] += actual - held
    nation = [float(np.log(forecast / actual)) for forecast, actual in sums.values()]
    return Errors(np.array(logs), np.array(own), np.array(stocks), np.array(nation))


def best_belief(past: Sequence[Past], *, years: int, last: int) -> dict[Stock, float]:
    """Return the beliefs at which earlier forecasts, all years alike, would have erred least."""
    found: dict[Stock, float] = {}
    for stock in STOCKS:

        def error(part: float, stock: Stock = stock) -> float:
            by_year = [
                errors(past, stock, year, belief={**found, stock: part}, last=last).logs
                for year in range(1, years + 1)
            ]
            return float(np.mean([np.abs(logs).mean() for logs in by_year if len(logs)]))

        found[stock] = float(minimize_scalar(error, bounds=(0.0, 1.0), method="bounded").x)
    return found


@dataclass(frozen=True, slots=True)
class Nation:
    """England on a base day: what the pathway's effects and chance are measured on."""

    base: Base
    pathway: Pathway
    levels: Sequence[Level]
    years: int

    @property
    def small(self) -> Base:
        """A place of a hundredth of England: chance falls with the number of children."""
        stocks = {stock: children / 100 for stock, children in self.base.stocks.items()}
        return replace(self.base, population=self.base.population / 100, stocks=stocks)

    def variance(self, ahead: Mapping[Stock, Ahead]) -> dict[Stock, FloatArray]:
        """Return the variance of the log of each stock of the small place, arrays (year,).

        From the width that holds `COVERED` of the draws, as intervals are read.
        """
        outlook = look_ahead(
            self.small, self.pathway, self.levels, ahead, years=self.years, draws=MANY, seed=1
        )
        found = {}
        for stock in STOCKS:
            logs = np.log(np.maximum(outlook.children[stock][0, :, 12::12], 1.0))
            low, high = np.quantile(logs, [(1 - COVERED) / 2, (1 + COVERED) / 2], axis=0)
            found[stock] = np.square((high - low) / (2 * Z))
        return found


def calibrate(
    past: Sequence[Past], effects: Effects, nation: Nation, *, last: int
) -> dict[Stock, Ahead]:
    """Return belief and spreads of every entry.

    Spreads are fitted to the variances wanted by the effects, then twice more to what the simulator
    falls short of or goes beyond, since a wide wander does not act in proportion.

    Parameters
    ----------
    past
        Every place on several earlier base days.
    last
        The last year whose figures may be looked at.
    """
    belief = best_belief(past, years=nation.years, last=last)
    chance, small = nation.variance(STILL), nation.small.stocks
    wanted: dict[Stock, FloatArray] = {}
    shared: dict[Stock, FloatArray] = {}
    for stock in STOCKS:
        found = [
            errors(past, stock, year, belief=belief, last=last)
            for year in range(1, nation.years + 1)
        ]
        of_one = chance[stock] * small[stock]
        wanted[stock] = np.array(
            [variance_to_cover(e.own, c / e.stocks) for e, c in zip(found, of_one, strict=True)]
        )
        own_errors = [float(np.mean(np.square(e.nation))) for e in found]
        shared[stock] = np.minimum(own_errors, wanted[stock])
    asked = dict(wanted)
    for _ in range(ROUNDS):
        ahead = _ahead(belief, asked, shared, effects)
        realised = nation.variance(ahead)
        for stock in STOCKS:
            beyond = np.maximum(realised[stock] - chance[stock], 1e-6)
            asked[stock] = asked[stock] * np.clip(wanted[stock] / beyond, 0.5, 2.0)
    return _ahead(belief, asked, shared, effects)


def _ahead(
    belief: Belief,
    asked: Mapping[Stock, FloatArray],
    shared: Mapping[Stock, FloatArray],
    effects: Effects,
) -> dict[Stock, Ahead]:
    """Return wanders that by their effects give each stock the variances asked for."""
    place: dict[Stock, Spread] = {}
    nation: dict[Stock, Spread] = {}
    for stock in STOCKS:
        together = np.minimum(shared[stock], asked[stock])
        nation[stock] = _spread(together, stock, nation, effects)
        place[stock] = _spread(asked[stock] - together, stock, place, effects)
    return {stock: Ahead(belief[stock], place[stock], nation[stock]) for stock in STOCKS}


def _spread(
    variance: FloatArray,
    stock: Stock,
    above: Mapping[Stock, Spread],
    effects: Effects,
) -> Spread:
    """Return the wander of an entry that gives its stock a variance after each year.

    Parameters
    ----------
    above
        The wander of the entries found before, whose effect is taken off first.
    """
    left = variance.copy()
    for entry, spread in above.items():
        parts = (spread.at_once, spread.a_year, spread.one_year)
        left -= _terms(effects[entry, stock]) @ np.square(parts)
    scale = np.maximum(variance, 1e-6)
    terms = _terms(effects[stock, stock]) / scale[:, None]
    squares, _ = nnls(terms, np.maximum(left, 0.0) / scale)
    return Spread(*np.sqrt(squares).tolist())


def _terms(effect: FloatArray) -> FloatArray:
    """Return a stock's variance for a unit of each part of a `Spread`; array (year after, part).

    Parameters
    ----------
    effect
        Rise of the log of a stock after each year for a unit rise of the entry in one year; array
        (year after, year of the rise).
    """
    from_then_on = np.cumsum(effect[:, ::-1], axis=1)[:, ::-1]
    return np.stack(
        [
            np.square(effect.sum(axis=1)),
            np.square(from_then_on).sum(axis=1),
            np.square(effect).sum(axis=1),
        ],
        axis=1,
    )


def entry_effects(nation: Nation) -> dict[tuple[Stock, Stock], FloatArray]:
    """Return what a rise of each entry in each year does to each stock, in England."""
    years = nation.years
    found = {(e, s): np.zeros((years, years)) for e in STOCKS for s in STOCKS}
    for entry in STOCKS:
        for year in range(years):

            def nudged(still: StandStill, arms: Arms, entry: Stock = entry, at: int = year) -> Arms:
                scale = arms.scale.copy()
                scale[1][..., at, still.pathway.moves(*ENTRIES[entry])] *= np.exp(NUDGE)
                return Arms(arms.edges, scale)

            outlook = look_ahead(
                nation.base,
                nation.pathway,
                nation.levels,
                STILL,
                years=years,
                draws=4,
                settled=1,
                seed=1,
                change=nudged,
            )
            for stock in STOCKS:
                usual, more = outlook.children[stock][..., 12::12].sum(axis=1)
                found[entry, stock][:, year] = np.log(more / usual) / NUDGE
    return found
