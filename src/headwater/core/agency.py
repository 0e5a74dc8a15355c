"""Who bears a cost or keeps a saving: one closed list, so that benefits add up by agency.

A cost borne by several agencies together keeps them all; nothing here splits it between them.
"""

from typing import Literal, get_args

Agency = Literal[
    "council_childrens_services",
    "council_other",
    "public_health",
    "nhs",
    "police",
    "courts",
    "legal_aid",
    "cafcass",
    "probation",
    "prisons",
    "criminal_justice",
    "schools_and_dfe",
    "dwp",
    "hmrc",
    "treasury",
    "housing",
    "voluntary_sector",
    "society",
    "commissioner",
    "several",
]

AGENCIES: tuple[Agency, ...] = get_args(Agency)

AGENCY_NAMES: dict[Agency, str] = {
    "council_childrens_services": "council: children's services",
    "council_other": "council: other services",
    "public_health": "council: public health",
    "nhs": "NHS",
    "police": "police",
    "courts": "courts",
    "legal_aid": "legal aid",
    "cafcass": "Cafcass",
    "probation": "probation",
    "prisons": "prisons and youth custody",
    "criminal_justice": "criminal justice system (agency not named)",
    "schools_and_dfe": "schools and Department for Education",
    "dwp": "Department for Work and Pensions",
    "hmrc": "HM Revenue and Customs",
    "treasury": "HM Treasury",
    "housing": "social housing providers",
    "voluntary_sector": "voluntary sector",
    "society": "society (not a public budget)",
    "commissioner": "whoever commissions",
    "several": "several agencies (which, is not published)",
}

COUNCIL: frozenset[Agency] = frozenset(
    {"council_childrens_services", "council_other", "public_health"}
)
"""The budgets of an upper-tier authority."""
