"""A waterfall on screen: sentences first, then who gets what when, then returns."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import show_table, titled

if TYPE_CHECKING:
    from headwater.workflows.waterfall.result import WaterfallAnswer, WaterfallScenario

NOTE = (
    "Means of draws, in cash. Rate: of mean money given and got. Loses: share of draws in which it "
    "gets less than it gives."
)


def show_waterfall(console: Console, found: "WaterfallAnswer") -> None:
    """Print a waterfall."""
    console.print(f"[bold]{escape(found.name)}[/]")
    for words in found.in_words:
        console.print(escape(words))
    console.print()
    _when(console, found.scenarios[0])
    for one in found.scenarios:
        _instruments(console, one)
    _parties(console, found)
    console.print("[bold]Order of payment[/]")
    for i, words in enumerate(found.order, start=1):
        console.print(f"  {i}. {escape(words)}")
    for because in found.because:
        console.print(f"Expected outcomes: {escape(because)}", style="dim")


def _when(console: Console, one: "WaterfallScenario") -> None:
    """Print who gets what in each year."""
    from headwater.workflows.waterfall.words import amount

    added: dict[tuple[str, str, str, str], float] = {}
    for line in one.flows:
        key = (line.day[:4], line.source, line.target, line.what)
        added[key] = added.get(key, 0.0) + (line.amount.value or 0.0)
    made = titled(
        f"Who gets what, when: {one.scenario}",
        ("year", "from", "to", "for", "amount"),
        words=(0, 1, 2, 3),
    )
    before = ""
    for (year, source, target, what), value in added.items():
        shown = amount(one.payments.but(value=value, low=None, high=None))
        made.add_row(
            "" if year == before else year, escape(source), escape(target), escape(what), shown
        )
        before = year
    show_table(console, made, "Day by day, and in every other scenario: --json or --xlsx.")


def _instruments(console: Console, one: "WaterfallScenario") -> None:
    from headwater.workflows.waterfall.words import amount, chance, rate

    columns = ("", "gives", "gets", "rate", "times", "peak", "loses")
    made = titled(f"Returns {one.scenario}", columns)
    for line in one.instruments:
        times = "" if line.multiple.value is None else f"{line.multiple.value:.2f}"
        cells = (amount(line.given), amount(line.got), rate(line.rate), times)
        made.add_row(escape(line.instrument), *cells, amount(line.peak), chance(line.loss))
    show_table(console, made, escape(f"{one.words[0].upper()}{one.words[1:]}."))


def _parties(console: Console, found: "WaterfallAnswer") -> None:
    from headwater.workflows.waterfall.words import amount

    made = titled("What each party is left with", ("scenario", "party", "net"), words=(0, 1))
    for one in found.scenarios:
        for i, line in enumerate(one.parties):
            made.add_row("" if i else escape(one.scenario), escape(line.name), amount(line.net))
    show_table(console, made, NOTE)
