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
        copy: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE",
                help="Only write its agreement file, to change: of a contract, or of an example.",
            ),
        ] = None,
    ) -> None:
        """Show real outcomes contracts: their terms, and what was published, worked out again."""
        check_writable(json_file, copy)
        if copy is not None:
            _copy(name or "", copy)
            return
        if name is None:
            from headwater.cli.contract_list import run_list

            run_list(json_file)
        else:
            from headwater.cli.contract_card import run_card

            run_card(name, json_file)


def _copy(name: str, to: Path) -> None:
    """Write the agreement file of a shipped contract or example, and say so."""
    from headwater.cli.output import console, write_whole
    from headwater.workflows.contracts.contract_list import shipped_text

    write_whole(to, shipped_text(name))
    console.print(f"{to} holds '{name}'. Change its id and name before you sign it.", markup=False)
