"""How the record of forecasts reads on screen."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_sources, show_table, table
from headwater.cli.checks_table import show_checks
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.forecast.past import PastRecord


def show_record(console: Console, result: PastRecord, works: Iterable[Source]) -> None:
    """Print the record: in words, scores, what earned its place, who is not scored, checks."""
    console.print(f"[bold]Forecasts from {result.base}, held against what came[/]")
    console.print("Fitted, and their intervals learnt, from nothing later than that day.")
    for line in result.words:
        console.print(f"  - {escape(line)}")
    console.print()
    shown = table(
        ("", "years", "places", "forecast", "no change", "line", "bias", "its bias", "held")
    )
    for score in result.scores:
        shown.add_row(
            score.measure,
            score.years,
            number(score.places),
            *map(_one, (score.error, score.error_no_change, score.error_line)),
            *map(_one, (score.bias, score.bias_no_change)),
            number(score.held),
        )
    show_table(
        console,
        "Mean error over places, per cent of what came",
        shown,
        "Line: least squares through the five years to the base. Its bias: that of no change."
        " Held: places in which what came lay in the interval; 80% is promised.",
    )
    _parts(console, result)
    if result.unscored:
        console.print("[bold]Not scored[/]")
        for place, why in result.unscored.items():
            console.print(f"  - {escape(place)}: {escape(why)}")
        console.print()
    show_checks(console, result.checks)
    console.print()
    show_sources(console, works)


def _parts(console: Console, result: PastRecord) -> None:
    shown = table(("", "need", "plans", "care", "weight of flows"))
    for part in result.parts:
        errors = (" ".join(map(_one, part.error[stock])) for stock in ("need", "plan", "care"))
        weights = " ".join(number(part.belief[stock]) for stock in ("need", "plan", "care"))
        name = f"{part.name} (kept)" if part.kept else part.name
        shown.add_row(escape(name), *errors, weights)
    show_table(
        console,
        "What earns its place: error after one, two and three years",
        shown,
        "Need here is without plans and care. Weight of flows, for need, plans and care: how far"
        " from standing still to the level that flows lead one to expect.",
    )


def _one(figure: Figure) -> str:
    return f"{figure.value or 0.0:.1f}%".replace("-", "\N{MINUS SIGN}")
