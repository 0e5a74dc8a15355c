"""How a forecast reads on screen: how far to trust it, children, spending, what drives them."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_sources, table, with_span
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.forecast.result import Forecast


def show_forecast(console: Console, result: Forecast, works: Iterable[Source]) -> None:
    """Print the whole forecast."""
    console.print(
        f"[bold]{escape(result.place)}: children and spending, {result.years} years from"
        f" {result.base}[/]"
    )
    console.print("[bold]How such forecasts have done[/]")
    for line in result.first_lines:
        console.print(f"  - {escape(line)}")
    console.print()
    _stocks(console, result)
    _flows(console, result)
    _spending(console, result)
    if result.scenario:
        _scenario(console, result)
    _drivers(console, result)
    _doubts(console, result)
    _assumed(console, result)
    show_sources(console, works)


def _stocks(console: Console, result: Forecast) -> None:
    shown = table(
        "Children, as publishers count them (in brackets: 80% of draws)",
        ("31 March", *(line.name for line in result.stocks)),
        words=(0,),
    )
    shown.add_row(_year(result.base), *(number(line.base) for line in result.stocks))
    for i, first in enumerate(result.stocks[0].years):
        shown.add_row(_year(first.period), *(with_span(line.years[i]) for line in result.stocks))
    console.print(shown)
    console.print("Children in need hold those on plans and looked after, and care leavers.\n")


def _flows(console: Console, result: Forecast) -> None:
    shown = table(
        "Moves a year, without asylum-seeking children",
        ("year to 31 March", *(line.name.removeprefix("children who ") for line in result.flows)),
    )
    for i, first in enumerate(result.flows[0].years):
        cells = (number(line.years[i]) for line in result.flows)
        shown.add_row(_year(first.period), *cells)
    console.print(shown)
    console.print()


def _spending(console: Console, result: Forecast) -> None:
    base = result.spent_base
    if not result.spending:
        console.print(f"Spending on looked-after children: {number(base)}: {escape(base.note)}.\n")
        return
    shown = table(
        f"Spending on looked-after children, in {base.price_base} prices"
        f" ({base.period}: {number(base)})",
        ("year", "spending", "added by children", "by mix of placements", "by price"),
    )
    for year in result.spending:
        parts = (year.spending, year.children, year.mix, year.price)
        shown.add_row(year.period, *map(with_span, parts))
    console.print(shown)
    console.print(
        "The parts add up to the change since the base year in every draw, so not quite in the"
        " middle of the draws.\n"
    )


def _scenario(console: Console, result: Forecast) -> None:
    console.print(f"[bold]Scenario: {escape(result.scenario)}[/]")
    for change in result.changes:
        until = f" to {change.until}" if change.until != "for good" else ", for good"
        console.print(
            f"  - {escape(change.what)} {change.by}, from {change.since}{until}:"
            f" {escape(change.because)}"
        )
    console.print()
    shown = table(
        "Children more than without it, on the same luck (in brackets: 80% of draws)",
        ("31 March", *(line.name for line in result.stocks)),
    )
    for i, first in enumerate(result.stocks[0].difference):
        cells = (_more(line.difference[i]) for line in result.stocks)
        shown.add_row(_year(first.period), *cells)
    console.print(shown)
    console.print()
    if result.spending:
        money = table(
            f"Spending on looked-after children more than without it,"
            f" {result.spent_base.price_base} prices",
            ("year", "scenario", "more than without it"),
        )
        for year in result.spending:
            if year.scenario is not None and year.difference is not None:
                money.add_row(year.period, number(year.scenario), _more(year.difference))
        console.print(money)
        console.print()


def _more(figure: Figure) -> str:
    text = with_span(figure)
    return f"+{text}" if (figure.value or 0.0) > 0.0 and text[0].isdigit() else text


def _drivers(console: Console, result: Forecast) -> None:
    shown = table(
        "What drives it: rates against England's (1.00)",
        ("", "own", "neighbours'", "own weight", "fitted", "stands still at", "used"),
    )
    for driver in result.drivers:
        standing = number(driver.standing) if driver.standing is not None else ""
        figures = (driver.own, driver.neighbours, driver.weight, driver.fitted)
        shown.add_row(driver.name, *map(number, figures), standing, number(driver.used))
    console.print(shown)
    console.print(
        "A stock grows where the rate used for its entry is above the one at which it stands"
        " still.\n"
    )


def _doubts(console: Console, result: Forecast) -> None:
    if not result.doubts:
        return
    names = list(result.doubts[0].parts)
    shown = table(
        "Where the width of the last year's interval comes from (share of the variance)",
        ("", *(doubt.name for doubt in result.doubts)),
    )
    for name in names:
        shown.add_row(name, *(number(doubt.parts[name]) for doubt in result.doubts))
    console.print(shown)
    console.print()


def _assumed(console: Console, result: Forecast) -> None:
    _listed(console, "Assumed", result.assumptions)
    _listed(console, "Not published for this place", result.lacks)


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"[bold]{title}[/]")
        for line in lines:
            console.print(f"  - {escape(line)}")
        console.print()


def _year(day: str) -> str:
    return day.rsplit(" ", maxsplit=1)[-1]
