"""The drawings of the record of forecasts."""

from functools import partial
from typing import Any

from markupsafe import Markup

from headwater.core.figure import Figure
from headwater.reporting import forecast_charts
from headwater.reporting.drawing import picture
from headwater.reporting.numerals import numeral
from headwater.workflows.forecast.cautions import NEAR, PROMISED
from headwater.workflows.forecast.past import Past, PastRecord
from headwater.workflows.forecast_report.record_tables import after

SHORT = {"need": "in need", "plan": "on plans", "care": "looked after", "spending": "spending"}


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
            ("line", score.line.error),
            ("no change", score.no_change.error),
            ("grown", None if score.grown is None else score.grown.error),
            ("forecast", score.error),
        )
        if figure is not None
    ]
    told = "; ".join(
        f"{score.measure} after {after(score.years)}: forecast {_said(score.error)}, no change"
        f" {_said(score.no_change.error)}, line {_said(score.line.error)}"
        + (f", last outturn grown {_said(score.grown.error)}" if score.grown is not None else "")
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
