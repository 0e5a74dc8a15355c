"""The model beside published figures, on screen: a table, then why each pair parts."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from headwater.cli.whole_table import WholeTable
from headwater.core.figure import Figure
from headwater.workflows.checks import CheckRow
from headwater.workflows.checks.rows import FITTED, NOT_FITTED

HEADS = ("published", "like for like", "model", "apart")
TITLES = {
    NOT_FITTED: "Not fitted to: how the model does",
    FITTED: "Fitted to, or made from: no test of the model",
}
MINUS = "\N{MINUS SIGN}"


def show_checks(console: Console, rows: Sequence[CheckRow]) -> None:
    """Print what the model was not fitted to, with reasons, then what it was."""
    for fitted, title in TITLES.items():
        of = [row for row in rows if row.fitted == fitted]
        if not of:
            continue
        console.print(f"\n[bold]{title}[/]")
        console.print(checks_table(of))
        if any(row.reason for row in of):
            console.print("\n[bold]Why they part[/]")
        for row in of:
            if row.reason:
                console.print(Padding(f"{escape(row.name)}: [dim]{escape(row.reason)}[/]", (0, 2)))
            if row.like_for_like is not None:
                said = f"like for like: {row.like_for_like.note}"
                console.print(Padding(f"[dim]{escape(said)}[/]", (0, 4)))


def checks_table(rows: Sequence[CheckRow]) -> WholeTable:
    """Return checks as a table: name, published, like for like, model, how far apart."""
    table = WholeTable(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", vertical="bottom")
    for heading in HEADS:
        table.add_column(heading, justify="right", no_wrap=True, vertical="bottom")
    for row in rows:
        table.add_row(escape(row.name), *cells(row))
    return table


def cells(row: CheckRow) -> tuple[str, str, str, str]:
    """Return a check's numbers as they are read, in the order of `HEADS`.

    How far the model is from a figure like for like stands behind that figure.
    """
    near = row.like_for_like
    beside = f"{shown(near)} ({_apart(row.modelled, near)})" if near else ""
    return shown(row.published), beside, shown(row.modelled), _apart(row.modelled, row.published)


def _apart(modelled: Figure, published: Figure) -> str:
    """Return how far the model stands from a published figure, signed."""
    apart = 100 * ((modelled.value or 0.0) / (published.value or 1.0) - 1.0)
    size = f"{abs(apart):.1f}%"
    return size if size == "0.0%" else f"{MINUS if apart < 0.0 else '+'}{size}"


def shown(figure: Figure) -> str:
    """Return a number of a check, to one decimal where it is no count."""
    value = figure.value or 0.0
    if figure.unit.startswith("per cent"):
        return f"{value:.1f}%"
    if figure.unit.startswith("days"):
        return f"{value:.1f} days"
    return f"{value:,.0f}"
