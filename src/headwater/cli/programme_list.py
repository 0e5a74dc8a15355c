"""Every programme on screen, by class, with the count of those that a business case can use."""

from collections.abc import Iterable
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from headwater.cli.output import console, write_whole
from headwater.core.figure import Figure
from headwater.reporting.documents import to_json
from headwater.workflows.citations import cited
from headwater.workflows.programme_figures import Tally
from headwater.workflows.programmes import ProgrammeLine, ProgrammeList, list_programmes

NONE = "·"
"""What stands for nought in a tally, so that the eye finds what is there."""


def run_list(json_file: Path | None) -> None:
    """Write the list as JSON, if asked, and print it."""
    found = list_programmes()
    if json_file is not None:
        write_whole(json_file, to_json("programmes", found, cited(found)))
    show_list(found)


def show_list(found: ProgrammeList) -> None:
    """Print every programme by class, and how many a business case can use."""
    usable, total = whole(found.usable), whole(found.total)
    console.print(
        f"[bold]{usable} of {total} programmes have an effect that a business case can use[/bold]: "
        "a published size, with its uncertainty, that moves a step of the pathway from need to "
        "care (it moves a hazard). For the others, ask what they would have to achieve."
    )
    console.print(
        f"Published results: {tally_words(found.results)}. "
        "Nulls and harms are counted and listed like the rest."
    )
    for name, lines in found.classes.items():
        console.print(f"\n[bold underline]{name}[/bold underline]")
        console.print(class_table(lines))
    console.print()
    for name, reason in found.not_programmes.items():
        console.print(f"[dim]Not a programme: {escape(name)}, {escape(reason)}.[/dim]")
    console.print("[dim]One of them in full: headwater programmes family_group_conference[/dim]")


def class_table(lines: Iterable[ProgrammeLine]) -> Table:
    """Return one class as a table, two lines a programme."""
    table = Table(box=None, expand=True, pad_edge=False, header_style="dim")
    table.add_column("programme", ratio=1, vertical="bottom")
    table.add_column("moves a\nhazard", justify="center", no_wrap=True)
    for heading in ("for", "null", "harm"):
        table.add_column(f"\n{heading}", justify="right", no_wrap=True)
    for line in lines:
        table.add_row(*_cells(line))
    return table


def _cells(line: ProgrammeLine) -> tuple[str, ...]:
    levels = ", ".join(short_level(level) for level in line.levels) or "level not stated"
    ages = line.ages if line.ages.startswith("ages") else f"ages {line.ages}"
    flag = "; [yellow]evidence conflicts[/yellow]" if line.conflicting else ""
    return (
        f"{escape(line.name)}\n[dim]{line.id}; {ages}; {levels}; {line.rating}[/dim]{flag}",
        "[bold]yes[/bold]" if line.moves_a_hazard else "no",
        *tally_cells(line.results),
    )


def short_level(level: str) -> str:
    """Return the name of a level of need without what stands in brackets."""
    return level.partition(" (")[0]


def whole(figure: Figure) -> str:
    """Return a count as it is read."""
    return f"{figure.value:,.0f}"


def tally_cells(results: Tally) -> tuple[str, str, str]:
    """Return the three counts, each in its colour, nought as a dot."""
    pairs = (
        (results.favour_programme, "green"),
        (results.no_effect, "yellow"),
        (results.favour_control, "red"),
    )
    favour, null, harm = (
        f"[bold {style}]{whole(number)}[/bold {style}]" if number.value else NONE
        for number, style in pairs
    )
    return favour, null, harm


def tally_words(results: Tally) -> str:
    """Return the three counts as a sentence."""
    return (
        f"[bold green]{whole(results.favour_programme)} favour the programme[/bold green], "
        f"[bold yellow]{whole(results.no_effect)} find no effect[/bold yellow], "
        f"[bold red]{whole(results.favour_control)} favour the control[/bold red]"
    )
