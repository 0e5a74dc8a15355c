"""National facts that nothing is fitted to: what the pathway is held against.

Part of `england.json`, built by `catalogue_build.england`. A fact of a later year than its vintage
bears its own period and is left out of a vintage that must not know it.
"""

import re
from pathlib import Path

from catalogue_build.tables import rows

Found = tuple[float | list[float], str, str]
"""Value or values, unit, source."""

OWN_PERIODS = {
    "care_ends_2025": "year to March 2025",
    "care_ends_at_18_2025": "year to March 2025",
    "placement_stock_2025": "31 March 2025",
    "residential_share_of_spend_2024": "2023-24",
}
"""What time a fact of another year than its vintage is of."""

LATER = frozenset(OWN_PERIODS)
"""Facts of a year after 2022."""

PLACED = (
    ("Foster placements",),
    ("Secure homes and children's homes",),
    ("Independent and semi-independent living arrangements/supported accommodation",),
    ("Placed with parents or other person with parental responsibility",),
    (
        "Residential schools",
        "Other residential settings",
        "Placed for adoption",
        "Other placements",
    ),
)
"""The publisher's placements, in the order of the pathway's."""


def held_against(facts: Path, year: int, bands: tuple[str, ...]) -> dict[str, Found]:
    """Return the facts that the pathway of a reporting year is held against, by name."""
    cla, asylum = "dfe_cla_2025", "Unaccompanied asylum-seeking children"
    care, seekers = "children looked after at 31 March", asylum.lower()
    left = "children ceasing to be looked after"
    age = f"{left} by age on ceasing"
    fgc = rows(facts / "programme_effects.csv", programme_id="fgc")
    back, home = "children reunified who re-entered care within", "share of children who went home"
    children = "children a year"

    def one(measure: str, breakdown: str = "all", of: int = year) -> float:
        (row,) = rows(
            facts / "system_statistics.csv",
            measure=measure,
            breakdown=breakdown,
            geography_level="national",
            period=str(of),
        )
        return float(row["value"])

    def share(measure: str, period: str, column: str = "value", **where: str) -> float:
        (row,) = rows(facts / "system_statistics.csv", measure=measure, period=period, **where)
        return round(float(row[column]) / 100, 6)

    def ever(what: str, column: str = "value", **where: str) -> float:
        return share(f"ever {what} before age 18", "to age 18", column, **where)

    other = "share of children, by the other of two identifiers"
    return {
        "care_stock_by_age_before": (
            [one(f"{care} by age group", f"Age group: {band}", year - 1) for band in bands],
            "children",
            cla,
        ),
        "uasc_stock_before": (
            one(f"{care} by {seekers}", f"{asylum}: UASC", year - 1),
            "children",
            cla,
        ),
        "care_ends": (one(f"{left} in year"), children, cla),
        "care_ends_at_18": (one(age, "Age on ceasing: 18 years and over"), "children", cla),
        "uasc_ends": (one(f"{left} by {seekers}", f"{asylum}: {asylum}"), children, cla),
        "care_ends_2025": (one(f"{left} in year", of=2025), children, cla),
        "care_ends_at_18_2025": (
            one(age, "Age on ceasing: 18 years and over", 2025),
            children,
            cla,
        ),
        "placement_stock_2025": (
            [
                sum(one(f"{care} by placement", f"Placement: {p}", 2025) for p in of)
                for of in PLACED
            ],
            (
                "children in foster care, children's homes, supported accommodation, with parents,"
                " elsewhere"
            ),
            cla,
        ),
        "residential_share_of_spend_2024": (
            residential_share(facts),
            "share of gross spending on looked-after children",
            "dfe2025answer",
        ),
        "trial_days_in_care": (
            [float(fgc[2]["treatment_value"]), float(fgc[2]["control_value"])],
            "mean days in care, programme and control arm; window not published",
            "taylor2024fgc",
        ),
        "reentry_3_months": (share(f"{back} 3 months", "3 months"), home, "nspcc_reunification"),
        "reentry_6_years": (share(f"{back} 6 years", "6 years"), home, "nspcc_reunification"),
        "ever_need": (ever("child in need"), "share of children", "jay2025"),
        "ever_need_other": (ever("child in need", "high"), other, "jay2025"),
        "ever_plan": (ever("child protection plan"), "share of children", "jay2025"),
        "ever_plan_other": (ever("child protection plan", "high"), other, "jay2025"),
        "ever_looked_after": (
            ever("looked after", breakdown="born 2000"),
            "share of children born in 2000",
            "ijpds_looked_after",
        ),
    }


def residential_share(facts: Path) -> float:
    """Return the part of looked-after spending that went on residential care, from a row's note."""
    (row,) = rows(
        facts / "system_statistics.csv",
        measure="gross expenditure on looked-after children",
        period="2023-24",
    )
    match = re.search(r"residential .*?(\d+)% of looked-after spend", row["note"])
    if match is None:
        raise ValueError(row["note"])
    return float(match[1]) / 100
