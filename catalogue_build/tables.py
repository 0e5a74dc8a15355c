"""Reading the published facts and writing the catalogue's data files."""

import csv
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "headwater" / "catalogue" / "data"

WORDINGS = {
    "the stored text, see next look-up": "the source read",
    "stored text": "the sources read",
    "stored page": "page read",
    "article undated in store": "article undated as read",
    "EEF England trial: see effects": "the English trial found no effect",
}
"""How the tables speak of their own making, and what is said instead."""


def facts_folder() -> Path:
    """Return the folder named on the command line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(f"usage: python -m catalogue_build.{Path(sys.argv[0]).stem} FACTS_FOLDER")
    return Path(sys.argv[1])


def read_table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file; a blank stays a blank: not found, never nought."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [
            {key: reworded(value) for key, value in row.items()} for row in csv.DictReader(file)
        ]


def rows(path: Path, **where: str) -> list[dict[str, str]]:
    """Return the rows of a published file that have the given values."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[k] == v for k, v in where.items())]


def reworded(text: str) -> str:
    """Return a cell as a reader of the catalogue can understand it."""
    for theirs, ours in WORDINGS.items():
        text = text.replace(theirs, ours)
    return text.strip()


def read_mapping(name: str) -> dict[str, Any]:
    """Return a hand-kept table that lies beside the scripts."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def number(text: str) -> float | None:
    """Return the number, or None for a blank."""
    return float(text) if text else None


def write_json(name: str, content: object) -> None:
    """Write one data file, one line for each change that a reader of a diff would look for."""
    path = DATA / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    print(f"wrote {path.relative_to(DATA)}")
