"""Every shipped contract on screen, with how its published figures came out."""

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from headwater.cli.output import console, write_whole
from headwater.core.figure import Figure
from headwater.reporting.documents import to_json
from headwater.workflows.contracts.contract_list import (
    ContractLine,
    ContractList,
    VerdictCounts,
    list_contracts,
)

NONE = "·"
MOST_MECHANISMS = 3
"""Mechanisms named on a line; the contract's own page names all."""


def run_list(json_file: Path | None) -> None:
    """Write the list as JSON, if asked, and print it."""
    found, cited = list_contracts()
    if json_file is not None:
        write_whole(json_file, to_json("contracts", found, cited))
    show_list(found)


def show_list(found: ContractList) -> None:
    """Print every contract, best checkable first."""
    total = found.verdicts
    console.print(
        f"[bold]{len(found.contracts)} real contracts[/bold]. Of what was published of them, "
        f"{_whole(total.reproduces)} figures follow from the contracts' own terms "
        f"({_whole(total.independent)} of them published apart from the terms), "
        f"[bold red]{_whole(total.conflicts)} conflict[/bold red], and "
        f"[bold yellow]{_whole(total.cannot_be_checked)} cannot be checked[/bold yellow], "
        "because a price, a condition or a result was never published."
    )
    table = Table(box=None, expand=True, pad_edge=False, header_style="dim")
    table.add_column("contract", ratio=1)
    table.add_column("grade", justify="center", no_wrap=True, vertical="top")
    for heading in ("follows", "conflicts", "cannot\nbe checked"):
        table.add_column(heading, justify="right", no_wrap=True, vertical="top")
    for line in found.contracts:
        table.add_row(_named(line), line.grade, *_counts(line.verdicts))
    console.print(table)
    console.print()
    for grade, means in found.grades.items():
        console.print(f"[dim]{grade}: {means}.[/dim]")
    console.print("[dim]One of them in full: headwater contracts peterborough_one_service[/dim]")


def _named(line: ContractLine) -> str:
    some = ", ".join(one.replace("_", " ") for one in line.mechanisms[:MOST_MECHANISMS])
    more = len(line.mechanisms) - MOST_MECHANISMS
    rest = f" and {more} more" if more > 0 else ""
    return (
        f"{escape(line.name)}\n[dim]{line.id}; {escape(line.country)}, {line.years}; "
        f"{escape(some)}{rest}[/dim]"
    )


def _whole(figure: Figure) -> str:
    return f"{figure.value:,.0f}"


def _counts(counts: VerdictCounts) -> tuple[str, str, str]:
    pairs = (
        (counts.reproduces, "green"),
        (counts.conflicts, "red"),
        (counts.cannot_be_checked, "yellow"),
    )
    a, b, c = (
        f"[bold {style}]{_whole(number)}[/bold {style}]" if number.value else NONE
        for number, style in pairs
    )
    return a, b, c
