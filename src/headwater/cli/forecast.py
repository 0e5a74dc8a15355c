"""`headwater forecast`: children and spending in the years to come, and the record of forecasts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headwater.workflows.forecast.past import PastRecord
    from headwater.workflows.forecast.result import Forecast

FILES = "Files"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("forecast")(forecast)


def forecast(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLACE]", help="A place, e.g. norfolk, or england.", show_default=False
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE.toml", help="The same; or a pathway from `fit-pathway`."),
    ] = None,
    years: Annotated[
        int | None,
        typer.Option(help="Years from the last published 31 March.", show_default="5"),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE.toml",
            help="What if: a shipped scenario, or a file of changes to rates, placements, prices.",
        ),
    ] = None,
    record: Annotated[
        bool,
        typer.Option(
            "--record", help="How past forecasts of every authority would have done, instead."
        ),
    ] = False,
    draws: Annotated[
        int | None,
        typer.Option(
            help="Worlds simulated, 40 or more: 400 for steadier intervals.", show_default="80"
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the random numbers.", show_default="1")
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="The whole result.", rich_help_panel=FILES),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.html", help="A report.", rich_help_panel=FILES),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="Every table.", rich_help_panel=FILES),
    ] = None,
) -> None:
    """Forecast children in need, on plans and looked after, and what care costs, by month.

    From the last published 31 March on, with intervals learnt from the errors of earlier
    forecasts, and with what drives them. With --record: how such forecasts would have done.
    """
    from headwater.cli.output import check_writable
    from headwater.core.errors import InputError, Problem

    files = (json, report, xlsx)
    if name is not None and place is not None:
        said = f"is given twice, as '{name}' and as --place {place}."
        raise InputError(Problem("place", said, "Give one of them."))
    place = place if name is None else name
    if record == (place is not None):
        said = "--record is of every place: it takes none." if record else "needs a place."
        remedy = "Try: headwater forecast norfolk, or: headwater forecast --record"
        raise InputError(Problem("forecast", said, remedy))
    check_writable(*files, reading=scenario or "", kind="scenario")
    asked = {"years": years, "draws": draws, "seed": seed}
    run = {name: value for name, value in asked.items() if value is not None}
    if place is None:
        _record(scenario, run, files)
    else:
        _place(place, run, scenario, files)


def _place(
    place: str, run: dict[str, int], scenario: str | None, files: tuple[Path | None, ...]
) -> None:
    from headwater.cli.forecast_screen import show_forecast
    from headwater.cli.output import console, progress_bar
    from headwater.workflows.citations import cited
    from headwater.workflows.forecast.answer import DRAWS, SEED, YEARS
    from headwater.workflows.forecast.answer import forecast as answer
    from headwater.workflows.forecast.scenario import read_scenario

    asked = read_scenario(scenario) if scenario is not None else None
    with progress_bar() as tell:
        result = answer(
            place,
            years=run.get("years", YEARS),
            draws=run.get("draws", DRAWS),
            seed=run.get("seed", SEED),
            scenario=asked,
            scenario_name=scenario or "",
            progress=tell,
        )
    _write("forecast", result, files)
    show_forecast(console, result, cited(result))


def _record(scenario: str | None, run: dict[str, int], files: tuple[Path | None, ...]) -> None:
    from headwater.cli.forecast_record import show_record
    from headwater.cli.output import console
    from headwater.core.errors import InputError, Problem
    from headwater.workflows.citations import cited
    from headwater.workflows.forecast.past import past_record

    asked = [*run, *(["scenario"] if scenario is not None else [])]
    if asked:
        what = "is for a place: the record is of what came."
        raise InputError([Problem(f"--{name}", what, "Leave it out.") for name in asked])
    result = past_record()
    _write("forecast-record", result, files)
    show_record(console, result, cited(result))


def _write(kind: str, result: "Forecast | PastRecord", files: tuple[Path | None, ...]) -> None:
    from headwater.cli.output import write_whole
    from headwater.workflows.citations import cited

    json, report, xlsx = files
    works = cited(result)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json(kind, result, works))
    if report is not None:
        from headwater.workflows.forecast_report import html_report

        write_whole(report, html_report(result, works))
    if xlsx is not None:
        from headwater.workflows.forecast_report import workbook

        write_whole(xlsx, workbook(result, works))
