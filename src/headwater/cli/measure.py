"""`headwater measure`: count an outcome for a cohort from statutory returns."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.measure.result import Measured

DATE = ["%Y-%m-%d", "%d/%m/%Y"]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("measure")(measure)


def measure(
    metric: Annotated[str, typer.Argument(help="What to count; without it, all are listed.")] = "",
    returns: Annotated[
        list[Path] | None,
        typer.Option("--return", metavar="PATH", help="Files, folders, zips; may be repeated."),
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Opaque keys (who) and starts (started).")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DATE, help="First day of the window.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DATE, help="Last day, included.")
    ] = None,
    months: Annotated[int, typer.Option(help="How long an outcome must last, in months.")] = 0,
    follow: Annotated[
        int, typer.Option(help="Follow each member for so many months from the start.")
    ] = 0,
    leave_out: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help="Not care: short breaks, with parents, remand, temporary, missing; not counted: no"
            " further action, after assessment; or none.",
        ),
    ] = "short breaks",
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
    publish: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Figures with small numbers of people suppressed."),
    ] = None,
) -> None:
    """Count an outcome for a cohort from statutory returns and extracts, read together.

    Beside the metric stand those that guard against harm, what repairs of the records would change,
    and who cannot be checked.
    """
    from headwater.cli.output import check_writable, console, write_whole

    if not metric:
        _list(console)
        return
    from headwater.core.errors import InputError, Problem
    from headwater.workflows.measure.answer import measure as answer
    from headwater.workflows.measure.ask import Asked

    if not returns or cohort is None or first is None or last is None:
        given = {"--return": returns, "--cohort": cohort, "--from": first, "--to": last}
        raise InputError(
            Problem(name, "is missing.", "Name it.") for name, value in given.items() if not value
        )
    check_writable(json, publish, reading=str(cohort), kind="cohort")
    words = () if leave_out.strip() in {"", "none"} else leave_out.split(",")
    asked = Asked(
        metric,
        paths=tuple(returns),
        cohort=cohort,
        first_day=first.date(),
        last_day=last.date(),
        leave_out=tuple(word.strip() for word in words),
        months=months,
        follow=follow,
    )
    found = answer(asked)
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("measure", found, cited(found)))
    if publish is not None:
        from headwater.workflows.measure.published import published_csv

        write_whole(publish, published_csv(found))
    _show(console, found)


def _list(console: Console) -> None:
    from headwater.cli.cells import show_table, titled
    from headwater.metrics.kind import metrics

    made = titled("What can be counted", ("metric", "what", "unit", "months"), words=(0, 1, 2, 3))
    for each in metrics().values():
        made.add_row(each.name, each.title, each.unit, "asked" if each.months else "")
    show_table(console, made, "Months: how long it must last is to be said.")


def _show(console: Console, found: "Measured") -> None:
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled

    console.print(
        f"[bold]{escape(found.metric.title)}[/], {found.first_day} to {found.last_day}:"
        f" {number(found.metric.units)} × {found.metric.units.unit}"
    )
    years = f"returns of {', '.join(found.years)}" if found.years else "extracts"
    console.print(f"{escape(found.cohort)}: {number(found.cohort_size)} members; {years}.")
    if found.metric.share is not None:
        console.print(f"As a share of {found.metric.out_of}: {number(found.metric.share)}%.")
    for words in found.choices:
        console.print(f"  - {escape(words)}")
    console.print()
    made = titled(
        "What was counted, and what to look at beside it",
        ("metric", "units", "if repaired", "members", "cannot be checked"),
    )
    for line in (found.metric, *found.beside):
        figures = (line.units, line.repaired_units, line.members, line.unknown)
        made.add_row(f"{line.title} ({line.units.unit})", *map(number, figures))
    show_table(console, made, "Members: those with at least one unit.")
    if found.not_named.value:
        console.print(
            f"{number(found.not_named)} members stand in no return read, and count as never in"
            " care: check that the keys are those of the return."
        )
    if found.without_start.value:
        console.print(f"{number(found.without_start)} members have no start: the whole window.")
    if found.rows_wrong.value:
        console.print(
            f"{number(found.rows_wrong)} rows of the return are wrong: see headwater check-return."
        )
    console.print("--json lists each member with the rows that prove it.")
