"""Compose the HTML report of a business case: one file, no network, no script."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from headwater import __version__
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.figure_html import figure_html
from headwater.reporting.icons import Drawn
from headwater.reporting.page import environment
from headwater.reporting.references import references
from headwater.reporting.table_html import table_html
from headwater.workflows.business_case import BusinessCase
from headwater.workflows.business_case_report.tables import tables
from headwater.workflows.citations import figures


def html_report(case: BusinessCase, works: Iterable[Source]) -> str:
    """Return the whole report; the same case gives the same text.

    Parameters
    ----------
    works
        The sources of the case's figures, in the order of the list.
    """
    from headwater.workflows.business_case_report.drawings import (  # noqa: PLC0415 - Altair is slow
        drawings,
        people,
    )

    refs = references(figures(case), works)
    drawn = people(case)
    held = {name: table_html(table, refs) for name, table in tables(case).items()}
    return (
        environment("headwater.workflows.business_case_report")
        .get_template("business_case.html")
        .render(
            kind="business case",
            title=case.title,
            case=case,
            head=case.headline,
            fig=partial(figure_html, refs=refs),
            refs=refs,
            tables=held,
            charts=drawings(case),
            people=drawn,
            each=_each(drawn),
            apart=_apart(case),
            settings=_settings(case),
            version=__version__,
        )
    )


def _each(drawn: Drawn | None) -> Figure | None:
    """Return how many children one drawn person stands for, where it is not one."""
    if drawn is None or drawn.each == 1.0:
        return None
    return Figure(drawn.each, "children", "input", note="the cohort ÷ the people drawn")


def _apart(case: BusinessCase) -> int:
    """Return how many published effects cannot be put on the cohort's scale."""
    return sum(b.hazard_ratio.value is None for b in case.reverse.beside)


def _settings(case: BusinessCase) -> dict[str, Any]:
    return {name: value for name, value in case.settings.items() if isinstance(value, Figure)}
