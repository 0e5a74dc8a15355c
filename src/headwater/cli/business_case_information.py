"""How the value of information reads on screen: what to know, and whether to test first."""

from rich.console import Console
from rich.markup import escape

from headwater.cli.business_case_cells import cells_table, number
from headwater.core.figure import Figure
from headwater.reporting.numerals import NOT_KNOWN, unit_words
from headwater.workflows.business_case.information_result import (
    Information,
    PilotAnswer,
    PilotLine,
    ShareLine,
)

LEAST = 0.5
"""Pounds below which a result is worth nothing worth showing."""


def show_information(console: Console, found: Information) -> None:
    """Print what knowing more is worth, and what a pilot is."""
    console.print("[bold]What knowing more is worth[/]")
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
            f" single children makes {number(found.luck)} of the spread of the net present value.\n"
        )
    if found.pilot is not None:
        _pilot(console, found.pilot)


def _shares(console: Console, whom: str, lines: list[ShareLine]) -> None:
    table = cells_table(
        f"Decision now, and the most that knowing more is worth: {whom}",
        ("cashable", "now", "net", "here", "England, a year"),
        words=(1,),
    )
    for line in lines:
        figures = (line.net, line.here, line.england)
        table.add_row(number(line.share), line.now, *map(number, figures))
    console.print(table)
    console.print()


def _inputs(console: Console, found: Information) -> None:
    for whom in dict.fromkeys(line.for_whom for line in found.inputs):
        table = cells_table(
            f"Worth of knowing one input: {whom}",
            ("input", "closest", "all cashable", "England"),
            words=(0,),
        )
        for line in found.inputs:
            if line.for_whom == whom:
                figures = (line.closest, line.whole, line.england)
                table.add_row(escape(line.input), *map(number, figures))
        console.print(table)
        console.print()


def _pilot(console: Console, pilot: PilotAnswer) -> None:
    console.print(
        f"[bold]A pilot of {number(pilot.families)} families, as a trial:[/] costs"
        f" {number(pilot.cost)}, result after {number(pilot.delay)} months, decided for"
        f" {number(pilot.years)} {unit_words(pilot.years.unit, number(pilot.years))} of children;"
        f" resolves {number(pilot.effect_resolved)} of the"
        f" variance of the effect and {number(pilot.risk_resolved)} of the risk's."
    )
    console.print(escape(pilot.rule_of_thumb))
    console.print()
    for whom in dict.fromkeys(line.for_whom for line in pilot.lines):
        lines = [line for line in pilot.lines if line.for_whom == whom and _tells(line)]
        if lines:
            _pilot_lines(console, f"{whom}, here", [_here(line) for line in lines])
            _pilot_lines(console, f"{whom}, England", [_england(line) for line in lines])
    console.print(
        "At every other share its result is worth less than a pound: waiting only harms where the"
        " better bet is to buy, and a test only costs where it is not.\n"
    )


def _tells(line: PilotLine) -> bool:
    """Whether its result is worth anything at a share."""
    return (line.year_here.value or 0.0) >= LEAST


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


def _pilot_lines(console: Console, whom: str, rows: list[tuple[str, ...]]) -> None:
    table = cells_table(
        f"The pilot: {whom}",
        ("cashable", "worth a year", "tested first", "pays from year", "advice"),
        words=(4,),
    )
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print()
