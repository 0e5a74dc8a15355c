"""`headwater care-days`: days in care of every child, from extracts of any size."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DATE = ["%Y-%m-%d", "%d/%m/%Y"]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("care-days")(care_days)


def care_days(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Episodes, CSV or Parquet.")
    ],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DATE, help="A window beside the years.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DATE, help="Its last day, included.")
    ] = None,
    leave_out: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help="Not care: short breaks, with parents, remand, temporary; or none.",
        ),
    ] = "short breaks",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Days of every child and window: .csv or .parquet."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Count the days in care of every child and year, from episodes by the million.

    For extracts of a region or of many years, ten million rows in seconds: the columns that days
    depend on are read, and no rule is checked. `check-return` checks one authority's returns.
    """
    from headwater.cli.cells import number, show_table, titled
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.care_days.answer import count, days_file, no_care, said

    check_writable(out, json)
    words = no_care(leave_out)
    counted = count(
        paths,
        first=first.date() if first is not None else None,
        last=last.date() if last is not None else None,
        leave_out=words,
    )
    made = said(counted, leave_out=words)
    if out is not None:
        write_whole(out, days_file(counted, out.suffix))
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("care-days", made, cited(made)))
    rows, without = number(made.rows), number(made.left_out)
    console.print(f"{rows} rows, {without} of them without a child, a start or a day that is one.")
    heads = ("", "children", "care days", "plain sum", "entered", "left", "on the last day")
    table = titled("Care by year", heads)
    for line in made.windows:
        figures = (
            line.children,
            line.days,
            line.plain_days,
            line.entered,
            line.left,
            line.on_last_day,
        )
        table.add_row(line.window, *(number(each) for each in figures))
    note = (
        "Plain sum: over all rows, an episode as often as returns repeat it, and overlaps twice."
        f" Entered, left: periods of care, unbroken times. {made.choices[0].capitalize()};"
        f" {made.choices[1]}."
    )
    show_table(console, table, note)
