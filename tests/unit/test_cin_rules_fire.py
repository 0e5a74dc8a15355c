"""Each rule of the children in need census fires on what breaks it, and on nothing sound."""

import re
from collections import Counter

import pytest

from headwater.catalogue.returns import rules
from headwater.readers.returns.check import check, numbers
from headwater.readers.returns.numbers import BLANK_RULES, CODE_RULES, DATE_RULES
from headwater.readers.returns.read import read_return

HEAD = """<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{day}</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>
<LEA>201</LEA></Source></Header>"""
PERSON = (
    "<LAchildID>A1</LAchildID><UPN>Q201004098761</UPN><PersonBirthDate>2015-03-27</PersonBirthDate>"
    "<Sex>F</Sex>"
)
TRAITS = """<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"""
OPENS = (
    "<CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>5D</ReferralSource>"
    "<PrimaryNeedCode>N1</PrimaryNeedCode>"
)
CLOSES = "<CINclosureDate>2026-02-02</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
ASSESSED = """<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-06-10</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>
<AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"""
PLAN = """<CINPlanDates><CINPlanStartDate>2025-10-02</CINPlanStartDate>
<CINPlanEndDate>2026-02-01</CINPlanEndDate></CINPlanDates>"""
ENQUIRY = """<Section47><S47ActualStartDate>2025-05-20</S47ActualStartDate>
<InitialCPCtarget>2025-06-10</InitialCPCtarget><DateOfInitialCPC>2025-06-11</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired></Section47>"""
WENT_ON = "<ReferralNFA>0</ReferralNFA>"
COVER = """<ChildProtectionPlans><CPPstartDate>2025-06-11</CPPstartDate>
<CPPendDate>2025-10-01</CPPendDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2025-08-01</CPPreviewDate></Reviews></ChildProtectionPlans>"""
COURT = """<PreProceedingsandFGDM><PPStartDate>{y}-07-01</PPStartDate>
<LBPSentDate>{y}-07-02</LBPSentDate><FGDMMeetingOffer>1</FGDMMeetingOffer>
<FGDMMeetingFac>1</FGDMMeetingFac><InitialPPMeetingDate>{y}-07-20</InitialPPMeetingDate>
<ReviewMeetingsCount>1</ReviewMeetingsCount><StepDecisionDate>{y}-09-01</StepDecisionDate>
<CourtAppDate>{y}-09-10</CourtAppDate><LetterInitCPDate>{y}-09-12</LetterInitCPDate>
</PreProceedingsandFGDM>"""
OPEN_CASE = OPENS.replace("2025-05-01", "2026-02-03")
EMPTY_CASE = f"<CINdetails>{OPEN_CASE}{WENT_ON}</CINdetails>"


def case(*parts):
    return f"<CINdetails>{''.join(parts or WHOLE)}</CINdetails>"


def child(*cases, person=PERSON):
    identifiers = f"<ChildIdentifiers>{person}</ChildIdentifiers>"
    traits = f"<ChildCharacteristics>{TRAITS}</ChildCharacteristics>"
    return f"<Child>{identifiers}{traits}{''.join(cases)}</Child>"


WHOLE = (OPENS, CLOSES, ASSESSED, PLAN, ENQUIRY, WENT_ON, COVER)
SOUND = child(case())
OTHER = PERSON.replace("A1", "B2").replace("Q201004098761", "T201004098762")


def census(*children, year=2026, day=None):
    head = HEAD.format(year=year, day=day or f"{year}-03-31")
    return f"<Message>{head}<Children>{''.join(children)}</Children></Message>"


def given(tag, value, text=SOUND):
    """Return a child with another value in its first element of a name; None takes it out."""
    put = "" if value is None else f"<{tag}>{value}</{tag}>"
    made, times = re.subn(rf"<{tag}>[^<]*</{tag}>", put, text, count=1)
    assert times
    return made


def after(tag, more, text=SOUND):
    return text.replace(f"</{tag}>", f"</{tag}>{more}", 1)


def also(part, text=SOUND, **values):
    """Return a child whose case has one of its parts twice, the second with other values."""
    other = part
    for tag, value in values.items():
        other = given(tag, value, other)
    return text.replace(part, part + other, 1)


def of(**changes):
    made = SOUND
    for tag, value in changes.items():
        made = given(tag, value, made)
    return made


def court(tag, value):
    text = COURT.format(y=2026)
    held = given(tag, value, text)
    whole = OPENS.replace("2025", "2026")
    return census(child(case(whole, WENT_ON, held)), year=2027)


