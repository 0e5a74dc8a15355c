"""Checks of the census's referrals and cases, by the number of their rule."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.readers.returns.checks_cin_children import OLDEST, UNBORN
from headwater.readers.returns.rule_check import Check, cin_check

if TYPE_CHECKING:
    import polars as pl

ASSESSED, DIED = "RC8", "RC2"
"""Closed after assessment; closed because the child died."""
FIX = "Correct one of the dates."


def case_checks() -> Iterator[Check]:
    """Yield every check of a case by itself and beside the child's others."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    c = pl.col
    referred, closed, reason = c("CINreferralDate"), c("CINclosureDate"), c("ReasonForClosure")
    no_action = c("ReferralNFA") == "1"
    birth = pl.coalesce("born", "expected")
    says = f"is more than {UNBORN} days before birth."
    early = (birth - referred).dt.total_days() > UNBORN
    yield cin_check("8606", "CINreferralDate", says, early, FIX)
    dead = referred > c("died")
    yield cin_check("8555Q", "CINreferralDate", "is after the child's death.", dead, FIX)
    out = ~closed.is_between(c("first_day"), c("last_day"))
    yield cin_check("8620", "CINclosureDate", "is outside the census year.", out, FIX)
    back = closed < referred
    yield cin_check("8630", "CINclosureDate", "is before the referral.", back, FIX)
    bare = closed.is_not_null() & reason.is_null()
    yield cin_check(
        "8805", "ReasonForClosure", "is blank, and the case is closed.", bare, "Add it."
    )
    bare = closed.is_null() & reason.is_not_null()
    yield cin_check("8810", "CINclosureDate", "is blank, and a reason is given.", bare, "Add it.")
    none = (c("ReferralNFA") == "0") & c("PrimaryNeedCode").is_null()
    says = "is blank, and the referral went on."
    yield cin_check("8610", "PrimaryNeedCode", says, none, "Add it.")
    many = c("is_open") & (c("open_so_far") > 1)
    says = "begins a case that is open beside another of the child."
    yield cin_check("8815", "CINreferralDate", says, many, "Close one.")
    late = c("is_open") & (referred < c("latest"))
    says = "begins a case that is open, and a later one follows."
    yield cin_check("8816", "CINreferralDate", says, late, "Close it.")
    over = (referred < c("reach")) & ~no_action
    yield cin_check("8820", "CINreferralDate", "is within another case of the child.", over, FIX)
    old = born_before(closed)
    yield cin_check("8775Q", "CINclosureDate", "is of a person over 25.", old, "Look it up.")
    lacks = (reason == DIED) & c("died").is_null()
    says = "says that the child died, and no day of death is given."
    yield cin_check("8585Q", "ReasonForClosure", says, lacks, "Add the day.")
    yield from _activity()


def born_before(closed: "pl.Expr") -> "pl.Expr":
    """Return whether the child was over 25 when a case was closed, or at the end of the year."""
    import polars as pl  # noqa: PLC0415

    at = pl.coalesce(closed, "last_day")
    over: pl.Expr = pl.col("born").dt.offset_by(OLDEST) < at
    return over


def _activity() -> Iterator[Check]:
    """Yield checks of a case beside what it holds."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    closed, reason = c("CINclosureDate"), c("ReasonForClosure")
    no_action = c("ReferralNFA") == "1"
    met = c("DateOfInitialCPC").is_not_null()
    fix = "Look up which of the two is so."
    held = (c("has_assessments") > 0) | (c("has_section47") > 0) | met
    says = "says no further action, and there is an assessment, enquiry or conference."
    yield cin_check("8831", "ReferralNFA", says, no_action & held, fix)
    says = "says no further action, and there is a protection plan."
    yield cin_check("8832", "ReferralNFA", says, no_action & (c("has_cp_plans") > 0), fix)
    says = "says no further action, and there is a child in need plan."
    yield cin_check("4000", "ReferralNFA", says, no_action & (c("has_cin_plans") > 0), fix)
    more = (c("has_cin_plans") > 0) | (c("has_section47") > 0) | (c("has_cp_plans") > 0) | met
    says = "says closed after assessment, and there is a plan, enquiry or conference."
    yield cin_check("2990", "ReasonForClosure", says, (reason == ASSESSED) & more, fix)
    none = c("has_assessments") == 0
    says = "begins a case with a section 47 enquiry and no assessment."
    yield cin_check("2991Q", "CINreferralDate", says, (c("has_section47") > 0) & none, fix)
    says = "says closed after assessment, and there is none."
    yield cin_check("8825Q", "ReasonForClosure", says, (reason == ASSESSED) & none, fix)
    left = closed.is_not_null() & (c("open_assessments") > 0)
    yield cin_check("8867", "CINclosureDate", "closes a case with an open assessment.", left, fix)
    left = closed.is_not_null() & (c("open_section47") > 0)
    says = "closes a case with an open section 47 enquiry."
    yield cin_check("8868", "CINclosureDate", says, left, fix)
    after = c("DateOfInitialCPC") > closed
    yield cin_check("8565", "DateOfInitialCPC", "is after the case was closed.", after, fix)
