"""Checks on screen: what is not fitted to first, with the reason of each."""

from io import StringIO

from rich.console import Console

from headwater.cli.checks_table import show_checks
from headwater.workflows.checks import check_rows


def shown(width: int = 80) -> str:
    text = StringIO()
    show_checks(Console(file=text, width=width), check_rows())
    return text.getvalue()


def test_every_check_and_every_reason_is_printed():
    said = " ".join(shown().split())
    for row in check_rows():
        assert row.name in " ".join(shown(200).split())
        assert row.reason in said


def test_what_is_not_fitted_to_comes_first_with_its_numbers():
    lines = [" ".join(line.split()) for line in shown(120).splitlines()]
    assert "ever in need by 18 25.3% 26.6% +5.1%" in lines
    assert "back in care within 3 months of going home 12.0% 5.4% \N{MINUS SIGN}54.8%" in lines
    not_fitted, fitted = (
        next(i for i, line in enumerate(lines) if line.startswith(words))
        for words in ("Not fitted to", "Fitted to")
    )
    assert not_fitted < fitted


def test_no_line_is_wider_than_the_screen():
    assert max(len(line) for line in shown().splitlines()) <= 80
