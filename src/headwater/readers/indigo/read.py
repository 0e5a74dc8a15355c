"""Find the files, read each in its form, put the rows together, check them."""

from dataclasses import dataclass
from pathlib import Path

from headwater.core.errors import InputError, Problem
from headwater.core.finding import Finding, Where, found
from headwater.core.indigo import Exchange, Record
from headwater.readers.indigo.assemble import assemble
from headwater.readers.indigo.check import check
from headwater.readers.indigo.document import read_document
from headwater.readers.indigo.files import File, files_of
from headwater.readers.indigo.tables import read_csv
from headwater.readers.indigo.workbook import read_workbook

FORMS = {".csv": read_csv, ".json": read_document, ".xlsx": read_workbook}
"""What reads each kind of file."""
MOST_FINDINGS = 10_000
"""Findings kept of one exchange; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, from which files, and what is amiss."""

    exchange: Exchange
    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def read(path: Path) -> Reading:
    """Read every project at a path.

    Parameters
    ----------
    path
        A folder of CSV tables, one JSON document, one workbook, or a zip of such files.

    Raises
    ------
    InputError
        If there is nothing at the path that could be read at all.
    """
    findings: list[Finding] = []
    files = files_of(path, findings)
    records: list[Record] = []
    used: list[str] = []
    for file in files:
        before = len(records)
        records += _one(file, findings)
        used += [file.name] * (len(records) > before)
    if not files and not findings:
        raise InputError(
            Problem(
                str(path), "holds no CSV, JSON or XLSX file.", "Name a folder of tables or a file."
            )
        )
    exchange = assemble(records, findings)
    findings += check(exchange)
    return Reading(exchange, _cut(findings), tuple(used))


def _one(file: File, findings: list[Finding]) -> list[Record]:
    """Read one file; whatever a hostile one provokes is a finding."""
    try:
        return FORMS[file.suffix](file, findings)
    except (RecursionError, MemoryError):
        findings.append(
            found("wrong", Where(file.name), "nests too deep, or is too large, to read.")
        )
        return []


def _cut(findings: list[Finding]) -> tuple[Finding, ...]:
    kept = findings[:MOST_FINDINGS]
    if len(findings) > MOST_FINDINGS:
        more = f"and {len(findings) - MOST_FINDINGS:,} more findings."
        kept.append(Finding("noted", "all files", "", "", "", more))
    return tuple(kept)
