"""Reading the Department for Education's tables into one long table of cells.

A cell is (number, year, measure, text, source): the authority's number ("" for England), the
ending year, and the text exactly as published, symbol or number.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from catalogue_build.places.measures import BANDS

SCHEMA = {
    "number": pl.String,
    "year": pl.Int64,
    "measure": pl.String,
    "text": pl.String,
    "source": pl.String,
}
CIN_2025 = "dfe_csc_outcomes"
CIN_2024 = "dfe_cin_2024"
BAND_COLUMNS = (
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
)


@dataclass(frozen=True, slots=True)
class Table:
    """One published file: which column holds which measure, after keeping some rows."""

    source: str
    path: str
    columns: dict[str, str]
    keep: tuple[str, str] | None = None


def _banded(prefix: str, last: str) -> dict[str, str]:
    return {
        f"{prefix}_{band}": column
        for band, column in zip(BANDS, (*BAND_COLUMNS, last), strict=True)
    }


def _b1(awaiting: str) -> dict[str, str]:
    return {
        "need_stock": "At31_episodes",
        "need_starts": "Started_episodes",
        "need_starts_children": "Started_child",
        "need_ends": "Ended_episodes",
        "need_any": "Anypoint_episodes",
        "need_awaiting_assessment": awaiting,
    }


C1 = {
    "referrals": "referral_count",
    "rereferrals": "rereferral_count",
    "referrals_no_further_action": "no_further_action_count",
    "referrals_not_in_need": "not_in_need_count",
}
D3 = {"plan_starts": "CPP_start", "plan_repeat_starts": "CPP_subsequent"}
D5 = {"plan_stock": "CPP_At31", **_banded("plan_open", "2_years_or_more")}
LOOKED_AFTER = f"{CIN_2025}/cla_number_and_rate_per_10k_children.csv"
LEAVERS = f"{CIN_2025}/la_care_leavers_activity.csv"

TABLES: tuple[Table, ...] = (
    Table(
        "ons_population_2024",
        f"{CIN_2025}/ons_mid-year_population_estimates_2012_to_2024.csv",
        {"population": "population_estimate"},
        ("age_group", "Children aged 0 to 17 years"),
    ),
    Table(
        "dfe_cin_2025_b1",
        f"{CIN_2025}/b1_children_in_need_2013_to_2025.csv",
        _b1("awaiting_assessment"),
    ),
    Table(
        "dfe_cin_2025_c1",
        f"{CIN_2025}/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        C1,
    ),
    Table("dfe_cin_2025_d3", f"{CIN_2025}/d3_cpps_subsequent_plan_2013_to_2025.csv", D3),
    Table("dfe_cin_2025_d5", f"{CIN_2025}/d5_cpps_at31march_by_duration_2013_to_2025.csv", D5),
    Table(
        "dfe_cin_2024_b4",
        f"{CIN_2024}/b4_children_in_need_duration_of_open_episode_2013_to_2024.csv",
        _banded("need_open", "2years+"),
    ),
    Table(
        "dfe_cin_2024_b5",
        f"{CIN_2024}/b5_children_in_need_duration_of_ended_episode_2013_to_2024.csv",
        _banded("need_ended", "2years+"),
    ),
    Table(
        "dfe_cin_2024_d1",
        f"{CIN_2024}/d1_child_protection_plans_2013_to_2024.csv",
        {"plan_ends": "CPP_end"},
    ),
    Table(
        "dfe_cin_2024_d7",
        f"{CIN_2024}/d7_cpps_ending_by_duration_2013_to_2024.csv",
        _banded("plan_ended", "2_years_or_more"),
    ),
    *(
        Table(
            "dfe_cla_2025_numbers",
            LOOKED_AFTER,
            {measure: "children_count"},
            ("population_type", f"Children {words} each year"),
        )
        for measure, words in (
            ("care_stock", "looked after on 31 March"),
            ("care_starts", "starting to be looked after"),
            ("care_ends", "ceasing to be looked after"),
        )
    ),
    *(
        Table(
            "dfe_cla_2025_care_leavers",
            LEAVERS,
            {measure: "care_leaver_count"},
            ("care_leaver_age", age),
        )
        for measure, age in (
            ("care_leavers_17_18", "17 to 18 years"),
            ("care_leavers_19_21", "19 to 21 years"),
        )
    ),
)


def read_csv(path: Path) -> pl.DataFrame:
    """Return a published CSV as text, without the byte order mark some of them open with."""
    frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
    return frame.rename({name: name.lstrip("\ufeff") for name in frame.columns})


def cells(table: Table, folder: Path) -> pl.DataFrame:
    """Return the cells of one table for every authority and England; regions are left out."""
    frame = read_csv(folder / table.path).filter(
        pl.col("geographic_level").is_in(["National", "Local authority"])
    )
    if table.keep is not None:
        frame = frame.filter(pl.col(table.keep[0]) == table.keep[1])
    if "breakdown" in frame.columns:
        frame = frame.filter(pl.col("breakdown") == "Total")
    parts = [
        frame.select(
            number=pl.col("old_la_code").fill_null(""),
            year=pl.col("time_period").cast(pl.Int64),
            measure=pl.lit(measure),
            text=pl.col(column).str.strip_chars(),
            source=pl.lit(table.source),
        )
        for measure, column in table.columns.items()
    ]
    return pl.concat(parts)


def all_cells(folder: Path) -> pl.DataFrame:
    """Return the cells of every table of the Department for Education and the ONS read here."""
    return pl.concat([cells(table, folder) for table in TABLES])
