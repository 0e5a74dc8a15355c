"""Figures and tables as a screen shows them, whatever the command."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from headwater.cli.whole_table import WholeTable
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.numerals import NOT_KNOWN, numeral, span


def number(figure: Figure) -> str:
    """Return a figure as text: rounded, "not known" if it is not, marked if it is assumed."""
    if figure.value is None:
        return NOT_KNOWN
    text = numeral(figure.value, figure.unit)
    return f"{text} (assumed)" if figure.basis == "assumed" else text


def with_span(figure: Figure) -> str:
    """Return a figure and, in brackets, its interval."""
    around = span(figure)
    return f"{number(figure)} ({around})" if around else number(figure)


def titled(title: str, columns: tuple[str, ...], *, words: tuple[int, ...] = (0,)) -> WholeTable:
    """Return a table whose columns of words, by index, stand left; numbers stand right, whole."""
    made = WholeTable(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    for i, name in enumerate(columns):
        left = i in words
        made.add_column(
            name, justify="left" if left else "right", overflow="fold", no_wrap=not left
        )
    return made


def show_table(console: Console, made: WholeTable, note: str = "") -> None:
    """Print a table under its title, which may be wider, and what must be said of it."""
    console.print(f"[bold]{made.title}[/]")
    made.title = None
    console.print(made)
    if note:
        console.print(note)
    console.print()


def show_sources(console: Console, works: Iterable[Source]) -> None:
    """Print the list of sources."""
    console.print("[bold]Sources[/]")
    for work in works:
        console.print(f"  {work.key}: {escape(work.title)} ({work.date}).", style="dim")
        console.print(f"    {escape(work.url)}", style="dim", soft_wrap=True)
