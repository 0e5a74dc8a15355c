"""`headwater measure --publish`: figures without members, small numbers suppressed."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from returns_sample import episode, write


def published(folder: Path, *, entered: int, others: int) -> list[dict[str, str]]:
    """Return what is published of a cohort of whom some entered care."""
    rows = [episode(f"K{i:02}", "01/06/2025") for i in range(entered)]
    write(folder / "return", *rows, episode("ZZ", "01/06/2025", "01/03/2026", rec="E8"))
    keys = [f"K{i:02}" for i in range(entered + others)]
    (folder / "cohort.csv").write_text("\n".join(["who", *keys, ""]))
    words = ["measure", "entered_care", "--return", str(folder / "return")]
    words += ["--cohort", str(folder / "cohort.csv"), "--from", "2025-04-15", "--to", "2026-03-31"]
    result = CliRunner().invoke(app, [*words, "--publish", str(folder / "out.csv")])
    assert result.exit_code == 0, result.output
    with (folder / "out.csv").open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("entered", "others", "shown"),
    [
        (8, 12, ("20", "8", "12", "0", "8")),
        (0, 20, ("20", "0", "20", "0", "0")),
        (3, 17, ("20", "c", "c", "0", "c")),
        (17, 3, ("20", "c", "c", "0", "c")),
        (2, 2, ("c", "c", "c", "c", "c")),
    ],
)
def test_small_numbers_and_what_would_give_them_away_are_suppressed(
    tmp_path, entered, others, shown
):
    line = published(tmp_path, entered=entered, others=others)[0]
    assert line["metric"] == "entered_care"
    cells = ("members", "with_any", "with_none", "not_known", "units")
    assert tuple(line[name] for name in cells) == shown


def test_no_key_and_no_member_is_published(tmp_path):
    published(tmp_path, entered=8, others=12)
    text = (tmp_path / "out.csv").read_text()
    assert "K0" not in text
    assert len(text.splitlines()) == 2
