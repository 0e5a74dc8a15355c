"""Small returns written by hand, which tests of readers share."""

import io

import openpyxl
from openpyxl import Workbook

HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SoftwareCode>ours</SoftwareCode></Source></Header>"""
PERSON = """<Child><ChildIdentifiers><LAchildID>{key}</LAchildID>
<PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities>
</ChildCharacteristics>
{cases}</Child>
"""
CASE = """<CINdetails><CINreferralDate>2024-05-01</CINreferralDate>
<ReferralSource>5D</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2024-11-01</CINclosureDate>
<ReasonForClosure>RC9</ReasonForClosure>
<Assessments><AssessmentActualStartDate>2024-05-02</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2024-06-10</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>
<AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2024-06-11</CINPlanStartDate></CINPlanDates>
<Section47><S47ActualStartDate>2024-05-20</S47ActualStartDate>
<DateOfInitialCPC>2024-06-01</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2024-06-01</CPPstartDate><CPPendDate>2024-10-01</CPPendDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2024-08-01</CPPreviewDate></Reviews></ChildProtectionPlans>
</CINdetails>
"""
NO_ACTION = """<CINdetails><CINreferralDate>2024-04-09</CINreferralDate>
<ReferralSource>1A</ReferralSource><ReferralNFA>true</ReferralNFA></CINdetails>
"""


def census(*children: str, year: int = 2025) -> bytes:
    """Return a census of children, each as XML."""
    head = HEADER.format(year=year)
    return f"<Message>{head}\n<Children>\n{''.join(children)}</Children></Message>".encode()


def person(key: str, *cases: str) -> str:
    """Return a child as XML; with one case that has everything unless others are given."""
    return PERSON.format(key=key, cases="".join(cases) or CASE)


EARLY_HELP = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Assessment start date",
    "Assessment completion date",
    "Organisation completing assessment",
)
HELPED = ("C1", "a) Male", "a) White", "01/02/2015", 9, "2024-04-08", "2024-05-20", "Family hub")


def workbook(*sheets: tuple[str, list[tuple[object, ...]]], merged: str = "") -> bytes:
    """Return a workbook of sheets, each a title and its rows."""
    book: Workbook = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
