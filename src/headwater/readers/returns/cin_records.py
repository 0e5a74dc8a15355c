"""What the children in need census says of children: need, plans, pre-proceedings and events.

A referral that went on is "need" until its case is closed; one without further action is an event
only. "plan" is a child protection plan; a child in need plan is part of its need. Pre-proceedings
last until the decision to step up or down. The day on which a spell ends is not counted in it.
"""

from headwater.readers.returns.record_form import Event, Form, Spell, Who

KEY = "LAchildID"
SEXES = {"M": "M", "F": "F", "1": "M", "2": "F"}
FORM = Form(
    "cin",
    who=(Who("child", KEY, "PersonBirthDate", ("Sex", "GenderCurrent"), SEXES, "UPN"),),
    spells=(
        Spell(
            "cin_details",
            KEY,
            "need",
            "CINreferralDate",
            "CINclosureDate",
            {"began": "ReferralSource", "need": "PrimaryNeedCode", "ended": "ReasonForClosure"},
            unless=("ReferralNFA", ("1", "TRUE")),
        ),
        Spell(
            "cp_plans",
            KEY,
            "plan",
            "CPPstartDate",
            "CPPendDate",
            {
                "category": "InitialCategoryOfAbuse",
                "latest_category": "LatestCategoryOfAbuse",
                "earlier_plans": "NumberOfPreviousCPP",
            },
        ),
        Spell(
            "pre_proceedings",
            KEY,
            "pre-proceedings",
            "PPStartDate",
            "StepDecisionDate",
            {"ended": "PPOutcome", "meeting_offered": "FGDMMeetingOffer"},
        ),
    ),
    events=(
        Event("cin_details", KEY, "referral", "CINreferralDate"),
        Event("cin_details", KEY, "conference", "DateOfInitialCPC"),
        Event("assessments", KEY, "assessment", "AssessmentActualStartDate"),
        Event("section47", KEY, "section 47", "S47ActualStartDate"),
        Event("section47", KEY, "conference", "DateOfInitialCPC"),
        Event("pre_proceedings", KEY, "proceedings", "CourtAppDate"),
    ),
    whole=True,
)
