"""What the standard expects of rows that have been read: ids, references, codes, dates, amounts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from headwater.catalogue.indigo import STATUSES, Field, Table, standard
from headwater.core.errors import did_you_mean
from headwater.core.finding import Finding, Level, found
from headwater.core.indigo import Exchange, Project, Record
from headwater.core.indigo_text import plain_number, read_number
from headwater.core.partial_date import Period, read_date, read_other_date

CURRENCY = re.compile(r"^[A-Z]{3}$")
PROJECT = re.compile(r"^INDIGO-POJ-\d{4,}$")
REFERENCES = {
    "outcome_metric_id/value": ("outcome_metrics", "id"),
    "outcome_payment_plan_id/value": ("outcome_payment_plans", "id/value"),
    "investment_id/value": ("investments", "id"),
}
"""Paths that name a row of another table of the same project: that table, and its id."""
NEED_A_METRIC = {"outcome_pricings", "results", "outcome_payments"}
NOT_A_DATE = "is no date."
AS_A_DATE = "Write it as 2019, 2019-04 or 2019-04-30."
AS_A_NUMBER = "Write digits only: 250000."


def check(exchange: Exchange) -> list[Finding]:
    """Return what is amiss, row by row, and what refers to nothing."""
    findings = [each for row in exchange.records for each in _row(row)]
    held = {row.table for row in exchange.records}
    for project in exchange.projects:
        findings += _project(project, held)
    findings += [
        found(
            "wrong",
            row.where,
            "names no project; it is kept.",
            column="Project ID",
            remedy="Say whose it is.",
        )
        for row in exchange.unplaced
    ]
    return findings


def _row(row: Record) -> Iterator[Finding]:
    """Yield what is amiss in the values of one row."""
    table = standard().table(row.table)
    for path, cell in row.cells:
        field = table.fields.get(path)
        if cell.json or field is None:
            continue
        yield from _value(row, field, cell.text)
    yield from _period(row, table)
    yield from _money(row, table)


def _value(row: Record, field: Field, text: str) -> Iterator[Finding]:
    said = {
        "code": _code,
        "status": _code,
        "number": _number,
        "date": _date,
    }.get(field.kind)
    level, rule, remedy = said(field, text) if said else _currency(field, text)
    if level is not None:
        yield found(level, row.where, rule, column=field.title, value=text, remedy=remedy)


Said = tuple[Level | None, str, str]
FINE: Said = (None, "", "")


def _code(field: Field, text: str) -> Said:
    known = field.codes or STATUSES
    if text in known:
        return FINE
    near = did_you_mean(text.strip(), known).strip()
    remedy = near or f"Known: {', '.join(known[:6])}{'…' if len(known) > 6 else '.'}"
    return "wrong", "is not in the code list.", remedy


def _number(_: Field, text: str) -> Said:
    if plain_number(text):
        return FINE
    if (value := read_number(text)) is not None:
        return "doubtful", f"is no plain number; it is read as {value}.", AS_A_NUMBER
    return "wrong", "is no number; it enters no comparison.", AS_A_NUMBER


def _date(_: Field, text: str) -> Said:
    if read_date(text):
        return FINE
    if (value := read_other_date(text)) is not None:
        return (
            "doubtful",
            f"is not written as the standard has it; it is read as {value}.",
            AS_A_DATE,
        )
    return "wrong", NOT_A_DATE, AS_A_DATE


def _currency(field: Field, text: str) -> Said:
    if not field.path.endswith("currency/value") or CURRENCY.match(text):
        return FINE
    return "wrong", "is no currency.", "Write its three capital letters: GBP."


def _period(row: Record, table: Table) -> Iterator[Finding]:
    if "period/start_date/value" not in table.fields:
        return
    start, end = (row.value(f"period/{each}_date/value") for each in ("start", "end"))
    if Period(end.date, end.date).before(Period(start.date, start.date)):
        value = f"{start.text} to {end.text}"
        yield found(
            "wrong",
            row.where,
            "ends before it starts.",
            column="Period",
            value=value,
            remedy="Check both dates.",
        )


def _money(row: Record, table: Table) -> Iterator[Finding]:
    """Yield amounts that no currency stands beside."""
    for path, field in table.fields.items():
        if field.kind != "number" or not re.search(
            r"(^|/)(amount|planned|actual)(/\w+)?/value$", path
        ):
            continue
        beside = _currency_path(path, table)
        if beside and row.text(path) and not row.text(beside):
            yield found(
                "wrong",
                row.where,
                "has no currency beside it.",
                column=field.title,
                value=row.text(path),
                remedy="Name the currency: GBP.",
            )


def _currency_path(path: str, table: Table) -> str:
    """Return where the currency of an amount stands: the nearest above it."""
    steps = path.split("/")
    for depth in range(len(steps) - 1, -1, -1):
        beside = "/".join([*steps[:depth], "currency", "value"])
        if beside in table.fields:
            return beside
    return ""


def _project(project: Project, held: set[str]) -> Iterator[Finding]:
    """Yield what is amiss between the rows of one project."""
    first = project.record or project.rows[0]
    if not PROJECT.match(project.id):
        rule = "is not an id as the standard gives them (INDIGO-POJ-0001)."
        yield found("noted", first.where, rule, column="Project ID", value=project.id)
    if project.record is None and "projects" in held:
        rule = "is no row of the projects; its rows are kept."
        yield found(
            "wrong",
            first.where,
            rule,
            column="Project ID",
            value=project.id,
            remedy="Add the project, or put the id right.",
        )
    yield from _twice(project)
    ids = {table: _ids(project, table, own) for table, own in REFERENCES.values()}
    for row in project.rows:
        yield from _references(project, row, {t: names for t, names in ids.items() if t in held})


def _ids(project: Project, table: str, path: str) -> dict[str, None]:
    """Return the ids of a project's rows in one table, in order."""
    return {row.text(path): None for row in project.rows if row.table == table}


def _twice(project: Project) -> Iterator[Finding]:
    """Yield rows whose id another row of the same table has."""
    rows = [
        (row, path, row.text(path))
        for row in project.rows
        for path in ("id", "id/value")
        if path in standard().table(row.table).fields and row.text(path)
    ]
    counted = Counter((row.table, name) for row, _, name in rows)
    for row, path, name in rows:
        if counted[row.table, name] > 1:
            column = standard().table(row.table).fields[path].title
            rule = f"is the id of {counted[row.table, name]} rows of {project.id}; all are kept."
            yield found(
                "wrong", row.where, rule, column=column, value=name, remedy="Give each its own id."
            )


def _references(
    project: Project, row: Record, ids: Mapping[str, Mapping[str, None]]
) -> Iterator[Finding]:
    """Yield references to rows that are not there, and rows that name no metric."""
    fields = standard().table(row.table).fields
    for path, (table, _) in REFERENCES.items():
        if path not in fields:
            continue
        name, column = row.text(path), fields[path].title
        if name and table in ids and name not in ids[table]:
            rule = f"names no row of {standard().table(table).title} of {project.id}; it is kept."
            near = did_you_mean(name, [each for each in ids[table] if each]).strip()
            yield found("wrong", row.where, rule, column=column, value=name, remedy=near)
        if not name and path == "outcome_metric_id/value" and row.table in NEED_A_METRIC:
            rule = "names no outcome metric; it is kept and compared with nothing."
            yield found("noted", row.where, rule, column=column)
