"""Compose the workbooks of a forecast and of the record: every table, unrounded and whole."""

from collections.abc import Iterable, Sequence

from headwater import __version__
from headwater.core.source import Source
from headwater.reporting.table import Table
from headwater.reporting.workbook import READ_ME, Lines, workbook_bytes
from headwater.workflows.forecast.past import PastRecord
from headwater.workflows.forecast.result import Forecast
from headwater.workflows.forecast_report import place_tables, record_tables
from headwater.workflows.forecast_report.history import history
from headwater.workflows.forecast_report.report import both, titled


def workbook(result: Forecast | PastRecord, works: Iterable[Source]) -> bytes:
    """Return the workbook; the same result gives the same bytes."""
    return _record(result, works) if isinstance(result, PastRecord) else _place(result, works)


def _place(result: Forecast, works: Iterable[Source]) -> bytes:
    past = history(result)
    tables = place_tables.tables(result, past)
    return _book(
        titled(result),
        result.first_lines,
        [*tables.values(), *place_tables.month_tables(result)],
        (
            Lines("How far to trust it", (*result.first_lines, *result.cautions)),
            Lines("Assumptions", result.assumptions),
            Lines("Not published", result.lacks),
            Lines("Breaks in series", past.breaks),
        ),
        both(works, past),
    )


def _record(result: PastRecord, works: Iterable[Source]) -> bytes:
    return _book(
        f"Forecasts from {result.base}, held against what came",
        (*result.words, *result.cautions),
        [*record_tables.tables(result).values(), record_tables.places_table(result)],
        (),
        tuple(works),
    )


def _book(
    title: str,
    said: Sequence[str],
    tables: Iterable[Table],
    lists: Iterable[Lines],
    works: Sequence[Source],
) -> bytes:
    return workbook_bytes(
        title=title,
        about=(*said, f"Headwater {__version__}.", *READ_ME),
        tables=[table for table in tables if table.rows],
        lists=[block for block in lists if block.lines],
        works=works,
    )
