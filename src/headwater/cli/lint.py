"""`headwater lint`: twelve questions to an agreement."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("lint")(lint)


def lint(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="Worlds simulated.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Put twelve questions to an agreement, and say in pounds what each gap exposes.

    Exposures come from the agreement's own engine on the outcomes that it expects ([[expected]]). A
    question without a money model says so.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.lint.answer import lint as answer

    check_writable(json, reading=contract)
    found = answer(read_agreement(contract), draws=draws, seed=seed)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("lint", found, ()))
    from rich.markup import escape

    from headwater.cli.cells import number

    console.print(f"[bold]{escape(found.name)}[/]: {number(found.answered)} answered yes")
    if found.promised.value is not None:
        console.print(
            f"Pays {number(found.promised)} as promised, {number(found.nothing)} if ", end=""
        )
        console.print("the service changes nothing (mean of draws, in cash).")
    console.print()
    words = {True: "yes", False: "[bold]NO[/]", None: "[bold]not said[/]"}
    for i, check in enumerate(found.checks, start=1):
        asked = check.question
        console.print(f"{i:>2}. {escape(asked.question)} {words[asked.answer]}")
        if asked.shown_by:
            console.print(f"    shown by: {escape(asked.shown_by)}", style="dim")
        if asked.answer is not True:
            console.print(f"    {escape(asked.why)}")
            amount = number(check.exposure)
            exposed = f"{amount}: {check.how}" if check.exposure.value is not None else check.how
            console.print(f"    exposed: {escape(exposed)}")
