"""`headwater fit-pathway`: a place's own pathway from its own records."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.fit_pathway.result import FittedPathway, RateLine


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("fit-pathway")(fit_pathway)


def fit_pathway(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, zips.")],
    place: Annotated[str, typer.Option(help="The authority whose returns they are.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.toml", help="The pathway, for --place of other commands."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Fit the rates of children's moves to an authority's own returns, by age and time in state.

    Moves over time at risk, pooled with what neighbours and England lead one to expect where they
    are few, and held out against the last year. The file then stands for the place:
    business-case and forecast take it with --place.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.fit_pathway.answer import fit_pathway as answer

    check_writable(out, json)
    made = answer(paths, place=place)
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("fit-pathway", made, cited(made)))
    if out is not None:
        write_whole(out, made.own)
    _show(console, made)
    if out is not None:
        from rich.markup import escape

        name = escape(str(out))
        console.print(f"Use it: headwater forecast --place {name}", soft_wrap=True)


def _show(console: Console, made: "FittedPathway") -> None:
    from headwater.cli.cells import number

    console.print(
        f"[bold]{made.place}[/]: {number(made.children)} children, {made.first_day} to"
        f" {made.last_day}; {number(made.wrong)} rows break a rule (see check-return)."
    )
    left = ", ".join(f"{number(each)} {each.unit}" for each in made.left_out if each.value)
    if left:
        console.print(f"Left out: {left}.")
    for line in made.cautions:
        console.print(f"[bold]Note:[/] {line}")
    _levels(console, made)
    _rates(console, made.rates)
    _tests(console, made)
    console.print("Assumed:")
    for line in made.assumptions:
        console.print(f"  - {line}")


def _levels(console: Console, made: "FittedPathway") -> None:
    from headwater.cli.cells import number, show_table, titled
    from headwater.reporting.numerals import span

    heads = ("", "moves", "expected", "neighbours", "published", "fitted", "80%")
    table = titled("How often children move, times England", heads, words=(0,))
    for line in made.levels:
        before = (line.events, line.expected, line.neighbours, line.published, line.fitted)
        table.add_row(line.name, *(number(each) for each in before), span(line.fitted))
    note = (
        "Moves: in the records. Expected: of the same children, at what neighbours lead one to"
        " expect. Published: as fitted to statistics. 80%: of a year to come."
    )
    show_table(console, table, note)


def _rates(console: Console, rates: tuple["RateLine", ...]) -> None:
    from headwater.cli.cells import number, show_table, titled
    from headwater.reporting.numerals import span

    heads = ("", "moves", "child-years", "rate", "published", "fitted", "80%")
    for move in dict.fromkeys(line.move for line in rates):
        table = titled(f"{move}, per 100 children and year", heads, words=(0,))
        for line in (each for each in rates if each.move == move):
            before = (line.events, line.child_years, line.rate, line.published, line.fitted)
            band = f"aged {line.band}" if line.by == "age" else f"there {line.band}"
            table.add_row(band, *(number(each) for each in before), span(line.fitted))
        show_table(console, table)
    console.print(
        "Rate: moves over child-years. Published: by the pathway fitted to statistics. Fitted:"
        " pooled where moves are few. There: time in the state.\n"
    )


def _tests(console: Console, made: "FittedPathway") -> None:
    from headwater.cli.cells import number, show_table, titled

    if not made.tests:
        console.print("One year only: nothing can be held out.")
        return
    heads = ("", "moves", "own, years before", "statistics", "gain")
    table = titled(f"Held out: {made.test_year}, not used in this fit", heads, words=(0,))
    for line in made.tests:
        table.add_row(
            line.name,
            number(line.events),
            number(line.own),
            number(line.published),
            f"{line.gain.value:+.1f}",
        )
    note = (
        "Gain in log score over all ages and times: above nought, the records foretell better."
        " The statistics had seen the last year's totals."
    )
    show_table(console, table, note)
