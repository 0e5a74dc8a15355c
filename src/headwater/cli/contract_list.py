"""Every shipped contract on screen, with how its published figures came out."""

from pathlib import Path

from rich.console import Console
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

SIGNS = (("=", "bold green"), ("≠", "bold red"), ("?", "bold yellow"))
"""How figures came out: they follow, conflict, cannot be checked."""


def run_list(json_file: Path | None) -> None:
    """Write the list as JSON, if asked, and print it."""
    found, cited = list_contracts()
    if json_file is not None:
        write_whole(json_file, to_json("contracts", found, cited))
    show_list(console, found)


def show_list(console: Console, found: ContractList) -> None:
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
    widest = max(len(line.id) for line in found.contracts)
    for grade, means in found.grades.items():
        lines = [line for line in found.contracts if line.grade == grade]
        if lines:
            console.print(f"\n[bold]{grade}[/bold]: {means}")
            console.print(_table(lines, widest))
    console.print(
        "\n= follows   ≠ conflicts   ? cannot be checked. One in full, with where, when, terms and "
        f"sources: headwater contracts {found.contracts[0].id}"
    )


def _table(lines: list[ContractLine], widest: int) -> Table:
    """Return a line for each contract of a grade: what to type, its name, how it came out."""
    table = Table(box=None, expand=True, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(width=widest, no_wrap=True)
    table.add_column(ratio=1)
    for _ in SIGNS:
        table.add_column(width=2, justify="right", no_wrap=True)
    for line in lines:
        table.add_row(f"[bold]{line.id}[/bold]", escape(line.name), *_counts(line.verdicts))
    return table


def _whole(figure: Figure) -> str:
    return f"{figure.value:,.0f}"


def _counts(counts: VerdictCounts) -> tuple[str, ...]:
    of = (counts.reproduces, counts.conflicts, counts.cannot_be_checked)
    return tuple(
        f"[{style}]{sign}{_whole(number)}[/{style}]" if number.value else ""
        for number, (sign, style) in zip(of, SIGNS, strict=True)
    )
