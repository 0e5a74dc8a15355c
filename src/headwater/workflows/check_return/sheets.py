"""The workbook of a checked return: what was found, every fault, every repair."""

from headwater import __version__
from headwater.reporting.table import Table
from headwater.reporting.workbook import READ_ME, Lines, workbook_bytes
from headwater.workflows.check_return.result import CheckedReturn
from headwater.workflows.citations import cited

MOST = 500_000
"""Faults that a sheet takes; `--json` has all."""


def workbook(found: CheckedReturn) -> bytes:
    """Return the workbook; the same result gives the same bytes."""
    return workbook_bytes(
        title=", ".join((found.title, *found.years)),
        about=(f"Headwater {__version__}.", *READ_ME),
        tables=(
            _care(found),
            _said(found),
            _rules(found),
            _faults(found),
            _moved(found),
            _files(found),
        ),
        lists=(Lines("Rules not checked", found.not_checked),),
        works=cited(found),
    )


def _care(found: CheckedReturn) -> Table:
    columns = (
        "year",
        "children",
        "care days",
        "plain sum",
        "if repaired",
        "entered",
        "left",
        "looked after on 31 March",
        "days in short breaks",
    )
    rows = tuple(
        (
            line.year,
            line.children,
            line.days,
            line.plain_days,
            line.repaired_days,
            line.entered,
            line.left,
            line.on_last_day,
            line.short_breaks,
        )
        for line in found.care
    )
    return Table("care", "Care in the year", columns, rows, fold=False)


def _said(found: CheckedReturn) -> Table:
    columns = ("what", "children", "how often", "known from", "to")
    rows = tuple(
        (each.what, each.children, each.rows, each.first_day, each.last_day) for each in found.said
    )
    return Table("said", "What the files say", columns, rows, fold=False)


def _rules(found: CheckedReturn) -> Table:
    columns = ("rule", "how bad", "column", "what", "rows", "children", "may move", "may change")
    rows = tuple(
        (
            line.number,
            line.level,
            line.column,
            line.rule,
            line.rows,
            line.children,
            line.days,
            line.moves,
        )
        for line in found.rules
    )
    return Table("rules", "What is amiss", columns, rows, fold=False)


def _faults(found: CheckedReturn) -> Table:
    columns = (
        "rule",
        "how bad",
        "file",
        "row",
        "column",
        "value",
        "what",
        "remedy",
        "child",
        "days",
    )
    rows = tuple(
        (
            each.number,
            each.level,
            each.file,
            each.row,
            each.column,
            each.value,
            each.rule,
            each.remedy,
            each.child,
            each.days,
        )
        for each in found.faults[:MOST]
    )
    return Table("faults", "Every fault", columns, rows, fold=False)


def _moved(found: CheckedReturn) -> Table:
    columns = ("repair", "file", "row", "child", "end as returned", "end as repaired", "days")
    rows = tuple(
        (each.kind, each.file, each.row, each.child, each.before, each.after, each.days)
        for each in found.moved
    )
    return Table("repairs", "Every repair", columns, rows, fold=False)


def _files(found: CheckedReturn) -> Table:
    columns = ("file", "read as", "year", "rows", "SHA-256")
    rows = tuple((each.file, each.table, each.year, each.rows, each.hash) for each in found.files)
    return Table("files", "Files", columns, rows, fold=False)
