"""`headwater business-case`: the main job."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from headwater.workflows.business_case import BusinessCase, Case, Question

COHORT = "Who is helped"
MONEY = "Money"
ASSUMED = "Assumptions"
RUN = "The run"
KNOWING = "What knowing more is worth"
FILES = "Files"
OPTIONS = {
    "place": "--place",
    "programme": "--programme",
    "price_year": "--price-year",
    "horizon_years": "--years",
    "draws": "--draws",
    "seed": "--seed",
    "cohort.children": "--cohort",
    "cohort.ages": "--ages",
    "cohort.level": "--level",
    "cohort.risk.months": "--risk-months",
    "cohort.risk.source": "--risk-source",
    "cohort.risk": "--risk",
    "delivery.cost_per_child": "--cost-per-child",
    "options.after_follow_up": "--after",
    "options.effect_carried_over": "--carried-over",
    "options.discount": "--discount",
}
"""What a value of a case is called on the command line."""
RUN_YEAR = "the price year of the run"
"""Stands for the price base of a bare amount until the run's price year is known."""


_AMOUNT = re.compile(r"\s*£?\s*(-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)\s*")


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("business-case")(business_case)


def business_case(
    case: Annotated[
        str | None,
        typer.Argument(help="A case file (TOML), or the name of a shipped case."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            help="A place, e.g. norfolk, or its own pathway, FILE.toml.", rich_help_panel=COHORT
        ),
    ] = None,
    programme: Annotated[
        str | None,
        typer.Option(help="A programme, e.g. family_group_conference.", rich_help_panel=COHORT),
    ] = None,
    cohort: Annotated[
        int | None, typer.Option(help="Children helped.", rich_help_panel=COHORT)
    ] = None,
    ages: Annotated[
        str | None,
        typer.Option(help="First and last age, e.g. 8-15.", rich_help_panel=COHORT),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(help="Level of need, e.g. pre_proceedings.", rich_help_panel=COHORT),
    ] = None,
    risk: Annotated[
        float | None,
        typer.Option(
            help="Share looked after without the programme, 0 to 1.", rich_help_panel=COHORT
        ),
    ] = None,
    risk_months: Annotated[
        float | None,
        typer.Option(help="At how many months; 12 if left out.", rich_help_panel=COHORT),
    ] = None,
    risk_source: Annotated[
        str | None,
        typer.Option(help="Where that share comes from, in words.", rich_help_panel=COHORT),
    ] = None,
    cost_per_child: Annotated[
        str | None,
        typer.Option(help="Pounds a child to deliver, in the price year.", rich_help_panel=MONEY),
    ] = None,
    price_year: Annotated[
        str | None, typer.Option(help="Year whose prices are used.", rich_help_panel=MONEY)
    ] = None,
    discount: Annotated[
        str | None,
        typer.Option(help="standard, health or sensitivity.", rich_help_panel=MONEY),
    ] = None,
    after: Annotated[
        str | None,
        typer.Option(
            help="After the trial's follow-up: none, fade, persist or rebound.",
            rich_help_panel=ASSUMED,
        ),
    ] = None,
    carried_over: Annotated[
        float | None,
        typer.Option(
            help="Share of the effect carried over here, 0 to 1.", rich_help_panel=ASSUMED
        ),
    ] = None,
    force_mismatch: Annotated[
        bool,
        typer.Option(
            "--force-mismatch",
            help="Show the result for a cohort the programme is not for, under a banner.",
            rich_help_panel=ASSUMED,
        ),
    ] = False,
    years: Annotated[
        int | None, typer.Option(help="Horizon, 1 to 18.", rich_help_panel=RUN)
    ] = None,
    draws: Annotated[
        int | None, typer.Option(help="Worlds simulated.", rich_help_panel=RUN)
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the random numbers.", rich_help_panel=RUN)
    ] = None,
    value_of_information: Annotated[
        bool,
        typer.Option(
            "--value-of-information",
            help="What it would be worth to know more before deciding.",
            rich_help_panel=KNOWING,
        ),
    ] = False,
    pilot: Annotated[
        int | None,
        typer.Option(help="Families in a pilot, run as a trial.", rich_help_panel=KNOWING),
    ] = None,
    pilot_cost: Annotated[
        str | None,
        typer.Option(
            help="Pounds it costs, the help in it too; families × --cost-per-child if left out.",
            rich_help_panel=KNOWING,
        ),
    ] = None,
    pilot_delay: Annotated[
        float | None,
        typer.Option(
            help="Months until its result is acted on; the effect's follow-up if left out.",
            rich_help_panel=KNOWING,
        ),
    ] = None,
    pilot_years: Annotated[
        int | None,
        typer.Option(
            help="Years of such children that the decision is for; the cohort's if left out.",
            rich_help_panel=KNOWING,
        ),
    ] = None,
    contract: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE.toml",
            help="What an outcomes contract would pay for this cohort, by the engine that settles.",
        ),
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
    """Show what a programme would do here, cost and save, for whom, when, and how sure that is.

    Give a CASE, or --place, --programme and --cohort. Options change a case file's values.
    """
    from headwater.cli.business_case_question import asked

    question = asked(
        value_of_information=value_of_information,
        pilot=pilot,
        cost=None if pilot_cost is None else float(_amount("--pilot-cost", pilot_cost)),
        delay_months=pilot_delay,
        years=pilot_years,
    )
    given: dict[str, Any] = {
        "place": place,
        "programme": programme,
        "price_year": price_year,
        "horizon_years": years,
        "draws": draws,
        "seed": seed,
        "force_mismatch": force_mismatch or None,
        "cohort": {
            "children": cohort,
            "ages": _ages(ages),
            "level": level,
            "risk": _risk(risk, risk_months, risk_source),
        },
        "delivery": {"cost_per_child": _cost(cost_per_child)},
        "options": {
            "after_follow_up": after,
            "effect_carried_over": carried_over,
            "discount": discount,
        },
    }
    _run(case, _pruned(given), (json, report, xlsx), question, contract)


