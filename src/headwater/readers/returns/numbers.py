"""Which published rule asks what a return's form asks: codes, dates, a child in two tables."""

CODE_RULES = {
    ("header", "SEX"): "101",
    ("placed_adoption", "REASON_PLACED_CEASED"): "120",
    ("oc3", "IN_TOUCH"): "131",
    ("oc3", "ACTIV"): "132",
    ("oc3", "ACCOM"): "133",
    ("episodes", "RNE"): "143",
    ("episodes", "LS"): "144",
    ("episodes", "PLACE"): "146",
    ("episodes", "REC"): "149",
    ("missing", "MISSING"): "1006",
    ("episodes", "REASON_PLACE_CHANGE"): "1009",
    ("oc2", "CONVICTED"): "181",
    ("oc2", "HEALTH_CHECK"): "181",
    ("oc2", "IMMUNISATIONS"): "181",
    ("oc2", "TEETH_CHECK"): "181",
    ("oc2", "HEALTH_ASSESSMENT"): "181",
    ("oc2", "SUBSTANCE_MISUSE"): "181",
    ("oc2", "INTERVENTION_RECEIVED"): "181",
    ("oc2", "INTERVENTION_OFFERED"): "181",
    ("child", "Sex"): "4180",
    ("child", "GenderCurrent"): "4180",
    ("child", "Ethnicity"): "4220",
    ("disabilities", "Disability"): "8540",
    ("cin_details", "ReferralNFA"): "8568",
    ("cin_details", "ReasonForClosure"): "8640",
    ("cin_details", "PrimaryNeedCode"): "8650",
    ("cin_details", "ReferralSource"): "8866",
    ("cp_plans", "InitialCategoryOfAbuse"): "8905",
    ("cp_plans", "LatestCategoryOfAbuse"): "8910",
}
"""A code that is none of the year's."""

DATE_RULES = {
    ("header", "DOB"): "102",
    ("ad1", "DATE_INT"): "112",
    ("ad1", "DATE_MATCH"): "113",
    ("placed_adoption", "DATE_PLACED"): "115",
    ("placed_adoption", "DATE_PLACED_CEASED"): "116",
    ("episodes", "DECOM"): "141",
    ("episodes", "DEC"): "147",
    ("missing", "MIS_START"): "1004",
    ("missing", "MIS_END"): "1005",
    ("dolo", "DOLO_START"): "700",
    ("dolo", "DOLO_END"): "701",
    ("cin_details", "CINreferralDate"): "8600",
    ("cin_plans", "CINPlanStartDate"): "4010",
    ("cp_reviews", "CPPreviewDate"): "8842Q",
}
"""A date that cannot be read, or is blank where it must not be."""

BLANK_RULES = {
    ("child", "LAchildID"): "8500",
    ("child", "Sex"): "4180",
    ("child", "GenderCurrent"): "4180",
    ("child", "Ethnicity"): "4220",
    ("disabilities", "Disability"): "8540",
    ("cin_details", "ReferralNFA"): "8568",
    ("cin_details", "ReferralSource"): "8866",
    ("cp_plans", "NumberOfPreviousCPP"): "8730",
    ("cp_plans", "InitialCategoryOfAbuse"): "8905",
    ("cp_plans", "LatestCategoryOfAbuse"): "8910",
}
"""A cell that is blank and must not be."""

UNHEADED_RULES = {
    "ad1": "INT01",
    "placed_adoption": "INT02",
    "episodes": "INT03",
    "missing": "INT04",
    "oc2": "INT05",
    "oc3": "INT06",
    "prev_perm": "INT07",
    "reviews": "INT08",
    "uasc": "INT09",
}
"""A child who is not in the header."""

BIRTH_RULES = {
    "ad1": "INT11",
    "placed_adoption": "INT12",
    "missing": "INT13",
    "oc2": "INT14",
    "oc3": "INT15",
    "prev_perm": "INT16",
    "reviews": "INT17",
    "uasc": "INT18",
}
"""A day of birth that is not the header's."""
SEX_RULES = {"uasc": "INT21"}

TWICE_RULES = {
    "ad1": "INT31",
    "header": "INT32",
    "oc2": "INT33",
    "oc3": "INT34",
    "prev_perm": "INT35",
    "uasc": "INT36",
}
"""A child who stands twice in a table that holds each once."""
BORN_ANEW, SCORE = "203", "180"
"""A day of birth that is not last year's; a strengths and difficulties score out of bounds."""
COVERED = frozenset(
    {
        *CODE_RULES.values(),
        *DATE_RULES.values(),
        *BLANK_RULES.values(),
        *UNHEADED_RULES.values(),
        *BIRTH_RULES.values(),
        *SEX_RULES.values(),
        *TWICE_RULES.values(),
        BORN_ANEW,
        SCORE,
    }
)
"""Every rule checked by the form of cells and tables."""
