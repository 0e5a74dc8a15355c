"""What records say of children: who they are, what they lived through, what was measured.

Produced by readers from returns, and by the synthesis of made-up lives: one type for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.finding import Finding

STATES = ("early help", "need", "plan", "pre-proceedings", "looked after", "missing")
"""What a child may be in, by the records; several at once."""
OPEN = 2**30
"""The stop of an episode that had not ended when the record was made."""
NO_WORDS = Coded(np.zeros(0, dtype=np.int64), ())
EVENTS = ("contact", "referral", "assessment", "section 47", "conference", "proceedings")
"""What may happen to a child on a day."""


@dataclass(frozen=True, slots=True)
class Children:
    """The children whom records name, one row each.

    Parameters
    ----------
    key
        The local identifier, as it is written; `Episodes.person` points to its place.
    born
        Days since 1 January 1970; `NO_DAY` where it is not known.
    sex
        "M", "F" or "U".
    asylum
        Whether a return names the child as an unaccompanied asylum-seeking one.
    """

    key: tuple[str, ...]
    born: IntArray
    sex: Coded
    asylum: BoolArray

    def __len__(self) -> int:
        """Return how many children there are."""
        return len(self.key)


@dataclass(frozen=True, slots=True)
class Observations:
    """What was measured of a child, a family or a place on a day; every array is (row,).

    Parameters
    ----------
    person
        Place in `Children.key`; -1 where the measure is of a family or a place.
    day
        Days since 1 January 1970.
    value
        In the unit that the measure's name states; 1 where something happened.
    family
        The key of the family that it is of; "" where none is given. Without rows: of none.
    """

    person: IntArray
    measure: Coded
    day: IntArray
    value: FloatArray
    family: Coded = NO_WORDS


@dataclass(frozen=True, slots=True)
class Proof:
    """Where each row of a table was read: the file, its row and its SHA-256."""

    file: Coded
    row: IntArray
    hash: Mapping[str, str] = field(default_factory=dict)


NO_PROOF = Proof(NO_WORDS, NO_WORDS.codes)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything read of a place's children.

    Parameters
    ----------
    years
        End years of the returns read.
    tables
        Names of the tables read: where one is lacking, what it holds is not known.
    episodes
        In days since 1 January 1970, ordered by person, state and start; `OPEN` where not ended.
        `traits` has what the return says of each row, in its own codes.
    proof, observed
        Where each episode was read, and where each observation was.
    covers
        For which time it is known whether somebody was in a state, or whether something happened:
        from a day until before another, by the name of the state or the measure.
    """

    children: Children
    episodes: Episodes
    observations: Observations
    proof: Proof
    years: tuple[int, ...]
    tables: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    covers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    observed: Proof = NO_PROOF
