"""What `headwater indigo` shows: what was read, findings, price × result beside payment."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import show_table, titled
from headwater.core.figure import Figure
from headwater.core.finding import LEVELS, Finding
from headwater.reporting.numerals import NOT_KNOWN
from headwater.workflows.indigo.result import COMPARED, Comparison, IndigoResult
from headwater.workflows.indigo.sheets import in_words

MOST_LINES, MOST_FINDINGS, MOST_PROJECTS = 40, 12, 30
"""Rows shown on a screen; files hold them all."""


def show_indigo(console: Console, result: IndigoResult, project: str | None) -> None:
    """Print what an exchange says; of one project every line."""
    console.print(f"[bold]INDIGO data in {escape(result.path)}[/]")
    for line in in_words(result):
        console.print(escape(line))
    console.print()
    _tables(console, result)
    if project is None and len(result.projects) > 1:
        _projects(console, result)
    _comparisons(console, result, project)
    _plans(console, result, project)
    _findings(console, result.findings)


def _tables(console: Console, result: IndigoResult) -> None:
    made = titled("What was read", ("table", "rows"))
    for name, figure in result.tables.items():
        made.add_row(escape(name), f"{figure.value:,.0f}")
    loose = int(result.unplaced.value or 0)
    note = f"{loose:,} of them name no project: kept, compared with nothing." if loose else ""
    show_table(console, made, note)


def _projects(console: Console, result: IndigoResult) -> None:
    """Print how the comparisons of each project came out."""
    columns = ("project", "name", "agree", "differ", "cannot be compared")
    made = titled("Projects", columns, words=(0, 1))
    for line in result.projects[:MOST_PROJECTS]:
        counted = {name: int(figure.value or 0) for name, figure in line.verdicts.items()}
        other = sum(times for name, times in counted.items() if name not in COMPARED)
        agree, differ = (str(counted.get(name, 0)) for name in COMPARED)
        name = escape(f"{line.name} ({line.status})" if line.status else line.name)
        made.add_row(escape(line.id), name, agree, differ, str(other))
    show_table(console, made, _more(len(result.projects), MOST_PROJECTS, "projects"))


def _comparisons(console: Console, result: IndigoResult, project: str | None) -> None:
    """Print price × result beside payment; what can be compared comes first."""
    lines = [line for line in result.comparisons if project in (None, line.project)]
    lines.sort(key=lambda line: (line.verdict not in COMPARED, line.verdict != "differs"))
    most = MOST_LINES if project is None else len(lines)
    shown = lines[:most]
    if project is None:
        shown.sort(key=lambda line: line.project)
    alone = len({line.project for line in shown}) < 2
    columns = ("metric", "result", "due", "paid", "verdict")
    made = titled("Price × result beside payment", columns, words=(0, 4))
    for line in shown:
        name = line.metric or "(no metric)"
        own = name if alone else f"{line.project} {name}"
        due, paid = amount(line.due), amount(line.paid)
        made.add_row(escape(own), amount(line.result), due, paid, escape(_said(line)))
    show_table(console, made, _more(len(lines), most, "lines"))


def _said(line: Comparison) -> str:
    """Return the verdict, the reason, and what is disputed or not public."""
    flags = f" ({', '.join(line.flags)})" if line.flags else ""
    return f"{line.verdict}{f': {line.why}' if line.why else ''}{flags}"


def _plans(console: Console, result: IndigoResult, project: str | None) -> None:
    lines = [line for line in result.plans if project in (None, line.project)]
    if not lines:
        return
    columns = ("project", "plan", "planned", "paid", "neither said")
    made = titled("Planned beside paid", columns, words=(0, 1))
    for line in lines[:MOST_PROJECTS]:
        amounts = (amount(figure) for figure in (line.planned, line.actual, line.unsaid))
        made.add_row(escape(line.project), escape(line.plan or "(no plan)"), *amounts)
    show_table(console, made, _more(len(lines), MOST_PROJECTS, "lines"))


def _findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print how many findings there are of each level, and the gravest."""
    counted = Counter(finding.level for finding in findings)
    said = ", ".join(f"{counted[level]:,} {level}" for level in LEVELS if counted[level])
    console.print(f"[bold]Findings[/] {said or 'none'}")
    gravest = sorted(findings, key=lambda finding: LEVELS.index(finding.level))
    for finding in gravest[:MOST_FINDINGS]:
        console.print(f"  {finding.level.upper()}  {escape(str(finding))}")
    if more := _more(len(findings), MOST_FINDINGS, "findings"):
        console.print(more)


def _more(number: int, most: int, what: str) -> str:
    left = number - most
    return f"and {left:,} more {what}: --json and --xlsx hold all." if left > 0 else ""


def amount(figure: Figure) -> str:
    """Return an amount to the hundredth with its currency, or a count, or that it is not known."""
    if figure.value is None:
        return NOT_KNOWN
    if figure.price_base:
        places = 0 if figure.value == int(figure.value) else 2
        return f"{figure.unit} {figure.value:,.{places}f}"
    return f"{figure.value:,g}" if abs(figure.value) < 1e6 else f"{figure.value:,.0f}"
