"""Checks of the census's assessments and section 47 enquiries, by the number of their rule."""

from collections.abc import Iterator

from headwater.readers.returns.checks_cin_cases import FIX
from headwater.readers.returns.rule_check import Check, cin_check

NOTHING = "21"
"""The factor that says that none was found."""
AFTER = ("RC8", "RC9")
"""Closed after assessment, or for early help."""
SATURDAY = 6


def assessment_checks() -> Iterator[Check]:
    """Yield every check of assessments."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    c = pl.col
    start, done = c("AssessmentActualStartDate"), c("AssessmentAuthorisationDate")
    first, last, closed = c("first_day"), c("last_day"), c("closed")
    at, end = "AssessmentActualStartDate", "AssessmentAuthorisationDate"
    yield cin_check("1103", at, "is before the referral.", start < c("referred"), FIX)
    yield cin_check("8608", end, "is before the assessment began.", done < start, FIX)
    out = ~done.is_between(first, last)
    yield cin_check("8696", end, "is outside the census year.", out, FIX)
    out = done.is_null() & ~start.is_between(first, last)
    says = "is outside the census year, and the assessment is open."
    yield cin_check("8736", at, says, out, FIX)
    says = "is after the case was closed."
    yield cin_check("8565", at, says, start > closed, FIX)
    yield cin_check("8565", end, says, done > closed, FIX)
    many = c("is_open") & (c("open_so_far") > 1)
    yield cin_check("8896", at, "begins while another of the case is open.", many, "Close one.")
    over = start < c("reach")
    yield cin_check("8863Q", at, "is while another of the case lasts.", over, FIX)
    yield from _factors()


def _factors() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    done, factors, closed = c("AssessmentAuthorisationDate"), c("factors"), c("closed")
    end, fix = "AssessmentAuthorisationDate", "Look the factors up."
    some = factors.list.len() > 0
    says = "is blank, and factors are given."
    yield cin_check("8614", end, says, done.is_null() & some, fix)
    says = "is given, and no factor is."
    yield cin_check("8897Q", end, says, done.is_not_null() & ~some, fix)
    alone = factors.list.contains(NOTHING) & (factors.list.len() > 1)
    yield cin_check("8869", end, "is of an assessment with 21 beside other factors.", alone, fix)
    twice = factors.list.n_unique() < factors.list.len()
    yield cin_check("8898", end, "is of an assessment with one factor twice.", twice, fix)
    for number, old in (("8945Q", "18A"), ("8950Q", "19A")):
        used = factors.list.contains(old)
        says = f"is of an assessment with factor {old}, which was split."
        yield cin_check(number, end, says, used, fix, first=2025)
    only = (c("in_case") == 1) & (factors.list.len() == 1) & factors.list.contains(NOTHING)
    says = "is of a case's only assessment, which found nothing, and it was closed otherwise."
    other = closed.is_not_null() & ~c("reason").is_in(AFTER)
    yield cin_check("8873Q", end, says, only & other, fix)


def enquiry_checks() -> Iterator[Check]:
    """Yield every check of section 47 enquiries and first conferences."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    start, held, due = c("S47ActualStartDate"), c("DateOfInitialCPC"), c("InitialCPCtarget")
    first, last, closed = c("first_day"), c("last_day"), c("closed")
    at, met = "S47ActualStartDate", "DateOfInitialCPC"
    yield cin_check("2889", at, "is before the referral.", start < c("referred"), FIX)
    yield cin_check("1104", met, "is before the referral.", held < c("referred"), FIX)
    yield cin_check("8615", met, "is before the enquiry began.", held < start, FIX)
    out = ~held.is_between(first, last)
    yield cin_check("8715", met, "is outside the census year.", out, FIX)
    waits = held.is_null() & (c("ICPCnotRequired") == "0") & ~start.is_between(first, last)
    says = "is outside the census year, and no conference was held."
    yield cin_check("8740", at, says, waits, FIX)
    both = held.is_not_null() & c("case_conference").is_not_null()
    says = "stands with the case too: a conference has one place."
    yield cin_check("2884", met, says, both, "Take one out.")
    many = c("is_open") & (c("open_so_far") > 1)
    yield cin_check("8839", at, "begins while another of the case is open.", many, "Close one.")
    over = start <= c("reach")
    yield cin_check("8890", at, "is while another enquiry of the case lasts.", over, FIX)
    weekend = held.dt.weekday() >= SATURDAY
    yield cin_check("8875", met, "is at a weekend.", weekend, "Look it up.")
    weekend = due.dt.weekday() >= SATURDAY
    yield cin_check("8870Q", "InitialCPCtarget", "is at a weekend.", weekend, "Look it up.")
    says = "is after the case was closed."
    yield cin_check("8565", at, says, start > closed, FIX)
    yield cin_check("8565", met, says, held > closed, FIX)
