"""What the lists of an Annex A workbook say of children.

List 2 has early help assessments, not the help that followed: "early help" lasts here from the
start of an assessment to its completion. List 8 has one row for each child, from the day that the
period of care began: its placements are the latest ones only.
"""

from headwater.readers.returns.record_form import Event, Form, Spell, Who

KEY = "Child Unique ID"
SEXES = {"A) MALE": "M", "B) FEMALE": "F"}
LISTS = tuple(f"list_{number}" for number in range(1, 11))
FORM = Form(
    "annex_a",
    who=tuple(Who(name, KEY, "Date of Birth", ("Gender",), SEXES) for name in LISTS),
    spells=(
        Spell(
            "list_2",
            KEY,
            "early help",
            "Assessment start date",
            "Assessment completion date",
            {"organisation": "Organisation completing assessment"},
        ),
        Spell(
            "list_6",
            KEY,
            "need",
            "CIN Start Date",
            "CIN Closure Date",
            {"need": "Primary Need Code", "ended": "Reason for Closure", "status": "Case Status"},
        ),
        Spell(
            "list_7",
            KEY,
            "plan",
            "Child Protection Plan Start Date",
            "Child Protection Plan End Date",
            {
                "category": "Initial Category of Abuse",
                "latest_category": "Latest Category of Abuse",
                "earlier_plans": "Number of Previous Child Protection Plans",
            },
        ),
        Spell(
            "list_8",
            KEY,
            "looked after",
            "Date Started to be Looked After",
            "Date Ceased to be Looked After",
            {
                "need": "Child's Category of Need",
                "legal_status": "Child's Legal Status",
                "placement": "Placement Type",
                "provider": "Placement Provider",
                "ended": "Reason Ceased to be Looked After",
            },
        ),
    ),
    events=(
        Event("list_1", KEY, "contact", "Date of Contact"),
        Event("list_3", KEY, "referral", "Date of referral"),
        Event("list_4", KEY, "assessment", "Continuous Assessment Start Date"),
        Event(
            "list_5",
            KEY,
            "section 47",
            "Strategy discussion initiating Section 47 Enquiry Start Date",
        ),
        Event("list_5", KEY, "conference", "Date of Initial Child Protection Conference"),
    ),
)
