"""Write an exchange: the ending of the name says in which form."""

from collections.abc import Mapping
from pathlib import Path

from headwater.core.errors import InputError, Problem
from headwater.core.indigo import Exchange
from headwater.reporting.indigo import to_csv, to_document, to_workbook


def export(exchange: Exchange, target: Path) -> Mapping[Path, bytes]:
    """Return the files to write, by path.

    Parameters
    ----------
    target
        A name ending in .json or .xlsx is one file; one without ending a folder of CSV tables.

    Raises
    ------
    InputError
        If the name has another ending, or a text does not fit the form.
    """
    ending = target.suffix.casefold()
    if ending == ".json":
        return {target: to_document(exchange).encode()}
    if ending == ".xlsx":
        return {target: to_workbook(exchange)}
    if ending and not target.is_dir():
        raise InputError(
            Problem(
                str(target),
                f"'{ending}' is no form of INDIGO data.",
                "Name a folder, a .json or an .xlsx.",
            )
        )
    return {target / name: content for name, content in to_csv(exchange).items()}
