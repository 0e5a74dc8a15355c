"""`headwater waterfall`: who gets what, when."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.waterfall.result import WaterfallAnswer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("waterfall")(waterfall)


def waterfall(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="Worlds simulated.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Show who gets what, when: return, multiple, peak draw and chance of loss of every party.

    The agreement's own engine pays for the outcomes that it expects; its waterfall shares the money
    out, as promised and where things go wrong.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.waterfall.answer import waterfall_answer

    check_writable(json, reading=contract)
    found = waterfall_answer(read_agreement(contract), draws=draws, seed=seed)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("waterfall", found, ()))
    _show(console, found)


def _show(console: Console, found: "WaterfallAnswer") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    console.print(f"[bold]{escape(found.name)}[/]")
    for words in found.in_words:
        console.print(escape(words))
    console.print()
    for scenario in found.scenarios:
        columns = ("", "paid in", "got back", "a year", "times", "peak", "loses")
        made = titled(scenario.scenario.capitalize(), columns)
        for line in scenario.parties:
            cells = (line.paid_in, line.got_back, line.rate, line.multiple, line.peak, line.loss)
            made.add_row(escape(line.account), *(number(cell) for cell in cells))
        note = (
            f"Outcome payers pay {number(scenario.public_pays)}; finance costs "
            f"{number(scenario.finance_rate)} a year; left in the vehicle {number(scenario.left)}"
        )
        unpaid = scenario.unpaid.value
        short = f"; costs never paid {number(scenario.unpaid)}" if unpaid else ""
        show_table(console, made, f"{note}{short}.")
    console.print("[bold]Order of payment[/]")
    for i, action in enumerate(found.order, start=1):
        console.print(f"  {i}. {escape(action)}")
    for because in found.because:
        console.print(f"Expected outcomes: {escape(because)}", style="dim")
