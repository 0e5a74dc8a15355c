"""Pin every package by name and version in `pyproject.toml`: `python tools/pin.py [--newest]`.

uv reads the pins as constraints: they choose versions and add nothing. They are the versions that
uv has resolved for every supported Python; `--newest` first drops the pins and resolves anew. The
lock file, which also records where each package was fetched from, stays out of the repository.
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
PINS = re.compile(r"^constraint-dependencies = \[\n(?:.*\n)*?\]\n", re.MULTILINE)
TABLE = "[tool.uv]\n"
EXPORT = ["export", "--all-groups", "--all-packages", "--no-emit-workspace", "--no-hashes"]
PLAIN = ["--no-annotate", "--no-header"]


def uv(*words: str) -> str:
    """Run uv in the project's folder and return what it prints."""
    command = ["uv", *words]
    done = subprocess.run(command, cwd=PROJECT.parent, check=True, capture_output=True, text=True)
    return done.stdout


def resolved() -> list[str]:
    """Return the resolved packages as "name==version", with a condition where one is needed."""
    return [line.strip() for line in uv(*EXPORT, *PLAIN).splitlines() if "==" in line]


def pinned(text: str, pins: list[str]) -> str:
    """Return the text of `pyproject.toml` with these pins in the place of those it has."""
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    block = f"constraint-dependencies = [\n{lines}]\n" if pins else ""
    return PINS.sub("", text).replace(TABLE, TABLE + block)


def main() -> None:
    """Write the pins."""
    text = PROJECT.read_text(encoding="utf-8")
    if "--newest" in sys.argv[1:]:
        PROJECT.write_text(pinned(text, []), encoding="utf-8")
        uv("lock", "--upgrade")
    pins = resolved()
    PROJECT.write_text(pinned(text, pins), encoding="utf-8")
    print(f"{len(pins)} packages pinned")


if __name__ == "__main__":
    main()
