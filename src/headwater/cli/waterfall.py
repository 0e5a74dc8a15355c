"""`headwater waterfall`: who gets what, when."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

FILES = "Files"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("waterfall")(waterfall)


def waterfall(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    claims: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Real claims: what is due on them comes first."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Settle only periods of the claims that end by this day; else those that the "
            "claims show to be over.",
        ),
    ] = None,
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="Worlds simulated.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="The whole result.", rich_help_panel=FILES),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx", metavar="FILE", help="The same in a workbook.", rich_help_panel=FILES
        ),
    ] = None,
) -> None:
    """Show who gets what, when: what investors may lose, who bears it, what the public pays in all.

    The agreement's own engine says what is paid for the outcomes that it expects ([[expected]]);
    its [[waterfall]] shares that out: as promised, with half the effect, none, half the referrals,
    late data, and at an early end.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.cli.waterfall_screen import show_waterfall
    from headwater.core.errors import InputError, Problem
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.waterfall.answer import waterfall_answer

    check_writable(json, xlsx, reading=contract)
    if until is not None and claims is None:
        raise InputError(Problem("--until", "is for claims.", "Name them: --claims FILE."))
    found = waterfall_answer(
        read_agreement(contract),
        draws=draws,
        seed=seed,
        claims=claims,
        until=until.date() if until else None,
    )
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("waterfall", found, ()))
    if xlsx is not None:
        from headwater.workflows.waterfall.sheets import workbook

        write_whole(xlsx, workbook(found))
    show_waterfall(console, found)
