"""Keyed pseudonyms of a return: identifiers replaced, births and postcodes made coarse.

Only what a column may hold is kept: anything else could be a name that was typed into it.
"""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from headwater.core.layout import Column, TableLayout
from headwater.readers.returns.raw import RawTable

if TYPE_CHECKING:
    import polars as pl

IDENTIFIERS = {"CHILD": "child", "UPN": "pupil", "SW_ID": "worker"}
"""Columns replaced by a pseudonym, and the kind that keeps theirs apart from others'."""
BIRTHS = ("DOB", "MC_DOB")
UNKNOWN_UPN = r"^UN[1-7]$"
LETTERS = 16
"""Letters of a pseudonym: 80 bits."""
DATE = r"^(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})$"
SHORT = r"^[A-Za-z0-9]{1,10}$"
OUTWARD = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)\s*[0-9][A-Z]{2}$"
WHOLE = r"^\d{1,6}$"
PARTLY = r"^[zZ\d]{2}/[zZ\d]{2}/[zZ\d]{4}$"


def pseudonym(key: bytes, kind: str, identifier: str) -> str:
    """Return the pseudonym of an identifier: HMAC-SHA-256 under the key, 16 letters.

    Blanks around it are taken off, as they are where a return is read.
    """
    said = f"{kind}\0{identifier.strip()}".encode()
    return b32encode(hmac.digest(key, said, hashlib.sha256)).decode()[:LETTERS].lower()


def pseudonymised(raw: RawTable, layout: TableLayout, key: bytes) -> tuple["pl.DataFrame", int]:
    """Return a table without identifiers, and how many cells were blanked for what they held."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    made: dict[str, pl.Series] = {}
    blanked = 0
    for name, column in layout.columns.items():
        cells = raw.frame[name].str.strip_chars()
        kept = _kept(cells, column, key)
        made[name] = kept
        blanked += int(((cells != "") & (kept == "")).sum())
    if "YEAR" in raw.frame.columns:
        made["YEAR"] = raw.frame["YEAR"].str.extract(r"(\d{4})$").fill_null("")
    return pl.DataFrame(made), blanked


def _kept(cells: "pl.Series", column: Column, key: bytes) -> "pl.Series":
    if column.name in IDENTIFIERS:
        return _replaced(cells, IDENTIFIERS[column.name], key)
    if column.name in BIRTHS:
        dates = _only(cells, DATE)
        return dates.str.replace(r"^\d{1,2}/", "01/").str.replace(r"^(\d{4}-\d{2})-\d{2}$", "$1-01")
    if column.kind == "code":
        return _among(cells, column.codes)
    if column.kind == "postcode":
        return cells.str.to_uppercase().str.extract(OUTWARD).fill_null("")
    allowed = {"date": DATE, "partial date": f"{PARTLY}|{DATE}", "whole number": WHOLE}
    return _only(cells, allowed.get(column.kind, SHORT))


def _replaced(cells: "pl.Series", kind: str, key: bytes) -> "pl.Series":
    """Return pseudonyms; a code for an unknown pupil number stays as it is."""
    import polars as pl  # noqa: PLC0415

    words = cells.unique().to_list()
    stays = (
        set(cells.filter(cells.str.contains(UNKNOWN_UPN)).unique()) if kind == "pupil" else set()
    )
    named: Mapping[str, str] = {
        word: word if word in stays or not word else pseudonym(key, kind, word) for word in words
    }
    return cells.replace_strict(named, return_dtype=pl.String)


def _only(cells: "pl.Series", pattern: str) -> "pl.Series":
    import polars as pl  # noqa: PLC0415

    frame = cells.to_frame("cell")
    fits = pl.col("cell").str.contains(pattern)
    return frame.select(pl.when(fits).then("cell").otherwise(pl.lit("")))["cell"]


def _among(cells: "pl.Series", codes: Mapping[str, object]) -> "pl.Series":
    import polars as pl  # noqa: PLC0415

    frame = cells.to_frame("cell").with_columns(pl.col("cell").str.to_uppercase())
    known = pl.col("cell").is_in([*codes, "LIIAF", "E99"])
    return frame.select(pl.when(known).then("cell").otherwise(pl.lit("")))["cell"]
