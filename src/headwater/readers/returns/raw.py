"""One table of a return as it is written, before any cell is understood."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.core.finding import Finding

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a return as it is written: every cell text.

    Parameters
    ----------
    form
        "ssda903", "cin", "annex_a" or "ssd".
    table
        The layout's name of the table.
    file
        The file, and the sheet or the path inside it, as a user finds it.
    hash
        SHA-256 of the file.
    frame
        The layout's columns that the file has, as text, "" for blank; and `row`, a whole number:
        the row of the file, its heading being 1, or the line of an XML document.
    """

    form: str
    table: str
    file: str
    hash: str
    frame: "pl.DataFrame"
    findings: tuple[Finding, ...]
