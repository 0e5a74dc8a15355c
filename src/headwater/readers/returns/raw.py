"""A table of a return as it is written, before any cell is understood."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.finding import Finding

if TYPE_CHECKING:
    import polars as pl

ROW = "row"
"""The column that says where a row stands in its file."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a return.

    Parameters
    ----------
    form
        The return: "ssda903", "cin", "annex_a" or "ssd".
    table
        The layout's name of the table.
    file
        The file, and the sheet of a workbook or the path within a zip, as a user finds it.
    hash
        SHA-256 of the file.
    frame
        Text in the layout's column names, "" where blank, and `row`: the row of the file, its
        heading being row 1, or the line of an XML document.
    """

    form: str
    table: str
    file: str
    hash: str
    frame: "pl.DataFrame"
    findings: tuple[Finding, ...] = ()
