"""Build the layouts of the children in need census, Annex A and the safeguarding dataset.

What the lists of fields do not say stands in `returns.toml`. Run by `catalogue_build.returns`.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.tables import read_table

FIRST, LAST = 2017, 2027


def cin_tables(folder: Path, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables of the census, in the order of its schema."""
    for name, words in said["tables"].items():
        columns = [_cin_column(folder, each) for each in words["columns"]]
        yield _table(name, words["title"], columns, once=words.get("once", False))


def _cin_column(folder: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    made = {"needed": False, "first": FIRST} | dict(said)
    if "codes" in said:
        made["codes"] = code_set(read_table(folder, f"cin_{said['codes']}.csv"))
    return made


def annex_a_tables(folder: Path, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the eleven lists."""
    fields = read_table(folder, "annexa_fields.csv")
    words = read_table(folder, "annexa_values.csv")
    for name, title in said["tables"].items():
        columns = [
            {
                "name": row["column"],
                "kind": said["kinds"][row["type"]],
                "needed": row["blank"] == "required",
                "first": FIRST,
            }
            | _words(words, row, said["not_words"])
            | ({"also": said["also"][row["column"]]} if row["column"] in said["also"] else {})
            for row in fields
            if row["list"] == name
        ]
        yield _table(name, title, columns)


def _words(
    words: Iterable[Mapping[str, str]], row: Mapping[str, str], wrong: Iterable[str]
) -> dict[str, Any]:
    """Return the usual words of a column; of two that differ in capitals, the one with more."""
    place = (row["list"], row["column"])
    found = [each["value"] for each in words if (each["list"], each["column"]) == place]
    right = sorted((word for word in found if word not in wrong), reverse=True)
    known = {" ".join(word.casefold().split()): word for word in right}
    if not known:
        return {}
    return {"codes": [[word, word, FIRST, LAST] for word in sorted(known.values())]}


def ssd_tables(folder: Path, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every object of the dataset with its items."""
    fields = read_table(folder, "ssd_fields.csv")
    for name in dict.fromkeys(row["object"] for row in fields):
        columns = [
            {
                "name": row["field"],
                "kind": said["kinds"][row["type"]],
                "needed": row["field"].endswith("_person_id"),
                "first": FIRST,
            }
            for row in fields
            if row["object"] == name
        ]
        title = name.removeprefix("ssd_").replace("_", " ")
        yield _table(name, title[:1].upper() + title[1:], columns, once=name == "ssd_person")


def _table(
    name: str, title: str, columns: list[dict[str, Any]], *, once: bool = False
) -> dict[str, Any]:
    first = min(each["first"] for each in columns)
    return {"name": name, "title": title, "once": once, "first": first, "columns": columns}


def code_set(rows: Iterable[Mapping[str, str]]) -> list[list[Any]]:
    """Return each code with its label and the years of its first and last return."""
    return [
        [row["code"], row["label"], year(row["valid_from"], FIRST), year(row["valid_to"], LAST)]
        for row in rows
    ]


def year(text: str, blank: int) -> int:
    """Return the end year: "<=2017", "2024" or "2026-27 ruleset (lac2026_27)"."""
    plain = text.removeprefix("<=")
    if not plain:
        return blank
    start, dash, _ = plain[:7].partition("-")
    return int(start) + 1 if dash else int(plain)
