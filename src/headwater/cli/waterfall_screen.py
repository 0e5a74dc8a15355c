"""A waterfall on screen: sentences, scenarios side by side, then who gets what, when."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import show_table, titled

if TYPE_CHECKING:
    from headwater.core.figure import Figure
    from headwater.workflows.waterfall.result import WaterfallAnswer, WaterfallScenario

RETURNS = ("put in", "get", "a year", "times", "most out", "lose")
GROSS = (
    "Payments are gross: what would have happened anyway is paid for too, as far as the terms do "
    "not take it off. Finance costs: the rate a year at which what investors give equals what the "
    "contract pays them. Unpaid: costs that nobody pays."
)


def show_waterfall(console: Console, found: "WaterfallAnswer") -> None:
    """Print a waterfall."""
    console.print(f"[bold]{escape(found.name)}[/]")
    for words in found.in_words:
        console.print(escape(words))
    console.print(
        f"Amounts are in {found.currency}, in cash of their day, not discounted; means of draws. "
        "Put in and get are gross; the gain or loss is what is got less what is put in. Money "
        "moves on the first and last days of periods.\n",
        style="dim",
    )
    _investors(console, found)
    _public(console, found)
    for one in found.scenarios:
        _instruments(console, one)
    _when(console, found.scenarios[0])
    _parties(console, found)
    console.print("[bold]Order of payment[/]")
    for i, words in enumerate(found.order, start=1):
        console.print(f"  {i}. {escape(words)}")
    for because in found.because:
        console.print(f"Expected outcomes: {escape(because)}", style="dim")


def _investors(console: Console, found: "WaterfallAnswer") -> None:
    """Print what all investors together give and get, scenario by scenario."""
    from headwater.workflows.waterfall.words import amount, rate

    made = titled("Investors together", ("", *RETURNS))
    for one in found.scenarios:
        got = one.invested.but(value=(one.invested.value or 0.0) + (one.investors_net.value or 0.0))
        made.add_row(
            escape(one.scenario),
            amount(one.invested),
            amount(got),
            rate(one.investors_rate),
            _times(one.investors_multiple),
            amount(one.investors_peak),
            _sign(one.investors_lose),
        )
    note = (
        "A year: rate of return of mean money put in and got. Times: got over put in. Most out: at "
        "any time. Lose: share of draws in which they get less than they put in. What guarantors "
        "make good is in it."
    )
    show_table(console, made, note)


def _public(console: Console, found: "WaterfallAnswer") -> None:
    """Print what it costs those who pay, scenario by scenario."""
    from headwater.workflows.waterfall.words import amount, rate

    columns = ("", "payments", "public pays, net", "finance costs", "unpaid")
    made = titled("What it costs the public", columns)
    for one in found.scenarios:
        made.add_row(
            escape(one.scenario),
            amount(one.payments),
            amount(one.public_pays),
            rate(one.finance_rate),
            amount(one.never_paid),
        )
    show_table(console, made, GROSS)


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
    from headwater.workflows.waterfall.words import amount, rate

    made = titled(f"Returns {one.scenario}", ("", *RETURNS))
    for line in one.instruments:
        cells = (amount(line.given), amount(line.got), rate(line.rate), _times(line.multiple))
        made.add_row(escape(line.instrument), *cells, amount(line.peak), _sign(line.loss))
    show_table(console, made, escape(f"{one.words[0].upper()}{one.words[1:]}."))


def _times(figure: "Figure") -> str:
    return "" if figure.value is None else f"{figure.value:.2f}"


def _sign(figure: "Figure") -> str:
    """Return a share of draws in few letters: "<1%", ">99%"."""
    from headwater.workflows.waterfall.words import chance

    return chance(figure).replace("under ", "<").replace("over ", ">")


def _parties(console: Console, found: "WaterfallAnswer") -> None:
    from headwater.workflows.waterfall.words import amount

    made = titled("What each party is left with", ("scenario", "party", "net"), words=(0, 1))
    for one in found.scenarios:
        for i, line in enumerate(one.parties):
            made.add_row("" if i else escape(one.scenario), escape(line.name), amount(line.net))
    show_table(console, made, "Net: what it gets less what it gives, means of draws, in cash.")
