"""No table drops letters: it goes over more lines."""

import io

import pytest
from rich.console import Console

from headwater.cli.cells import titled

HEADS = ("31 March", "children in need", "looked-after children")
ROWS = (("2025", "402,400", "81,770"), ("2026", "403,753 (393,641 to 413,791)", "81,754"))


def shown(width: int) -> list[str]:
    table = titled("", HEADS)
    for row in ROWS:
        table.add_row(*row)
    screen = Console(file=io.StringIO(), width=width)
    screen.print(table)
    return screen.file.getvalue().splitlines()


@pytest.mark.parametrize("width", range(12, 90))
def test_every_word_is_there_at_every_width(width):
    lines = shown(width)
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    for part in (cell for row in ROWS for cell in row):
        assert all(word in words for word in part.split()), (part, lines)


def test_it_is_one_line_a_row_where_it_fits():
    assert len(shown(80)) == 3


def test_the_interval_goes_on_a_line_of_its_own_where_it_does_not():
    assert "(393,641 to 413,791)" in [line.strip() for line in shown(46)]


def test_a_screen_too_narrow_for_columns_shows_a_block_a_row():
    assert shown(30)[:2] == ["2025", "  children in need: 402,400"]
