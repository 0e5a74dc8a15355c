"""Build the catalogue's copy of the INDIGO data standard: tables, fields, code lists.

Run as ``uv run --group build python -m catalogue_build.indigo FACTS_FOLDER``. Headings of
sections and the places of values in a project's workbook are in `indigo.toml`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.bibliography import Bibliography
from catalogue_build.tables import facts_folder, read_mapping, read_table, write_json

Row = Mapping[str, str]

LEAVES = {"status": "(Status)", "sandboxes": "(In Sandboxes)"}
"""How published tables head what the schema leaves without a title."""
PROJECTS = "projects"
NAMES = "organisation_names/"
"""Columns of a workbook that repeat an organisation's name beside its id."""


def main() -> None:
    """Write `indigo.json` and the bibliography of its source."""
    works, form = Bibliography("indigo"), read_mapping("indigo.toml")
    folder = facts_folder() / "codesets"
    rows = [row for row in read_table(folder, "indigo_fields.csv") if row["entity"] == "project"]
    codes = code_lists(folder)
    found = fields(rows, codes, form["sections"])
    unknown = set(form["tables"]) ^ (set(found) - {PROJECTS})
    if unknown:
        raise SystemExit(f"indigo.toml and the schema part over {sorted(unknown)}")
    order = [PROJECTS, *form["tables"]]
    write_json(
        "indigo.json",
        {
            "source": works.cite("indigo_data_standard"),
            "overview": form["overview"],
            "tables": [table(name, found[name], form) for name in order],
        },
    )
    works.write()


def table(name: str, held: list[dict[str, Any]], form: Mapping[str, Any]) -> dict[str, Any]:
    """Return one table: its heading, its place in a project's workbook, its fields."""
    said = form["tables"].get(name, {"title": "Projects"})
    places = {path for path in said.get("columns", ()) if not path.startswith(NAMES)}
    stray = places - {each["path"] for each in held}
    if stray:
        raise SystemExit(f"indigo.toml: {name} has no {sorted(stray)}")
    return {"name": name, **said, "fields": held}


def fields(
    rows: list[Row], codes: Mapping[str, list[str]], sections: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of every table, those that hold a status beside their value included."""
    found: dict[str, dict[str, dict[str, Any]]] = {PROJECTS: {}}
    for row in rows:
        path = row["json_path"].removeprefix("/")
        if path.startswith("#"):
            continue
        name, _, inner = path.rpartition("[]/")
        for field in parts(name, inner, row, sections):
            if field["kind"] != "status" and row["json_path"] in codes:
                field |= {"kind": "code", "codes": codes[row["json_path"]]}
            found.setdefault(name or PROJECTS, {}).setdefault(field["path"], field)
    return {name: list(held.values()) for name, held in found.items()}


def parts(name: str, path: str, row: Row, sections: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield a field's value and, where the standard gives it one, its status."""
    heads = [heading(name, path, depth, sections) for depth in range(1, path.count("/") + 1)]
    kind, leaf = row["type"], path.rpartition("/")[2]
    if not kind.startswith("object_with_value"):
        title = row["title"] or LEAVES[leaf]
        what = "status" if leaf == "status" else "text"
        yield {"path": path, "title": " - ".join([*heads, title]), "kind": what}
        return
    own = row["title"] or heading(name, path, path.count("/") + 1, sections)
    title = " - ".join([*heads, own])
    what = next((word for word in ("number", "date") if word in kind), "text")
    yield {"path": f"{path}/value", "title": f"{title} - (Value)", "kind": what}
    if kind.endswith("_and_status"):
        yield {"path": f"{path}/status", "title": f"{title} - (Status)", "kind": "status"}


def heading(name: str, path: str, depth: int, sections: Mapping[str, str]) -> str:
    """Return how the section at a depth of a path is headed."""
    section = path.split("/")[:depth]
    whole = "/".join([name, *section] if name else section)
    plain = section[-1].replace("_", " ").title()
    return sections.get(whole) or sections.get(f"*/{section[-1]}") or plain


def code_lists(folder: Path) -> dict[str, list[str]]:
    """Return the values allowed at each path."""
    found: dict[str, list[str]] = {}
    for row in read_table(folder, "indigo_enums.csv"):
        if row["entity"] != "project":
            continue
        listed = found.setdefault(row["json_path"], [])
        if row["value"].startswith("@codelist:"):
            name = f"indigo_{row['value'].removeprefix('@codelist:')}"
            listed += [entry["code"] for entry in read_table(folder, name)]
        else:
            listed.append(row["value"])
    return found


if __name__ == "__main__":
    main()
