"""The tables of the record of forecasts; a place's report shows its scores too."""

from collections.abc import Sequence

from headwater.reporting.table import Cell, Table
from headwater.workflows.checks.rows import NOT_FITTED
from headwater.workflows.checks.table import checks_table
from headwater.workflows.forecast.past import Part, Past, PastRecord
from headwater.workflows.forecast.record import NAMES


def tables(result: PastRecord) -> dict[str, Table]:
    """Return the report's tables by id, in the order of the workbook's sheets."""
    made = (
        scores_table(result.scores),
        _parts(result.parts),
        _unscored(result),
        checks_table(sorted(result.checks, key=lambda row: row.fitted != NOT_FITTED)),
    )
    return {table.id: table for table in made if table.rows}


def scores_table(scores: Sequence[Past]) -> Table:
    """Return how far past forecasts were off, and how many came in their interval."""
    return Table(
        "scores",
        "Mean error of past forecasts, and how many came in their interval",
        (
            "measure",
            "after",
            "forecast",
            "its median",
            "no change",
            "its median",
            "last outturn grown",
            "its median",
            "line",
            "bias",
            "bias of no change",
            "in interval",
            "places",
        ),
        tuple(_score(score) for score in scores),
        note=(
            "Mean errors, each with the median beside it: half of the places were further off."
            " Last outturn grown: as what a child costs England had risen up to the base, in real"
            " terms; no change leaves that out. Bias: the mean of errors with their sign; below"
            " nought, too little was forecast. Line: least squares through five years to the base."
            " Places: some are joined."
        ),
        fold=False,
    )


def _score(score: Past) -> tuple[Cell, ...]:
    grown = score.grown
    return (
        score.measure,
        after(score.years),
        score.error,
        score.median,
        score.no_change.error,
        score.no_change.median,
        "" if grown is None else grown.error,
        "" if grown is None else grown.median,
        score.line.error,
        score.bias,
        score.no_change.bias,
        score.held,
        score.places,
    )


def after(years: str) -> str:
    """Return "1 year" or "3 years"."""
    return f"{years} year" if years == "1" else f"{years} years"


def _parts(parts: Sequence[Part]) -> Table:
    heads = [after(str(i + 1)) for i in range(max((len(_first(p)) for p in parts), default=0))]
    return Table(
        "parts",
        "Mean error of each way to forecast",
        ("way to forecast", "measure", "used", "weight of flows", *heads),
        tuple(
            (part.name, NAMES[stock], "used" if part.kept else "", part.belief[stock], *errors)
            for part in parts
            for stock, errors in part.error.items()
        ),
        fold=False,
    )


def _first(part: Part) -> Sequence[object]:
    return next(iter(part.error.values()), ())


def _unscored(result: PastRecord) -> Table:
    return Table(
        "unscored",
        "Places that are not scored, or not in every measure",
        ("place", "why"),
        tuple(result.unscored.items()),
        fold=False,
    )


def places_table(result: PastRecord) -> Table:
    """Return every place's forecasts beside what came: for the workbook."""
    return Table(
        "places",
        "Every forecast beside what came",
        (
            "place",
            "measure",
            "after",
            "forecast",
            "no change",
            "last outturn grown",
            "what came",
        ),
        tuple(
            (
                row.place,
                row.measure,
                after(row.years),
                row.forecast,
                row.no_change,
                row.grown or "",
                row.came,
            )
            for row in result.places
        ),
    )
