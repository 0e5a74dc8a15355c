"""Build the catalogue's layouts of statutory returns: tables, columns and codes of every year.

Run as ``uv run --group build python -m catalogue_build.returns FACTS_FOLDER``. What the code sets
do not say stands in `returns.toml`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.bibliography import Bibliography
from catalogue_build.return_rules import rules
from catalogue_build.tables import facts_folder, read_mapping, read_table, write_json

FIRST, LAST = 2017, 2027
RETURN = "ssda903"
RULES = {"ssda903": "csc_validator_903", "cin": "csc_validator_cin"}
"""Returns whose rules are listed, and the key of where."""
BOUNDS = re.compile(r"^integer (\d+)\.\.(\d+)$")


def main() -> None:
    """Write `returns/ssda903.json` and the bibliography of the returns."""
    works, said = Bibliography("returns"), read_mapping("returns.toml")[RETURN]
    folder = facts_folder() / "codesets"
    write_json(
        f"returns/{RETURN}.json",
        {
            "name": RETURN,
            "title": said["title"],
            "key": said["key"],
            "sources": [works.cite("liia_tools_pipeline"), works.cite("csc_validator_903")],
            "tables": list(tables(folder, said)),
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
        made["codes"] = codes(folder, row)
    return made


def codes(folder: Path, row: Mapping[str, str]) -> list[list[Any]]:
    """Return each code with its label and the years of its first and last return."""
    found = read_table(folder, f"{RETURN}_{row['file']}_{row['column']}.csv")
    return [
        [each["code"], each["label"], year(each["valid_from"], FIRST), year(each["valid_to"], LAST)]
        for each in found
    ]


def year(text: str, blank: int) -> int:
    """Return the end year: "<=2017", "2024" or "2026-27 ruleset (lac2026_27)"."""
    plain = text.removeprefix("<=")
    if not plain:
        return blank
    spanned = re.match(r"^(\d{4})-\d{2}\b", plain)
    return int(spanned.group(1)) + 1 if spanned else int(plain)


if __name__ == "__main__":
    main()
