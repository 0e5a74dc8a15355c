"""A participation: a share of what payers pay, up to a multiple of what was drawn."""

import numpy as np

from headwater.core.exact import scaled
from headwater.core.instrument import RevenueParticipation
from headwater.finance.kind import Close, Held, Kind


class RevenueParticipationRules(Kind):
    """Its share of receipts is owed until it is paid; capital is not owed beside it."""

    name = "revenue_participation"
    owed_back = False

    def accrue(self, held: Held, close: Close) -> None:
        """Add its share of the period's receipts to what it is owed."""
        said = held.said
        if not isinstance(said, RevenueParticipation):
            raise TypeError(said)
        part = scaled(close.receipts, said.share, "down")
        if said.most_times is not None:
            most = scaled(held.drawn, said.most_times, "down") - held.paid - held.interest
            part = np.minimum(part, np.maximum(most, 0))
        held.interest = held.interest + part
