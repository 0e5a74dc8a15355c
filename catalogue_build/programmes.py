"""Build the catalogue of programmes, one file each, from the tables of published evidence.

Run as ``uv run --group build python -m catalogue_build.programmes FACTS_FOLDER``. What the tables
do not hold (ids, levels of need, bearings) is in `programmes.toml`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from catalogue_build.bibliography import Bibliography, address
from catalogue_build.programme_effects import effect
from catalogue_build.tables import DATA, facts_folder, number, read_mapping, read_table, write_json
from headwater.core.errors import InputError
from headwater.core.money import PriceBase
from headwater.core.programme import NotProgramme, Programme

Row = Mapping[str, str]

NOT_STATED = {"", "not found", "not in Guidebook form", "not applicable"}
"""Ratings that are none."""


def main() -> None:
    """Write `programmes/*.json`, `not_programmes.json` and the bibliography of their sources."""
    folder = facts_folder()
    works, tables = Bibliography("programmes"), read_mapping("programmes.toml")
    rows = {row["programme_id"]: row for row in read_table(folder, "programmes.csv")}
    effects = grouped(folder, "programme_effects.csv")
    results = grouped(folder, "published_cba.csv")
    check_ids({*rows, *effects, *results}, tables)
    clear("programmes")
    for old, choice in tables["programmes"].items():
        entry = programme(old, choice, rows.get(old), results[old], works)
        entry["effects"] = [
            effect(row, reading, tables, works)
            for row, reading in zip(effects[old], choice.get("effects", []), strict=True)
        ]
        entry["unknown"] = [
            *entry["unknown"],
            *([] if effects[old] else ["the size of any effect"]),
        ]
        Programme.model_validate(entry)
        write_json(f"programmes/{entry['id']}.json", entry)
    write_json("not_programmes.json", [*others(tables, results, works)])
    works.write()


def grouped(folder: Path, name: str) -> dict[str, list[Row]]:
    """Return the rows of a table by programme."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_table(folder, name):
        found[row["programme_id"]].append(row)
    return found


def check_ids(known: set[str], tables: Mapping[str, Any]) -> None:
    """Refuse to build unless every id of every table is a programme here, or is said not to be."""
    listed = {*tables["programmes"], *tables["not_programmes"]}
    if known != listed:
        raise SystemExit(f"programmes.toml: {sorted(known ^ listed)} stand on one side only")


def clear(name: str) -> None:
    """Remove the files of an earlier build, so that a renamed programme does not stay."""
    for path in (DATA / name).glob("*.json"):
        path.unlink()


def programme(
    old: str, choice: Mapping[str, Any], row: Row | None, results: list[Row], works: Bibliography
) -> dict[str, Any]:
    """Return one programme without its effects."""
    aliases = [old, *choice.get("aliases", [])]
    entry = {
        "id": choice["slug"],
        "aliases": [alias for alias in aliases if alias != choice["slug"]],
        "family_of": choice["family_of"],
        "conflicts": choice.get("conflicts", []),
        "unknown": choice.get("unknown", []),
        "published_cba": [*published(results, works)],
    }
    if row is None:
        return {**entry, **without_row(choice, results)}
    source = works.cite(row["source_url"], edition(row, results))
    cost_source = choice.get("cost_source", source)
    return {**entry, **described(row, choice, source), "cost": cost(row, works.cite(cost_source))}


def without_row(choice: Mapping[str, Any], results: list[Row]) -> dict[str, Any]:
    """Return what is known of a programme that has published results but no description."""
    return {
        "name": choice["name"] if "name" in choice else results[0]["programme_name"],
        "population": {
            "age_from": 0,
            "age_to": 18,
            "ages_stated": False,
            "levels": choice["levels"],
            "need": choice["need"],
        },
        "source": choice["source"],
    }


def described(row: Row, choice: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return what the table of programmes says of one."""
    rating = row["eif_evidence_rating"].replace('"', "").strip()
    no_rating = rating in NOT_STATED
    unknown = list(choice.get("unknown", []))
    if rating == "not found":
        unknown.append("the EIF's rating of the evidence")
    if not row["unit_cost"] and "a unit cost" not in " ".join(unknown):
        unknown.append("a unit cost")
    entry = {
        "name": row["name"],
        "population": {
            "age_from": number(row["age_min_years"]),
            "age_to": number(row["age_max_years"]),
            "levels": choice["levels"],
            "need": f"{row['need_level']}; {row['target_age']}",
        },
        "delivery": row["setting_and_delivery"],
        "rating": "" if no_rating else f"EIF {rating}",
        "outcomes": row["outcomes_improved"],
        "nulls": row["null_or_adverse_results"],
        "tested_in_uk": row["uk_tested"],
        "available_in_uk": row["uk_available"],
        "source": source,
        "note": "; ".join(text for text in (row["also_known_as"], row["note"]) if text),
        "unknown": unknown,
    }
    return {name: value for name, value in entry.items() if value != ""}


def edition(row: Row, results: Iterable[Row]) -> str:
    """Return the year of the page a programme's cost was read on, where the table leaves it out."""
    if row["year"]:
        return row["year"]
    same = [
        result["year"]
        for result in results
        if address(result["source_url"]) == address(row["source_url"])
        and result["price_year"] == row["price_year"]
        and number(result["net_programme_cost"]) == number(row["unit_cost"])
    ]
    return same[0] if same else ""


def cost(row: Row, source: str) -> dict[str, Any] | None:
    """Return the published cost, and why it cannot be used if it cannot."""
    value, low, high = (
        number(row[name]) for name in ("unit_cost", "unit_cost_low", "unit_cost_high")
    )
    if value is None and low is None and high is None:
        return None
    if value is not None and high is not None and value > high:
        low = high = None  # the row's range is the EIF's band, which its basis calls a conflict
    base = price_base(row["price_year"])
    reasons = {
        "a cost band, not a figure, without a price year": value is None,
        "in US dollars; not converted": row["unit_cost_currency"] != "GBP",
        "its price year is not stated": not base,
    }
    why = next((reason for reason, holds in reasons.items() if holds), "")
    entry = {
        "value": value,
        "low": low,
        "high": high,
        "currency": row["unit_cost_currency"],
        "price_base": base or row["price_year"] or "not stated",
        "basis": row["unit_cost_basis"],
        "source": source,
        "usable": not why,
        "not_usable_because": why,
    }
    return {name: value for name, value in entry.items() if value not in ("", None)}


def price_base(text: str) -> str:
    """Return a stated year as the catalogue spells it, or nothing."""
    try:
        return str(PriceBase.read(text, place="price year"))
    except InputError:
        return ""


def published(results: Iterable[Row], works: Bibliography) -> Iterable[dict[str, str]]:
    """Yield published cost-benefit results, versions of one page in order, undated ones last."""
    order = {address(row["source_url"]): place for place, row in reversed([*enumerate(results)])}
    dated = sorted(
        results, key=lambda row: (order[address(row["source_url"])], row["year"] or "9999")
    )
    for row in dated:
        kept = {name: text for name, text in row.items() if text and name != "programme_id"}
        del kept["source_url"], kept["source_title"]
        yield {**kept, "source": works.cite(row["source_url"], row["year"])}


def others(
    tables: Mapping[str, Any], results: Mapping[str, list[Row]], works: Bibliography
) -> Iterable[dict[str, Any]]:
    """Yield what has published results and is no programme, with the reason."""
    for name, choice in tables["not_programmes"].items():
        entry = {"id": name, **choice, "published_cba": [*published(results[name], works)]}
        NotProgramme.model_validate(entry)
        yield entry


if __name__ == "__main__":
    main()
