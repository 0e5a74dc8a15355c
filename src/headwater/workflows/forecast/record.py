"""How forecasts made on 31 March of a past year would have done, for every authority.

What was fitted, and what the spreads were learnt from, is dated on or before that day. Beside each
forecast stand two that need no model: no change, and the least-squares line through the five years
before; beside spending a third, the last outturn grown as costs had.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from headwater.core.ahead import SpendAhead
from headwater.core.arrays import FloatArray
from headwater.core.money import Deflator
from headwater.core.pathway import STOCKS
from headwater.core.place import Place
from headwater.core.record import Rival, Row, Score
from headwater.evaluation.scores import (
    bias,
    coverage,
    line,
    mean_absolute_error,
    median_absolute_error,
)
from headwater.pathways.levels import standing
from headwater.workflows.forecast.base_day import MEASURE, base_of
from headwater.workflows.forecast.models import Models
from headwater.workflows.forecast.outlook import Outlook, look_ahead
from headwater.workflows.forecast.spending import Purse, purse_of, spending_ahead

YEARS = 3
"""Years that forecasts are followed."""
LINE_YEARS = 5
"""Years that the line goes through, the base year the last."""
QUANTILES = (0.1, 0.5, 0.9)
SPENDING = "spending"
PUBLISHED = {
    **{str(stock): name for stock, name in MEASURE.items()},
    SPENDING: "spend_looked_after",
}
NAMES = {
    "need": "children in need",
    "plan": "children on plans",
    "care": "looked-after children",
    SPENDING: "spending on looked-after children",
}
SCORED = tuple(NAMES)


def past_rows(  # noqa: PLR0913 - what the record rests on, by name
    places: Mapping[str, Place],
    england: Place,
    models: Models,
    deflator: Deflator,
    *,
    draws: int,
    seed: int,
    progress: Callable[[float], None] | None = None,
) -> tuple[list[Row], dict[str, str]]:
    """Forecast every place from the models' base year, and set beside it what came.

    Returns
    -------
    The rows; and why places are not scored, or not in every measure, by their names.
    """
    rows, unscored = list[Row](), dict[str, str]()
    every = [
        record
        for family in _families(places, england)
        if (record := _Record(family, england, models, deflator)).there
    ]
    for done, (record, forecasts) in enumerate(_at_once(every, draws, seed), start=1):
        missing = list[str]()
        for measure in SCORED:
            history = record.history(measure)
            if forecasts is None or measure not in forecasts:
                missing.append(f"{NAMES[measure]}: not published in full for March {models.year}")
            elif history is None:
                missing.append(f"{NAMES[measure]}: not published for every year {record.span}")
            else:
                rows += record.rows(measure, forecasts[measure], history)
        if missing:
            unscored[" and ".join(place.name for place in record.there)] = "; ".join(missing)
        if progress is not None:
            progress(done / len(every))
    return rows, unscored


def _families(places: Mapping[str, Place], england: Place) -> Iterator[list[Place]]:
    """Yield places alone, or with those that they came out of or went into."""
    seen = {england.id}
    for name in places:
        family, waiting = list[Place](), [name]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                family.append(places[at])
                waiting += [*places[at].area.successors, *places[at].area.predecessors]
        if family:
            yield sorted(family, key=lambda place: place.id)


@dataclass(frozen=True, slots=True)
class _Record:
    """The forecasts of one family of places, scored on their joined totals."""

    family: Sequence[Place]
    england: Place
    models: Models
    deflator: Deflator

    @property
    def there(self) -> list[Place]:
        """The places that stood in the base year."""
        return [place for place in self.family if place.id in self.models.levels]

    @property
    def years(self) -> range:
        """From the first year of the line to the last one forecast."""
        return range(self.models.year - LINE_YEARS + 1, self.models.year + YEARS + 1)

    @property
    def span(self) -> str:
        """The years in words."""
        return f"{self.years[0]} to {self.years[-1]}"

    def forecasts(self, *, draws: int, seed: int) -> dict[str, FloatArray] | None:
        """Return forecasts by measure, array (draw, year), or None where a base is lacking."""
        joined: dict[str, list[FloatArray]] = {}
        for place in self.there:
            base = base_of(place, self.models.year)
            if base is None or set(base.stocks) != set(STOCKS):
                return None
            outlook = look_ahead(
                base,
                self.models.pathway,
                self.models.levels[place.id],
                self.models.ahead,
                years=YEARS,
                draws=draws,
                seed=seed,
            )
            for stock in STOCKS:
                joined.setdefault(stock, []).append(outlook.published(stock)[0][:, 12::12])
            year, older = self.models.year, self.models.older
            purse = purse_of(place, self.england, year, older=older)
            if purse is not None:
                spent = _spent(outlook, purse, self.models.spend, seed)
                joined.setdefault(SPENDING, []).append(spent)
        return {
            measure: np.sum(parts, axis=0)
            for measure, parts in joined.items()
            if len(parts) == len(self.there)
        }

    def history(self, measure: str) -> list[float] | None:
        """Return what was published by year, spending in the base year's prices; None if broken."""
        found = []
        for year in self.years:
            value = self._published(measure, year)
            if value is None or value <= 0.0:
                return None
            if measure == SPENDING:
                value *= self.deflator.index[self.models.year - 1] / self.deflator.index[year - 1]
            found.append(value)
        return found

    def _published(self, measure: str, year: int) -> float | None:
        name = PUBLISHED[measure]
        here = [place for place in self.family if standing(place, year)]
        values = [place.value(name, year) for place in here]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(here) else None

    def rows(self, measure: str, drawn: FloatArray, history: Sequence[float]) -> Iterator[Row]:
        """Yield a row for each year that was forecast."""
        before, after = history[:LINE_YEARS], history[LINE_YEARS:]
        for year in range(1, YEARS + 1):
            low, centre, high = np.quantile(drawn[:, year - 1], QUANTILES).tolist()
            yield Row(
                places=tuple(place.id for place in self.there),
                measure=measure,
                years=year,
                low=low,
                centre=centre,
                high=high,
                no_change=before[-1],
                grown=before[-1] * float(np.exp(self.models.spend.average_drift * year))
                if measure == SPENDING
                else None,
                line=line(self.years[:LINE_YEARS], np.array(before), self.models.year + year),
                actual=after[year - 1],
            )


