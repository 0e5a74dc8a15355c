"""Commands in the documentation are run, as `docs/reference/documentation.md` says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("**/*.md")])
BLOCK = re.compile(r"^```(console|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"# ([\w-]+\.toml)\n")
STATUS = re.compile(r"# exit status (\d+)")


def blocks(page: Path, language: str) -> list[str]:
    return [m[2] for m in BLOCK.finditer(page.read_text("utf-8")) if m[1] == language]


def commands(page: Path) -> list[tuple[str, int]]:
    """Return every command of a page that is to be run, with the exit status it must have."""
    found, status = [], 0
    for block in blocks(page, "console"):
        if block.startswith("# (not run)"):
            continue
        for line in block.splitlines():
            if said := STATUS.fullmatch(line):
                status = int(said[1])
            elif line.startswith("$ "):
                found.append((line.removeprefix("$ ").removeprefix("uv run "), status))
                status = 0
    return found


RUN = [page for page in PAGES if commands(page) and "_build" not in page.parts]


@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_of_a_page_run(page: Path, tmp_path: Path) -> None:
    for text in blocks(page, "toml"):
        if name := NAME.match(text):
            (tmp_path / name[1]).write_text(text, encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, status in commands(page):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, f"$ {command}\n{done.stderr}{done.stdout[-2000:]}"
        assert "Traceback" not in done.stderr


def test_every_block_of_commands_can_be_run_or_says_why_not() -> None:
    for page in PAGES:
        for block in blocks(page, "console"):
            first = block.splitlines()[0]
            assert first.startswith(("$ ", "# exit status ", "# (not run): ")), (page, first)


def test_something_is_run() -> None:
    assert sum(len(commands(page)) for page in RUN) >= 20
