"""The record as a result: scores, what earned its place, and the checks nothing was fitted to."""

from dataclasses import dataclass

from headwater.catalogue import forecast as forecast_catalogue
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.record import Record, Rival, Row
from headwater.workflows.checks import CheckRow, check_rows
from headwater.workflows.forecast.cautions import cautions
from headwater.workflows.forecast.record import NAMES, PUBLISHED, SPENDING
from headwater.workflows.forecast.record_words import in_words

OFF = "per cent of what came"
LOGS = "per cent (log of forecast ÷ what came)"


@dataclass(frozen=True, slots=True)
class Without:
    """A forecast that needs no model, over the same places.

    Parameters
    ----------
    error, median, bias
        Mean and median of how far it was off; mean of it less what came.
    gain
        How much less the model's forecasts erred, twice its standard error either side.
    beaten
        Whether the model's forecasts erred less.
    """

    error: Figure
    median: Figure
    bias: Figure
    gain: Figure
    beaten: bool


@dataclass(frozen=True, slots=True)
class Past:
    """How past forecasts of one measure did, against doing without a model.

    Parameters
    ----------
    error, median
        Mean and median over places of how far each was off.
    held
        Places in which what came lay in the interval that should have held four in five.
    no_change, line
        What stood at the base; the line through the five years before.
    grown
        Of spending: what stood at the base, grown as costs had up to then. None of children.
    """

    id: str
    measure: str
    years: str
    places: Figure
    error: Figure
    median: Figure
    bias: Figure
    held: Figure
    no_change: Without
    line: Without
    grown: Without | None


@dataclass(frozen=True, slots=True)
class Part:
    """One way to forecast: the weight of flows, and its error by stock and year."""

    name: str
    belief: dict[str, Figure]
    error: dict[str, tuple[Figure, ...]]
    kept: bool


@dataclass(frozen=True, slots=True)
class PlacePast:
    """One place's forecasts of one measure, beside what came."""

    place: str
    measure: str
    years: str
    forecast: Figure
    no_change: Figure
    grown: Figure | None
    came: Figure


@dataclass(frozen=True, slots=True)
class PastRecord:
    """The whole record.

    Parameters
    ----------
    words
        What it says, in words.
    cautions
        Which intervals were too narrow, and how far they were learnt and tested.
    unscored
        Why a place is not scored, or not in every measure, by its name.
    """

    base: str
    words: tuple[str, ...]
    cautions: tuple[str, ...]
    scores: tuple[Past, ...]
    parts: tuple[Part, ...]
    places: tuple[PlacePast, ...]
    unscored: dict[str, str]
    checks: tuple[CheckRow, ...]


def past_record() -> PastRecord:
    """Return the shipped record of forecasts."""
    record = forecast_catalogue.record()
    return PastRecord(
        base=f"31 March {record.base}",
        words=in_words(record),
        cautions=cautions(record),
        scores=past_lines(record),
        parts=_parts(record),
        places=tuple(_place(row, record.base) for row in record.rows),
        unscored=record.unscored,
        checks=tuple(check_rows()),
    )


def past_lines(record: Record) -> tuple[Past, ...]:
    """Return the record's scores as figures."""

    def share(value: float, unit: str, measure: str) -> Figure:
        return Figure(100.0 * value, unit, "computed", _keys(measure))

    def without(rival: Rival, measure: str) -> Without:
        error, median, bias, gain = (
            share(value, OFF, measure)
            for value in (rival.error, rival.median, rival.bias, rival.gain)
        )
        gain = gain.but(
            low=100.0 * (rival.gain - 2 * rival.gain_error),
            high=100.0 * (rival.gain + 2 * rival.gain_error),
            interval="two standard errors, places taken as independent",
        )
        return Without(error, median, bias, gain, rival.beaten)

    return tuple(
        Past(
            id=score.measure,
            measure=NAMES[score.measure],
            years=str(score.years),
            places=Figure(
                float(score.places), "places", "computed", _keys(score.measure), note="some joined"
            ),
            error=share(score.error, OFF, score.measure),
            median=share(score.median, OFF, score.measure),
            bias=share(score.bias, OFF, score.measure),
            held=share(score.coverage, "per cent of places", score.measure),
            no_change=without(score.no_change, score.measure),
            line=without(score.line, score.measure),
            grown=None if score.grown is None else without(score.grown, score.measure),
        )
        for score in record.scores
    )


def _parts(record: Record) -> tuple[Part, ...]:
    return tuple(
        Part(
            name=each.name,
            belief={
                stock: Figure(100.0 * belief, "per cent", "computed", _keys(stock))
                for stock, belief in each.belief.items()
            },
            error={
                stock: tuple(Figure(100.0 * e, LOGS, "computed", _keys(stock)) for e in errors)
                for stock, errors in each.error.items()
            },
            kept=each.kept,
        )
        for each in record.variations
    )


def _place(row: Row, base: int) -> PlacePast:
    money = row.measure == SPENDING
    unit, price_base = ("GBP", str(PriceBase(base - 1))) if money else ("children", "")
    keys, year = _keys(row.measure), base + row.years
    period = f"{PriceBase(year - 1)}" if money else f"31 March {year}"
    return PlacePast(
        place=" and ".join(places()[name].name for name in row.places),
        measure=NAMES[row.measure],
        years=str(row.years),
        forecast=Figure(
            row.centre,
            unit,
            "computed",
            keys,
            period,
            price_base,
            low=row.low,
            high=row.high,
            interval="80% of draws",
        ),
        no_change=Figure(row.no_change, unit, "computed", keys, period, price_base),
        grown=None
        if row.grown is None
        else Figure(row.grown, unit, "computed", keys, period, price_base),
        came=Figure(
            row.actual, unit, "computed" if money else "published", keys, period, price_base
        ),
    )


def _keys(measure: str) -> tuple[str, ...]:
    source = england().series[PUBLISHED[measure]].source
    return (source, deflator().source) if measure == SPENDING else (source,)
