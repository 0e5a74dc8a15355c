"""The tables of an exchange's workbook: comparisons, plans, projects, findings."""

from headwater import __version__
from headwater.reporting.table import Table
from headwater.reporting.workbook import READ_ME, workbook_bytes
from headwater.workflows.indigo.result import IndigoResult
from headwater.workflows.indigo.sources import works

PAID = "Paid less due"


def workbook(result: IndigoResult) -> bytes:
    """Return the workbook; the same result gives the same bytes."""
    return workbook_bytes(
        title=f"INDIGO data in {result.path}",
        about=(*in_words(result), f"Headwater {__version__}.", *READ_ME),
        tables=[table for table in tables(result) if table.rows],
        lists=(),
        works=works(),
    )


def in_words(result: IndigoResult) -> tuple[str, ...]:
    """Return what was read and how it came out, in sentences."""
    rows = sum(int(figure.value or 0) for figure in result.tables.values())
    counts = (
        _counted(len(result.projects), "project"),
        _counted(rows, "row"),
        _counted(len(result.findings), "finding"),
    )
    lines = _counted(len(result.comparisons), "line")
    said = ", ".join(f"{figure.value or 0:,.0f} {name}" for name, figure in result.verdicts.items())
    return (
        f"{', '.join(counts)}.",
        f"Price × result beside payment, {lines}: {said or 'none'}.",
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def tables(result: IndigoResult) -> tuple[Table, ...]:
    """Return every table, whole."""
    return (comparisons(result), plans(result), projects(result), findings(result))


def comparisons(result: IndigoResult) -> Table:
    """Return price × result beside payment, line by line."""
    return Table(
        "comparisons",
        "Price × result beside payment",
        (
            "project",
            "metric",
            "period",
            "price",
            "result",
            "due",
            "paid",
            PAID,
            "verdict",
            "why",
            "flags",
            "rows",
        ),
        tuple(
            (
                line.project,
                line.metric,
                line.period,
                line.price,
                line.result,
                line.due,
                line.paid,
                line.difference,
                line.verdict,
                line.why,
                ", ".join(line.flags),
                "; ".join(line.where),
            )
            for line in result.comparisons
        ),
        note="Amounts stand in their own currencies and are never converted or added across them.",
    )


def plans(result: IndigoResult) -> Table:
    """Return what was planned beside what was paid."""
    return Table(
        "plans",
        "Planned beside paid",
        ("project", "plan", "period", "planned", "paid", "neither said"),
        tuple(
            (line.project, line.plan, line.period, line.planned, line.actual, line.unsaid)
            for line in result.plans
        ),
    )


def projects(result: IndigoResult) -> Table:
    """Return the projects and who takes part in them."""
    return Table(
        "projects",
        "Projects",
        ("project", "name", "status", "rows", "comparisons", "parties"),
        tuple(
            (
                line.id,
                line.name,
                line.status,
                ", ".join(f"{name} {figure.value:.0f}" for name, figure in line.rows.items()),
                ", ".join(f"{figure.value:.0f} {name}" for name, figure in line.verdicts.items()),
                "; ".join(f"{each.organisation} ({each.part})" for each in line.parties),
            )
            for line in result.projects
        ),
    )


def findings(result: IndigoResult) -> Table:
    """Return what is amiss in the data."""
    return Table(
        "findings",
        "Findings",
        ("level", "file", "row", "column", "value", "rule", "remedy"),
        tuple(
            (each.level, each.file, each.row, each.column, each.value, each.rule, each.remedy)
            for each in result.findings
        ),
    )
