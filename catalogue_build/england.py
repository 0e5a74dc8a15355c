"""National facts that calibrate the pathway: `python -m catalogue_build.england FACTS_FOLDER`.

Writes, for each vintage in `england_vintages`, `data/england.json` (one entry a fact: value or list
by age band, unit, period, source) and its sources under `data/sources/`. Every number is read from
the published files named there.
"""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl

from catalogue_build.england_checks import OWN_PERIODS, held_against
from catalogue_build.england_vintages import LATEST, TO_2022, Vintage
from catalogue_build.tables import facts_folder, rows

DATA = Path(__file__).parent.parent / "src/headwater/catalogue/data"
CLA_BANDS = (
    "Under 1 year",
    "1 to 4 years",
    "5 to 9 years",
    "10 to 15 years",
    "16 years and over",
)
PLAN_BANDS = ("Under 1", "1-4 years", "5-9 years", "10-15 years", "16 & over")
DURATIONS = (
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
)
HOME = (
    (
        "Returned home to live with parents or other person with parental responsibility which was"
        " part of the care planning process"
    ),
    (
        "Returned home to live with parents or other person with parental responsibility which was"
        " not part of the care planning process"
    ),
    "Left care to live with parents, relatives or other person with no parental responsibility",
)
PERMANENCE = (
    "Adopted",
    "Special guardianship order",
    "Residence order or child arrangement order granted",
)
OTHER = (
    "Care taken by another local authority",
    "Child moved abroad",
    "Died",
    "Sentenced to custody",
    "Accommodation on remand ended",
)


def england(facts: Path, vintage: Vintage) -> dict[str, dict[str, Any]]:
    """Return every national fact of a vintage by name."""
    need, year = facts / "open/dfe_cin_2024", str(vintage.year)
    national = {"time_period": year, "geographic_level": "National"}

    def one(file: str, column: str) -> float:
        (row,) = rows(need / file, **national)
        return float(row[column])

    def care(measure: str, breakdown: str) -> float:
        (row,) = rows(
            facts / "system_statistics.csv",
            measure=measure,
            breakdown=breakdown,
            geography_level="national",
            period=year,
        )
        return float(row["value"])

    def statistic(measure: str, period: str) -> float:
        (row,) = rows(facts / "system_statistics.csv", measure=measure, period=period)
        return float(row["value"])

    ages = {
        row["characteristic_type"]: float(row["number"])
        for row in rows(need / "a7_cin_by_age_gender_ethnicity_2015_to_2024.csv", time_period=year)
    }
    plans = {
        row["characteristic_type"]: float(row["CPP_At31"])
        for row in rows(
            need / "a5_cpp_initial_category_of_abuse_by_gender_age_ethnicity_2018_to_2024.csv",
            time_period=year,
        )
    }
    b1 = "b1_children_in_need_2013_to_2024.csv"
    b5 = "b5_children_in_need_duration_of_ended_episode_2013_to_2024.csv"
    c1 = "c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv"
    d1 = "d1_child_protection_plans_2013_to_2024.csv"
    d3 = "d3_cpps_subsequent_plan_2013_to_2024.csv"
    d7 = "d7_cpps_ending_by_duration_2013_to_2024.csv"
    (population,) = rows(
        facts / "open" / vintage.population,
        time_period=str(vintage.year - 1),
        geographic_level="National",
    )
    leavers = {
        row["care_leaver_age"]: float(row["care_leaver_count"])
        for row in rows(
            facts / "open/dfe_csc_outcomes/la_care_leavers_activity.csv",
            breakdown="Total",
            **national,
        )
    }
    fgc = rows(facts / "programme_effects.csv", programme_id="fgc")
    families, children = analysed(fgc[0]["note"])
    by_age = "children looked after at 31 March by age group"
    starting = "children starting to be looked after by age on starting"
    ceasing = "children ceasing to be looked after by age on ceasing"
    reason = "children ceasing to be looked after by reason episode ceased"
    uasc = "unaccompanied asylum-seeking children"
    cin, cla = "dfe_cin_2024", "dfe_cla_2025"
    found = {
        "population": (float(population["population_estimate"]), "children", "ons_population_2023"),
        "need_stock": (one(b1, "At31_episodes"), "children", cin),
        "need_stock_by_age": (
            [ages["Unborn"] + ages[CLA_BANDS[0]], *(ages[band] for band in CLA_BANDS[1:])],
            "children; unborn counted with under 1",
            cin,
        ),
        "need_starts": (one(b1, "Started_episodes"), "episodes a year", cin),
        "need_ends": (one(b1, "Ended_episodes"), "episodes a year", cin),
        "need_ended_by_duration": (
            [one(b5, column) for column in (*DURATIONS, "2years+")],
            "episodes a year",
            cin,
        ),
        "care_leavers_supported": (
            [leavers["17 to 18 years"], leavers["19 to 21 years"]],
            "young people aged 17 to 18, 19 to 21",
            cla,
        ),
        "referrals": (one(c1, "Referrals"), "referrals a year", cin),
        "rereferral_share": (one(c1, "Re_referrals_percent") / 100, "share of referrals", cin),
        "plan_stock": (one(d1, "CPP_At31"), "children", cin),
        "plan_stock_by_age": (
            [plans["Unborn"] + plans[PLAN_BANDS[0]], *(plans[band] for band in PLAN_BANDS[1:])],
            "children; unborn counted with under 1",
            cin,
        ),
        "plan_starts": (one(d1, "CPP_start"), "plans a year", cin),
        "plan_ends": (one(d1, "CPP_end"), "plans a year", cin),
        "repeat_plan_share": (
            one(d3, "CPP_subsequent_percent") / 100,
            "share of plans that start",
            cin,
        ),
        "plan_ended_by_duration": (
            [one(d7, column) for column in (*DURATIONS, "2_years_or_more")],
            "plans a year",
            cin,
        ),
        "care_stock": (care("children looked after at 31 March", "all"), "children", cla),
        "care_stock_by_age": (
            [care(by_age, f"Age group: {band}") for band in CLA_BANDS],
            "children",
            cla,
        ),
        "care_starts_by_age": (
            [care(starting, f"Age on starting: {band}") for band in CLA_BANDS],
            "children a year",
            cla,
        ),
        "care_ends_by_age": (
            [care(ceasing, f"Age on ceasing: {band}") for band in CLA_BANDS[:4]]
            + [
                care(ceasing, "Age on ceasing: 16 years")
                + care(ceasing, "Age on ceasing: 17 years")
            ],
            "children a year, under 18",
            cla,
        ),
        "care_ends_home": (
            sum(care(reason, f"Reason episode ceased: {r}") for r in HOME),
            "children a year",
            cla,
        ),
        "care_ends_permanence": (
            sum(care(reason, f"Reason episode ceased: {r}") for r in PERMANENCE),
            "children a year",
            cla,
        ),
        "care_ends_other": (
            sum(care(reason, f"Reason episode ceased: {r}") for r in OTHER),
            "children a year",
            cla,
        ),
        "uasc_stock": (
            care(f"children looked after at 31 March by {uasc}", f"{uasc.capitalize()}: UASC"),
            "children",
            cla,
        ),
        "uasc_starts": (
            care(f"children starting to be looked after by {uasc}", f"{uasc.capitalize()}: UASC"),
            "children a year",
            cla,
        ),
        "supported_stock": (
            care(
                "children looked after at 31 March by placement",
                "Placement: Independent and semi-independent living arrangements/supported"
                " accommodation",
            ),
            "children",
            cla,
        ),
        "care_applications_rate": (
            care_applications(facts, year),
            "applications per 10,000 children a year",
            "cafcass_care_applications",
        ),
        "children_per_family": (children / families, "children per family", "taylor2024fgc"),
        "control_looked_after_12_months": (
            float(fgc[0]["control_value"]) / 100,
            "share of children",
            "taylor2024fgc",
        ),
        "control_proceedings_issued": (
            float(fgc[1]["control_value"]) / 100,
            "share of families",
            "taylor2024fgc",
        ),
        "control_families": (
            families / 2,
            "families in the control arm (equal arms assumed)",
            "taylor2024fgc",
        ),
        "reentry_1_year": (
            statistic("children reunified who re-entered care within 1 year", "1 year") / 100,
            "share of children who went home",
            "nspcc_reunification",
        ),
        "reentry_5_years": (
            statistic("children who returned home and re-entered care within 5 years", "5 years")
            / 100,
            "share of children who went home",
            "nspcc_returning_home",
        ),
    }
    found |= held_against(facts, vintage.year, CLA_BANDS)
    return {
        name: entry(name, value, unit, source, vintage)
        for name, (value, unit, source) in found.items()
        if name not in vintage.left_out
    }


