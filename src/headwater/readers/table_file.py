"""A table from outside, as text: CSV, JSON or Parquet, every cell as it was written."""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.core.errors import InputError, Problem

if TYPE_CHECKING:
    import polars as pl

MOST_BYTES = 4_000_000_000
"""A file larger than this is not read whole."""
SEPARATORS = ",;\t"
MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "a zip or a workbook"}
"""How files begin that are no text in UTF-8, and no Parquet."""
PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table, every cell text without blanks around it, "" where empty.

    Parameters
    ----------
    hash
        SHA-256 of the file.
    """

    name: str
    hash: str
    frame: "pl.DataFrame"


def read_table(path: Path) -> TableFile:
    """Read a table by what the file holds, not by its name.

    Raises
    ------
    InputError
        If it cannot be read, or is no table.
    """
    data = _bytes(path)
    name = path.name
    for mark, what in MARKS.items():
        if data.startswith(mark):
            raise InputError(
                Problem(name, f"is {what}, not CSV, JSON or Parquet.", "Save it as CSV in UTF-8.")
            )
    frame = _frame(name, data)
    if not frame.width:
        raise InputError(Problem(name, "holds no table.", "Its first row must name its columns."))
    return TableFile(name, hashlib.sha256(data).hexdigest(), _as_text(frame))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir() or size > MOST_BYTES:
            what = "is a folder." if path.is_dir() else f"is larger than {MOST_BYTES:,} bytes."
            raise InputError(Problem(path.name, what, "Name a CSV, JSON or Parquet file."))
        return path.read_bytes()
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read ({error.strerror}).")) from error


def _frame(name: str, data: bytes) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    try:
        if data.startswith(PARQUET):
            return pl.read_parquet(io.BytesIO(data))
        text = _text(name, data)
        if text.lstrip()[:1] in {"[", "{"}:
            return _from_json(name, text)
        return _from_csv(name, text)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        said = str(error).splitlines()[0][:200]
        raise InputError(
            Problem(name, f"is no table that can be read: {said}.", "Save it as CSV in UTF-8.")
        ) from error


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise InputError(
            Problem(
                f"{name}, row {row:,}",
                f"byte 0x{data[error.start]:02x} is not UTF-8.",
                "Save the file as CSV in UTF-8.",
            )
        ) from error


def _from_csv(name: str, text: str) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415

    heading = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=heading.count)
    _check_heading(name, heading, separator)
    return pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, separator=separator)


def _check_heading(name: str, heading: str, separator: str) -> None:
    """Refuse a heading whose rows or columns cannot be told apart.

    Raises
    ------
    InputError
        If its lines end with a carriage return alone, or a column stands twice.
    """
    if "\r" in heading.rstrip("\r"):
        what = "ends its lines with a carriage return alone: its rows cannot be told apart."
        raise InputError(Problem(name, what, "Save it as CSV in UTF-8."))
    read = next(csv.reader([heading], delimiter=separator), [])
    columns = [column.strip().casefold().replace(" ", "_") for column in read]
    twice = [one for i, one in enumerate(columns) if one and one in columns[:i]]
    if twice:
        what = f"has a column '{twice[0]}' twice, and does not say which one counts."
        raise InputError(Problem(name, what, "Take one out, or give it another name."))


def _from_json(name: str, text: str) -> "pl.DataFrame":
    import json  # noqa: PLC0415

    import polars as pl  # noqa: PLC0415

    try:
        rows = json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=lambda pairs: _once_each(name, pairs),
        )
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(name, f"is not JSON: {error}.", "")) from error
    if isinstance(rows, dict):
        rows = rows.get("claims", [rows])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(Problem(name, "is not a list of records.", 'Write [{"claim": "…"}, …].'))
    names = dict.fromkeys(key for row in rows for key in row)
    return pl.DataFrame(
        {key: [None if row.get(key) is None else str(row[key]) for row in rows] for key in names},
        schema=dict.fromkeys(names, pl.String),
    )


def _once_each(name: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a record whose every name stands once.

    Raises
    ------
    InputError
        If one stands twice.
    """
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for i, key in enumerate(names) if key in names[:i])
        what = f"has '{twice}' twice in one record, and does not say which one counts."
        raise InputError(Problem(name, what, "Take one out."))
    return record


def _as_text(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Return every cell as text, headings in small letters with _ for blanks."""
    import polars as pl  # noqa: PLC0415

    names = {old: old.strip().casefold().replace(" ", "_") for old in frame.columns}
    cells = [
        pl.col(old).cast(pl.String).str.strip_chars().fill_null("").alias(f"{i}")
        for i, old in enumerate(frame.columns)
    ]
    frame = frame.select(cells)
    frame.columns = _distinct(list(names.values()))
    return frame


def _distinct(names: list[str]) -> list[str]:
    """Return names, a repeated one with its count, so that both are seen."""
    return [name if name not in names[:i] else f"{name} ({i + 1})" for i, name in enumerate(names)]
