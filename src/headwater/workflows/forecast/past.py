"""The record as a result: scores, what earned its place, and the checks nothing was fitted to."""

from dataclasses import dataclass

from headwater.catalogue import forecast as forecast_catalogue
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.record import Record, Row, Score
from headwater.workflows.checks import CheckRow, check_rows
from headwater.workflows.forecast.record import NAMES, PUBLISHED, SPENDING

OFF = "per cent of what came"
HARDLY = 0.95
"""An error above this share of no change's is hardly less than it."""
LOGS = "per cent (log of forecast ÷ what came)"


@dataclass(frozen=True, slots=True)
class Past:
    """How past forecasts of one measure did, against doing without a model.

    Parameters
    ----------
    error, error_no_change, error_line
        Mean over places of how far each was off: the forecast, no change, the line.
    held
        Places in which what came lay in the interval that should have held four in five.
    better
        Whether the forecasts erred less than no change.
    """

    id: str
    measure: str
    years: str
    places: Figure
    error: Figure
    error_no_change: Figure
    error_line: Figure
    bias: Figure
    bias_no_change: Figure
    held: Figure
    better: bool


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
    came: Figure


@dataclass(frozen=True, slots=True)
class PastRecord:
    """The whole record.

    Parameters
    ----------
    words
        What it says, in words.
    unscored
        Why a place is not scored, or not in every measure, by its name.
    """

    base: str
    words: tuple[str, ...]
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
        scores=past_lines(record),
        parts=_parts(record),
        places=tuple(_place(row, record.base) for row in record.rows),
        unscored=record.unscored,
        checks=tuple(check_rows()),
    )


def in_words(record: Record) -> tuple[str, ...]:
    """Return how forecasts did against no change, a sentence a measure."""
    said = []
    for measure, words in NAMES.items():
        scores = [score for score in record.scores if score.measure == measure]
        if scores:
            said.append(f"{words[0].upper()}{words[1:]}: {_in_words(scores, record.base)}")
    return tuple(said)


def _in_words(scores: list[Score], base: int) -> str:
    errors = ", ".join(f"{100 * score.error:.1f}%" for score in scores)
    others = ", ".join(f"{100 * score.error_no_change:.1f}%" for score in scores)
    held = ", ".join(f"{100 * score.coverage:.0f}%" for score in scores)
    return (
        f"forecasts of March {base} were off by {errors} after one, two and three years; no change"
        f" by {others}: {_verdict(scores)}. The intervals that should hold 80% held {held}."
    )


def _verdict(scores: list[Score]) -> str:
    """Return whether forecasts erred less than no change, and where hardly so."""
    worse = [str(score.years) for score in scores if not score.better]
    if worse:
        return f"NO BETTER than no change after {_years(worse)}"
    hardly = [str(s.years) for s in scores if s.error > HARDLY * s.error_no_change]
    if len(hardly) == len(scores):
        return "hardly less"
    return f"less, but hardly so after {_years(hardly)}" if hardly else "less at every horizon"


def _years(found: list[str]) -> str:
    return f"{' and '.join(found)} {'year' if found == ['1'] else 'years'}"


def past_lines(record: Record) -> tuple[Past, ...]:
    """Return the record's scores as figures."""

    def share(value: float, unit: str, measure: str) -> Figure:
        return Figure(100.0 * value, unit, "computed", _keys(measure))

    return tuple(
        Past(
            id=score.measure,
            measure=NAMES[score.measure],
            years=str(score.years),
            places=Figure(
                float(score.places), "places", "computed", _keys(score.measure), note="some joined"
            ),
            error=share(score.error, OFF, score.measure),
            error_no_change=share(score.error_no_change, OFF, score.measure),
            error_line=share(score.error_line, OFF, score.measure),
            bias=share(score.bias, OFF, score.measure),
            bias_no_change=share(score.bias_no_change, OFF, score.measure),
            held=share(score.coverage, "per cent of places", score.measure),
            better=score.better,
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
        came=Figure(
            row.actual, unit, "computed" if money else "published", keys, period, price_base
        ),
    )


def _keys(measure: str) -> tuple[str, ...]:
    source = england().series[PUBLISHED[measure]].source
    return (source, deflator().source) if measure == SPENDING else (source,)
