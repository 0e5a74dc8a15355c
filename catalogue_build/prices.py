"""Build the catalogue's price bases: GDP deflator, discount rates, values of health and wellbeing.

Run as ``uv run --group build python -m catalogue_build.prices FACTS_FOLDER``.
"""

from pathlib import Path

from catalogue_build.bibliography import Bibliography
from catalogue_build.tables import facts_folder, read_table, write_json

SCHEDULES = ("standard", "health", "sensitivity")


def deflator(folder: Path, works: Bibliography) -> dict[str, object]:
    """Return the index by calendar year, 2024 = 100."""
    rows = read_table(folder, "gdp_deflator.csv")
    return {
        "source": works.only({row["source_url"] for row in rows}),
        "index": {row["calendar_year"]: float(row["index_2024_is_100"]) for row in rows},
    }


def discount_rates(folder: Path, works: Bibliography) -> dict[str, object]:
    """Return the three schedules as lists of (first year, last year, rate)."""
    rows = read_table(folder, "discount_rates.csv")
    return {
        "source": works.only({row["source_url"] for row in rows}),
        "schedules": {
            name: [[int(row["year_from"]), int(row["year_to"]), float(row[name])] for row in rows]
            for name in SCHEDULES
        },
    }


def appraisal_values(folder: Path, works: Bibliography) -> list[dict[str, object]]:
    """Return the values of a QALY and a WELLBY by scenario."""
    return [
        {
            "item": row["item"],
            "scenario": row["scenario"],
            "value": float(row["value_gbp"]),
            "price_base": row["base_year"],
            "source": works.cite(row["source_title"]),
        }
        for row in read_table(folder, "appraisal_values.csv")
    ]


def main() -> None:
    """Write `prices.json` and the bibliography of its sources."""
    folder = facts_folder()
    works = Bibliography("prices")
    write_json(
        "prices.json",
        {
            "deflator": deflator(folder, works),
            "discount_rates": discount_rates(folder, works),
            "appraisal_values": appraisal_values(folder, works),
        },
    )
    works.write()


if __name__ == "__main__":
    main()
