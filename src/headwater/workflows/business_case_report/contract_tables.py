"""The tables of what a contract would pay, for the report and the workbook."""

from headwater.reporting.table import Table
from headwater.workflows.business_case.contract_result import ContractMoney


def contract_tables(found: ContractMoney | None) -> tuple[Table, ...]:
    """Return its tables; none where no contract was given."""
    return () if found is None else (_paid(found), _years(found))


def _paid(found: ContractMoney) -> Table:
    rows = (
        ("paid with the programme", found.paid),
        ("paid if the programme changes nothing", found.anyway),
        ("paid because of the programme", found.more),
        ("draws in which nothing is paid", found.nothing),
        *((f"of which {line.payer} pays", line.paid) for line in found.payers),
        *((f"counted: {figure.note}", figure) for figure in found.outcomes),
    )
    notes = [f"not simulated, so nothing is paid for it: {name}" for name in found.not_simulated]
    notes += [f"not known: {why}" for why in found.unknown]
    return Table(
        "contract",
        "What the contract would pay for the cohort",
        ("what", "over the agreement"),
        rows,
        note="; ".join(notes),
    )


def _years(found: ContractMoney) -> Table:
    return Table(
        "contract-years",
        "Payments by year of the agreement",
        ("year", "with the programme", "if nothing changes"),
        tuple((year.year, year.programme, year.business_as_usual) for year in found.years),
    )
