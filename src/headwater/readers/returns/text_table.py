"""A table of text from bytes: CSV in any usual encoding and separator, or JSON records.

A record that runs over lines, because a cell holds line breaks, is put together; a quotation mark
that is never closed costs its own line and no other.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from headwater.readers.returns.faults import Faults

SEPARATORS = ",;\t|"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENDS = re.compile(r"\r\n|\n|\r")
LONGEST = 50
"""Lines that one record may run over."""
Record = tuple[int, list[str]]
"""The line that a record begins on, counted from 1, and its cells."""


def decoded(data: bytes, faults: Faults) -> str:
    """Return the text; where it is not UTF-8 it is taken for Windows-1252, and that is found."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        faults.add("repaired", row, "is not UTF-8; the file was read as Windows-1252.")
        return data.decode("cp1252", errors="replace")


def records(text: str, faults: Faults) -> Iterator[Record]:
    """Yield the records of a CSV file, its heading first; blank lines are none."""
    lines = _ENDS.split(text.replace("\0", ""))
    heading = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=heading.count)
    at = wanted = 0
    while at < len(lines):
        taken = _record(lines, at, separator, wanted)
        if not taken:
            faults.add("wrong", at + 1, "opens a quotation mark that is never closed.")
            yield at + 1, lines[at].replace('"', "").split(separator)
            at += 1
            continue
        cells = _cells("\n".join(lines[at : at + taken]), separator)
        if any(cells):
            wanted = wanted or len(cells)
            yield at + 1, cells
        at += taken


def _record(lines: Sequence[str], at: int, separator: str, wanted: int) -> int:
    """Return over how many lines a record runs; nought where its quotation is not closed.

    One that runs over several must have as many cells as the heading.
    """
    marks = 0
    for taken in range(1, min(LONGEST, len(lines) - at) + 1):
        marks += lines[at + taken - 1].count('"')
        if marks % 2:
            continue
        if taken == 1:
            return taken
        cells = _cells("\n".join(lines[at : at + taken]), separator)
        return taken if len(cells) == wanted or not wanted else 0
    return 0


def _cells(record: str, separator: str) -> list[str]:
    try:
        rows = [*csv.reader([record], delimiter=separator)]
    except csv.Error:
        return record.split(separator)
    return [cell.strip() for cell in rows[0]] if rows else []


def from_json(text: str, faults: Faults) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield the lists of records of a JSON file with their names; "" for one that has none."""
    try:
        held = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        faults.add("wrong", getattr(error, "lineno", ""), f"is not JSON: {error}.")
        return
    named = held.items() if isinstance(held, dict) else [("", held)]
    lists = {str(name): rows for name, rows in named if isinstance(rows, list)}
    if isinstance(held, dict) and not lists:
        lists = {"": [held]}
    if not lists:
        faults.add("wrong", "", "is JSON, but no list of records.")
    for name, rows in lists.items():
        yield name, [row for row in rows if isinstance(row, dict)]
        bad = sum(not isinstance(row, dict) for row in rows)
        if bad:
            faults.add("wrong", "", "holds entries that are no records.", name, f"{bad:,}")


def plain_cell(value: Any) -> str:
    """Return a JSON value as the text of a cell; what is nested stays JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
