"""Build the catalogue's layouts of statutory returns: tables, columns and codes of every year.

Run as ``uv run --group build python -m catalogue_build.returns FACTS_FOLDER``. What the code sets
do not say stands in `returns.toml`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.bibliography import Bibliography
from catalogue_build.return_layouts import (
    FIRST,
    annex_a_tables,
    cin_tables,
    code_set,
    ssd_tables,
    year,
)
from catalogue_build.return_rules import rules
from catalogue_build.tables import facts_folder, read_mapping, read_table, write_json

RETURN = "ssda903"
OTHERS = {"cin": cin_tables, "annex_a": annex_a_tables, "ssd": ssd_tables}
RULES = {"ssda903": "csc_validator_903", "cin": "csc_validator_cin"}
"""Returns whose rules are listed, and the key of where."""
BOUNDS = re.compile(r"^integer (\d+)\.\.(\d+)$")


def main() -> None:
    """Write the layouts, the rules and the bibliography of the returns."""
    works, said = Bibliography("returns"), read_mapping("returns.toml")
    folder = facts_folder() / "codesets"
    for name, made in {RETURN: tables, **OTHERS}.items():
        words = said[name]
        write_json(
            f"returns/{name}.json",
            {
                "name": name,
                "title": words["title"],
                "key": words["key"],
                "sources": [works.cite(source) for source in words["sources"]],
                "tables": list(made(folder, words)),
            },
        )
    for name, source in RULES.items():
        sources = [works.cite(source)]
        listed = rules(folder, name)
        write_json(f"returns/{name}_rules.json", {"sources": sources, "rules": listed})
    works.write()


def tables(folder: Path, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables in the order of `returns.toml`."""
    rows = read_table(folder, f"{RETURN}_columns.csv")
    known = {row["file"] for row in rows}
    if known != set(said["tables"]):
        raise SystemExit(f"returns.toml and the columns part over {known ^ set(said['tables'])}")
    for name, words in said["tables"].items():
        held = [column(folder, row, said) for row in rows if row["file"] == name]
        yield {
            "name": name,
            "title": words["title"],
            "once": words.get("once", False),
            "first": min(each["first"] for each in held),
            "columns": held,
        }


def column(folder: Path, row: Mapping[str, str], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return one column, with the codes of every year."""
    partial = row["column"] in said["partial_dates"].get(row["file"], ())
    kind = "partial date" if partial else said["kinds"][row["type"]]
    made: dict[str, Any] = {
        "name": row["column"],
        "kind": kind,
        "needed": row["can_be_blank"] == "no",
        "first": year(row["schema_first_year"], FIRST),
    }
    bounds = BOUNDS.match(row["type"])
    if bounds:
        made["least"], made["most"] = map(int, bounds.groups())
    if kind == "code":
        made["codes"] = code_set(read_table(folder, f"{RETURN}_{row['file']}_{row['column']}.csv"))
    return made


if __name__ == "__main__":
    main()
