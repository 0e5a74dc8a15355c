"""Commands in the documentation are run, as `docs/reference/documentation.md` says."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("**/*.md")])
BLOCK = re.compile(r"^```(console|toml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"# ([\w-]+\.(?:toml|csv|xml))\n")
STATUS = re.compile(r"# exit status (\d+)")


def blocks(page: Path, language: str) -> list[str]:
    return [m[2] for m in BLOCK.finditer(page.read_text("utf-8")) if m[1] == language]


@dataclass
class Command:
    """One command: what is run, the exit status it must have, lines it must print."""

    line: str
    status: int
    prints: list[str] = field(default_factory=list)


def commands(page: Path) -> list[Command]:
    """Return every command of a page that is to be run."""
    return [
        command
        for block in blocks(page, "console")
        if not block.startswith("# (not run)")
        for command in commands_of(block.splitlines())
    ]


def commands_of(lines: list[str]) -> list[Command]:
    found: list[Command] = []
    status, prints = 0, False
    for line in lines:
        if said := STATUS.fullmatch(line):
            status = int(said[1])
        elif line == "# prints":
            prints = True
        elif line.startswith("$ "):
            found.append(Command(line.removeprefix("$ ").removeprefix("uv run "), status))
            status = 0
        elif prints and line != "...":
            found[-1].prints.append(" ".join(line.split()))
    return found


RUN = [page for page in PAGES if commands(page) and "_build" not in page.parts]


@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_of_a_page_run(page: Path, tmp_path: Path) -> None:
    for text in (*blocks(page, "toml"), *blocks(page, "text")):
        if name := NAME.match(text):
            kept = text[name.end() :] if name[1].endswith((".csv", ".xml")) else text
            (tmp_path / name[1]).write_text(kept, encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands(page):
        done = subprocess.run(
            ["bash", "-c", command.line],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "COLUMNS": "80"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        shown = f"$ {command.line}\n{done.stderr}{done.stdout[-2000:]}"
        assert done.returncode == command.status, shown
        assert "Traceback" not in done.stderr
        printed = [" ".join(line.split()) for line in done.stdout.splitlines()]
        assert [line for line in command.prints if line not in printed] == [], done.stdout


def test_every_block_of_commands_can_be_run_or_says_why_not() -> None:
    for page in PAGES:
        for block in blocks(page, "console"):
            first = block.splitlines()[0]
            assert first.startswith(("$ ", "# exit status ", "# prints", "# (not run): ")), (
                page,
                first,
            )


def test_something_is_run() -> None:
    assert sum(len(commands(page)) for page in RUN) >= 20