def _spent(outlook: Outlook, purse: Purse, ahead: SpendAhead, seed: int) -> FloatArray:
    """Return spending by year, array (draw, year)."""
    lengths = np.diff(outlook.months)
    children = outlook.days["care"][0] / lengths + outlook.base.asylum
    place, times = outlook.base.place.id, outlook.middles
    spending = spending_ahead(purse, ahead, children, times, place=place, seed=seed)
    return np.asarray(spending.a_year.reshape(len(children), -1, 12).mean(axis=2))


def _at_once(
    every: Sequence[_Record], draws: int, seed: int
) -> Iterator[tuple[_Record, dict[str, FloatArray] | None]]:
    """Yield every record with its forecasts, in order, worked out two at a time.

    What is solved for one place fills the pauses of the other's simulation.
    """
    with ThreadPoolExecutor(2) as pool:
        try:
            found = pool.map(lambda record: record.forecasts(draws=draws, seed=seed), every)
            yield from zip(every, found, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def scores(rows: Sequence[Row]) -> Iterator[Score]:
    """Yield a score for every measure and number of years."""
    for measure in SCORED:
        for years in range(1, YEARS + 1):
            these = [row for row in rows if (row.measure, row.years) == (measure, years)]
            if these:
                yield _score(measure, years, these)


def _score(measure: str, years: int, rows: Sequence[Row]) -> Score:
    def of(name: str) -> FloatArray:
        return np.array([getattr(row, name) for row in rows])

    actual, centre = of("actual"), of("centre")

    def rival(name: str) -> Rival:
        other = of(name)
        gains = np.abs(other / actual - 1.0) - np.abs(centre / actual - 1.0)
        return Rival(
            error=mean_absolute_error(other, actual),
            median=median_absolute_error(other, actual),
            bias=bias(other, actual),
            gain=float(gains.mean()),
            gain_error=float(gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else 0.0,
        )

    return Score(
        measure=measure,
        years=years,
        places=len(rows),
        error=mean_absolute_error(centre, actual),
        median=median_absolute_error(centre, actual),
        bias=bias(centre, actual),
        coverage=coverage(of("low"), of("high"), actual),
        no_change=rival("no_change"),
        line=rival("line"),
        grown=rival("grown") if measure == SPENDING else None,
    )
