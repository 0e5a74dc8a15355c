"""The record as a result: scores, what earned its place, and the checks nothing was fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.catalogue import forecast as forecast_catalogue
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.record import Record, Rival, Row, Score
from headwater.workflows.checks import CheckRow, check_rows
from headwater.workflows.forecast.cautions import cautions
from headwater.workflows.forecast.record import NAMES, PUBLISHED, SPENDING

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


ONE_YEAR = (
    '"Clearly" is of one base year, over places taken as independent. They share what befell all'
    " England in those years, so that it is less sure than it reads."
)
"""Where the verdicts stand."""


def in_words(record: Record) -> tuple[str, ...]:
    """Return how forecasts did against no change, a sentence a measure, and where that stands."""
    said = []
    for measure, words in NAMES.items():
        scores = [score for score in record.scores if score.measure == measure]
        if scores:
            said.append(f"{words[0].upper()}{words[1:]}: {_in_words(scores, record.base)}")
    return (*said, ONE_YEAR)


AFTER = ("one", "two", "three")
LOPSIDED = 0.05
"""A mean error with its sign that is said, where every horizon's has the same sign."""


def _in_words(scores: Sequence[Score], base: int) -> str:
    held = ", ".join(f"{100 * score.coverage:.0f}%" for score in scores)
    grown = [score.grown for score in scores if score.grown is not None]
    rivals, name = [score.no_change for score in scores], "no change"
    verdict = _verdict(rivals, name)
    if grown:
        name = "no change in real terms"
        verdict = (
            f"{verdict}. But costs had been rising, and no change leaves that out: the last outturn"
            " grown at England's pace up to then, above inflation, was off by"
            f" {_errors(grown)}; against that: {_verdict(grown, 'that')}"
        )
    return (
        f"forecasts of March {base} were off by {_errors(scores)} after one, two and three years,"
        f" {name} by {_errors(rivals)}: {verdict}.{_line(scores)}{_lopsided(scores, grown)} The"
        f" intervals that should hold 80% held {held}."
    )


def _line(scores: Sequence[Score]) -> str:
    """Say how a straight line did where that is nearer to what came than no change."""
    if any(score.line.error >= score.no_change.error for score in scores):
        return ""
    return (
        " A straight line through the five years before was off by"
        f" {_errors([score.line for score in scores])}."
    )


def _lopsided(scores: Sequence[Score], grown: Sequence[Rival]) -> str:
    """Say by how much forecasts were too low or too high on average, where they were."""
    biases = [score.bias for score in scores]
    if not (max(biases) < 0.0 or min(biases) > 0.0) or max(map(abs, biases)) < LOPSIDED:
        return ""
    beside = f" (the last outturn grown: {_signed(grown)})" if grown else ""
    way = "TOO LOW" if biases[0] < 0.0 else "too high"
    sizes = ", ".join(f"{100 * abs(bias):.1f}%" for bias in biases)
    return f" On average forecasts were {way}, by {sizes}{beside}."


def _signed(rivals: Sequence[Rival]) -> str:
    """Return mean errors with their sign: too low or too high."""
    return ", ".join(
        f"{100 * abs(rival.bias):.1f}% too {'low' if rival.bias < 0.0 else 'high'}"
        for rival in rivals
    )


def _errors(scores: Sequence[Score | Rival]) -> str:
    """Return mean errors by year, and in brackets the medians."""
    means, medians = (
        ", ".join(f"{100 * error:.1f}%" for error in errors)
        for errors in ([s.error for s in scores], [s.median for s in scores])
    )
    return f"{means} (median {medians})"


def _verdict(rivals: Sequence[Rival], name: str) -> str:
    """Return how forecasts stand against one that needs no model, the worst first."""
    by_year = list(zip(AFTER, rivals, strict=False))
    worse = [after for after, rival in by_year if not rival.beaten]
    unclear = [after for after, rival in by_year if rival.beaten and not rival.clearly_beaten]
    said = []
    if worse:
        said.append(f"NO BETTER than {name} after {' and '.join(worse)}")
    if len(unclear) == len(rivals):
        return f"less, but by no more than chance: NO CLEARER than {name}"
    if unclear:
        said.append(f"less by no more than chance after {' and '.join(unclear)}")
    if len(worse) + len(unclear) < len(rivals):
        said.append("else clearly less" if said else "clearly less at every horizon")
    return "; ".join(said)


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
