"""A performance coupon: fixed up to a day, and after it a part of the cash there is."""

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.exact import scaled
from headwater.core.instrument import PerformanceCoupon
from headwater.finance.kind import Close, Held, Kind


class PerformanceCouponRules(Kind):
    """Fixed coupons are owed until paid; a performance coupon is what there is, or nothing."""

    name = "performance_coupon"

    def accrue(self, held: Held, close: Close) -> None:
        """Let the fixed coupon run up to its last day."""
        if close.day <= _said(held).fixed_until:
            super().accrue(held, close)

    def due(self, held: Held, close: Close, cash: IntArray) -> IntArray:
        """Return fixed coupons not yet paid and, once they have ended, the performance coupon."""
        said = _said(held)
        if close.day <= said.fixed_until:
            return held.interest
        coupon = scaled(np.maximum(cash - held.interest, 0), said.share, "down")
        if said.most_yearly is not None:
            coupon = np.minimum(coupon, scaled(held.capital, said.most_yearly * close.part, "down"))
        return held.interest + coupon


def _said(held: Held) -> PerformanceCoupon:
    if not isinstance(held.said, PerformanceCoupon):
        raise TypeError(held.said)
    return held.said
