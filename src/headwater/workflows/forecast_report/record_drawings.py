"""The drawings of the record of forecasts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from headwater.core.figure import Figure
from headwater.reporting import forecast_charts
from headwater.reporting.drawing import picture
from headwater.reporting.numerals import numeral
from headwater.workflows.forecast.past import Past, PastRecord
from headwater.workflows.forecast_report.record_tables import after

SHORT = {"need": "in need", "plan": "on plans", "care": "looked after", "spending": "spending"}
PROMISED = Figure(
    80.0, "per cent of places", "assumed", note="from the tenth to the ninetieth of a hundred draws"
)
"""What an interval promises to hold."""
NEAR = Figure(
    5.0, "points", "assumed", note="about what chance alone makes of so many places, and a little"
)
"""How far from it may still be said to hold."""


def drawings(result: PastRecord) -> dict[str, Markup]:
    """Return the charts by name; none where nothing was scored."""
    if not result.scores:
        return {}
    return {"errors": _errors(result), "held": _held(result)}


def _name(score: Past) -> str:
    return f"{SHORT.get(score.id, score.measure)}\n{after(score.years)}"


def _errors(result: PastRecord) -> Markup:
    rows: list[dict[str, Any]] = [
        {"name": _name(score), "kind": kind, "value": figure.value}
        for score in result.scores
        for kind, figure in (
            ("line", score.error_line),
            ("no change", score.error_no_change),
            ("forecast", score.error),
        )
    ]
    told = "; ".join(
        f"{score.measure} after {after(score.years)}: forecast {_said(score.error)}, no change"
        f" {_said(score.error_no_change)}, line {_said(score.error_line)}"
        for score in result.scores
    )
    title = "Mean error of forecasts, of no change and of the line"
    return picture("chart-errors", partial(forecast_charts.errors, rows), title, f"{told}.")


def _held(result: PastRecord) -> Markup:
    rows: list[dict[str, Any]] = [
        {"name": _name(score), "value": score.held.value} for score in result.scores
    ]
    told = "; ".join(
        f"{score.measure} after {after(score.years)}: {_said(score.held)}"
        for score in result.scores
    )
    make = partial(
        forecast_charts.held,
        rows,
        promised=PROMISED.value or 0.0,
        near=NEAR.value or 0.0,
    )
    title = "Per cent of places in which what came lay in the interval"
    return picture("chart-held", make, title, f"{told}. Promised: {_said(PROMISED)}.")


def _said(figure: Figure) -> str:
    return numeral(figure.value or 0.0, figure.unit)


def narrow(scores: Sequence[Past]) -> str:
    """Return in words which intervals held too few, or nothing."""
    least = (PROMISED.value or 0.0) - (NEAR.value or 0.0)
    found = [
        f"{score.measure} after {after(score.years)} ({_said(score.held)})"
        for score in scores
        if (score.held.value or 0.0) < least
    ]
    if not found:
        return ""
    return f"Read these intervals as too narrow, for too few came in them: {'; '.join(found)}."
