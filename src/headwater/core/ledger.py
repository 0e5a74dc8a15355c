"""`Ledger`: what is owed, by whom, to whom and why, in whole pence; nothing in it ever changes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a ledger.

    Parameters
    ----------
    on
        Day on which it was posted.
    payer, payee
        Parties, by id.
    pence
        Whole pence; what is taken back, or reversed, is below 0.
    key
        What it settles: period, version, term and cell. All postings of a key and a payer add to
        what is due for it.
    term, clause
        The term of the agreement that gave rise to it, and its clause.
    because
        How it was worked out, in words.
    evidence
        What proves it.
    """

    on: date
    payer: str
    payee: str
    pence: int
    key: str
    term: str
    clause: str
    because: str
    evidence: str = ""
