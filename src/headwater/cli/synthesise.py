"""`headwater synthesise`: made-up children written as statutory returns, with the truth beside."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.core.figure import Figure
    from headwater.workflows.synthesise.result import Synthesis


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("synthesise")(synthesise)


def synthesise(
    place: Annotated[str, typer.Argument(help="An English authority, e.g. norfolk.")],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="A folder that is new or empty."),
    ],
    children: Annotated[
        int, typer.Option(help="Children known to the authority in the years.")
    ] = 2000,
    years: Annotated[int, typer.Option(help="Years of return.")] = 3,
    last_year: Annotated[
        int, typer.Option(help="The year in which the last return ends: 2026 is 2025-26.")
    ] = 2026,
    forms: Annotated[
        str,
        typer.Option(metavar="LIST", help="csv, xml, cin, annex-a, attendance; commas between."),
    ] = "csv",
    shape: Annotated[
        str,
        typer.Option(help="CSV as it is uploaded, or as a pipeline leaves it: upload, pipeline."),
    ] = "upload",
    faults: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE.toml", help="Faults to plant; 'everyday' ships."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Make up children's lives and write them as an authority's returns, with the truth beside.

    Ages, needs, plans, placements and endings are lived event by event, at the place's published
    levels, and written as SSDA903, as children in need census, Annex A and attendance. No child is
    real. The truth says what every reader of the files should find: care days, entries, exits and
    stock of every child and year, and each planted fault.
    """
    from headwater.cli.output import check_writable, console, progress_bar, write_whole
    from headwater.workflows.synthesise import Asked, read_faults
    from headwater.workflows.synthesise import synthesise as answer

    check_writable(json, reading=faults or "", kind="faults")
    asked = Asked(
        place,
        children=children,
        years=years,
        last_year=last_year,
        seed=seed,
        forms=tuple(word.strip() for word in forms.split(",") if word.strip()),
        shape=shape,
    )
    planted = read_faults(faults) if faults is not None else None
    with progress_bar() as tell:
        made = answer(asked, out=out, faults=planted, progress=tell)
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("synthesise", made, cited(made)))
    _show(console, made, out)


def _show(screen: Console, made: "Synthesis", out: Path) -> None:
    heading = f"{made.place_name}: {_whole(made.children)} made-up children, seed {made.seed}"
    screen.print(heading, style="bold", markup=False)
    care = f"{_whole(made.looked_after)} of them are looked after at some time in the years."
    screen.print(care, markup=False)
    screen.print()
    screen.print(*_years(made), sep="\n", markup=False)
    screen.print(
        "Care days without the day of leaving; short breaks (V3, V4) are counted apart. 31 March:"
        " looked after, in need, on plans.",
        style="dim",
        markup=False,
    )
    if made.planted:
        screen.print()
        screen.print("Faults planted", style="bold")
        screen.print(*_planted(made), sep="\n", markup=False)
    screen.print()
    for line in made.assumed:
        screen.print(f"Assumed: {line}", style="dim", markup=False)
    screen.print(f"wrote {len(made.files)} files in {out}: truth/ says what is true", markup=False)


def _whole(figure: "Figure") -> str:
    return f"{figure.value or 0:,.0f}"


def _years(made: "Synthesis") -> list[str]:
    names = ("year", "care days", "breaks", "entered", "left", "31 March", "need", "plan")
    rows = [names] + [
        (
            each.year,
            _whole(each.days),
            _whole(each.break_days),
            _whole(each.entered),
            _whole(each.left),
            _whole(each.on_last_day),
            _whole(each.in_need),
            _whole(each.on_plans),
        )
        for each in made.years
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(names))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _planted(made: "Synthesis") -> list[str]:
    width = max(len(each.kind) for each in made.planted)
    return [
        f"{_whole(each.faults):>5}  {each.kind.ljust(width)}  {_whole(each.days):>7} days"
        for each in made.planted
    ]
