"""One place's card on screen: who it is, spending, states, series, neighbours, breaks, gaps."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from rich.console import Console

from headwater.cli.place_cells import (
    Money,
    cell,
    legend,
    list_sources,
    money,
    plain_table,
    reference,
)
from headwater.core.figure import Figure
from headwater.core.place import Area
from headwater.core.source import Source
from headwater.workflows.places import COMPARED, COMPARED_AS_PUBLISHED, Card, Row
from headwater.workflows.states import NET_NOTE

TITLE_WIDTH = 28
SOURCE_WIDTH = 9
"""Room for the references at the end of a line, e.g. "[11,12]"."""

COMPARED_HEADS = ("need", "plans", "care", "starts", "applic.", "£/week")
COMPARED_WIDTH = 40


def show_card(console: Console, card: Card, works: Sequence[Source]) -> None:
    """Print the card; numbers in brackets and in the last column name the sources at its end."""
    cells: list[str] = []
    _who(console, card.area)
    cells += _spending(console, card, works)
    cells += _states(console, card, works)
    _breaks(console, card)
    for group, rows in groupby(card.rows, key=lambda row: row.group):
        cells += _group(console, group, list(rows), works)
    cells += _neighbours(console, card, works)
    _lacks(console, card)
    legend(console, cells)
    list_sources(console, works)


def _who(console: Console, area: Area) -> None:
    console.print(f"[bold]{area.name}[/bold]")
    parts = (area.kind, area.region, area.number and f"number {area.number}", area.code)
    console.print(" · ".join(filter(None, parts)), markup=False, style="dim")
    if not area.active:
        now = ", ".join(area.successors)
        console.print(f"A former authority; its place was taken by: {now}", markup=False)
    if area.predecessors:
        console.print(f"Before: {', '.join(area.predecessors)}", markup=False)
    if area.boundary:
        console.print(area.boundary, markup=False)


def _spending(console: Console, card: Card, works: Sequence[Source]) -> list[str]:
    spending = card.spending
    keys = {key for year in spending.years for key in year.early_real.sources}
    console.print(f"\n[bold]Early against late spending[/bold] \\[{reference(works, keys)}]")
    console.print(spending.statement, markup=False)
    console.print(f"Early: {', '.join(spending.early_lines).lower()}.", style="dim")
    console.print(f"Late: {', '.join(spending.late_lines).lower()}.", style="dim")
    console.print(spending.caution, style="dim", markup=False)
    if not spending.years:
        return []
    unit = money(year.late_real for year in spending.years)
    real = f"{spending.years[-1].early_real.price_base} prices"
    heads = ("early", "late", "early, %", f"early, {real}", f"late, {real}")
    table = plain_table(unit.name, *heads)
    cells = []
    for year in spending.years:
        row = [
            unit.cell(year.early),
            unit.cell(year.late),
            cell(year.early_share),
            unit.cell(year.early_real),
            unit.cell(year.late_real),
        ]
        table.add_row(year.period, *row)
        cells += row
    console.print(table)
    return cells


def _states(console: Console, card: Card, works: Sequence[Source]) -> list[str]:
    keys = {key for state in card.states for key in state.need.sources}
    console.print(f"\n[bold]Each child once[/bold] at 31 March \\[{reference(works, keys)}]")
    lines: dict[str, list[Figure]] = {
        "Published as in need": [state.published_in_need for state in card.states],
        "on a protection plan": [state.protection_plan for state in card.states],
        "looked after": [state.looked_after for state in card.states],
        "care leavers, 17 to 21": [state.care_leavers for state in card.states],
        "in need, net": [state.need for state in card.states],
    }
    rows = {title: [cell(figure) for figure in figures] for title, figures in lines.items()}
    heads = [state.period[-4:] for state in card.states]
    cells = _by_year(console, "", heads, rows, {})
    console.print(
        f"Net: {NET_NOTE}. Care leavers are published from 2021.", style="dim", markup=False
    )
    return cells


def _by_year(
    console: Console,
    title: str,
    heads: Sequence[str],
    rows: Mapping[str, Sequence[str]],
    references: Mapping[str, str],
) -> list[str]:
    """Print rows by year, the last years that fit, and return the cells printed."""
    widest = max(len(text) for row in (heads, *rows.values()) for text in row)
    room = max(1, (console.width - TITLE_WIDTH - 1 - SOURCE_WIDTH) // (widest + 1))
    table = plain_table("", *heads[-room:], "", title=title, first_width=TITLE_WIDTH)
    for name, row in rows.items():
        table.add_row(name, *row[-room:], references.get(name, ""))
    console.print(table)
    return [text for row in rows.values() for text in row[-room:]]


def _group(console: Console, group: str, rows: Sequence[Row], works: Sequence[Source]) -> list[str]:
    """Print one group of measures; years that do not fit are in the JSON."""
    unit = rows[0].figures[0].unit
    large = money(figure for row in rows for figure in row.figures)
    show: Callable[[Figure | None], str] = large.cell if unit == "GBP" else cell
    years = sorted({year_of(figure) for row in rows for figure in row.figures})
    lines, references = {}, {}
    for row in rows:
        by_year = {year_of(figure): figure for figure in row.figures}
        lines[row.title] = [show(by_year.get(year)) for year in years]
        keys = {figure.sources[0] for figure in row.figures}
        references[row.title] = f"\\[{reference(works, keys)}]"
    financial = unit.startswith("GBP")
    heads = [f"{year - 1}-{year % 100:02d}" if financial else str(year) for year in years]
    cells = _by_year(console, f"\n{group}{_unit(group, unit, large)}", heads, lines, references)
    for note in dict.fromkeys(row.note for row in rows if row.note):
        titles = ", ".join(row.title for row in rows if row.note == note)
        console.print(f"  {titles}: {note}", style="dim", markup=False)
    return cells


def _unit(group: str, unit: str, large: Money) -> str:
    if unit == "GBP":
        return f", {large.name}"
    if unit.startswith("GBP"):
        return ", £"
    return ", per cent" if group == "Placements" else ""


def year_of(figure: Figure) -> int:
    """Return the ending year of a figure's period: 2025 for "2024-25" and "31 March 2025"."""
    if figure.period[:4].isdigit():
        return int(figure.period[:4]) + 1
    return int(figure.period[-4:])


