"""Draw a table in a report: units said once, and what is not known said in words."""

from collections.abc import Mapping

from markupsafe import Markup

from headwater.core.figure import Figure
from headwater.reporting.figure_html import figure_html, quoted
from headwater.reporting.numerals import unit_words, why_unknown
from headwater.reporting.page import environment
from headwater.reporting.references import References
from headwater.reporting.table import Cell, Layout, Table, blank_row, layout


def table_html(table: Table, refs: References) -> Markup:
    """Return a table, or a sentence where nothing in it is known."""
    held = layout(table)
    rows = [_row(row, held, refs) for row in held.rows]
    drawn = (
        environment()
        .get_template("table.html")
        .render(table=table, held=held, rows=rows, heads=_heads(held), refs=refs)
    )
    return Markup(drawn)  # noqa: S704 - rendered by the templates, which escape


def _heads(held: Layout) -> list[tuple[str, str]]:
    """Return each column's name and the unit under it."""
    return [
        (name, "" if (words := unit_words(unit)) in name else words)
        for name, unit in zip(held.columns, held.units, strict=True)
    ]


def _row(row: tuple[Cell, ...], held: Layout, refs: References) -> Mapping[str, object]:
    """Return a row's cells as (html, whether a number)."""
    if blank_row(row):
        first = next(cell for cell in row if isinstance(cell, Figure))
        words = [(quoted(cell), False) for cell in row if isinstance(cell, str)]
        why = figure_html(first, refs, show="why")
        return {"cells": words, "why": why, "across": len(row) - len(words)}
    return {"cells": [_cell(cell, held, i, refs) for i, cell in enumerate(row)], "why": ""}


def _cell(cell: Cell, held: Layout, i: int, refs: References) -> tuple[Markup, bool]:
    if not isinstance(cell, Figure):
        return quoted(cell), False
    show = "span mark" if held.units[i] else "unit span mark"
    if cell.value is None and not _said(cell, held):
        show += " why"
    return figure_html(cell, refs, show=show, usual=held.usual), True


def _said(figure: Figure, held: Layout) -> bool:
    """Tell whether the line below the table already says why this is not known."""
    return why_unknown(figure) in {why for _, why in held.unknown}
