"""`headwater claims`: the claims that an authority's own returns give under an agreement."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.workflows.claims.result import MadeClaims

DATE = ["%Y-%m-%d", "%d/%m/%Y"]
MOST_REASONS = 10


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("claims")(claims)


def claims(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    returns: Annotated[
        list[Path],
        typer.Option("--return", metavar="PATH", help="Files, folders, zips; may be repeated."),
    ],
    cohort: Annotated[
        Path, typer.Option(metavar="FILE", help="Opaque keys (who) and starts (started).")
    ],
    out: Annotated[
        Path, typer.Option(metavar="FILE.csv", help="The claims, as settle reads them.")
    ],
    on: Annotated[
        datetime, typer.Option(formats=DATE, help="The day on which they are made and judged.")
    ],
    until: Annotated[
        datetime | None, typer.Option(formats=DATE, help="Only periods that end by this day.")
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Every claim with its rows, and what is not."),
    ] = None,
    timelines: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html", help="Every claim with its rows and a picture, without keys."
        ),
    ] = None,
) -> None:
    """Make the claims that the returns prove, for each member and each period that is over.

    A claim is verified where the rows prove it, disputed where one of them is wrong, and only
    claimed where no return names the key. What is not claimed is listed with its reason.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.claims.answer import make_claims
    from headwater.workflows.claims.file import claims_csv

    check_writable(out, json, timelines, reading=str(cohort), kind="cohort")
    day = until.date() if until else None
    made = make_claims(contract, paths=returns, cohort=cohort, until=day)
    write_whole(out, claims_csv(made, on=str(on.date())))
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("claims", made, cited(made)))
    if timelines is not None:
        from headwater.workflows.claims.page import timelines_html

        write_whole(timelines, timelines_html(made))
    _show(console, made)


def _show(console: Console, made: "MadeClaims") -> None:
    from rich.markup import escape

    from headwater.cli.cells import show_table, titled

    console.print(f"[bold]{escape(made.name)}[/], to {made.until}: {len(made.claims):,} claims")
    console.print(f"Returns of {', '.join(made.years)}.\n")
    table = titled("Claims", ("metric", "verdict", "claims", "units"), words=(0, 1))
    counts = Counter((line.metric, line.verdict) for line in made.claims)
    for (metric, verdict), count in sorted(counts.items()):
        held = [x for x in made.claims if (x.metric, x.verdict) == (metric, verdict)]
        units = sum(line.units.value or 0.0 for line in held)
        table.add_row(escape(metric), verdict, f"{count:,}", f"{units:,g} × {held[0].units.unit}")
    show_table(console, table, "Only verified claims are paid.")
    _reasons(console, "Not verified", Counter(x.why.split(":")[0] for x in made.claims if x.why))
    _reasons(console, "Not claimed", Counter(line.why for line in made.unclaimed))
    if made.not_counted:
        console.print(f"Not counted from records: {escape(', '.join(made.not_counted))}.")


def _reasons(console: Console, title: str, counts: "Counter[str]") -> None:
    from rich.markup import escape

    if not counts:
        return
    console.print(f"[bold]{title}[/]")
    for why, count in counts.most_common(MOST_REASONS):
        console.print(f"  - {count:,}: {escape(why)}")
    more = len(counts) - MOST_REASONS
    if more > 0:
        console.print(f"  - and {more:,} more reasons: --json has each.")
    console.print()
