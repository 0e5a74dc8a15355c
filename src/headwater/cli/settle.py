"""`headwater settle` and `headwater verify`: what is due, and whether a certificate holds."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headwater.workflows.settle.answer import Worked
    from headwater.workflows.settle.result import Statement

FILES = "Files"
LEDGER = "Ledger"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("settle")(settle)
    app.command("verify")(verify)


def settle(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    claims: Annotated[Path, typer.Argument(help="Claims: CSV, JSON or Parquet.")],
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Settle periods that end by this day; else those that the claims show to be over.",
        ),
    ] = None,
    leave_out_faulty: Annotated[
        bool,
        typer.Option("--leave-out-faulty", help="Settle without the rows that cannot be used."),
    ] = False,
    cohort: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The list of those the agreement is for.")
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Post what is due to this ledger.", rich_help_panel=LEDGER
        ),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Day of the postings; else the last day settled.",
            rich_help_panel=LEDGER,
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONTRACT=CLAIMS",
            help="Another agreement: is one outcome claimed under both? May be repeated.",
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.json", help="What anybody can check it by.", rich_help_panel=FILES
        ),
    ] = None,
    statement: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="The statement, to read.", rich_help_panel=FILES),
    ] = None,
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf",
            metavar="FILE",
            help="The same, to send: needs the extra 'pdf'.",
            rich_help_panel=FILES,
        ),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Every line and every claim, to check.", rich_help_panel=FILES
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="The statement, every line.", rich_help_panel=FILES
        ),
    ] = None,
) -> None:
    """Settle an agreement on claims: what is due, to the penny, line by line, and why.

    Only verified claims are paid, and only periods that are over are settled. Nothing is settled
    while a row of the claims cannot be used: each is named. With --ledger, what is due is posted:
    settling again posts nothing twice, and what has changed is reversed and posted anew.
    """
    from headwater.cli.output import check_writable, console
    from headwater.cli.settle_screen import show_statement
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.settle.answer import settle_claims

    check_writable(certificate, json, ledger, statement, pdf, xlsx, reading=str(claims))
    if pdf is not None:
        from headwater.workflows.settle_report.pdf import check_pdf

        check_pdf()
    worked, said = settle_claims(
        read_agreement(contract),
        claims,
        until=until.date() if until else None,
        leave_out=leave_out_faulty,
        cohort=cohort,
        ledger=ledger,
        on=on.date() if on else None,
    )
    from headwater.cli.output import write_whole

    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.settle.answer import whole

        write_whole(json, to_json("statement", whole(worked, said), ()))
    if certificate is not None:
        from headwater.workflows.settle import certificate as proof

        write_whole(certificate, proof.certificate_text(proof.certificate(worked, said)))
    _report(worked, said, certificate, statement=statement, pdf=pdf, xlsx=xlsx)
    show_statement(console, said, worked)
    if also:
        _sweep(worked, also)


def _report(
    worked: "Worked", said: "Statement", certificate: Path | None, **files: Path | None
) -> None:
    """Write the statement as the files that are named."""
    from headwater.cli.output import write_whole

    if not any(files.values()):
        return
    from headwater.workflows import settle_report

    if files["statement"] is not None or files["pdf"] is not None:
        page = settle_report.html_report(worked, said, certificate=certificate)
        if files["statement"] is not None:
            write_whole(files["statement"], page)
        if files["pdf"] is not None:
            write_whole(files["pdf"], settle_report.pdf_report(page))
    if files["xlsx"] is not None:
        write_whole(files["xlsx"], settle_report.workbook(worked, said))


def _sweep(worked: "Worked", also: list[str]) -> None:
    """Print what is claimed under several agreements."""
    from headwater.cli.output import console
    from headwater.cli.settle_screen import show_twice
    from headwater.core.errors import InputError, Problem
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.settle.answer import work_out
    from headwater.workflows.settle.portfolio import claimed_twice
    from headwater.workflows.settle.up_to import last_day_of

    portfolio = [worked]
    for pair in also:
        name, found, claims = pair.rpartition("=")
        if not found:
            raise InputError(Problem("--also", f"'{pair}' names no claims.", "CONTRACT=CLAIMS."))
        other = read_agreement(name)
        whole = last_day_of(other.contract)
        portfolio.append(work_out(other, Path(claims), until=whole, leave_out=True))
    show_twice(console, claimed_twice(portfolio))


def verify(
    certificate: Annotated[Path, typer.Argument(help="A certificate that settle wrote.")],
    contract: Annotated[
        str | None, typer.Option(help="The agreement, if it is not beside the certificate.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="The claims, if they are not beside the certificate.")
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option(help="The cohort list, if it is not beside the certificate.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="The ledger, if it is not beside the certificate.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Every thing compared.")
    ] = None,
) -> None:
    """Work a certificate out again from its files: the same, or where it first differs.

    Ends with status 1 where it differs.
    """
    from headwater.cli.output import console
    from headwater.cli.settle_screen import show_verified
    from headwater.workflows.settle.certificate import verify as answer

    found = answer(certificate, agreement=contract, claims=claims, cohort=cohort, ledger=ledger)
    if json is not None:
        from headwater.cli.output import write_whole
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("verify", found, ()))
    show_verified(console, found)
    if found.difference is not None:
        raise typer.Exit(1)
