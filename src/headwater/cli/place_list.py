"""The list of places on screen."""

from collections.abc import Sequence

from rich.console import Console

from headwater.cli.place_cells import cell, legend, list_sources, plain_table
from headwater.core.source import Source
from headwater.workflows.places import LISTED, PlaceLine, PlaceList

HEADS = ("Place", "Children", "In need", "On plans", "Looked after")
NAME_WIDTH = 38


def show_list(console: Console, result: PlaceList, works: Sequence[Source]) -> None:
    """Print today's places by region, then those that went before them."""
    shown: list[str] = []
    console.print("Children are aged 0 to 17, mid-year; the others are at 31 March, as published.")
    console.print("England's counts are rounded to 10. Children in need contain the other two.")
    for region in dict.fromkeys(line.area.region for line in result.places):
        lines = [line for line in result.places if line.area.region == region]
        shown += _show(console, region or "England", lines)
    shown += _show(console, "Former authorities (last year published)", result.former)
    for line in result.former:
        console.print(f"  {line.area.id}: now {', '.join(line.area.successors)}", markup=False)
    legend(console, shown)
    console.print(
        "\nOne place in full: headwater places NAME, for example headwater places norfolk"
    )
    list_sources(console, works)


def _show(console: Console, title: str, lines: Sequence[PlaceLine]) -> list[str]:
    """Print one table and return its cells; its years stand in the title."""
    table = plain_table(*HEADS, title=f"\n{title}", first_width=NAME_WIDTH)
    cells = []
    for line in lines:
        row = [cell(line.figures[measure]) for measure in LISTED]
        table.add_row(line.area.name, *row)
        cells += row
    console.print(table)
    if len({figure.period for line in lines for figure in line.figures.values()}) <= len(LISTED):
        when = ", ".join(dict.fromkeys(figure.period for figure in lines[0].figures.values()))
        console.print(f"  {when}", style="dim")
    return cells
