"""`headwater contracts [NAME]`: real contracts, and whether published figures follow from them."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.output import check_writable


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""

    @app.command()
    def contracts(
        name: Annotated[
            str | None, typer.Argument(help="One contract, by its name in the list.")
        ] = None,
        json_file: Annotated[
            Path | None, typer.Option("--json", metavar="FILE", help="Also write JSON.")
        ] = None,
    ) -> None:
        """Show real outcomes contracts: their terms, and what was published, worked out again."""
        check_writable(json_file)
        if name is None:
            from headwater.cli.contract_list import run_list

            run_list(json_file)
        else:
            from headwater.cli.contract_card import run_card

            run_card(name, json_file)
