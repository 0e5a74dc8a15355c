"""On a narrow screen tables break at blanks: no figure loses a digit, no row its name."""

import pytest
from rich.console import Console

from headwater.cli.cells import show_table, titled

SPANS = ("403,381 (393,970 to 414,169)", "49,656 (48,083 to 51,816)", "81,770 (80,247 to 82,764)")


@pytest.mark.parametrize("width", [100, 80, 60, 50])
def test_no_table_drops_a_character(width):
    made = titled("Children", ("31 March", "in need", "on plans", "looked after"))
    for year in (2026, 2027):
        made.add_row(str(year), *SPANS)
    screen = Console(width=width, record=True, force_terminal=False)
    show_table(screen, made)
    shown = screen.export_text()
    words = " ".join(shown.split())
    for word in ("2026", "2027", *" ".join(SPANS).split()):
        assert word in words
    assert max(len(line) for line in shown.splitlines()) <= width
