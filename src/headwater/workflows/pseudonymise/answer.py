"""From a return and a key to the same return without identifiers."""

import os
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import headwater.catalogue.returns as catalogue
from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.readers.returns import ssda903
from headwater.readers.returns.pieces import Piece, pieces
from headwater.readers.returns.pseudonyms import pseudonym, pseudonymised
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.recognise import tables_of
from headwater.readers.table_file import read_table
from headwater.workflows.measure.members import STARTS
from headwater.workflows.pseudonymise.result import Pseudonymised, WrittenFile

FORM = "ssda903"
KEY_BYTES = 32
LISTED = ("who", *STARTS, "cohort", "group")
"""Columns of a cohort list that are kept."""
DISCLOSED = (
    "the days on which episodes, reviews and times missing began and ended",
    "the month of birth, sex and ethnicity",
    "placements, legal statuses, needs and reasons, in the return's codes",
    "the outward part of postcodes (NR1), and the number of the home or agency (URN)",
    "which rows are of one child: whoever knows enough of a child's dates may know the child again",
)
"""What remains: such files are personal data still."""


def make_key(path: Path) -> None:
    """Write a new key, readable by its owner alone.

    Raises
    ------
    InputError
        If the file is there already: a key that is lost cannot be made again.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        what = "is there already, and is not written over."
        raise InputError(Problem(str(path), what, "Use it, or name another file.")) from error
    except OSError as error:
        what = f"cannot be written ({error.strerror})."
        raise InputError(Problem(str(path), what, "Choose another place.")) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")


def read_key(path: Path) -> bytes:
    """Return the key in a file.

    Raises
    ------
    InputError
        If there is none, or it is too short to keep a secret.
    """
    try:
        text = path.read_text(encoding="ascii").strip()
        key = bytes.fromhex(text)
    except OSError as error:
        what = f"cannot be read ({error.strerror})."
        raise InputError(Problem(str(path), what, "Make one: --make-key.")) from error
    except ValueError as error:
        what = "is no key: it must be hexadecimal digits."
        raise InputError(Problem(str(path), what, "Make one: --make-key.")) from error
    if len(key) < KEY_BYTES:
        what = f"holds {len(key)} bytes, and {KEY_BYTES} are needed to keep a secret."
        raise InputError(Problem(str(path), what, "Make one: --make-key."))
    return key


def pseudonymise(
    paths: Sequence[Path], *, key: bytes, out: Path, cohorts: Sequence[Path] = ()
) -> Pseudonymised:
    """Write every table of a return, and cohort lists, under keyed pseudonyms.

    Raises
    ------
    InputError
        If the folder is not empty, nothing can be read, or a list has no column `who`.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(Problem(str(out), "is not an empty folder.", "Name a new one."))
    held, findings = pieces(paths)
    not_read = [str(finding) for finding in findings]
    written: list[WrittenFile] = []
    taken: set[str] = set()
    for piece in held:
        read = list(tables_of(piece))
        found = [each for each in read if isinstance(each, RawTable) and each.form == FORM]
        refused = [str(each) for each in read if not isinstance(each, RawTable)]
        not_read += refused
        if not found and not refused:
            not_read.append(f"{piece.name}: is no file of this return.")
        written += _write(piece, found, key, out, taken)
    written += [_cohort(path, key, out, taken) for path in cohorts]
    if not written:
        raise InputError(Problem("return", each) for each in not_read[:20])
    return Pseudonymised(tuple(written), tuple(not_read), DISCLOSED)


def _write(
    piece: Piece, found: list[RawTable], key: bytes, out: Path, taken: set[str]
) -> Iterator[WrittenFile]:
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    layouts = ssda903.layout().tables
    for table in dict.fromkeys(raw.table for raw in found):
        own = [pseudonymised(raw, layouts[table], key) for raw in found if raw.table == table]
        frame = pl.concat([each for each, _ in own])
        place = _place(out, piece.name, table, taken)
        place.parent.mkdir(parents=True, exist_ok=True)
        frame.with_columns(pl.all().replace("", None)).write_csv(place)
        yield WrittenFile(
            piece.name,
            layouts[table].title,
            place.relative_to(out).as_posix(),
            _count(frame.height, "rows"),
            _count(sum(blanked for _, blanked in own), "cells"),
        )


def _cohort(path: Path, key: bytes, out: Path, taken: set[str]) -> WrittenFile:
    import polars as pl  # noqa: PLC0415

    table = read_table(path)
    if "who" not in table.frame.columns:
        raise InputError(Problem(table.name, "has no column 'who'.", "Add it: one key a row."))
    who = [pseudonym(key, "child", each) if each else "" for each in table.frame["who"].to_list()]
    place = _place(out, path.name, "cohort", taken)
    out.mkdir(parents=True, exist_ok=True)
    kept = [name for name in table.frame.columns if name in LISTED]
    frame = table.frame.with_columns(pl.Series("who", who)).select(kept)
    frame.with_columns(pl.all().replace("", None)).write_csv(place)
    rows, none = _count(len(who), "rows"), _count(0, "cells")
    return WrittenFile(path.name, "Cohort list", place.name, rows, none)


def _place(out: Path, name: str, table: str, taken: set[str]) -> Path:
    """Return a new place within the folder, whatever the name of what was read."""
    parts = [re.sub(r"[^A-Za-z0-9_-]+", "-", part).strip("-") for part in Path(name).parts[:-1]]
    stem = "/".join([*(part for part in parts if part), table])
    place, number = f"{stem}.csv", 1
    while place in taken:
        number += 1
        place = f"{stem}-{number}.csv"
    taken.add(place)
    return out / place


def _count(value: int, unit: str) -> Figure:
    return Figure(value, unit, "computed", catalogue.layout(FORM).sources)
