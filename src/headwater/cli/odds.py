"""`headwater odds`: the chance to pay for nothing, and not to pay for success."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("odds")(odds)


def odds(
    file: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE.toml",
            help="A contract or example that ships, or a file with [odds].",
        ),
    ],
    draws: Annotated[int, typer.Option(help="Studies played out for each true effect.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """How likely is a contract to pay for nothing, or to pay nothing for success?

    Sets payment rules side by side on the same luck: how often each pays, and how much, if the
    service does harm, changes nothing, does half of what is promised, or all of it. Says how many
    people a test would need, and whether payment should hang on the comparison at all.
    """  # noqa: D400 - the first line is a question
    from headwater.cli.odds_screen import show_odds
    from headwater.cli.output import check_writable, console, progress_bar, write_whole
    from headwater.workflows.citations import cited
    from headwater.workflows.odds.answer import odds as answer
    from headwater.workflows.odds.read import read_odds

    check_writable(json, reading=file)
    asked = read_odds(file)
    with progress_bar() as tell:
        result = answer(asked, draws=draws, seed=seed, progress=tell)
    works = cited(result, asked.sources)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("odds", result, works))
    show_odds(console, result, works)