def entry(
    name: str, value: float | list[float], unit: str, source: str, vintage: Vintage
) -> dict[str, Any]:
    """Return a fact as it is shipped, with a note where the vintage has one."""
    key = vintage.instead.get(name, vintage.instead.get(source, source))
    shipped = {"value": value, "unit": unit, "source": key, "period": period(name, key, vintage)}
    note = vintage.notes.get(name, vintage.notes.get(key, ""))
    return {**shipped, "note": note} if note else shipped


def period(name: str, source: str, vintage: Vintage) -> str:
    """Return what time a fact is of."""
    if name == "population":
        return f"mid-{vintage.year - 1}"
    if name in OWN_PERIODS:
        return OWN_PERIODS[name]
    if source in vintage.own_periods:
        return vintage.own_periods[source]
    stock = "stock" in name or "leavers" in name
    if name.endswith("_before"):
        return f"31 March {vintage.year - 1}"
    return f"31 March {vintage.year}" if stock else f"year to March {vintage.year}"


def care_applications(facts: Path, year: str) -> float:
    """Return England's care applications per 10,000 children, as published to one decimal."""
    table = pl.read_parquet(facts / "open/lait/bds_long_0.parquet").filter(
        pl.col("Short Desc") == "CareApplications",
        pl.col("LA and Regions") == "England",
        pl.col("Years") == year,
    )
    return round(float(table["Values"].item()), 1)


def analysed(note: str) -> tuple[int, int]:
    """Return families and children analysed, as the trial's row notes them."""
    match = re.search(r"\((\d+) families / (\d+) children analysed", note)
    if match is None:
        raise ValueError(note)
    return int(match[1]), int(match[2])


def main() -> None:
    """Build the files of every vintage."""
    facts = facts_folder()
    (DATA / "sources").mkdir(parents=True, exist_ok=True)
    for vintage in (LATEST, TO_2022):
        found = england(facts, vintage)
        (DATA / vintage.file).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        sources = json.dumps(vintage.sources, indent=1) + "\n"
        (DATA / "sources" / vintage.file).write_text(sources, encoding="utf-8")
        print(f"{vintage.file}: {len(found)} national facts")


if __name__ == "__main__":
    main()
