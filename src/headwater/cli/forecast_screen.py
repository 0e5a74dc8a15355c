"""How a forecast reads on screen: how far to trust it, children, spending, what drives them."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_sources, show_table, titled, with_span
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.numerals import span
from headwater.workflows.forecast.result import COST_LEFT_OUT, MIDDLE_OF_DIFFERENCES, Forecast
from headwater.workflows.forecast.scenario import PLACEMENT_WORDS
from headwater.workflows.forecast.width import steady

MONTHS = 12


def show_forecast(console: Console, result: Forecast, works: Iterable[Source]) -> None:
    """Print the whole forecast; months stand in the files alone."""
    ahead = "1 year" if result.years == "1" else f"{result.years} years"
    console.print(
        f"[bold]{escape(result.place)}: children and spending, {ahead} from {result.base}[/]\n"
    )
    _listed(console, "How such forecasts have done", (*result.first_lines, *result.cautions))
    _stocks(console, result)
    _placements(console, result)
    _flows(console, result)
    _spending(console, result)
    console.print(f"{escape(steady(result))}\n")
    if result.scenario:
        _scenario(console, result)
    _drivers(console, result)
    _doubts(console, result)
    _listed(console, "Assumed", result.assumptions)
    _listed(console, "Not known of this place", result.lacks)
    show_sources(console, works)


def _stocks(console: Console, result: Forecast) -> None:
    shown = titled(
        "Children, as publishers count them (in brackets: 80% of draws)",
        ("31 March", *(line.name for line in result.stocks)),
    )
    shown.add_row(_year(result.base), *(number(line.base) for line in result.stocks))
    for i, first in enumerate(result.stocks[0].years):
        shown.add_row(_year(first.period), *(with_span(line.years[i]) for line in result.stocks))
    show_table(
        console,
        shown,
        "Children in need hold those on plans and looked after, and care leavers.",
    )


def _placements(console: Console, result: Forecast) -> None:
    """Show each 31 March but the last, where the months end."""
    yearly = result.months[::MONTHS]
    if not yearly or not yearly[0].placements:
        return
    shown = titled(
        "Looked-after children by placement",
        ("31 March", *(PLACEMENT_WORDS[name] for name in yearly[0].placements)),
    )
    for month in yearly:
        shown.add_row(month.day[:4], *(number(each) for each in month.placements.values()))
    note = "Their 80% of draws, and every month: --json, --report, --xlsx."
    show_table(console, shown, note)


def _flows(console: Console, result: Forecast) -> None:
    shown = titled(
        "Moves a year, without asylum-seeking children",
        ("year to", *(line.name for line in result.flows)),
    )
    published = (number(line.published) for line in result.flows)
    shown.add_row(f"{_year(result.flows[0].published.period)} (published)", *published)
    for i, first in enumerate(result.flows[0].years):
        shown.add_row(_year(first.period), *(number(line.years[i]) for line in result.flows))
    show_table(console, shown, result.flows_note)


def _spending(console: Console, result: Forecast) -> None:
    base = result.spent_base
    if not result.spending:
        console.print(f"Spending on looked-after children: {number(base)}: {escape(base.note)}.\n")
        return
    shown = titled(
        f"Spending on looked-after children, in {base.price_base} prices ({base.period}:"
        f" {number(base)})",
        ("year", "spending", "80% of draws", "children", "by children", "by mix", "by price"),
    )
    for year in result.spending:
        parts = (year.children, year.mix, year.price)
        spent = (number(year.spending), span(year.spending), number(year.looked_after))
        shown.add_row(year.period, *spent, *map(number, parts))
    last = result.spending[-1]
    show_table(
        console,
        shown,
        f"Children: the mean of the year, {number(result.spent_children)} in {base.period}. By"
        " children, mix of placements and price: what each adds to the base year's spending. In"
        f" {last.period} (80% of draws): children {span(last.children)}, mix {span(last.mix)},"
        f" price {span(last.price)}. In every draw they add up; their middles need not.",
    )


def _scenario(console: Console, result: Forecast) -> None:
    console.print(f"[bold]Scenario: {escape(result.scenario)}[/]")
    for change in result.changes:
        until = f" to {change.until}" if change.until != "for good" else ", for good"
        console.print(
            f"  - {escape(change.what)} {change.by}, from {change.since}{until}:"
            f" {escape(change.because)}"
        )
    console.print(f"{MIDDLE_OF_DIFFERENCES} {COST_LEFT_OUT}\n")
    shown = titled(
        "Children more than without it, on the same luck (in brackets: 80% of draws)",
        ("31 March", *(line.name for line in result.stocks)),
    )
    for i, first in enumerate(result.stocks[0].difference):
        shown.add_row(_year(first.period), *(_more(line.difference[i]) for line in result.stocks))
    show_table(
        console,
        shown,
    )
    moves = titled(
        "Moves a year with it (in brackets: more than without it)",
        ("year to", *(line.name for line in result.flows)),
    )
    for i, first in enumerate(result.flows[0].scenario):
        cells = (
            f"{number(line.scenario[i])} ({_signed(line.difference[i])})" for line in result.flows
        )
        moves.add_row(_year(first.period), *cells)
    show_table(console, moves)
    if not result.spending:
        return
    prices = result.spent_base.price_base
    money = titled(
        f"Spending on looked-after children, in {prices} prices",
        ("year", "with it", "more than without it"),
    )
    for year in result.spending:
        if year.scenario is not None and year.difference is not None:
            money.add_row(year.period, number(year.scenario), _more(year.difference))
    show_table(console, money)


def _signed(figure: Figure) -> str:
    return f"+{number(figure)}" if (figure.value or 0.0) > 0.0 else number(figure)


def _more(figure: Figure) -> str:
    text = with_span(figure)
    return f"+{text}" if (figure.value or 0.0) > 0.0 else text


def _drivers(console: Console, result: Forecast) -> None:
    shown = titled(
        "What drives it: rates against England's (1.00)",
        ("", "own", "near", "weight", "fitted", "still", "used"),
    )
    for driver in result.drivers:
        standing = number(driver.standing) if driver.standing is not None else ""
        figures = (driver.own, driver.neighbours, driver.weight, driver.fitted)
        shown.add_row(driver.name, *map(number, figures), standing, number(driver.used))
    show_table(
        console,
        shown,
        "Own: the place's figures or records. Near: as neighbours lead one to expect. Fitted:"
        " both, own by its weight. Still: the rate at which the stock would stand still; where the"
        " rate used is above it, the stock grows.",
    )


def _doubts(console: Console, result: Forecast) -> None:
    if not result.doubts:
        return
    shown = titled(
        "Where the width of the last year's interval comes from (share of the variance,"
        " to the nearest ten per cent)",
        ("", *(doubt.name for doubt in result.doubts)),
    )
    for name in result.doubts[0].parts:
        shown.add_row(name, *(_about(doubt.parts[name]) for doubt in result.doubts))
    show_table(
        console,
        shown,
    )


def _about(share: Figure) -> str:
    """Return a share that is known to the nearest ten per cent."""
    return f"about {number(share)}" if share.value else "under 5%"


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"[bold]{title}[/]")
        for line in lines:
            console.print(f"  - {escape(line)}")
        console.print()


def _year(day: str) -> str:
    return day.rsplit(" ", maxsplit=1)[-1]
