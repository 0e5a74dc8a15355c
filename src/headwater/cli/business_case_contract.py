"""What a contract would pay, on the screen of a business case."""

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_table, titled, with_span
from headwater.workflows.business_case.contract_result import ContractMoney


def show_contract(console: Console, found: ContractMoney) -> None:
    """Print what an agreement pays for the cohort: with the programme, and anyway."""
    console.print(f"[bold]What the contract would pay: {escape(found.name)}[/]")
    for words in found.in_words:
        console.print(escape(words))
    made = titled("Payments over the agreement, in cash, 80% of draws", ("what", "GBP"))
    for what, figure in (
        ("paid with the programme (gross)", found.paid),
        ("paid if the programme changes nothing", found.anyway),
        ("paid because of the programme (net)", found.more),
        *((f"of which {escape(line.payer)} pays", line.paid) for line in found.payers),
    ):
        made.add_row(what, with_span(figure))
    made.add_row("chance that nothing is paid", number(found.nothing))
    show_table(console, made)
    years = titled("By year of the agreement", ("year", "with the programme", "if nothing changes"))
    for year in found.years:
        years.add_row(year.year, with_span(year.programme), with_span(year.business_as_usual))
    notes = [f"Counted: {figure.note}, {with_span(figure)}" for figure in found.outcomes]
    notes += [f"Not simulated, so nothing is paid for it here: {n}" for n in found.not_simulated]
    notes += [f"Not known: {why}" for why in found.unknown]
    show_table(console, years, escape("\n".join(notes)))
