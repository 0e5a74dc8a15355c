"""Checks as a user sees them, every number a `Figure`."""

from dataclasses import dataclass

from headwater.catalogue.pathway import Vintage, checks
from headwater.core.check import Check
from headwater.core.figure import Figure

FITTED = "fitted to it"
NOT_FITTED = "not fitted to it"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One published figure of England or of the place beside the model's.

    Parameters
    ----------
    published
        As published.
    modelled
        As the pathway gives it.
    like_for_like
        The published figure as nearly as it can be had of the children and spending that the model
        holds; null where that is the figure itself.
    apart
        How far the model stands from the published figure.
    within
        How far apart they may stand and still be said to agree.
    fitted
        Whether the pathway was fitted to it, or made from it.
    reason
        Why they part; may be empty where they agree.
    """

    name: str
    published: Figure
    modelled: Figure
    like_for_like: Figure | None
    apart: Figure
    within: Figure
    fitted: str
    reason: str


def check_rows(vintage: Vintage = "latest") -> tuple[CheckRow, ...]:
    """Return every check of England's pathway, fitted ones first."""
    return tuple(check_row(check) for check in checks(vintage))


def check_row(check: Check) -> CheckRow:
    """Return one check in figures."""
    near = check.like_for_like
    return CheckRow(
        name=check.name,
        published=Figure(
            check.published,
            check.unit,
            check.basis,
            check.sources,
            period=check.period,
        ),
        modelled=Figure(check.modelled, check.unit, "computed", check.sources),
        like_for_like=None
        if near is None
        else Figure(
            near,
            check.unit,
            "computed",
            check.sources,
            period=check.period,
            note=check.like_for_like_is,
        ),
        apart=Figure(
            100 * check.apart, "per cent of the published figure", "computed", check.sources
        ),
        within=Figure(
            check.within,
            check.unit,
            "computed",
            check.sources,
            note="the publisher's rounding or two estimates; if fitted, how near the fit closes",
        ),
        fitted=FITTED if check.fitted else NOT_FITTED,
        reason=check.reason,
    )
