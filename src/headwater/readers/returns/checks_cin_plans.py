"""Checks of the census's plans and pre-proceedings, by the number of their rule."""

from collections.abc import Iterator

from headwater.readers.returns.checks_cin_cases import FIX
from headwater.readers.returns.rule_check import Check, cin_check

ONE_PLAN = "Look up which plan it was."


def need_plan_checks() -> Iterator[Check]:
    """Yield every check of child in need plans."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    c = pl.col
    start, stop, died = c("CINPlanStartDate"), c("CINPlanEndDate"), c("died")
    at, end = "CINPlanStartDate", "CINPlanEndDate"
    yield cin_check("4015", at, "is before the referral.", start < c("referred"), FIX)
    yield cin_check("4011", end, "is before the plan began.", stop < start, FIX)
    yield cin_check("4012Q", end, "is the day on which the plan began.", stop == start, FIX)
    out = ~stop.is_between(c("first_day"), c("last_day"))
    yield cin_check("4013", end, "is outside the census year.", out, FIX)
    over = start <= c("reach")
    yield cin_check("4014", at, "is within another child in need plan.", over, FIX)
    many = c("is_open") & (c("open_so_far") > 1)
    yield cin_check("4004", end, "is blank, as of another of the case.", many, "Close one.")
    says = "is blank, and so is that of a protection plan of the case."
    yield cin_check("4001", end, says, c("both_open"), ONE_PLAN)
    yield cin_check("4016", at, "is within a protection plan.", c("protected"), ONE_PLAN)
    says = "begins a plan during which a protection plan begins."
    yield cin_check("4017", at, says, c("overtaken"), ONE_PLAN)
    says = "begins a plan within which a protection review falls."
    yield cin_check("4003", at, says, c("reviewed"), ONE_PLAN)
    yield cin_check("4008", at, "is after the child's death.", start > died, FIX)
    yield cin_check("4009Q", end, "is after the child's death.", stop > died, FIX)
    says = "is after the case was closed."
    yield cin_check("8565", at, says, start > c("closed"), FIX)
    yield cin_check("8565", end, says, stop > c("closed"), FIX)


def protection_checks() -> Iterator[Check]:
    """Yield every check of child protection plans."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    start, stop, died = c("CPPstartDate"), c("CPPendDate"), c("died")
    first, last = c("first_day"), c("last_day")
    at, end = "CPPstartDate", "CPPendDate"
    yield cin_check("1105", at, "is before the referral.", start < c("referred"), FIX)
    yield cin_check("8720", at, "is after the reference date.", start > last, FIX)
    yield cin_check("8925", end, "is before the plan began.", stop < start, FIX)
    yield cin_check("8840", end, "is the day on which the plan began.", stop == start, FIX)
    yield cin_check("8930", end, "is outside the census year.", ~stop.is_between(first, last), FIX)
    yield cin_check("8915", at, "is after the child's death.", start > died, FIX)
    yield cin_check("8920", end, "is after the child's death.", stop > died, FIX)
    many = c("is_open") & (c("open_so_far") > 1)
    yield cin_check("8935", end, "is blank, as of another of the child.", many, "Close one.")
    over = start <= c("reach")
    yield cin_check("8940", at, "is within another protection plan.", over, FIX)
    early = c("first_review") <= start
    yield cin_check("8841", at, "is not before the first review.", early, FIX)
    met = c("conferences").list.contains(start) | (start == c("case_conference")).fill_null(
        value=False
    )
    other = start.is_between(first, last) & ~met
    says = "is not the day of the first conference."
    yield cin_check("2885", at, says, other, FIX)
    says = "is after the case was closed."
    yield cin_check("8565", end, says, stop > c("closed"), FIX)


def court_checks() -> Iterator[Check]:
    """Yield every check of pre-proceedings."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    start, letter, step = c("PPStartDate"), c("LBPSentDate"), c("StepDecisionDate")
    met, court, told = c("InitialPPMeetingDate"), c("CourtAppDate"), c("LetterInitCPDate")
    offer, held = c("FGDMMeetingOffer"), c("FGDMMeetingFac")

    def out(day: pl.Expr) -> pl.Expr:
        return ~day.is_between(c("first_day"), c("last_day"))

    year = "is outside the census year"
    yield cin_check("9000Q", "PPStartDate", "is blank.", start.is_null(), "Add it.", first=2027)
    yield cin_check("9005", "PPStartDate", f"{year}.", out(start), FIX, first=2027)
    bad, says = out(letter) | (letter < start), f"{year}, or before they were decided on."
    yield cin_check("9006", "LBPSentDate", says, bad, FIX, first=2027)
    none = letter.is_not_null() & offer.is_null()
    says = "is blank, and a letter was sent."
    yield cin_check("9007", "FGDMMeetingOffer", says, none, "Add it.", first=2027)
    yield cin_check("9008", "InitialPPMeetingDate", f"{year}.", out(met), FIX, first=2027)
    bad, says = out(step) | (step < start), f"{year}, or before pre-proceedings began."
    yield cin_check("9009", "StepDecisionDate", says, bad, FIX, first=2027)
    none, says = (offer == "1") & held.is_null(), "is blank, and a meeting was offered."
    yield cin_check("9010Q", "FGDMMeetingFac", says, none, "Add it.", first=2027)
    bad, says = out(court) | (court < step), f"{year}, or before the decision."
    yield cin_check("9012", "CourtAppDate", says, bad, FIX, first=2027)
    bad, says = out(told) | (told < court), f"{year}, or before the court was applied to."
    yield cin_check("9013", "LetterInitCPDate", says, bad, FIX, first=2027)
    none = met.is_not_null() & c("ReviewMeetingsCount").is_null()
    says = "is blank, and a first meeting was held."
    yield cin_check("9015Q", "ReviewMeetingsCount", says, none, "Add it.", first=2027)
