"""Every form that is asked for, as files."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from headwater.core.layout import ReturnYear
from headwater.synthesis.attendance import attendance
from headwater.synthesis.cin import cin
from headwater.synthesis.files import pipeline_files, upload_file, upload_name
from headwater.synthesis.ssda903_xml import ssda903_xml

if TYPE_CHECKING:
    from headwater.workflows.synthesise.answer import Made

File = tuple[str, bytes]
"""A file's path, and its bytes."""


def form_files(made: "Made") -> dict[str, tuple[str, bytes]]:
    """Return files by their path: their form and their bytes."""
    files: dict[str, tuple[str, bytes]] = {}
    for form in made.asked.forms:
        title, write = FORMS[form]
        files |= {name: (title, data) for name, data in write(made)}
    return files


def _csv(made: "Made") -> Iterator[File]:
    if made.asked.shape == "pipeline":
        yield from pipeline_files(made.rows, made.place.name).items()
        return
    for sheet in made.rows.sheets.values():
        yield upload_name(sheet), upload_file(sheet)


def _xml(made: "Made") -> Iterator[File]:
    for year in made.asked.returns:
        yield f"ssda903_xml/{ReturnYear(year)}.xml", ssda903_xml(made.rows, year).encode()


def _cin(made: "Made") -> Iterator[File]:
    for year in made.asked.returns:
        yield f"cin/{ReturnYear(year)}.xml", cin(made.lives, year).encode()


def _annex_a(made: "Made") -> Iterator[File]:
    from headwater.synthesis.annex_a import annex_a  # noqa: PLC0415 - loads a heavy library

    yield "annex_a.xlsx", annex_a(made.lives)


def _attendance(made: "Made") -> Iterator[File]:
    for year in made.asked.returns:
        yield f"attendance/{ReturnYear(year)}.csv", attendance(made.lives, year).encode()


FORMS: dict[str, tuple[str, Callable[["Made"], Iterator[File]]]] = {
    "csv": ("SSDA903 in CSV", _csv),
    "xml": ("SSDA903 in XML", _xml),
    "cin": ("children in need census", _cin),
    "annex-a": ("Ofsted Annex A", _annex_a),
    "attendance": ("attendance", _attendance),
}
"""How each form is called, and how it is written."""
