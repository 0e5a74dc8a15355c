"""The children in need census of a year in XML, from the lives.

Elements stand in the order of the published schemas (2017 to 2026). A year's census has the cases
open in it; what happened before the year, or after it, is left out as its rules ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.layout import ReturnYear
from headwater.core.records import OPEN
from headwater.synthesis import year_codes
from headwater.synthesis.cin_draws import Drawn, drawn
from headwater.synthesis.days import day_of
from headwater.synthesis.lives import Lives
from headwater.synthesis.marks import PROLOGUE, given, mark, within
from headwater.synthesis.need import NONE

PLANS_FROM, SEX_FROM, EARLY_HELP_FROM, PRE_FROM = 2022, 2025, 2023, 2027
"""The first years with child in need plans, with sex for gender, with early help as an ending, and
with pre-proceedings."""
FIRST_REVIEW, EVERY = 85, 175
"""Days from the start of a plan to its first review, and between those that follow: within the
three and six months of the guidance."""


@dataclass(frozen=True, slots=True)
class Census:
    """One year of the lives, with what only the census says."""

    lives: Lives
    year: int
    first: int
    last: int
    drawn: Drawn

    def here(self, day: int) -> bool:
        """Whether a day lies in the year."""
        return self.first <= day <= self.last

    def ended(self, day: int) -> str:
        """Return the day on which something ended, if it has by the end of the year."""
        return words(day) if day <= self.last else ""


def words(day: int) -> str:
    """Return a day as yyyy-mm-dd."""
    return str(np.datetime64(day, "D"))


def cin(lives: Lives, year: int) -> str:
    """Return the census of a year."""
    named = ReturnYear(year)
    census = Census(lives, year, day_of(named.first_day), day_of(named.last_day), drawn(lives))
    cases = lives.cases
    seen = (cases.start <= census.last) & (cases.stop >= census.first)
    seen &= (cases.kind > 0) | (cases.start >= census.first)
    at = np.flatnonzero(seen)
    children = (_child(census, child, rows) for child, rows in _grouped(cases.child[at], at))
    return PROLOGUE + within("Message", (_header(census), "\n", within("Children", children), "\n"))


def _grouped(child: IntArray, at: IntArray) -> Iterator[tuple[int, list[int]]]:
    """Yield each child with the places of its cases."""
    if not len(at):
        return
    new = np.flatnonzero(np.append(True, child[1:] != child[:-1]))
    for start, stop in zip(new.tolist(), [*new[1:].tolist(), len(at)], strict=True):
        yield int(child[start]), at[start:stop].tolist()


def _header(census: Census) -> str:
    day = words(census.last)
    details = (mark("Collection", "CIN"), mark("Year", census.year), mark("ReferenceDate", day))
    source = (
        mark("SourceLevel", "L"),
        mark("LEA", census.lives.number),
        mark("SoftwareCode", "Headwater"),
        mark("Release", "made up"),
        mark("SerialNo", "001"),
        mark("DateTime", f"{day}T00:00:00"),
    )
    return within("Header", (within("CollectionDetails", details), within("Source", source)))


def _child(census: Census, child: int, rows: list[int]) -> str:
    made, cases = census.lives.children, census.lives.cases
    upn = str(made.upn[child])
    unknown = upn.startswith("UN")
    sex = str(made.sex[child])
    gender = str(year_codes.sex(np.array([sex]), census.year)[0])
    died = [int(cases.stop[i]) for i in rows if cases.closed_by[i] == "RC2"]
    death = words(died[0]) if died and died[0] <= census.last else ""
    identifiers = (
        mark("LAchildID", made.key[child]),
        "" if unknown else mark("UPN", upn),
        mark("UPNunknown", upn) if unknown else "",
        mark("PersonBirthDate", words(int(made.born[child]))),
        mark("Sex" if census.year >= SEX_FROM else "GenderCurrent", gender),
        given("PersonDeathDate", death),
    )
    disabled = (mark("Disability", code) for code in census.drawn.disabilities(child))
    traits = (mark("Ethnicity", made.ethnic[child]), within("Disabilities", disabled))
    details = (_details(census, i) for i in rows)
    parts = (within("ChildIdentifiers", identifiers), within("ChildCharacteristics", traits))
    return "\n" + within("Child", (*parts, *details))


def _details(census: Census, i: int) -> str:
    """Return one case: referral, assessments, plans, enquiries, protection plans, in this order."""
    cases = census.lives.cases
    no_action = cases.kind[i] == 0
    closed = census.ended(int(cases.stop[i])) if not no_action else ""
    need = census.lives.children.need[int(cases.child[i])]
    return within(
        "CINdetails",
        (
            mark("CINreferralDate", words(int(cases.start[i]))),
            mark("ReferralSource", cases.source[i]),
            "" if no_action else mark("PrimaryNeedCode", need),
            given("CINclosureDate", closed),
            mark("ReasonForClosure", _reason(census, i)) if closed else "",
            *_assessments(census, i),
            *(_plans(census, i) if census.year >= PLANS_FROM else ()),
            *_enquiry(census, i),
            mark("ReferralNFA", int(no_action)),
            *_protection(census, i),
            *(_before_court(census, i) if census.year >= PRE_FROM else ()),
        ),
    )


def _reason(census: Census, i: int) -> str:
    reason = str(census.lives.cases.closed_by[i])
    return "RC8" if reason == "RC9" and census.year < EARLY_HELP_FROM else reason


def _assessments(census: Census, i: int) -> Iterator[str]:
    """Yield assessments that ended in the year or were not ended by it."""
    for number, (start, stop) in enumerate(census.drawn.assessments(i)):
        if start <= census.last and stop >= census.first:
            done = census.ended(stop)
            factors = census.drawn.factors(i, number, census.year)
            marks = (mark("AssessmentFactors", code) for code in factors)
            yield within(
                "Assessments",
                (
                    mark("AssessmentActualStartDate", words(start)),
                    given("AssessmentAuthorisationDate", done),
                    within("FactorsIdentifiedAtAssessment", marks) if done else "",
                ),
            )


def _plans(census: Census, i: int) -> Iterator[str]:
    """Yield child in need plans, which stand aside for protection plans and for care."""
    for start, stop in census.drawn.plans(i):
        if start <= census.last and stop >= census.first:
            ended = given("CINPlanEndDate", census.ended(stop))
            yield within("CINPlanDates", (mark("CINPlanStartDate", words(start)), ended))


def _enquiry(census: Census, i: int) -> Iterator[str]:
    cases = census.lives.cases
    start, held = int(cases.enquiry[i]), int(cases.conference[i])
    if start == NONE or start > census.last:
        return
    conference = held != NONE
    if not census.here(start) and not (conference and census.here(held)):
        return
    target = words(int(np.busday_offset(np.datetime64(start, "D"), 15, roll="forward").astype(int)))
    yield within(
        "Section47",
        (
            mark("S47ActualStartDate", words(start)),
            mark("InitialCPCtarget", target) if conference else "",
            mark("DateOfInitialCPC", words(held)) if conference and held <= census.last else "",
            mark("ICPCnotRequired", int(not conference)),
        ),
    )


def _protection(census: Census, i: int) -> Iterator[str]:
    cases = census.lives.cases
    start, stop = int(cases.plan[i]), int(cases.plan_stop[i])
    if start == NONE or start > census.last or stop < census.first:
        return
    until = min(stop, census.last + 1)
    days = range(start + FIRST_REVIEW, until, EVERY)
    reviews = [mark("CPPreviewDate", words(day)) for day in days if census.here(day)]
    first, latest = census.drawn.abuse(i)
    yield within(
        "ChildProtectionPlans",
        (
            mark("CPPstartDate", words(start)),
            given("CPPendDate", census.ended(stop) if stop < OPEN else ""),
            mark("InitialCategoryOfAbuse", first),
            mark("LatestCategoryOfAbuse", latest),
            mark("NumberOfPreviousCPP", census.drawn.earlier(i)),
            within("Reviews", reviews) if reviews else "",
        ),
    )


def _before_court(census: Census, i: int) -> Iterator[str]:
    """Yield pre-proceedings begun in the year, where the block stands in a sample of 2026-27.

    No codes of their outcome were found, so that none has one.
    """
    start = census.drawn.before_court(i)
    if start is None or not census.here(start):
        return
    meeting = start + 14
    held = meeting <= census.last
    yield within(
        "PreProceedingsandFGDM",
        (
            mark("PPStartDate", words(start)),
            mark("LBPSentDate", words(start)),
            mark("FGDMMeetingOffer", 1),
            mark("FGDMMeetingFac", i % 2),
            mark("InitialPPMeetingDate", words(meeting)) if held else "",
            mark("ReviewMeetingsCount", 0) if held else "",
        ),
    )
