"""A guarantee: at the end it makes good capital that others have not got back."""

import numpy as np

from headwater.core.instrument import Guarantee
from headwater.finance.kind import Held, Kind, Made, lack


class GuaranteeRules(Kind):
    """It gives nothing before the end, and is owed nothing after it."""

    name = "guarantee"
    gives_cash = False
    owed_back = False

    def make_good(self, held: Held, others: dict[str, Held]) -> list[Made]:
        """Return what it pays to those it covers, in their order, up to its commitment."""
        said = held.said
        if not isinstance(said, Guarantee):
            raise TypeError(said)
        left, found = held.undrawn, []
        for name in said.covers:
            pence = np.minimum(lack(others[name], said.share), left)
            left = left - pence
            found.append(Made(said.party, said.id, name, pence))
        return found
