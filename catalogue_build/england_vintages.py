"""The vintages of national facts: the latest, and one with nothing dated after 31 March 2022.

A figure is dated by what it measures. A year to March 2022 read in a later publication is the same
measure, as its publisher revised it; the entry says so. What measures a later time is listed in
`TO_2022.notes` with the reason why it stays, or left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue_build.england_checks import LATER

SOURCES: list[dict[str, str]] = [
    {
        "key": "dfe_cin_2024",
        "title": "Children in need 2024: underlying tables a1, a5, a7, b1, b5, c1, d1, d3, d7",
        "url": "https://explore-education-statistics.service.gov.uk/find-statistics/children-in-need/2024",
        "publisher": "Department for Education",
        "published": "2024",
        "licence": "Open Government Licence v3.0",
    },
    {
        "key": "dfe_cla_2025",
        "title": "Children looked after in England including adoptions, reporting year 2025",
        "url": "https://explore-education-statistics.service.gov.uk/find-statistics/children-looked-after-in-england-including-adoptions",
        "publisher": "Department for Education",
        "published": "2025",
        "licence": "Open Government Licence v3.0",
    },
    {
        "key": "ons_population_2023",
        "title": "Mid-year population estimates, children aged 0 to 17, mid-2023",
        "url": "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
        "publisher": "Office for National Statistics",
        "published": "2024",
        "licence": "Open Government Licence v3.0",
    },
    {
        "key": "cafcass_care_applications",
        "title": "Care applications per 10,000 children (Local Authority Interactive Tool)",
        "url": "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
        "publisher": "Cafcass, Department for Education",
        "published": "2025",
        "licence": "Open Government Licence v3.0",
    },
    {
        "key": "nspcc_reunification",
        "title": "Children reunified who re-entered care within 3 months, 1 year and 6 years",
        "url": "https://www.communitypractitioner.co.uk/uk-more-support-needed-for-reunited-families/",
        "publisher": "Community Practitioner (NSPCC and University of Sussex research)",
        "published": "2024",
    },
    {
        "key": "nspcc_returning_home",
        "title": "Children who returned home from care in 2006-07 and re-entered within five years",
        "url": "https://www.nspcc.org.uk/preventing-abuse/child-protection-system/children-in-care/returning-home-from-care/",
        "publisher": "NSPCC",
        "published": "2016",
    },
    {
        "key": "jay2025",
        "title": "Ever referred, assessed, in need or on a child protection plan before age 18",
        "url": "https://discovery.ucl.ac.uk/id/eprint/10204956",
        "publisher": "University College London",
        "published": "2025",
    },
    {
        "key": "ijpds_looked_after",
        "title": "Children ever looked after before age 18, born 1992 and 2000",
        "url": "https://ijpds.org/article/view/1895",
        "publisher": "International Journal of Population Data Science",
        "published": "2022",
    },
    {
        "key": "dfe2025answer",
        "title": "DfE answer to parliamentary question 54465, May 2025: spending on children's"
        " services and on looked-after children, 2023-24",
        "url": "https://www.parallelparliament.co.uk/question/54465/social-services-children",
        "publisher": "Department for Education",
        "published": "2025",
    },
]

SOURCES_2022: list[dict[str, str]] = [
    {
        "key": "goldacre2022reentry",
        "title": "Reunification and re-entry to care: an analysis of the national datasets for"
        " children looked after in England",
        "url": "https://doi.org/10.1093/bjsw/bcac079",
        "publisher": "British Journal of Social Work 52(8)",
        "published": "2022",
    },
]
"""What the vintage of 2022 cites and no other does; the rest stands in the files of others."""

OWN_PERIODS = {
    "taylor2024fgc": "families entering pre-proceedings, September 2020 to May 2022",
    "nspcc_reunification": "not stated in the source read",
    "nspcc_returning_home": "children who went home in 2006-07",
    "jay2025": "synthetic cohort, births of 2000-01 to 2012-13",
    "ijpds_looked_after": "children born in 2000",
}
"""What time a source's facts are of, where it is not the reporting year."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """The facts of one reporting year.

    Parameters
    ----------
    file
        Name of the shipped file, and of its list of sources.
    year
        The reporting year: the year to 31 March.
    population
        The table of children by year.
    instead
        Source cited instead of another, by name of the fact or by key.
    own_periods
        What time a source's facts are of, where it is not the reporting year.
    notes
        What a reader must know of a fact, by its name or by the key of its source.
    left_out
        Facts of other years that nothing is fitted to or checked against.
    """

    file: str
    year: int
    population: str
    sources: list[dict[str, str]]
    own_periods: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


LATEST = Vintage(
    file="england.json",
    year=2024,
    population="dfe_cin_2024/ons_mid-year_population_estimates_2012_to_2023.csv",
    sources=SOURCES,
    own_periods=OWN_PERIODS,
)
"""2024 is the last reporting year that has every table by age."""

_REVISED = (
    "Read in the publication of {year}, which holds earlier years as revised since: the same"
    " measure of the same time."
)
_TRIAL = (
    "Measured in part after March 2022: {measured}. Kept, because {why}. It is a figure of families"
    " in 21 authorities who entered pre-proceedings, not a stock or flow of England, of any"
    " authority or of any later year. It divides entry to care between pre-proceedings and direct"
    " entry; entry by age and care applications stay fitted to the year to March 2022."
)

TO_2022 = Vintage(
    file="england_2022.json",
    year=2022,
    population="dfe_csc_outcomes/ons_mid-year_population_estimates_2012_to_2024.csv",
    sources=SOURCES_2022,
    instead={
        "ons_population_2023": "ons_population_2024",
        "reentry_1_year": "goldacre2022reentry",
        "reentry_3_months": "goldacre2022reentry",
        "reentry_6_years": "goldacre2022reentry",
    },
    own_periods={
        **OWN_PERIODS,
        "goldacre2022reentry": "children with an episode of care between 2014 and 2020",
        "jay2025": "synthetic cohort, births of 2000-01 to 2012-13, followed to 2018-19",
    },
    notes={
        "dfe_cin_2024": _REVISED.format(year=2024),
        "dfe_cla_2025": _REVISED.format(year=2025),
        "ons_population_2024": _REVISED.format(year=2025),
        "cafcass_care_applications": _REVISED.format(year=2025),
        "goldacre2022reentry": (
            "One in five. Published in 2022, of children followed to 2020; the later article cited"
            " in the latest vintage reports the same study."
        ),
        "reentry_3_months": (
            "As the later article cited in the latest vintage reports the same study."
        ),
        "reentry_6_years": (
            "Over a third; the later article cited in the latest vintage reports 35% of the same"
            " study."
        ),
        "jay2025": "Published later, of earlier years. A check: nothing is fitted to it.",
        "ijpds_looked_after": (
            "Published later in 2022, of children who were 18 by 2018. A check: nothing is fitted"
            " to it."
        ),
        "children_per_family": _TRIAL.format(
            measured="families entered until May 2022",
            why="19 of the 21 months lie before and the figure is of the day of entry",
        ),
        "control_looked_after_12_months": _TRIAL.format(
            measured="the last families entered in May 2022 and were followed for 12 months",
            why="no earlier measure of it was found",
        ),
        "control_proceedings_issued": _TRIAL.format(
            measured="the last families entered in May 2022, and outcomes were had up to 21 months"
            " after referral",
            why="the earlier study found (Partnership by Law, six authorities, 2010 to 2012) says"
            " only that about a quarter were diverted from proceedings, which agrees",
        ),
    },
    left_out=frozenset({"control_families", "trial_days_in_care"}) | LATER,
)
"""What was known of the time up to 31 March 2022, for forecasts that are held against later years.
"""
