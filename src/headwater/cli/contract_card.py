"""One shipped contract on screen: its terms in order, each published figure and its verdict."""

from collections.abc import Iterable
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from headwater.cli.output import console, write_whole
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.documents import to_json
from headwater.workflows.contracts.contract_card import contract_card
from headwater.workflows.contracts.contract_shown import CheckShown, ContractCard, HindcastShown
from headwater.workflows.contracts.in_words import amount

STYLES = {
    "reproduces": "bold green",
    "conflicts": "bold red",
    "cannot be checked": "bold yellow",
}


def run_card(name: str, json_file: Path | None) -> None:
    """Write one contract as JSON, if asked, and print it."""
    found, cited = contract_card(name)
    if json_file is not None:
        write_whole(json_file, to_json("contracts", found, cited))
    show_card(found, cited)


def show_card(found: ContractCard, cited: Iterable[Source]) -> None:
    """Print one contract."""
    console.print(f"[bold]{escape(found.name)}[/bold]  [dim]{found.id}[/dim]")
    console.print(escape(f"{found.country}, {found.years}. {found.about}"))
    console.print(f"[dim]Grade {found.grade}: {found.grade_means}.[/dim]")
    _heading("Who and when")
    for party in found.parties:
        console.print(f"  {party.role.replace('_', ' ')}: {escape(party.name)}")
    console.print(f"  in the file from {found.first_day} to {found.last_day}")
    console.print(
        f"  amounts in {found.currency}, in cash of their day; payments are gross of what would "
        "have happened anyway, but for what a term takes off"
    )
    console.print(escape(f"  for: {found.population}"))
    console.print(escape(f"  measured: {found.measured_how}"))
    console.print(escape(f"  settled {found.settled}. {found.verification}"))
    _terms(found)
    _rates(found)
    _heading("What was published, worked out again")
    for check in found.checks:
        _check(check)
    _points("Where sources conflict", found.conflicts, "yellow")
    _points("Rival figures", (f"{r.what}: {' | '.join(r.says)}" for r in found.rivals), "yellow")
    _points("Not published", found.not_published)
    _points("Known at signature", (_known(one) for one in found.hindcast))
    _points("Odds, from what was known", found.odds)
    _points("What the agreement says besides", found.safeguards.values())
    _heading("Sources")
    for source in cited:
        console.print(f"  [dim]{source.key.partition('.')[2]}[/dim]", end=" ")
        console.print(escape(source.url), style="dim", soft_wrap=True)


def _heading(text: str) -> None:
    console.print(f"\n[bold underline]{text}[/bold underline]")


def _points(title: str, lines: Iterable[str], style: str = "") -> None:
    points = tuple(lines)
    if not points:
        return
    _heading(title)
    for point in points:
        table = Table.grid(padding=(0, 1))
        table.add_row(f"[{style}]-[/{style}]" if style else "-", escape(point))
        console.print(table)


def _terms(found: ContractCard) -> None:
    _heading("Terms, in order")
    for i, term in enumerate(found.terms, start=1):
        table = Table.grid(padding=(0, 1))
        hidden = "; not published: " + ", ".join(term.not_published) if term.not_published else ""
        kind = term.kind.replace("_", " ")
        says = f"{escape(term.words)} " if term.words else ""
        about = f"[dim]({term.id}, {kind}, of {', '.join(term.of) or 'nothing'}{hidden})[/dim]"
        table.add_row(f"{i}.", f"{says}{about}")
        console.print(table)


def _rates(found: ContractCard) -> None:
    if not found.rate_card:
        return
    _heading("Rate card")
    for line in found.rate_card:
        whom = ", ".join(part for part in (line.cohort, line.group) if part)
        console.print(
            f"  {escape(line.metric)}{f' ({whom})' if whom else ''}: [bold]{_price(line.amount)}[/]"
        )


def _price(figure: Figure) -> str:
    return f"{amount(figure)} {figure.unit}" if figure.value is not None else "not published"


def _check(check: CheckShown) -> None:
    style = STYLES[check.verdict]
    apart = ""
    if check.apart is not None and check.apart.value is not None:
        apart = f" by {amount(check.apart, signed=True)}"
    console.print(f"  [{style}]{check.verdict}{apart}[/{style}]  {escape(check.what)}")
    worked = "" if check.computed.value is None else f"; worked out: {amount(check.computed)}"
    console.print(
        f"    published: {escape(check.published)}{worked} [dim]({check.kind})[/dim]",
    )
    for said in (check.because, check.note):
        if said:
            console.print(f"    [dim]{escape(said)}[/dim]")


def _known(one: HindcastShown) -> str:
    parts = [
        f"{name} {amount(figure)}"
        for name, figure in (
            ("people", one.people),
            ("pays from", one.threshold),
            ("promised", one.promised),
            ("without it", one.baseline),
            ("came out", one.observed),
        )
        if figure.value is not None
    ]
    lacks = f" Not known: {'; '.join(one.not_known)}." if one.not_known else ""
    unit = one.threshold.unit
    said = f"{one.condition} ({unit}): {', '.join(parts)}; against {one.against}.{lacks} {one.note}"
    return " ".join([said.strip(), *one.odds])
