"""Build the catalogue's lists of the published rules of statutory returns.

Numbers, fields, tables and years come from the rule lists among the code sets; what a rule means,
and what a breach can change, from `return_rules.toml`. Run by `catalogue_build.returns`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.tables import read_mapping, read_table

LAST = 2027
LAST_YEARS = "_last"
LEVELS = {"ERROR": "error", "QUERY": "query"}
DIGITS = re.compile(r"\d+")


def rules(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return every rule of a return once, in order of its number."""
    said = read_mapping("return_rules.toml")[name]
    found: dict[str, dict[str, Any]] = {}
    for each in (*_listed(folder, name), *_later(said)):
        first = found.get(each["number"], each)["first"]
        found[each["number"]] = each | {"first": first}
    unknown = {number for words in said["meanings"].values() for number in words} - set(found)
    if unknown:
        raise SystemExit(f"return_rules.toml has meanings of unknown rules: {sorted(unknown)}")
    return [_told(found[number], said) for number in sorted(found, key=_order)]


def _listed(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for row in read_table(folder, f"{name}_rules.csv"):
        yield {
            "number": row["code"],
            "fields": row["fields"].split("|"),
            "tables": (row.get("tables") or row["module"]).split("|"),
            "first": int(row["ruleset_file_year"].split("_")[0][-4:]) + 1,
            "level": LEVELS.get(row.get("type", ""), "not stated"),
        }


def _later(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    states = any(number.endswith("Q") for number in said["later"])
    for number, row in said["later"].items():
        level = ("query" if number.endswith("Q") else "error") if states else "not stated"
        yield {"number": number, "level": level, **row}


def _told(rule: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    number = rule["number"]
    moves = next((m for m, words in said["meanings"].items() if number in words), "not known")
    return {
        "number": number,
        "title": said["meanings"].get(moves, {}).get(number, ""),
        "fields": _once(said["spelling"].get(field, field) for field in rule["fields"]),
        "tables": _once(_table(table, said["tables"]) for table in rule["tables"]),
        "first": rule["first"],
        "last": said["dropped"].get(number, LAST),
        "level": rule["level"],
        "moves": moves,
    }


def _table(theirs: str, ours: Mapping[str, str]) -> str:
    if theirs.endswith(LAST_YEARS):
        return f"{ours[theirs.removesuffix(LAST_YEARS)]} of last year"
    return ours[theirs]


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _order(number: str) -> tuple[str, int, str]:
    digits = DIGITS.search(number)
    letters = number[: digits.start()] if digits else number
    return letters, int(digits.group()) if digits else 0, number
