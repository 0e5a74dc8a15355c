"""`headwater indigo`: impact bond data read, price × result beside payment, and written again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headwater.workflows.indigo import Answer

FILES = "Files"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("indigo")(indigo)


def indigo(
    path: Annotated[
        Path | None,
        typer.Argument(help="A folder of CSV tables, a .json, an .xlsx, or a .zip of them."),
    ] = None,
    project: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Show one project, every line of it; of an agreement, the id that it gets.",
        ),
    ] = None,
    agreement: Annotated[
        str | None,
        typer.Option(metavar="CONTRACT", help="An agreement, to be written as INDIGO data."),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.json",
            help="Of the agreement's settlement: its results and payments too. It is worked out "
            "again.",
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="The whole result.", rich_help_panel=FILES),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="Every table.", rich_help_panel=FILES),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="DIR|FILE",
            help="The data again: a folder of CSV tables, a .json or an .xlsx.",
            rich_help_panel=FILES,
        ),
    ] = None,
) -> None:
    """Read INDIGO data on impact bonds and set price × result beside payment, line by line.

    Nothing is mended or filled in: what is amiss is listed, and where a price, a result or a
    payment is missing, the line says so. With --agreement and --certificate it writes an
    agreement's own prices, results and payments as such data.
    """
    from headwater.cli.indigo_screen import show_indigo
    from headwater.cli.output import check_writable, console
    from headwater.workflows.indigo import answer, answer_of

    one = export if export is not None and export.suffix else None
    source = _source(path, agreement, certificate)
    check_writable(json, xlsx, one, reading=str(source) if source.is_file() else "")
    _check_folder(export, source)
    if agreement is not None:
        done = answer_of(agreement, certificate=certificate, project=project)
    else:
        done = answer(source)
    _check_project(project, done)
    _write(done, json, xlsx, export)
    show_indigo(console, done.result, project)


def _source(path: Path | None, agreement: str | None, certificate: Path | None) -> Path:
    """Return what is read: data, or an agreement; one of them."""
    from headwater.core.errors import InputError, Problem

    if (path is None) == (agreement is None):
        what = "names both." if path is not None else "names neither."
        raise InputError(Problem("data or --agreement", what, "Name one of them."))
    if certificate is not None and agreement is None:
        raise InputError(Problem("--certificate", "is of an agreement.", "Name it: --agreement."))
    return path if path is not None else Path(str(agreement))


def _check_folder(export: Path | None, path: Path) -> None:
    """Refuse a folder that cannot be made, or that is the one being read."""
    from headwater.core.errors import InputError, Problem

    if export is None or export.suffix:
        return
    if export.exists() and not export.is_dir():
        raise InputError(Problem(str(export), "is a file.", "Name a folder, a .json or an .xlsx."))
    if export.resolve() == path.resolve():
        raise InputError(Problem(str(export), "is what is being read.", "Name another folder."))
    if not export.resolve().parent.is_dir():
        above = export.resolve().parent
        raise InputError(Problem(str(export), f"there is no folder '{above}'.", "Create it first."))


def _check_alone(folder: Path, files: list[Path]) -> None:
    """Refuse a folder whose other files would be read as part of what is written there."""
    from headwater.core.errors import InputError, Problem

    known = {".csv", ".json", ".xlsx"}
    own = {path.name for path in files}
    other = sorted(p.name for p in folder.iterdir() if p.suffix.casefold() in known)
    stray = [name for name in other if name not in own]
    if stray:
        what = f"holds '{stray[0]}', which would be read with what is written."
        raise InputError(Problem(str(folder), what, "Name an empty folder."))


def _check_project(project: str | None, done: "Answer") -> None:
    from headwater.core.errors import InputError, Problem, did_you_mean

    known = [each.id for each in done.result.projects]
    if project is not None and project not in known:
        what = f"no project '{project}' was read.{did_you_mean(project, known)}"
        raise InputError(Problem("--project", what))


def _write(done: "Answer", json: Path | None, xlsx: Path | None, export: Path | None) -> None:
    """Write the files that were asked for."""
    from headwater.cli.output import check_writable, make_folder, write_whole
    from headwater.reporting.documents import to_json
    from headwater.workflows.indigo import export as exported
    from headwater.workflows.indigo.sheets import workbook
    from headwater.workflows.indigo.sources import works

    if json is not None:
        write_whole(json, to_json("indigo", done.result, works()))
    if xlsx is not None:
        write_whole(xlsx, workbook(done.result))
    if export is not None:
        files = exported(done.exchange, export)
        if not export.suffix:
            make_folder(export)
            _check_alone(export, [*files])
        check_writable(*files)
        for name, content in files.items():
            write_whole(name, content)
