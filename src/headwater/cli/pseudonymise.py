"""`headwater pseudonymise`: a return without identifiers, under a key kept apart from it."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("pseudonymise")(pseudonymise)


def pseudonymise(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, zips.")],
    key_file: Annotated[Path, typer.Option(metavar="FILE", help="The key; keep it elsewhere.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="An empty or new folder.")],
    cohort: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A cohort list, under the same keys; may be repeated."),
    ] = None,
    make_key: Annotated[bool, typer.Option("--make-key", help="Make the key first.")] = False,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="What was written.")
    ] = None,
) -> None:
    """Write a return of children looked after (SSDA903) without identifiers.

    Children, pupil numbers and workers get keyed pseudonyms; births become months and postcodes
    their outward part; a cell that holds what its column may not is emptied. The files are personal
    data still: the last lines say what they disclose.
    """
    from rich.markup import escape

    from headwater.cli.cells import number, show_table, titled
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.pseudonymise import answer

    check_writable(json)
    if make_key:
        answer.make_key(key_file)
    key = answer.read_key(key_file)
    made = answer.pseudonymise(paths, key=key, out=out, cohorts=cohort or ())
    if json is not None:
        from headwater.reporting.documents import to_json
        from headwater.workflows.citations import cited

        write_whole(json, to_json("pseudonymise", made, cited(made)))
    table = titled(
        f"Written to {escape(str(out))}", ("file", "from", "rows", "emptied"), words=(0, 1)
    )
    for each in made.files:
        table.add_row(
            escape(each.written), escape(each.file), number(each.rows), number(each.blanked)
        )
    show_table(console, table, "Emptied: cells that held what their column may not.")
    for line in made.not_read:
        console.print(f"Not written: {escape(line)}")
    console.print("[bold]These files are personal data still.[/] They disclose:")
    for line in made.disclosed:
        console.print(f"  - {escape(line)}")
