"""How the value of information reads on screen: what to know, and whether to test first."""

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_table, titled
from headwater.core.figure import Figure
from headwater.reporting.numerals import NOT_KNOWN, numeral, unit_words
from headwater.workflows.business_case.information_result import (
    Information,
    PilotAnswer,
    PilotLine,
    ShareLine,
)
from headwater.workflows.business_case.information_verdict import idle, idle_words, price_base


def show_information(console: Console, found: Information) -> None:
    """Print what knowing more is worth, and what a pilot is."""
    console.print("[bold]What knowing more is worth[/]")
    for line in found.verdict:
        console.print(f"[bold]{escape(line)}[/]")
    for line in found.in_words:
        console.print(f"  - {escape(line)}")
    console.print()
    for whom in dict.fromkeys(line.for_whom for line in found.shares):
        _shares(console, whom, [line for line in found.shares if line.for_whom == whom])
    if found.inputs:
        _inputs(console, found)
    if found.shares:
        console.print(
            f"England: {number(found.eligible)} children a year"
            f" ({escape(found.eligible.note)}), as if each stood as one of this cohort. Chance in"
            f" single children makes {number(found.luck)} of the variance of the net present value."
            "\n"
        )
    if found.pilot is not None:
        _pilot(console, found.pilot, price_base(found))


def _shares(console: Console, whom: str, lines: list[ShareLine]) -> None:
    table = titled(
        f"Decision now, and the most that knowing more is worth: {whom}"
        f" (present value, {lines[0].net.price_base} prices)",
        ("cashable", "now", "net", "here", "England, a year"),
        words=(1,),
    )
    for line in lines:
        if idle(line):
            continue
        figures = (line.net, line.here, line.england)
        table.add_row(number(line.share), line.now, *map(number, figures))
    show_table(console, table, idle_words(lines))


def _inputs(console: Console, found: Information) -> None:
    for whom in dict.fromkeys(line.for_whom for line in found.inputs):
        table = titled(
            f"Worth of knowing one input: {whom} (present value, {price_base(found)} prices)",
            ("input", "where closest", "all cashable", "England, a year"),
            words=(0,),
        )
        for line in found.inputs:
            if line.for_whom == whom:
                figures = (line.closest, line.whole, line.england)
                table.add_row(escape(line.input), *map(number, figures))
        show_table(console, table)


def _pilot(console: Console, pilot: PilotAnswer, prices: str) -> None:
    console.print(
        f"[bold]A pilot of {number(pilot.families)} families, as a trial:[/] costs"
        f" {number(pilot.cost)}, result after {_months(pilot.delay)}, decided for"
        f" {number(pilot.years)} {unit_words(pilot.years.unit, number(pilot.years))} of children;"
        f" resolves {_resolved(pilot.effect_resolved, 'effect')} and"
        f" {_resolved(pilot.risk_resolved, 'risk')}."
    )
    console.print(escape(pilot.rule_of_thumb))
    for caution in pilot.cautions:
        console.print(f"[yellow]CAUTION[/] {escape(caution)}")
    console.print()
    told = [line for line in pilot.lines if line.tells]
    for whom in dict.fromkeys(line.for_whom for line in told):
        lines = [line for line in told if line.for_whom == whom]
        _pilot_lines(console, f"{whom}, here", [_here(line) for line in lines], prices)
        _pilot_lines(console, f"{whom}, England", [_england(line) for line in lines], prices)
    shares = "At every other share" if told else "At every share"
    console.print(
        f"{shares} its result is worth less than a pound: waiting only harms where the better bet"
        " is to buy, and a test only costs where it is not.\n"
    )


def _months(figure: Figure) -> str:
    if figure.value is None:
        return NOT_KNOWN
    assumed = " (assumed)" if figure.basis == "assumed" else ""
    return f"{numeral(figure.value, figure.unit)} months{assumed}"


def _resolved(figure: Figure, what: str) -> str:
    if figure.value is None:
        return f"nothing of the {what} ({escape(figure.note)})"
    return f"{number(figure)} of the variance of the {what}"


def _here(line: PilotLine) -> tuple[str, ...]:
    figures = (line.share, line.year_here, line.net_here, line.pays_from_here)
    return (*map(_cell, figures), line.advice_here)


def _england(line: PilotLine) -> tuple[str, ...]:
    figures = (line.share, line.year_england, line.net_england, line.pays_from_england)
    return (*map(_cell, figures), line.advice_england)


def _cell(figure: Figure) -> str:
    if figure.value is None and figure.basis != NOT_KNOWN:
        return "never"
    return number(figure)


def _pilot_lines(console: Console, whom: str, rows: list[tuple[str, ...]], prices: str) -> None:
    table = titled(
        f"The pilot: {whom} (present value, {prices} prices)",
        ("cashable", "its result, a year", "testing first", "pays from, years", "advice"),
        words=(4,),
    )
    for row in rows:
        table.add_row(*row)
    show_table(console, table)