def _neighbours(console: Console, card: Card, works: Sequence[Source]) -> list[str]:
    if len(card.compared) < 2:
        return []
    own = card.compared[0].figures
    keys = {
        key for one in card.compared for figure in one.figures.values() for key in figure.sources
    } | {card.neighbours_source}
    console.print(f"\n[bold]Beside its statistical neighbours[/bold] \\[{reference(works, keys)}]")
    periods = ", ".join(dict.fromkeys(figure.period for figure in own.values()))
    console.print(
        "Per 10,000 children: in need, on plans, looked after (care), starts of care, care "
        f"applications; and the average cost of a looked-after child a week. {periods}.",
        style="dim",
        markup=False,
    )
    table = plain_table("", *COMPARED_HEADS, first_width=COMPARED_WIDTH)
    cells = []
    for one in card.compared:
        row = [cell(one.figures.get(measure)) for measure in (*COMPARED, *COMPARED_AS_PUBLISHED)]
        name = f"{one.name} ({one.closeness.lower()})" if one.closeness else one.name
        table.add_row(name, *row, style="bold" if one.id == card.area.id else "")
        cells += row
    console.print(table)
    return cells


def _breaks(console: Console, card: Card) -> None:
    console.print("\n[bold]Breaks in its series[/bold]")
    if not card.breaks:
        console.print("None found in stocks and starts of need, plans and care.")
    for found in card.breaks:
        console.print(
            f"  {found.title}: {cell(found.before)} ({found.before.period}), then "
            f"{cell(found.after)} ({found.after.period}): {found.reason}.",
            markup=False,
        )


def _lacks(console: Console, card: Card) -> None:
    console.print("\n[bold]What is not published for it[/bold]")
    if not card.lacks:
        console.print("Nothing of what is read here.")
    for lack in card.lacks:
        console.print(f"  {lack}", markup=False)
