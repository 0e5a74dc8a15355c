"""Compose the workbook of a business case: every table of the report, unrounded and whole."""

from collections.abc import Iterable

from headwater import __version__
from headwater.core.source import Source
from headwater.reporting.workbook import READ_ME, Lines, workbook_bytes
from headwater.workflows.business_case import BusinessCase
from headwater.workflows.business_case_report.tables import tables

NUMBERS, *RANGES = READ_ME
SAID = (
    NUMBERS,
    "Gross counts what happens; net takes away what would have happened anyway.",
    *RANGES,
    "Savings are at average costs: the most that could be saved.",
)


def workbook(case: BusinessCase, works: Iterable[Source]) -> bytes:
    """Return the workbook; the same case gives the same bytes."""
    head = case.headline
    about = (
        *(f"Warning: {banner}" for banner in case.banner),
        head.verdict,
        f"{case.place.name}; {case.programme.name}; Headwater {__version__}.",
        *SAID,
    )
    lists = [
        Lines("Assumptions", (*case.assumptions, *case.notes)),
        Lines("Conflicts", head.conflicts),
        Lines("How would we know", case.promise.know if case.promise else ()),
        Lines("Not published", case.promise.unpublished if case.promise else ()),
    ]
    return workbook_bytes(
        title=case.title,
        about=about,
        tables=tables(case).values(),
        lists=[block for block in lists if block.lines],
        works=tuple(works),
    )
