"""Every form that is asked for, as files."""

from typing import TYPE_CHECKING

from headwater.synthesis.files import pipeline_files, upload_file, upload_name

if TYPE_CHECKING:
    from headwater.workflows.synthesise.answer import Made

CSV = "SSDA903 in CSV"
PIPELINE = "SSDA903 as a pipeline leaves it"


def form_files(made: "Made") -> dict[str, tuple[str, bytes]]:
    """Return files by their path: their form and their bytes."""
    files: dict[str, tuple[str, bytes]] = {}
    forms = made.asked.forms
    if "csv" in forms and made.asked.shape == "upload":
        for sheet in made.rows.sheets.values():
            files[upload_name(sheet)] = (CSV, upload_file(sheet))
    if "csv" in forms and made.asked.shape == "pipeline":
        for name, data in pipeline_files(made.rows, made.place.name).items():
            files[name] = (PIPELINE, data)
    return files
