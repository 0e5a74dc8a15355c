"""`headwater programmes [NAME]`: what works, what does not, and what nobody has measured."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.output import check_writable


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""

    @app.command()
    def programmes(
        name: Annotated[
            str | None, typer.Argument(help="One programme, by id, alias or name.")
        ] = None,
        json_file: Annotated[
            Path | None, typer.Option("--json", metavar="FILE", help="Also write JSON.")
        ] = None,
    ) -> None:
        """Show what is known of programmes: evidence (nulls and harms too), fit, cost, gaps."""
        check_writable(json_file)
        if name is None:
            from headwater.cli.programme_list import run_list

            run_list(json_file)
        else:
            from headwater.cli.programme_card import run_card

            run_card(name, json_file)
