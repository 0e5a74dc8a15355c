"""The drawings of a place's forecast, each only where it has something to show."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from headwater.core.figure import Figure
from headwater.reporting import forecast_charts
from headwater.reporting.drawing import picture
from headwater.reporting.numerals import numeral, span
from headwater.workflows.forecast.record import SPENDING
from headwater.workflows.forecast.result import Forecast, StockLine
from headwater.workflows.forecast_report.history import History
from headwater.workflows.forecast_report.place_tables import parts_of

SPENT = "looked after, placements and support"
"""Which of a month's spending is drawn: what the yearly lines hold."""


def drawings(result: Forecast, past: History) -> dict[str, Markup]:
    """Return the charts by name; one that would be empty is left out."""
    made = {line.id: _stock(result, past, line) for line in result.stocks}
    made |= {"spending": _spending(result, past), "split": _split(result)}
    return {name: chart for name, chart in made.items() if chart}


def _stock(result: Forecast, past: History, line: StockLine) -> Markup:
    ahead = [
        _row(past.base + i / 12, figure)
        for i, month in enumerate(result.months)
        if (figure := {"need": month.need, "plan": month.plan, "care": month.care}[line.id])
    ]
    end = line.years[-1]
    ahead.append(_row(past.base + len(result.months) / 12, end))
    before = past.stocks[line.id]
    rows = _before(past.years, before, since=past.since[line.id])
    make = partial(
        forecast_charts.fan, rows, ahead, _ending(end, numeral(end.value or 0.0, "children"))
    )
    title = f"{line.name.capitalize()} by month, published and forecast"
    return picture(
        f"chart-{line.id}",
        partial(make, at=past.base, other=_other(past.base, line)),
        title,
        _told(before, line.years),
    )


def _other(base: int, line: StockLine) -> list[dict[str, Any]]:
    """Return the middle of a scenario's draws by year, from what was published on."""
    if not line.scenario:
        return []
    figures = [line.base, *line.scenario]
    return [
        {"time": base + i, "value": figure.value}
        for i, figure in enumerate(figures)
        if figure.value is not None
    ]


def _spending(result: Forecast, past: History) -> Markup:
    months = [month.by_state[SPENT] for month in result.months if SPENT in month.by_state]
    if not months or not result.spending:
        return Markup("")
    ahead = [_row(past.base + (i + 0.5) / 12, figure) for i, figure in enumerate(months)]
    rows = _before(
        [year - 0.5 for year in past.years], past.spending, since=past.since[SPENDING] - 1
    )
    end = months[-1]
    label = _ending(end, _pounds(end.value or 0.0))
    other = [
        {"time": past.base + i + 0.5, "value": year.scenario.value}
        for i, year in enumerate(result.spending)
        if year.scenario is not None
    ]
    make = partial(forecast_charts.fan, rows, ahead, label, at=past.base, other=other, pounds=True)
    told = _told(past.spending, [year.spending for year in result.spending])
    return picture(
        "chart-spending", make, "Spending on looked-after children, published and forecast", told
    )


def _split(result: Forecast) -> Markup:
    parts = {name: figure for name, figure in parts_of(result).items() if figure.value is not None}
    if not parts:
        return Markup("")
    rows = [{"name": name, **_span(figure)} for name, figure in parts.items()]
    told = "; ".join(
        f"{name}: {numeral(figure.value or 0.0, 'GBP')} ({span(figure)})"
        for name, figure in parts.items()
    )
    title = f"What moves spending away from the base year's by {result.spending[-1].period}"
    return picture("chart-split", partial(forecast_charts.added, rows), title, f"{told}.")


def _row(time: float, figure: Figure) -> dict[str, Any]:
    return {"time": round(time, 4), **_span(figure)}


def _span(figure: Figure) -> dict[str, float | None]:
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def _before(
    times: Sequence[float], figures: Sequence[Figure], *, since: float
) -> list[dict[str, Any]]:
    return [
        {"time": time, "value": figure.value}
        for time, figure in zip(times, figures, strict=True)
        if figure.value is not None and time >= since
    ]


def _ending(figure: Figure, words: str) -> tuple[str, ...]:
    """Return what stands at the end of a fan: its middle, its span, and what the span is."""
    if figure.unit == "GBP":
        between = f"{_pounds(figure.low or 0.0)} to {_pounds(figure.high or 0.0)}"
    else:
        between = span(figure)
    return (words, between, f"in {figure.interval}")


def _pounds(value: float) -> str:
    """Return pounds as short as a chart's label must be."""
    for size, sign in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"£{value / size:.3g}{sign}"
    return f"£{value:.0f}"


def _told(before: Sequence[Figure], ahead: Sequence[Figure]) -> str:
    """Return a chart in words: what was published, then the forecast with its span."""
    published = "; ".join(
        f"{figure.period}: {numeral(figure.value, figure.unit)}"
        for figure in before
        if figure.value is not None
    )
    forecast = "; ".join(
        f"{figure.period}: {numeral(figure.value, figure.unit)}"
        + (f" ({span(figure)})" if span(figure) else "")
        for figure in ahead
        if figure.value is not None
    )
    within = next((figure.interval for figure in ahead if figure.interval), "the span")
    return f"Published: {published or 'nothing'}. Forecast, in brackets {within}: {forecast}."