DIED = after("Sex", "<PersonDeathDate>2025-09-01</PersonDeathDate>")
UNBORN = PERSON.replace("PersonBirthDate", "ExpectedPersonBirthDate").replace("2015-03", "2026-05")
NO_ACTION = WENT_ON.replace("0", "1")
AFTER_ASSESSMENT = CLOSES.replace("RC7", "RC8")
BROKEN = {
    "100": census(SOUND, day="2026-03-30"),
    "1510": of(UPN="A201004098761"),
    "1520": census(SOUND, SOUND.replace("A1", "B2")),
    "1540": of(UPN="Q2010A4098761"),
    "1550": of(UPN="Q20100409876S"),
    "1560Q": after("UPN", "<FormerUPN>Q20</FormerUPN>"),
    "1570": of(LAchildID="A" * 21),
    "1580": of(LAchildID="A-1"),
    "8500": of(LAchildID=""),
    "8510": census(SOUND, SOUND.replace("Q201004098761", "T201004098762")),
    "8520": of(PersonBirthDate="2026-04-01"),
    "8525Q": of(PersonBirthDate=None),
    "8530Q": child(case(), person=given("ExpectedPersonBirthDate", "2027-02-01", UNBORN)),
    "8535Q": given("PersonDeathDate", "2014-01-01", DIED),
    "8545Q": given("PersonDeathDate", "2025-03-31", DIED),
    "8750": child(case(), person=UNBORN),
    "8590": census(SOUND, child(person=OTHER)),
    "4180": of(Sex="X"),
    "4220": of(Ethnicity="ZZZZ"),
    "8540": of(Disability="ZZZZ"),
    "8568": of(ReferralNFA=""),
    "8600": of(CINreferralDate=""),
    "8606": of(PersonBirthDate="2026-03-27"),
    "8555Q": given("PersonDeathDate", "2025-04-20", DIED),
    "8620": of(CINclosureDate="2025-03-31"),
    "8630": of(CINclosureDate="2025-04-30"),
    "8640": of(ReasonForClosure="RC99"),
    "8650": of(PrimaryNeedCode="N99"),
    "8866": of(ReferralSource="99"),
    "8805": of(ReasonForClosure=None),
    "8810": of(CINclosureDate=None),
    "8610": of(PrimaryNeedCode=None),
    "8815": child(case(), EMPTY_CASE, EMPTY_CASE),
    "8816": child(case(OPENS, WENT_ON), EMPTY_CASE),
    "8820": child(case(), case(OPENS.replace("05-01", "06-01"), CLOSES, ASSESSED, WENT_ON)),
    "8775Q": of(PersonBirthDate="1999-03-27"),
    "8585Q": of(ReasonForClosure="RC2"),
    "8831": child(case(OPENS, ASSESSED, NO_ACTION)),
    "8832": child(case(OPENS, NO_ACTION, COVER)),
    "4000": child(case(OPENS, PLAN, NO_ACTION)),
    "2990": child(case(OPENS, AFTER_ASSESSMENT, ASSESSED, PLAN, WENT_ON)),
    "2991Q": child(case(OPENS, CLOSES, ENQUIRY, WENT_ON)),
    "8825Q": child(case(OPENS, AFTER_ASSESSMENT, WENT_ON)),
    "8867": given("AssessmentAuthorisationDate", None),
    "8868": of(DateOfInitialCPC=None),
    "8565": of(CINPlanEndDate="2026-02-03"),
    "1103": of(AssessmentActualStartDate="2025-04-30"),
    "8608": of(AssessmentAuthorisationDate="2025-05-01"),
    "8696": of(AssessmentAuthorisationDate="2025-03-31"),
    "8736": child(
        case(OPENS, given("AssessmentAuthorisationDate", None, ASSESSED), WENT_ON)
    ).replace("2025-05-02", "2025-03-02"),
    "8896": child(case(OPENS, *([given("AssessmentAuthorisationDate", None, ASSESSED)] * 2))),
    "8863Q": also(ASSESSED, AssessmentActualStartDate="2025-06-01"),
    "8614": of(AssessmentAuthorisationDate=None),
    "8897Q": SOUND.replace("<AssessmentFactors>1A</AssessmentFactors>", "").replace(
        "<AssessmentFactors>2B</AssessmentFactors>", ""
    ),
    "8869": of(AssessmentFactors="21"),
    "8898": of(AssessmentFactors="2B"),
    "8945Q": of(AssessmentFactors="18A"),
    "8950Q": of(AssessmentFactors="19A"),
    "8873Q": of(AssessmentFactors="21").replace("<AssessmentFactors>2B</AssessmentFactors>", ""),
    "2889": of(S47ActualStartDate="2025-04-30"),
    "1104": of(DateOfInitialCPC="2025-04-30"),
    "8615": of(DateOfInitialCPC="2025-05-19"),
    "8715": of(DateOfInitialCPC="2025-03-31"),
    "8740": of(DateOfInitialCPC=None, S47ActualStartDate="2025-03-20"),
    "2884": after("ReasonForClosure", "<DateOfInitialCPC>2025-06-11</DateOfInitialCPC>"),
    "8839": SOUND.replace(ENQUIRY, given("DateOfInitialCPC", None, ENQUIRY) * 2),
    "8890": also(ENQUIRY, S47ActualStartDate="2025-06-01"),
    "8875": of(DateOfInitialCPC="2025-06-14"),
    "8870Q": of(InitialCPCtarget="2025-06-14"),
    "4010": of(CINPlanStartDate=""),
    "4015": of(CINPlanStartDate="2025-04-30"),
    "4011": of(CINPlanEndDate="2025-10-01"),
    "4012Q": of(CINPlanEndDate="2025-10-02"),
    "4013": of(CINPlanEndDate="2026-04-02"),
    "4014": also(PLAN, CINPlanStartDate="2026-01-01"),
    "4004": SOUND.replace(PLAN, given("CINPlanEndDate", None, PLAN) * 2),
    "4001": of(CINPlanEndDate=None, CPPendDate=None),
    "4016": of(CINPlanStartDate="2025-09-01"),
    "4017": of(CINPlanStartDate="2025-06-01"),
    "4003": of(CINPlanStartDate="2025-07-20"),
    "4008": DIED,
    "4009Q": DIED,
    "1105": of(CPPstartDate="2025-04-30"),
    "8720": of(CPPstartDate="2026-04-01"),
    "8730": of(NumberOfPreviousCPP=None),
    "8925": of(CPPendDate="2025-06-10"),
    "8840": of(CPPendDate="2025-06-11"),
    "8930": of(CPPendDate="2026-04-01"),
    "8915": given("PersonDeathDate", "2025-06-01", DIED),
    "8920": DIED,
    "8935": SOUND.replace(COVER, given("CPPendDate", None, COVER) * 2),
    "8940": also(COVER, CPPstartDate="2025-09-01"),
    "8841": of(CPPreviewDate="2025-06-11"),
    "8842Q": of(CPPreviewDate=""),
    "2885": of(CPPstartDate="2025-06-12"),
    "8905": of(InitialCategoryOfAbuse="ZZZ"),
    "8910": of(LatestCategoryOfAbuse="ZZZ"),
    "2883": also(COVER, CPPstartDate="2025-12-01", CPPendDate="2025-12-30"),
    "8995Q": census(child(case(OPENS.replace("2025", "2026"), WENT_ON)), year=2027),
    "9000Q": court("PPStartDate", ""),
    "9005": court("PPStartDate", "2026-03-31"),
    "9006": court("LBPSentDate", "2026-06-30"),
    "9007": court("FGDMMeetingOffer", ""),
    "9008": court("InitialPPMeetingDate", "2026-03-31"),
    "9009": court("StepDecisionDate", "2026-06-30"),
    "9010Q": court("FGDMMeetingFac", ""),
    "9012": court("CourtAppDate", "2026-08-30"),
    "9013": court("LetterInitCPDate", "2026-09-09"),
    "9015Q": court("ReviewMeetingsCount", ""),
}


