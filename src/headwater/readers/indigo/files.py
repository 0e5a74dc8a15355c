"""What lies at a path, opened with a limit on everything."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from headwater.core.errors import InputError, Problem
from headwater.core.finding import Finding, Where, found

KNOWN = (".csv", ".json", ".xlsx")
MOST_BYTES = 50_000_000
"""The largest file that is read; all that is published is a tenth of it."""
MOST_UNPACKED = 200_000_000
"""The most bytes that a zip or a workbook may unpack to."""
MOST_MEMBERS = 5_000
MOST_RATIO = 200
"""How many times its size a packed file may unpack to; XML and CSV stay below a hundred."""
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
"""What a packed file provokes that is not whole, or is packed in a way that is not known."""
SMALL = 1_000_000
"""Bytes up to which a packed file's ratio does no harm."""


@dataclass(frozen=True, slots=True)
class File:
    """One file in memory."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """Its ending in small letters."""
        return PurePosixPath(self.name).suffix.casefold()


def files_of(path: Path, findings: list[Finding]) -> list[File]:
    """Return the files at a path that can be read, and find why others cannot.

    Raises
    ------
    InputError
        If there is nothing at the path, or something that is no folder and no known file.
    """
    try:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix.casefold() in KNOWN)
            return [file for each in inside for file in _opened(each, findings)]
        if not path.is_file():
            raise InputError(
                Problem(str(path), "is neither a folder nor a file.", "Check the path.")
            )
        if path.suffix.casefold() not in (*KNOWN, ".zip"):
            raise InputError(
                Problem(
                    str(path),
                    "is no CSV, JSON, XLSX or zip file.",
                    "Name one, or a folder of tables.",
                )
            )
        return [*_opened(path, findings)]
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read ({error.strerror}).")) from error


def _opened(path: Path, findings: list[Finding]) -> Iterator[File]:
    """Yield a file, or those packed in it."""
    where = Where(path.name)
    if not path.is_file():
        findings.append(found("wrong", where, "is not a plain file; it was not read."))
        return
    if path.stat().st_size > MOST_BYTES:
        rule = f"is larger than {MOST_BYTES:,} bytes; it was not read."
        findings.append(found("wrong", where, rule, remedy="Split it by project."))
        return
    file = File(path.name, path.read_bytes())
    if file.suffix == ".zip":
        yield from _packed(file, findings)
    else:
        yield file


def _packed(file: File, findings: list[Finding]) -> Iterator[File]:
    """Yield the known files packed in a zip; nothing is unpacked to disk."""
    if not unpacks_safely(file, findings):
        return
    with zipfile.ZipFile(BytesIO(file.data)) as packed:
        for entry in packed.infolist():
            if PurePosixPath(entry.filename).suffix.casefold() not in KNOWN:
                continue
            name = f"{file.name}/{entry.filename}"
            if entry.file_size > MOST_BYTES or entry.flag_bits & 1:
                rule = "is too large or under a password; it was not read."
                findings.append(found("wrong", Where(name), rule))
                continue
            try:
                yield File(name, packed.read(entry))
            except UNREADABLE as error:
                rule = f"cannot be unpacked ({type(error).__name__}); it was not read."
                findings.append(found("wrong", Where(name), rule, remedy="Pack it again."))


def unpacks_safely(file: File, findings: list[Finding]) -> bool:
    """Tell whether a zip (a workbook is one) unpacks to a bearable size; if not, find why."""
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as packed:
            entries = packed.infolist()
    except UNREADABLE as error:
        rule = f"is not a whole {file.suffix[1:]} file ({error})."
        findings.append(found("wrong", Where(file.name), rule, remedy="Save or download it again."))
        return False
    total = sum(entry.file_size for entry in entries)
    ratios = [
        entry.file_size / max(entry.compress_size, 1)
        for entry in entries
        if entry.file_size > SMALL
    ]
    for fault, bad in (
        (f"unpacks to more than {MOST_UNPACKED:,} bytes", total > MOST_UNPACKED),
        (f"holds more than {MOST_MEMBERS:,} files", len(entries) > MOST_MEMBERS),
        (f"holds a file packed more than {MOST_RATIO} to one", max(ratios, default=0) > MOST_RATIO),
    ):
        if bad:
            findings.append(found("wrong", Where(file.name), f"{fault}; it was not read."))
            return False
    return True
