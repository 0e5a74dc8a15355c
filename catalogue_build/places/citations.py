"""The published tables that places are read from, one key each."""

from typing import Any

OGL = "Open Government Licence v3.0"
DFE = "Department for Education"
FIND = "https://explore-education-statistics.service.gov.uk/find-statistics"
LAIT = "https://github.com/dfe-analytical-services/local-authority-interactive-tool"
TOOLS = "https://github.com/dfe-analytical-services/CSC_outcomes_and_enablers"
OUTTURN = (
    "https://www.gov.uk/government/statistics/local-authority-revenue-expenditure-and-financing-"
    "england-2024-to-2025-individual-local-authority-data-outturn"
)


def _source(key: str, title: str, url: str, publisher: str, published: str) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "url": url,
        "publisher": publisher,
        "published": published,
        "licence": OGL,
    }


def _need(key: str, year: str, title: str) -> dict[str, Any]:
    return _source(key, f"Children in need {year}: {title}", f"{FIND}/children-in-need", DFE, year)


CITATIONS = [
    _source(
        "cafcass_lait_care_applications",
        "Care applications per 10,000 children (Cafcass, in DfE's Local Authority Interactive "
        "Tool)",
        LAIT,
        "Cafcass",
        "2025",
    ),
    _need("dfe_cin_2024_b4", "2024", "duration of open episodes (table B4), 2013 to 2024"),
    _need("dfe_cin_2024_b5", "2024", "duration of ended episodes (table B5), 2013 to 2024"),
    _need("dfe_cin_2024_d1", "2024", "child protection plans (table D1), 2013 to 2024"),
    _need("dfe_cin_2024_d7", "2024", "plans ending by duration (table D7), 2013 to 2024"),
    _need("dfe_cin_2025_b1", "2025", "children in need (table B1), 2013 to 2025"),
    _need("dfe_cin_2025_c1", "2025", "referrals and re-referrals (table C1), 2013 to 2025"),
    _need("dfe_cin_2025_d3", "2025", "second or subsequent plans (table D3), 2013 to 2025"),
    _need("dfe_cin_2025_d5", "2025", "plans at 31 March by duration (table D5), 2013 to 2025"),
    _source(
        "dfe_cla_2025_care_leavers",
        "Children looked after in England 2025: care leavers' activity, 2021 to 2025",
        f"{FIND}/children-looked-after-in-england-including-adoptions/2025",
        DFE,
        "2025",
    ),
    _source(
        "dfe_cla_2025_numbers",
        "Children looked after in England 2025: numbers and rates, 2021 to 2025",
        f"{FIND}/children-looked-after-in-england-including-adoptions/2025",
        DFE,
        "2025",
    ),
    _source(
        "dfe_lait_looked_after",
        "Local Authority Interactive Tool: children looked after, 2016 to 2025",
        LAIT,
        DFE,
        "2026",
    ),
    _source(
        "dfe_lait_section_251",
        "Local Authority Interactive Tool: children's services finance (section 251 outturn), "
        "2016-17 to 2024-25",
        LAIT,
        DFE,
        "2026",
    ),
    _source(
        "dfe_neighbours_2025",
        "Statistical neighbours model 2025, as held with the children's social care outcomes "
        "and enablers dashboard",
        TOOLS,
        DFE,
        "2025",
    ),
    _source(
        "mhclg_ro3_2025",
        "Local authority revenue outturn 2024-25, second release: social care and public "
        "health (RO3)",
        OUTTURN,
        "Ministry of Housing, Communities and Local Government",
        "2025",
    ),
    _source(
        "ons_population_2024",
        "Mid-year population estimates 2012 to 2024, children aged 0 to 17, as held with the "
        "children's social care outcomes and enablers dashboard",
        TOOLS,
        "Office for National Statistics",
        "2025",
    ),
]
