"""A protected note: a party makes good, at the end, what lacks of the protected part of capital."""

import numpy as np

from headwater.core.exact import scaled
from headwater.core.instrument import ProtectedNote
from headwater.finance.kind import Held, Kind, Made


class ProtectedNoteRules(Kind):
    """A loan; of its capital a part comes back whatever happens."""

    name = "protected_note"

    def make_good(self, held: Held, others: dict[str, Held]) -> list[Made]:
        """Return what its protector pays: the protected part, less capital already back."""
        del others
        said = held.said
        if not isinstance(said, ProtectedNote):
            raise TypeError(said)
        back = held.drawn - held.capital
        pence = np.maximum(scaled(held.drawn, said.protected, "half_up") - back, 0)
        return [Made(said.protector, "", said.id, pence)]