def fired(folder, text):
    folder.joinpath("x.xml").write_text(text if text.startswith("<Mess") else census(text))
    held = read_return([folder])
    return Counter(fault.number for fault in (*held.faults, *check(held)))


def test_nothing_fires_on_what_is_sound(tmp_path):
    assert fired(tmp_path, SOUND) == {}
    made = census(
        child(case(OPENS.replace("2025", "2026"), WENT_ON, COURT.format(y=2026))), year=2027
    )
    assert fired(tmp_path, made) == {}


@pytest.mark.parametrize("number", BROKEN)
def test_a_rule_fires_on_what_breaks_it(tmp_path, number):
    assert number in fired(tmp_path, BROKEN[number])


def test_every_rule_that_is_said_to_be_checked_is_broken_here():
    published = {rule.number for rule in rules("cin")}
    form = {*CODE_RULES.values(), *DATE_RULES.values(), *BLANK_RULES.values()}
    assert (numbers("cin") & published) - {*BROKEN} == set()
    assert {*BROKEN} <= numbers("cin") & published
    assert form & published <= {*BROKEN}
    assert (len(published), len(numbers("cin") & published)) == (121, 109)


def test_a_protection_plan_that_overlaps_no_other_in_two_files_is_sound(tmp_path):
    goes_on = SOUND.replace(CLOSES, "").replace("<CINPlanEndDate>2026-02-01</CINPlanEndDate>", "")
    (tmp_path / "next.xml").write_text(census(SOUND.replace("2026-02", "2026-06"), year=2027))
    assert "8940" not in fired(tmp_path, goes_on)
