"""`headwater odds`: the chance to pay for nothing, and not to pay for success."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.odds.result import OddsAnswer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("odds")(odds)


def odds(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    draws: Annotated[int, typer.Option(min=1000, max=1_000_000, help="Draws simulated.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Show how often luck would decide: pay for nothing, or not pay for success.

    From the agreement's [odds]: the rate without the service, what is promised, how many people,
    and what they are compared with. Eight ways to pay stand side by side, each scaled to cost the
    same if the promise is kept.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.odds.answer import odds as answer

    check_writable(json, reading=contract)
    found = answer(read_agreement(contract), draws=draws, seed=seed)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("odds", found, ()))
    _show(console, found)


def _show(console: Console, found: "OddsAnswer") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    console.print(f"[bold]{escape(found.name)}[/]")
    for words in (*found.in_words, *found.warnings, found.advice):
        console.print(escape(words))
    console.print()
    made = titled("Chance that the trigger is reached", ("true effect", "formula", "simulated"))
    for line in found.effects:
        made.add_row(
            f"{number(line.effect)} {line.effect.unit}",
            number(line.by_formula),
            number(line.simulated),
        )
    size = (
        f"Standard error {number(found.standard_error)} {found.standard_error.unit}. People needed "
        f"in each arm: {number(found.needed)}. Smallest effect seen with 80% power: "
        f"{number(found.smallest)} {found.smallest.unit}."
    )
    show_table(console, made, size)
    columns = ("rule", "paid for nothing", "half", "kept", "false pay", "missed", "spread")
    paying = titled("Ways to pay, each the same on average if the promise is kept", columns)
    for row in (*found.rules, *found.written):
        cells = (row.paid_for_nothing, row.paid_half, row.paid_kept)
        chances = (row.false_pay, row.missed, row.spread)
        paying.add_row(escape(row.rule), *(number(cell) for cell in (*cells, *chances)))
    note = (
        "False pay: something is paid though nothing changes. Missed: less than half is paid "
        "though the promise is kept. Spread: standard deviation of the payment, promise kept."
    )
    show_table(console, paying, note)
    console.print(f"From: {escape(found.because)}")
