"""`headwater check-return`: what is amiss in a statutory return, and what it may move."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.check_return.result import CheckedReturn

MOST_SHOWN = 25
"""Rules shown on screen; all stand in the files."""


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("check-return")(check_return)


def check_return(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders, zips; any years.")
    ],
    year: Annotated[
        str, typer.Option(metavar="YEAR", help="The year it must be of: 2025-26.")
    ] = "",
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="Every fault and repair, to work through."),
    ] = None,
) -> None:
    """Read statutory returns and extracts, and hold them against their rules.

    SSDA903 in CSV and XML, the children in need census, Annex A workbooks, extracts of the standard
    safeguarding dataset and plain tables, mixed as they come. Files are known by what they hold and
    their years by their dates. Each breach is shown with the
    care days that it may move; repairs are offered, and what they would change stands beside what
    the rows say. Nothing is written to the return, and nothing leaves this machine.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.check_return.answer import check_return as answer
    from headwater.workflows.check_return.year import read_year

    check_writable(json, xlsx)
    found = answer(paths, year=read_year(year))
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("check-return", found, cited(found)))
    if xlsx is not None:
        from headwater.workflows.check_return.sheets import workbook

        write_whole(xlsx, workbook(found))
    _show(console, found)


def _show(console: Console, found: "CheckedReturn") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    many = f"{len(found.files):,} tables"
    years = ", ".join(found.years) or "extracts"
    console.print(f"[bold]{escape(found.title)}[/], {years}: {many}\n")
    if found.care:
        _care(console, found)
    if len(found.said) > len(found.care):
        _said(console, found)
    if not found.rules:
        console.print("Nothing is amiss by the rules that are checked.\n")
    else:
        _rules(console, found)
    if found.repairs:
        mended = titled("Repairs that could be made", ("repair", "rows", "care days"))
        for each in found.repairs:
            words = f"{each.kind}: {each.rule}"
            mended.add_row(escape(words), number(each.rows), number(each.days))
        show_table(console, mended, "Offered, not made; --json and --xlsx list each.")
    console.print(
        f"{number(found.rules_checked)} of {number(found.rules_known)} published rules are checked"
        " by number, those that can move days, entries or exits; the form of every cell and the"
        " agreement of files besides. --json lists the rules that are not."
    )


def _care(console: Console, found: "CheckedReturn") -> None:
    from headwater.cli.cells import number, show_table, titled

    care = titled(
        "Care in the year, by the rows as they stand",
        (
            "year",
            "children",
            "care days",
            "plain sum",
            "if repaired",
            "entered",
            "left",
            "31 March",
        ),
    )
    for line in found.care:
        care.add_row(
            line.year,
            *map(number, (line.children, line.days, line.plain_days, line.repaired_days)),
            *map(number, (line.entered, line.left, line.on_last_day)),
        )
    note = (
        "Care days: a day once for each child, the day on which care ends not counted; short breaks"
        " (V3, V4) are among them. Plain sum: over episodes, more where they overlap. 31 March:"
        " children looked after."
    )
    show_table(console, care, note)


def _said(console: Console, found: "CheckedReturn") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    table = titled(
        "What the files say of children, each time once",
        ("what", "children", "how often", "known from", "to"),
        words=(0, 3, 4),
    )
    for line in found.said:
        table.add_row(
            escape(line.what),
            number(line.children),
            number(line.rows),
            line.first_day,
            line.last_day,
        )
    show_table(console, table, "Known: by the years of the returns, or the days of extracts.")


def _rules(console: Console, found: "CheckedReturn") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    table = titled("What is amiss", ("rule", "what", "rows", "children", "may move"), words=(0, 1))
    for line in found.rules[:MOST_SHOWN]:
        what = f"{line.column} {line.rule}".strip()
        days = f"{number(line.days)} days" if line.days.value else "·"
        words = escape(f"{line.level}: {what}")
        table.add_row(
            line.number,
            words,
            number(line.rows),
            number(line.children),
            days,
        )
    more = len(found.rules) - MOST_SHOWN
    note = "May move: care days at most, each row by itself."
    if more > 0:
        note += f" {more:,} more kinds of fault stand in --json and --xlsx."
    show_table(console, table, note)
