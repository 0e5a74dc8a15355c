"""How a figure and a table of a business case look on screen."""

from rich.table import Table

from headwater.core.figure import Figure
from headwater.reporting.numerals import NOT_KNOWN, numeral


def number(figure: Figure) -> str:
    """Return a figure as text: rounded, "not known" if it is not, marked if it is assumed."""
    if figure.value is None:
        return NOT_KNOWN
    text = numeral(figure.value, figure.unit)
    return f"{text} (assumed)" if figure.basis == "assumed" else text


def cells_table(title: str, columns: tuple[str, ...], *, words: tuple[int, ...] = (0,)) -> Table:
    """Return a table whose columns of words, by index, stand left; numbers stand right, whole."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    for i, name in enumerate(columns):
        left = i in words
        table.add_column(
            name, justify="left" if left else "right", overflow="fold", no_wrap=not left
        )
    return table
