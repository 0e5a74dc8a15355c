"""How one figure looks in a table of a place, and the legend of what is not a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console

from headwater.cli.whole_table import WholeTable
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.place_figures import MISSING

MARKS = {
    "suppressed": "supp.",
    "not applicable": "n/a",
    "not available": "absent",
    "low": "~0",
    "merged": "s/na",
    "unreliable": "withheld",
}
"""What stands in a cell for each symbol."""

NOT_LISTED = "·"
LEGEND = {
    **{MARKS[symbol]: words for symbol, words in MISSING.items()},
    NOT_LISTED: "not in the tables read, or no such year",
}
_MARK_OF = dict(
    sorted(
        ((words, MARKS[symbol]) for symbol, words in MISSING.items()), key=lambda one: -len(one[0])
    )
)
"""Longest first, because one reason's words stand within another's."""

SMALL_BUDGET = 5e6
"""Pounds; spending that never reaches this is shown in thousands."""


def cell(figure: Figure | None) -> str:
    """Return a figure as a table shows it; the unit stands in the table's head or title."""
    if figure is None:
        return NOT_LISTED
    if figure.value is None:
        return _mark(figure.note)
    if figure.unit.startswith("per 10,000"):
        return f"{figure.value:,.1f}"
    return f"{figure.value:,.0f}"


def _mark(note: str) -> str:
    """Return the mark of a missing figure; one worked out from others takes theirs."""
    found = [mark for words, mark in _MARK_OF.items() if words in note]
    return found[0] if found else NOT_LISTED


@dataclass(frozen=True, slots=True)
class Money:
    """The unit in which amounts of one table are shown."""

    name: str
    pounds: float

    def cell(self, figure: Figure | None) -> str:
        """Return an amount in this unit, to the first decimal."""
        if figure is None or figure.value is None:
            return cell(figure)
        return f"{figure.value / self.pounds:,.1f}"


def money(figures: Iterable[Figure]) -> Money:
    """Return millions, or thousands for a place so small that millions would hide its spending."""
    largest = max((figure.value or 0.0 for figure in figures), default=0.0)
    return Money("£ million", 1e6) if largest >= SMALL_BUDGET else Money("£ thousand", 1e3)


def legend(console: Console, cells: Iterable[str]) -> None:
    """Print what each mark used in these cells means."""
    used = set(cells)
    lines = [f"{mark}  {words}" for mark, words in LEGEND.items() if mark in used]
    if lines:
        console.print("\n[bold]Where there is no number[/bold]")
    for line in lines:
        console.print(f"  {line}", markup=False)


def plain_table(*heads: str, title: str = "", first_width: int | None = None) -> WholeTable:
    """Return an open table: the first column names the row, the others are numbers."""
    table = WholeTable(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    table.add_column(heads[0], width=first_width, overflow="fold")
    for head in heads[1:]:
        table.add_column(head, justify="right", overflow="fold")
    return table


def reference(works: Sequence[Source], keys: Iterable[str]) -> str:
    """Return the numbers of sources in the list at the end, e.g. "3,4"."""
    at = {source.key: str(index) for index, source in enumerate(works, start=1)}
    return ",".join(sorted({at[key] for key in keys}, key=int))


def list_sources(console: Console, works: Sequence[Source]) -> None:
    """Print the sources, numbered as tables refer to them; an address serves those above it."""
    console.print("\n[bold]Sources[/bold]")
    for index, source in enumerate(works, start=1):
        text = f"{index:>2}  {source.key}: {source.title}. {source.publisher}, {source.date}."
        console.print(text, markup=False)
        if index == len(works) or works[index].url != source.url:
            console.print(f"    {source.url}", markup=False, soft_wrap=True, style="dim")
