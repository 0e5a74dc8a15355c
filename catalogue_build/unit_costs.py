"""Build the catalogue of unit costs from the table of published ones.

Run as ``uv run --group build python -m catalogue_build.unit_costs FACTS_FOLDER``. How bearers,
price years and doubtful entries are read is in `unit_costs.toml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalogue_build.bibliography import Bibliography
from catalogue_build.tables import facts_folder, number, read_mapping, read_table, write_json
from headwater.core.errors import InputError
from headwater.core.money import PriceBase
from headwater.core.unit_cost import UnitCost

Row = Mapping[str, str]

CODED = re.compile(r"^(?P<code>[A-Z&]+\d+(?:\.\d+)*)\s+(?P<item>.+)$", re.DOTALL)
LENGTH = 56
"""Longest id made from an item, in characters."""

CLOSE = 0.02
"""How far the sum of an entry's parts may stand from it, by rounding."""

BOILERPLATE = "fiscal value at ORIGINAL price year"
"""Start of the note that every row of the transcribed database bears: it is about the set."""


def main() -> None:
    """Write `unit_costs.json` and the bibliography of its sources."""
    works, tables = Bibliography("unit_costs"), read_mapping("unit_costs.toml")
    rows = read_table(facts_folder(), "unit_costs.csv")
    entries = [entry(row, tables, works) for row in rows]
    for item, name in zip(entries, names(entries, tables["ids"]), strict=True):
        item["id"] = name
    for item in entries:
        item["parts"] = parts(item, entries)
        UnitCost.model_validate(item)
    write_json("unit_costs.json", [compact(item) for item in entries])
    works.write()


def entry(row: Row, tables: Mapping[str, Any], works: Bibliography) -> dict[str, Any]:
    """Return one unit cost, still without its id and parts."""
    match = CODED.match(row["item"])
    code, item = (match["code"], match["item"]) if match else ("", row["item"])
    agencies, correction = bearers(row, code, tables)
    base = price_base(row["price_year"], tables["price_years"])
    why = unusable(row, base, tables["doubtful"])
    note = "" if row["note"].startswith(BOILERPLATE) else row["note"]
    return {
        "code": code,
        "aliases": [alias(code)] if code else [],
        "item": item,
        "domain": row["domain"].replace("_", " "),
        "agencies": agencies,
        "bearer": row["bearing_agency"],
        "value_type": row["value_type"],
        "unit": row["unit"][:1].lower() + row["unit"][1:],
        **{name: number(row[name]) for name in ("value", "low", "high", "cashable_share")},
        "currency": row["currency"],
        "price_base": base,
        "price_year": row["price_year"],
        "usable": not why,
        "not_usable_because": why,
        "geography": row["geography"],
        "source": works.cite(row["source_url"], row["year"]),
        "year": row["year"],
        "note": "; ".join(text for text in (note, correction) if text),
    }


def bearers(row: Row, code: str, tables: Mapping[str, Any]) -> tuple[list[str], str]:
    """Return the agencies of a row, and what was read otherwise than labelled."""
    for correction in tables["corrections"]:
        if code and code in correction["codes"]:
            return correction["agencies"], f"bearer: {correction['because']}"
    return tables["bearers"][row["bearing_agency"]], ""


def price_base(text: str, known: Mapping[str, str]) -> str:
    """Return a stated price year as the catalogue spells it, or nothing."""
    try:
        return str(PriceBase.read(known.get(text, text), place="price year"))
    except InputError:
        return ""


def unusable(row: Row, base: str, doubtful: Mapping[str, str]) -> str:
    """Return why an entry enters no calculation, or nothing."""
    if not row["value"]:
        return "a band, not a figure"
    if not base:
        return f"its price year is not stated exactly ({row['price_year']})"
    if not row["year"]:
        return "its source bears no date"
    return doubtful.get(row["item"], "")


def alias(code: str) -> str:
    """Return "SS4.1.2" as "ss4_1_2", "E&S1.0" as "es1_0"."""
    return code.casefold().replace("&", "").replace(".", "_")


def names(entries: Iterable[Mapping[str, Any]], short: Mapping[str, str]) -> Iterator[str]:
    """Yield a readable id for each entry; where two would be alike, the code is added."""
    seen: set[str] = set()
    for item in entries:
        name = short.get(item["code"] or item["item"]) or slug(item["item"])
        if name in seen:
            name = f"{name}_{item['aliases'][0]}"
        if name in seen:
            raise SystemExit(f"two unit costs are called {name}")
        seen.add(name)
        yield name


def slug(text: str) -> str:
    """Return the first words of a text, as many as fit, joined by underscores."""
    plain = text.casefold().replace("'", "").replace("’", "")
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word not in {"", "the", "of", "a"}]
    kept = ""
    for word in words:
        if kept and len(kept) + len(word) >= LENGTH:
            break
        kept = f"{kept}_{word}" if kept else word
    return kept


def parts(whole: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the ids of entries of the same unit and year that add up to one, within rounding."""
    if not whole["code"] or not whole["value"]:
        return []
    found = [
        item
        for item in entries
        if re.fullmatch(re.escape(whole["code"]) + r"\.\d+", item["code"])
        and item["unit"] == whole["unit"]
        and item["price_year"] == whole["price_year"]
    ]
    total = sum(item["value"] for item in found)
    close = abs(total - whole["value"]) <= CLOSE * whole["value"]
    return [item["id"] for item in found] if len(found) > 1 and close else []


def compact(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without its empty fields, its id first."""
    kept = {name: value for name, value in item.items() if value not in ("", None, [])}
    return {"id": item["id"], **kept}


if __name__ == "__main__":
    main()
