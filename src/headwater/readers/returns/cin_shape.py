"""How the children in need census lies in XML: which element holds which, and in what order.

As the schemas of 2021 to 2026 have it (`liia_tools_pipeline`), with the block of 2026-27
(`csc_validator_cin`), whose place among its neighbours is that of a sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from headwater.catalogue.returns import layout


@dataclass(frozen=True, slots=True)
class Element:
    """An element that holds others.

    Parameters
    ----------
    table
        The table that gets a row for it; "" where its values belong to what it lies in.
    number
        The column that says which of the file's such elements a row is or lies in; "" for none.
    repeated
        Elements of text that may stand more than once, each a row of the table named.
    order, place
        Every element inside, in the schema's order; and the place of each in it.
    inside
        Elements that hold others in turn; any other is of text, a column of the table.
    once
        Those of them that may stand once only.
    """

    table: str
    order: tuple[str, ...]
    number: str = ""
    repeated: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, "Element"] = field(default_factory=dict)
    once: frozenset[str] = frozenset()
    place: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Set the places of the elements inside, so that each is found at once."""
        object.__setattr__(self, "place", {name: i for i, name in enumerate(self.order)})


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "entity"


def census_year(text: str) -> int | None:
    """Return the year of a reference date, the one in which the census ends; None if unread."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.year if (day.month, day.day) < (4, 1) else day.year + 1


def _values(table: str) -> tuple[str, ...]:
    ours = {layout("cin").key, "referral", "assessment", "plan"}
    columns = layout("cin").tables[table].columns
    return tuple(name for name in columns if name not in ours)


def _list(name: str, table: str) -> Element:
    """Return an element that holds nothing but repetitions of one."""
    return Element("", (name,), repeated={name: table})


@cache
def child() -> Element:
    """Return the shape of one child."""
    people = layout("cin").tables["child"].columns
    identifiers = tuple(name for name in people if name != "Ethnicity")
    return Element(
        "child",
        ("ChildIdentifiers", "ChildCharacteristics", "CINdetails"),
        inside={
            "ChildIdentifiers": Element("", identifiers),
            "ChildCharacteristics": Element(
                "",
                ("Ethnicity", "Disabilities"),
                inside={"Disabilities": _list("Disability", "disabilities")},
                once=frozenset({"Disabilities"}),
            ),
            "CINdetails": _case(),
        },
        once=frozenset({"ChildIdentifiers", "ChildCharacteristics"}),
    )


def _case() -> Element:
    values = _values("cin_details")
    before, after = values[: values.index("ReferralNFA")], ("ReferralNFA",)
    groups = {
        "Assessments": Element(
            "assessments",
            (*_values("assessments"), "FactorsIdentifiedAtAssessment"),
            number="assessment",
            inside={
                "FactorsIdentifiedAtAssessment": _list("AssessmentFactors", "assessment_factors")
            },
            once=frozenset({"FactorsIdentifiedAtAssessment"}),
        ),
        "CINPlanDates": Element("cin_plans", _values("cin_plans")),
        "Section47": Element("section47", _values("section47")),
        "ChildProtectionPlans": Element(
            "cp_plans",
            (*_values("cp_plans"), "Reviews"),
            number="plan",
            inside={"Reviews": _list("CPPreviewDate", "cp_reviews")},
            once=frozenset({"Reviews"}),
        ),
        "PreProceedingsandFGDM": Element("pre_proceedings", _values("pre_proceedings")),
    }
    order = (
        *before,
        "Assessments",
        "CINPlanDates",
        "Section47",
        *after,
        "ChildProtectionPlans",
        "PreProceedingsandFGDM",
    )
    return Element("cin_details", order, number="referral", inside=groups)


@cache
def header() -> Element:
    """Return the shape of the header."""
    details = ("Collection", "Year", "ReferenceDate")
    rest = tuple(name for name in _values("header") if name not in details)
    inside = {"CollectionDetails": Element("", details), "Source": Element("", rest)}
    return Element("header", tuple(inside), inside=inside, once=frozenset({"CollectionDetails"}))