def _run(
    name: str | None,
    given: dict[str, Any],
    files: tuple[Path | None, ...],
    question: "Question | None",
    contract: str | None,
) -> None:
    from headwater.cli.business_case_screen import show
    from headwater.cli.output import check_writable, console, progress_bar
    from headwater.workflows.business_case import run_business_case
    from headwater.workflows.citations import cited

    check_writable(*files, reading=name or "")
    agreement = None
    if contract is not None:
        from headwater.workflows.agreements import read_agreement

        agreement = read_agreement(contract)
    case = _case(name, given)
    with progress_bar() as tell:
        result = run_business_case(case, tell, question, agreement)
    _write(result, files)
    show(console, result, cited(result))


def _case(name: str | None, given: dict[str, Any]) -> "Case":
    from headwater.core.errors import InputError, Problem
    from headwater.workflows.business_case.case_file import check_case, read_entry

    if name is not None:
        entry, place, text = read_entry(name)
        return check_case(_priced(_merged(_without_promise(entry, given), given)), place, text)
    missing = [
        f"--{word}"
        for word, value in (
            ("place", given.get("place")),
            ("programme", given.get("programme")),
            ("cohort", given.get("cohort", {}).get("children")),
        )
        if value is None
    ]
    if missing:
        raise InputError(
            Problem(
                "business-case",
                f"needs {', '.join(missing)}, or a case.",
                "Try: headwater business-case stronger-families-norfolk",
            )
        )
    return check_case(_priced(given), "command line", options=OPTIONS)


def _write(result: "BusinessCase", files: tuple[Path | None, ...]) -> None:
    from headwater.cli.output import write_whole
    from headwater.workflows.citations import cited

    json, report, xlsx = files
    works = cited(result)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("business-case", result, works))
    if report is not None:
        from headwater.workflows.business_case_report import html_report

        write_whole(report, html_report(result, works))
    if xlsx is not None:
        from headwater.workflows.business_case_report import workbook

        write_whole(xlsx, workbook(result, works))


def _without_promise(entry: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Leave out a case file's promise and title where options make it another case."""
    cohort = given.get("cohort", {})
    changed: list[str] = [n for n in ("place", "programme", "horizon_years") if n in given]
    changed += [f"cohort.{name}" for name in cohort]
    if not changed or "promise" not in entry:
        return entry
    notes = entry.get("notes", [])
    said = f"The promise of the case file is left out, since options changed {', '.join(changed)}."
    kept = {key: value for key, value in entry.items() if key not in {"promise", "title"}}
    return {**kept, "notes": [*notes, said]}


def _merged(entry: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return a case file's values with the command line's in their place."""
    merged = dict(entry)
    for key, value in given.items():
        inner = merged.get(key)
        both = isinstance(value, dict) and isinstance(inner, dict)
        merged[key] = {**inner, **value} if both and isinstance(inner, dict) else value
    return merged


def _pruned(given: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not said."""
    kept: dict[str, Any] = {}
    for key, value in given.items():
        inner = _pruned(value) if isinstance(value, dict) else value
        if inner is not None and inner != {}:
            kept[key] = inner
    return kept


def _ages(text: str | None) -> list[int] | None:
    from headwater.core.errors import InputError, Problem

    if text is None:
        return None
    match = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:[-–]\s*([0-9]{1,2})\s*)?", text)
    if match is None:
        raise InputError(Problem("--ages", f"'{text}' is not two ages.", "Write 8-15."))
    return [int(match[1]), int(match[2] or match[1])]


def _risk(share: float | None, months: float | None, source: str | None) -> dict[str, Any] | None:
    from headwater.core.errors import InputError, Problem

    if share is None:
        if source is not None or months is not None:
            raise InputError(
                Problem("--risk", "is missing beside its months or source.", "Give --risk too.")
            )
        return None
    said = source or "given on the command line, source not stated"
    return {"share": share, "months": 12 if months is None else months, "source": said}


def _cost(amount: str | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {
        "amount": _amount("--cost-per-child", amount),
        "price_base": RUN_YEAR,
        "source": "given on the command line",
    }


def _amount(option: str, text: str) -> str:
    """Return pounds without their sign and commas."""
    from headwater.core.errors import InputError, Problem

    match = _AMOUNT.fullmatch(text)
    if match is None:
        remedy = "Write 2000, 2,000 or 2000.50."
        raise InputError(Problem(option, f"'{text}' is not an amount.", remedy))
    return match[1].replace(",", "")


def _priced(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the command line's cost in the prices of the run."""
    delivery = entry.get("delivery")
    cost = delivery.get("cost_per_child") if isinstance(delivery, dict) else None
    if isinstance(cost, dict) and cost.get("price_base") == RUN_YEAR:
        cost["price_base"] = entry.get("price_year", "2024-25")
    return entry
