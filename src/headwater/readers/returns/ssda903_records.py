"""What SSDA903 says of children: times looked after, and times missing from care."""

from headwater.readers.returns.record_form import Form, Spell, Who

KEY = "CHILD"
SEXES = {"1": "M", "2": "F", "M": "M", "F": "F"}
CARE = Spell(
    "episodes",
    KEY,
    "looked after",
    "DECOM",
    "DEC",
    {
        "legal_status": "LS",
        "placement": "PLACE",
        "provider": "PLACE_PROVIDER",
        "need": "CIN",
        "began": "RNE",
        "ended": "REC",
    },
)
FORM = Form(
    "ssda903",
    who=(Who("header", KEY, "DOB", ("SEX",), SEXES, "UPN"),),
    spells=(CARE, Spell("missing", KEY, "missing", "MIS_START", "MIS_END")),
    events=(),
)
