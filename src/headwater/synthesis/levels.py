"""How often things happen in a place: what made-up lives are lived at.

From its last published statistics, and from England's where it has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.core.place import Place

NEED_BANDS = ("to_3m", "3_to_6m", "6_to_12m", "1_to_2y", "over_2y")
PLACEMENTS = ("foster", "residential", "supported", "parents", "other_residential", "other")
SLOWEST, FASTEST = 0.5, 2.0
"""How far a place's rates of leaving care may lie from England's: a bound, assumed."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a place's published statistics say, as shares.

    Parameters
    ----------
    need_lasts, plan_lasts
        Shares of episodes that ended within 3 months, 6, 12, 24, and later.
    no_action, not_in_need
        Shares of referrals.
    again
        Share of referrals that come within 12 months of an earlier one.
    plans, care
        Starts, per episode of need started.
    unaccompanied
        Share of starts of care.
    placements
        Shares on 31 March, by `PLACEMENTS`, summing to 1.
    leaving
        Multiplies the assumed rates of leaving care: England's stock over its starts, over the
        place's.
    assumed
        In words: which figures are England's for want of the place's.
    """

    need_lasts: tuple[float, ...]
    plan_lasts: tuple[float, ...]
    no_action: float
    not_in_need: float
    again: float
    plans: float
    care: float
    unaccompanied: float
    placements: tuple[float, ...]
    leaving: float
    assumed: tuple[str, ...]


class _Reading:
    """The last published value of a measure, or England's, with a note of which were England's."""

    def __init__(self, place: Place, england: Place) -> None:
        self.place, self.england = place, england
        self.borrowed: list[str] = []

    def last(self, measure: str) -> float:
        """Return the place's last number, or England's."""
        for whose in (self.place, self.england):
            found = whose.series.get(measure)
            latest = found.latest if found is not None else None
            if latest is not None and (latest[1] > 0 or whose is self.england):
                if whose is self.england and self.place is not self.england:
                    self.borrowed.append(measure)
                return latest[1]
        return 0.0

    def share(self, part: str, whole: str) -> float:
        """Return one measure over another, of one place, between 0 and 1."""
        for whose in (self.place, self.england):
            values = [whose.series.get(name) for name in (part, whole)]
            latest = [each.latest for each in values if each is not None and each.latest]
            if len(latest) == 2 and latest[0] is not None and latest[1] is not None:  # noqa: SIM102
                if latest[1][1] > 0:
                    if whose is self.england and self.place is not self.england:
                        self.borrowed.append(part)
                    return min(1.0, latest[0][1] / latest[1][1])
        return 0.0

    def shares(self, names: Sequence[str]) -> tuple[float, ...]:
        """Return several measures as shares of their sum."""
        values = [self.last(name) for name in names]
        whole = sum(values)
        return tuple(value / whole for value in values)


def levels(place: Place, england: Place) -> Levels:
    """Return the levels of a place from the last year that it published of each figure."""
    read = _Reading(place, england)
    uasc = read.last("uasc_share_of_starts") / 100
    stay, usual = _stay(place), _stay(england)
    return Levels(
        need_lasts=read.shares([f"need_ended_{band}" for band in NEED_BANDS]),
        plan_lasts=read.shares([f"plan_ended_{band}" for band in NEED_BANDS]),
        no_action=read.share("referrals_no_further_action", "referrals"),
        not_in_need=read.share("referrals_not_in_need", "referrals"),
        again=read.share("rereferrals", "referrals"),
        plans=read.share("plan_starts", "need_starts"),
        care=read.share("care_starts", "need_starts") * (1 - uasc),
        unaccompanied=uasc,
        placements=read.shares([f"placement_{name}" for name in PLACEMENTS]),
        leaving=min(FASTEST, max(SLOWEST, usual / stay)) if stay > 0 else 1.0,
        assumed=tuple(sorted(set(read.borrowed))),
    )


def _stay(place: Place) -> float:
    """Return years in care, stock over starts; 0 where either is not published."""
    latest = [place.series[name].latest for name in ("care_stock", "care_starts")]
    stock, starts = ((each[1] if each else 0.0) for each in latest)
    return stock / starts if starts > 0 else 0.0
