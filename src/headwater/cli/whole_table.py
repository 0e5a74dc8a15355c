"""A table that is shown whole on a screen of any width: it takes more lines, never fewer letters.

Where it is wider than the screen, the first of these that fits is done:

1. heads of columns go over several lines;
2. what stands in brackets behind a number goes on a line of its own, then each end of an interval;
3. every row becomes a block of its own, one line a column.
"""

from collections.abc import Callable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

LONGEST = 24
"""Letters of a word that a column of words keeps whole; a longer one may be folded."""

BREAKS: tuple[Callable[[str], str], ...] = (
    lambda cell: cell,
    lambda cell: cell.replace(" (", "\n("),
    lambda cell: cell.replace(" (", "\n(").replace(" to ", "\nto "),
)
"""Ways to write a cell of numbers, each narrower than the one before."""


class WholeTable(Table):
    """A table of strings whose columns of numbers, those that are not wrapped, are never cut."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Show it as it is where it fits, else narrower, else a block a row."""
        most = options.max_width
        lines = [[_lines(console, str(cell)) for cell in column.cells] for column in self.columns]
        heads = [_lines(console, str(column.header)) for column in self.columns]
        edge = self.padding[1] + self.padding[3]
        natural = sum(
            edge + max(map(_longest, [head, *cells]), default=0)
            for head, cells in zip(heads, lines, strict=True)
        )
        if natural <= most:
            yield from super().__rich_console__(console, options)
            return
        for broken in BREAKS:
            made = self._narrower(console, broken, most - edge * len(self.columns))
            if made is not None:
                yield from Table.__rich_console__(made, console, options)
                return
        yield from self._blocks(console)

    def _narrower(
        self, console: Console, broken: Callable[[str], str], most: int
    ) -> "WholeTable | None":
        """Return the table in `most` letters, less what stands between columns, or None."""
        rows = [[str(cell) for cell in column.cells] for column in self.columns]
        cells = [
            [broken(cell) for cell in row] if column.no_wrap else row
            for column, row in zip(self.columns, rows, strict=True)
        ]
        least, best = list[int](), list[int]()
        for column, held in zip(self.columns, cells, strict=True):
            head = str(column.header)
            whole = max((_longest(_lines(console, cell)) for cell in held), default=0)
            words = max((min(_word(console, cell), LONGEST) for cell in held), default=0)
            least.append(max(_word(console, head), whole if column.no_wrap else words, 1))
            best.append(max(least[-1], whole, _longest(_lines(console, head))))
        spare = most - sum(least)
        if spare < 0:
            return None
        made = WholeTable(
            title=self.title,
            title_justify=self.title_justify,
            title_style=self.title_style,
            header_style=self.header_style,
            box=self.box,
            padding=self.padding,
        )
        for column, low, width in zip(
            self.columns, least, _shared(least, best, spare), strict=True
        ):
            made.add_column(
                column.header,
                justify=column.justify,
                vertical=column.vertical,
                overflow="fold",
                width=max(low, width),
            )
        for row in zip(*cells, strict=True):
            made.add_row(*row)
        return made

    def _blocks(self, console: Console) -> Iterator[Text]:
        """Yield each row as lines, its first cell above the others."""
        if self.title:
            yield console.render_str(str(self.title), style="bold")
        for row in zip(*(column.cells for column in self.columns), strict=True):
            yield console.render_str(str(row[0]))
            for column, cell in zip(self.columns[1:], row[1:], strict=True):
                name = f"{column.header}: " if str(column.header) else ""
                if str(cell):
                    yield console.render_str(f"  {name}{cell}", overflow="fold")


def _shared(least: list[int], best: list[int], spare: int) -> list[int]:
    """Return widths: each at least its least, what is spare shared by what each would still use."""
    wanted = [most - low for low, most in zip(least, best, strict=True)]
    total = sum(wanted)
    if total <= spare:
        return best
    return [low + spare * want // total for low, want in zip(least, wanted, strict=True)]


def _lines(console: Console, words: str) -> list[str]:
    """Return the lines of a cell as they are shown, without markup."""
    return console.render_str(words).plain.split("\n")


def _longest(lines: list[str]) -> int:
    return max(map(cell_len, lines), default=0)


def _word(console: Console, words: str) -> int:
    """Return the length of the longest word of a cell."""
    return _longest(console.render_str(words).plain.split())
