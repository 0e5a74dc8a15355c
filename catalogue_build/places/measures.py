"""The measures a place has: what each counts, in which unit, over which time.

`timing` says what a year stands for: "stock" is 31 March of it, "flow" the year to that day,
"mid-year" 30 June, "spending" the financial year that ends in it.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; `rounding` and `england_rounding` say how its publisher rounds it."""

    id: str
    title: str
    unit: str
    group: str
    timing: str
    rounding: str = ""
    england_rounding: str = ""
    note: str = ""

    @property
    def entry(self) -> dict[str, Any]:
        """The measure as it stands in the data file."""
        return asdict(self)


BANDS = {
    "to_3m": "up to 3 months",
    "3_to_6m": "3 to 6 months",
    "6_to_12m": "6 to 12 months",
    "1_to_2y": "1 to 2 years",
    "over_2y": "2 years or more",
}
TEN = "England rounded to 10"
CONTAINS = (
    "Contains children on protection plans, children looked after and care leavers still helped."
)
OTHER_2024 = (
    "From 2024 supported accommodation is regulated; the change was hard to report in 2024, "
    "and unregistered providers count as other placements."
)
SHARES = (
    "The shares do not add to 100: the rest, children placed for adoption among it, has no share "
    "in the table read."
)
COVERS = {
    "looked_after": "Residential care, fostering, adoption, special guardianship, leaving care, "
    "asylum-seeking children, other.",
    "sure_start": "Sure Start children's centres and early years.",
    "family_support": "Targeted and universal family support; also short breaks, direct payments "
    "and other support for disabled children.",
    "safeguarding": "Social work, commissioning and the safeguarding partnership.",
    "young_people": "Youth work, leisure-time activities and targeted support, 13 to 19 years.",
    "youth_justice": "Youth offending teams and secure accommodation for justice reasons.",
    "other": "What no other line holds, substance misuse and grants among it.",
    "leaving_care": "Support to care leavers; part of looked-after spending in these returns.",
}


def _count(name: str, title: str, group: str, timing: str, note: str = "") -> Measure:
    unit = "referrals" if name.startswith(("ref", "reref")) else "children"
    if name in {"need_starts", "need_ends", "need_any"} or name.startswith("need_ended"):
        unit = "episodes of need"
    if name.startswith("plan_") and timing == "flow":
        unit = "protection plans"
    return Measure(name, title, unit, group, timing, england_rounding=TEN, note=note)


def _bands(prefix: str, group: str, timing: str) -> list[Measure]:
    return [
        _count(f"{prefix}_{band}", words.capitalize(), f"{group}, by length", timing)
        for band, words in BANDS.items()
    ]


def _share(name: str, title: str, group: str, timing: str, note: str = "") -> Measure:
    return Measure(name, title, "per cent", group, timing, "whole per cents", note=note)


def _need() -> list[Measure]:
    group = "Children in need"
    return [
        _count("need_stock", "In need at 31 March", group, "stock", CONTAINS),
        _count("need_starts", "Episodes of need started", group, "flow"),
        _count("need_starts_children", "Children starting in need", group, "flow"),
        _count("need_ends", "Episodes of need ended", group, "flow"),
        _count("need_any", "Episodes open in the year", group, "flow"),
        _count("need_awaiting_assessment", "Awaiting assessment", group, "stock"),
        *_bands("need_open", "In need at 31 March", "stock"),
        *_bands("need_ended", "Episodes of need ended", "flow"),
    ]


def _front_door() -> list[Measure]:
    group = "Referrals"
    return [
        _count("referrals", "Referrals", group, "flow"),
        _count("rereferrals", "Repeat within 12 months", group, "flow"),
        _count("referrals_no_further_action", "No further action", group, "flow"),
        _count("referrals_not_in_need", "Assessed as not in need", group, "flow"),
    ]


def _plans() -> list[Measure]:
    group = "Child protection plans"
    return [
        _count("plan_stock", "On a plan at 31 March", group, "stock"),
        _count("plan_starts", "Plans started", group, "flow"),
        _count("plan_repeat_starts", "Repeat plans started", group, "flow"),
        _count("plan_ends", "Plans ended", group, "flow"),
        *_bands("plan_open", "On plans at 31 March", "stock"),
        *_bands("plan_ended", "Plans ended", "flow"),
    ]


def _care() -> list[Measure]:
    group = "Children looked after"
    return [
        _count("care_stock", "Looked after at 31 March", group, "stock"),
        _count("care_starts", "Started to be looked after", group, "flow"),
        _count(
            "care_ends",
            "Ceased to be looked after",
            group,
            "flow",
            "Counts the last time in the year; includes moves to another authority's care.",
        ),
        _count("uasc_stock", "Unaccompanied (asylum)", group, "stock"),
        _share("uasc_share_of_starts", "Unaccompanied, % of starts", group, "flow"),
        Measure(
            "care_applications_rate",
            "Care applications per 10,000",
            "per 10,000 children",
            group,
            "flow",
            "one decimal",
        ),
        _count("care_leavers_17_18", "Care leavers aged 17 and 18", group, "flow"),
        _count("care_leavers_19_21", "Care leavers aged 19 to 21", group, "flow"),
    ]


def _placements() -> list[Measure]:
    group = "Placements"
    return [
        _share("placement_foster", "Foster care", group, "stock", SHARES),
        _share("placement_residential", "Children's and secure homes", group, "stock"),
        _share("placement_supported", "Supported accommodation", group, "stock", OTHER_2024),
        _share("placement_parents", "With parents", group, "stock"),
        _share("placement_other_residential", "Other residential settings", group, "stock"),
        _share("placement_other", "Other placements", group, "stock", OTHER_2024),
    ]


def _money() -> list[Measure]:
    costs = {
        "looked_after": "A looked-after child",
        "foster": "A foster placement",
        "residential": "Residential care",
        "social_work": "Social work, child in need",
    }
    lines = {
        "looked_after": "Children looked after",
        "sure_start": "Sure Start and early years",
        "family_support": "Family support",
        "safeguarding": "Safeguarding",
        "young_people": "Services for young people",
        "youth_justice": "Youth justice",
        "other": "Other children's services",
        "leaving_care": "Leaving care support",
    }
    accounts = {
        "looked_after": "Looked after, all",
        "residential": "of which residential care",
        "fostering": "of which fostering",
        "asylum_looked_after": "of which asylum-seekers",
        "other_looked_after": "of which other",
    }
    nearest = "nearest 5 pounds"
    return [
        *(
            Measure(
                f"unit_cost_{name}",
                title,
                "GBP a week",
                "Average costs a week",
                "spending",
                nearest,
                note="Gross outturn divided by children at 31 March (residential: by "
                "days of care), so an average and approximate.",
            )
            for name, title in costs.items()
        ),
        *(
            Measure(
                f"spend_{name}",
                title,
                "GBP",
                "Gross spending (section 251)",
                "spending",
                note=COVERS[name],
            )
            for name, title in lines.items()
        ),
        *(
            Measure(
                f"ro3_{name}",
                title,
                "GBP",
                "Spending on care (RO3)",
                "spending",
                "nearest thousand pounds",
            )
            for name, title in accounts.items()
        ),
    ]


MEASURES: tuple[Measure, ...] = (
    Measure("population", "Children aged 0 to 17", "children", "Population", "mid-year"),
    *_front_door(),
    *_need(),
    *_plans(),
    *_care(),
    *_placements(),
    *_money(),
)
