"""Compose the HTML reports of a forecast and of the record: one file, no network, no script."""

import shlex
from collections.abc import Iterable
from functools import partial
from typing import Any

from headwater import __version__
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.figure_html import figure_html
from headwater.reporting.page import environment
from headwater.reporting.references import references
from headwater.reporting.table import Table
from headwater.reporting.table_html import table_html
from headwater.workflows.citations import cited, figures
from headwater.workflows.forecast.cautions import NEAR, PROMISED
from headwater.workflows.forecast.past import PastRecord
from headwater.workflows.forecast.record import YEARS as TESTED
from headwater.workflows.forecast.result import COST_LEFT_OUT, MIDDLE_OF_DIFFERENCES, Forecast
from headwater.workflows.forecast.scenario import shipped_scenarios
from headwater.workflows.forecast.width import steady
from headwater.workflows.forecast_report import place_tables, record_tables
from headwater.workflows.forecast_report.history import history


def html_report(result: Forecast | PastRecord, works: Iterable[Source]) -> str:
    """Return the whole report; the same result gives the same text.

    Parameters
    ----------
    works
        The sources of the result's figures; those of the published years beside them are added.
    """
    return _record(result, works) if isinstance(result, PastRecord) else _place(result, works)


def both(works: Iterable[Source], more: object) -> tuple[Source, ...]:
    """Return sources with those of more figures, each once, by key."""
    known = {work.key: work for work in (*works, *cited(more))}
    return tuple(known[key] for key in sorted(known))


def _place(result: Forecast, works: Iterable[Source]) -> str:
    from headwater.workflows.forecast_report.place_drawings import (  # noqa: PLC0415 - Altair is slow
        drawings,
    )

    past = history(result)
    last = result.stocks[0].years[-1].period
    return _rendered(
        "forecast_place.html",
        place_tables.tables(result, past),
        [*figures(result), *figures(past)],
        both(works, past),
        title=titled(result),
        charts=drawings(result, past),
        result=result,
        likely=likely(result),
        steady=steady(result),
        parts=place_tables.parts_of(result),
        sure=_sure(list(place_tables.parts_of(result).values())),
        breaks=past.breaks,
        again=again(result),
        needs_file=bool(result.scenario) and result.scenario_name not in shipped_scenarios(),
        more_note=MIDDLE_OF_DIFFERENCES,
        cost_note=COST_LEFT_OUT,
        tested=TESTED,
        dated=_year(last),
    )


def _record(result: PastRecord, works: Iterable[Source]) -> str:
    from headwater.workflows.forecast_report.record_drawings import (  # noqa: PLC0415 - Altair is slow
        drawings,
    )

    return _rendered(
        "forecast_record.html",
        record_tables.tables(result),
        list(figures(result)),
        tuple(works),
        title=f"Forecasts from {result.base}, held against what came",
        charts=drawings(result),
        result=result,
        promised=PROMISED,
        near=NEAR,
    )


def _rendered(
    template: str,
    tables: dict[str, Table],
    shown: Iterable[Figure],
    works: tuple[Source, ...],
    **held: Any,
) -> str:
    refs = references(shown, works)
    return (
        environment("headwater.workflows.forecast_report")
        .get_template(template)
        .render(
            kind="forecast",
            fig=partial(figure_html, refs=refs),
            refs=refs,
            tables={name: table_html(table, refs) for name, table in tables.items()},
            version=__version__,
            **held,
        )
    )


def titled(result: Forecast) -> str:
    """Return what report and workbook are called: place, years, and any scenario."""
    first, last = _year(result.base), _year(result.stocks[0].years[-1].period)
    scenario = f". Scenario: {result.scenario}" if result.scenario else ""
    return f"{result.place}: children and spending, {first} to {last}{scenario}"


def again(result: Forecast) -> str:
    """Return the command that gives the same figures."""
    named = result.scenario_name or ("scenario.toml" if result.scenario else "")
    scenario = ["--scenario", named] if named else []
    words = [
        *("headwater", "forecast", result.place_id),
        *("--years", result.years, "--draws", f"{result.draws.value:.0f}", "--seed", result.seed),
        *scenario,
        *("--report", "report.html", "--xlsx", "tables.xlsx"),
    ]
    return shlex.join(words)


def likely(result: Forecast) -> tuple[str, ...]:
    """Return in words where the interval at the end leaves open whether a number rises or falls."""
    pairs = [(line.name, line.base, line.years[-1]) for line in result.stocks]
    if result.spending:
        name = "spending on looked-after children, above inflation"
        pairs.append((name, result.spent_base, result.spending[-1].spending))
    said: dict[str, list[str]] = {}
    for name, now, end in pairs:
        if now.value is None or end.low is None or end.high is None:
            continue
        where = "open" if end.low <= now.value <= end.high else "up"
        said.setdefault("down" if end.high < now.value else where, []).append(name)
    words = {
        "open": "May rise or fall, for the interval at the end holds today's number: {}.",
        "up": "Likely to rise, for the whole interval lies above today's number: {}.",
        "down": "Likely to fall, for the whole interval lies below today's number: {}.",
    }
    return tuple(words[where].format("; ".join(said[where])) for where in words if where in said)


def _sure(parts: list[Figure]) -> bool:
    """Tell whether the largest part's interval lies clear of every other's, by size."""
    if len(parts) < 2 or any(part.low is None or part.high is None for part in parts):
        return False
    (least, _), *others = [_sizes(part) for part in parts]
    return all(least > most for _, most in others)


def _sizes(part: Figure) -> tuple[float, float]:
    """Return the least and the most that a part may be, whatever its sign."""
    low, high = part.low or 0.0, part.high or 0.0
    return (0.0 if low <= 0.0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))


def _year(day: str) -> str:
    return day.rsplit(" ", maxsplit=1)[-1]
