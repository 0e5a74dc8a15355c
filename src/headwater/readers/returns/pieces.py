"""The files behind paths: single files, folders and zips, each within bounds.

Names within a zip are labels: nothing is ever unpacked to disk.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.core.errors import InputError, Problem
from headwater.core.finding import Finding, Where, found

MOST_BYTES = 4_000_000_000
"""A file larger than this is not read, nor a zip that holds more than this in all."""
MOST_FILES = 10_000
DENSEST = 1_000
"""A member of a zip that unpacks to more than so many times its size, and more than a little."""
LITTLE = 10_000_000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    LookupError,
    struct.error,
)
"""What a zip provokes that is not whole, or is packed in a way that is not known."""
ZIP = b"PK\x03\x04"
WORKBOOK_PARTS = ("xl/workbook.xml", "[Content_Types].xml")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name as a user finds it, and what it holds."""

    name: str
    data: bytes


def pieces(paths: Sequence[Path]) -> tuple[list[Piece], list[Finding]]:
    """Return the files behind paths, in order of their names, and what could not be read.

    Raises
    ------
    InputError
        If a path does not exist, or no file is behind any of them.
    """
    gone = [path for path in paths if not path.exists()]
    if gone:
        raise InputError(Problem(str(path), "does not exist.", "Check the path.") for path in gone)
    held: list[Piece] = []
    findings: list[Finding] = []
    for path in paths:
        for name, file in _files(path):
            _read(name, file, held, findings)
    if not held and not findings:
        raise InputError(
            Problem(", ".join(map(str, paths)), "holds no file.", "Name a return's files.")
        )
    return held, findings


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield a file, or those of a folder, hidden ones left out."""
    if not path.is_dir():
        yield path.name, path
        return
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    for file in inside[:MOST_FILES]:
        name = file.relative_to(path)
        if not any(part.startswith((".", "~$")) for part in name.parts):
            yield name.as_posix(), file


def _read(name: str, file: Path, held: list[Piece], findings: list[Finding]) -> None:
    try:
        if file.stat().st_size > MOST_BYTES:
            findings.append(
                _not_read(name, f"is larger than {MOST_BYTES:,} bytes", "Split the file.")
            )
            return
        data = file.read_bytes()
    except OSError as error:
        findings.append(_not_read(name, f"cannot be read ({error.strerror})", "Check the file."))
        return
    if data.startswith(ZIP) and not _is_workbook(data):
        _unzip(name, data, held, findings)
    elif not data.strip():
        findings.append(_not_read(name, "is empty", "Export it again."))
    else:
        held.append(Piece(name, data))


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(part in archive.NameToInfo for part in WORKBOOK_PARTS)
    except BROKEN:
        return False


def _unzip(name: str, data: bytes, held: list[Piece], findings: list[Finding]) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        findings.append(_not_read(name, f"is no zip that can be opened ({error})", "Zip it again."))
        return
    with archive:
        members = [each for each in archive.infolist() if not each.filename.endswith("/")]
        if len(members) > MOST_FILES:
            findings.append(
                _not_read(name, f"holds {len(members):,} files, more than {MOST_FILES:,}", "")
            )
            return
        room = MOST_BYTES
        for member in sorted(members, key=lambda each: each.filename):
            room -= _member(name, archive, member, room, held, findings)


def _member(
    name: str,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    room: int,
    held: list[Piece],
    findings: list[Finding],
) -> int:
    """Read one member, never past what it declares or what room is left; return its size."""
    inner = f"{name}/{member.filename}"
    if Path(member.filename).name.startswith((".", "~$")) or "__MACOSX" in member.filename:
        return 0
    why = _refused(member, room)
    if why:
        findings.append(_not_read(inner, *why))
        return 0
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except BROKEN as error:
        findings.append(_not_read(inner, f"cannot be unpacked ({error})", "Zip it again."))
        return 0
    if len(data) > member.file_size:
        findings.append(_not_read(inner, "holds more than the zip declares", "Zip it again."))
    elif data.startswith(ZIP) and not _is_workbook(data):
        findings.append(_not_read(inner, "is a zip within a zip", "Unpack it and name its files."))
    elif not data.strip():
        findings.append(_not_read(inner, "is empty", "Export it again."))
    else:
        held.append(Piece(inner, data))
    return len(data)


def _refused(member: zipfile.ZipInfo, room: int) -> tuple[str, str] | None:
    if member.flag_bits & 1:
        return "is locked with a password", "Zip it without one."
    if member.file_size > room:
        return f"would unpack to {member.file_size:,} bytes, more than is read", "Split the file."
    dense = member.file_size > max(LITTLE, DENSEST * max(1, member.compress_size))
    if dense:
        return (
            f"would unpack from {member.compress_size:,} to {member.file_size:,} bytes",
            "Name the unpacked file, if it is truly so large.",
        )
    return None


def _not_read(name: str, what: str, remedy: str) -> Finding:
    return found("wrong", Where(name), f"{what}; it is not read.", remedy=remedy)
